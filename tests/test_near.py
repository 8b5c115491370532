"""The index of near sentences, held against looking at all of them."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import Indel

from bitext import near
from bitext.near import NearIndex

WORDS = "open close the a box lid new red blue lamp of on in it switch wait see press key".split()


def make_sentences(seed: int, count: int) -> list[str]:
    choose = random.Random(seed)
    return [" ".join(choose.choices(WORDS, k=choose.randint(3, 14))) for _ in range(count)]


@pytest.mark.parametrize("least", [0.61, 0.76, 0.9])
def test_it_finds_what_comparing_all_finds(least: float) -> None:
    texts = make_sentences(1, 400)
    index = NearIndex(texts)
    near = 0
    for text in make_sentences(2, 100):
        best = max(Indel.normalized_similarity(text, other) for other in texts)
        found = index.find(text, least=least)
        assert (found is not None) == (best >= least)
        if found is not None:
            near += 1
            assert found[1] == pytest.approx(best)
            assert Indel.normalized_similarity(text, found[0]) == pytest.approx(best)
    assert near >= (50 if least < 0.7 else 1)


def test_a_sentence_finds_itself() -> None:
    texts = make_sentences(3, 50)
    assert NearIndex(texts).find(texts[7], least=0.75) == (texts[7], 1)


LATIN = "the a it sensor configuration update of on mailbox administrator to in".split()
GREEK = "το αρχείο ρυθμίσεις και με σύνδεση του χρήστη διαχειριστής νέο σε είναι".split()
CHINESE = "文件 设置 和 用户 管理员 新的 在 连接 系统 是 更新 邮箱".split()
LONG = [*LATIN, "/".join(LATIN) * 9, "x" * 1_500]


def edit(sentence: str, words: list[str], choose: random.Random) -> str:
    """Return a sentence with a word changed, added, dropped and misspelt, or some of these."""
    own = sentence.split(" ")
    for _ in range(choose.randint(1, 3)):
        place = choose.randrange(len(own))
        word = own[place]
        edits: tuple[list[str], ...] = (
            [choose.choice(words)],
            [word, choose.choice(words)],
            [],
            [word[1:] + word[-1:]],
        )
        own[place : place + 1] = choose.choice(edits)
        own = own or [""]
    return " ".join(own)


@pytest.mark.parametrize("words", [LATIN, GREEK, CHINESE, LONG, [*LATIN, *GREEK, "\0", "“…”"]])
@pytest.mark.parametrize("most", [1, 4, 12, 40])
def test_the_index_finds_what_was_edited(
    words: list[str], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "_MOST_COMPARED", 0)
    choose = random.Random(most)
    texts = [" ".join(choose.choices(words, k=choose.randint(1, most))) for _ in range(200)]
    index = NearIndex(texts)
    for text in [edit(choose.choice(texts), words, choose) for _ in range(100)]:
        best = max(Indel.normalized_similarity(text, other) for other in texts)
        found = index.find(text, least=0.75)
        assert (found[1] if found else 0) == pytest.approx(best if best >= 0.75 else 0)


@pytest.mark.parametrize("similarity", [0.75, 0.95])
def test_what_is_very_near_is_found_whoever_looks_on(
    similarity: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = sorted(make_sentences(6, 300), key=len)
    index = NearIndex(texts)
    marked = memoryview(bytearray(len(texts)))
    parts = [index._find_in(texts, marked, similarity, part) for part in index._cut(3)]
    assert [near._best(own) for own in zip(*parts, strict=True)] == [(text, 1) for text in texts]
    assert bytes(marked) == bytes([1] * len(texts))


@pytest.mark.parametrize("cores", [1, 2, 3])
def test_many_at_once_find_what_each_finds_alone(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "_MANY", 20)
    monkeypatch.setattr(near, "_LARGE", 100)
    monkeypatch.setattr(near, "core_count", lambda: cores)
    texts = make_sentences(4, 300)
    wanted = [*make_sentences(5, 80), texts[0], "", "日本語", texts[0]]
    found = NearIndex(texts).find_all(wanted, least=0.7)
    assert found == {text: NearIndex(texts).find(text, least=0.7) for text in wanted}
    assert len({match for match in found.values() if match}) >= 10
    assert NearIndex(texts).find_all([], least=0.7) == {}


@pytest.mark.parametrize("text", ["", "…", "日本語", "?!", "\0", "\0 \0"])
def test_texts_without_words(text: str) -> None:
    assert NearIndex([]).find(text, least=0.75) is None
    assert NearIndex(["box"]).find(text, least=0.75) is None
    assert NearIndex([text]).find(text, least=0.75) == (text, 1)
