from __future__ import annotations

from time import process_time

import pytest

from bitext.words import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n ", 0),
        ("— … !", 0),
        ("One two", 2),
        ("one\ntwo", 2),
        ("well-known isn’t don't", 3),
        ("bitext.toml a/b user@host 12:30", 4),
        ("3 of 4", 3),
        ("**bold** _it_ ~~no~~ `make html`", 5),
        ("[one two](a/b/c.md) three", 3),
        ('[one](a.md "A title of five words")', 1),
        ("[one][two]", 1),
        ("one[^note] two", 2),
        ("{ref}`one two <target>`", 2),
        ("{ref}`target`", 1),
        ("press <kbd>Ctrl</kbd>", 2),
        ("<https://example.org>", 0),
        ("![alt text](a.png)", 2),
        ("日本語です。", 1),
        ("Ž š č", 3),
    ],
)
def test_words(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    "unit", ["a", "a ", "a-", "[", "<", "{", "`", "'", "](x)", "<b>", "](", "][", "[^", '](a "']
)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        times = []
        for _ in range(3):
            begin = process_time()
            count_words(text)
            times.append(process_time() - begin)
        return min(times)

    assert seconds(40_000) < 8 * 3 * seconds(5_000) + 0.005
