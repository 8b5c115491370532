"""Replay real revisions: which IDs live, and how many words translators are sent.

Every article goes to its next version at once, round by round. After each round a simulated
translator gives every entry that it is sent a marked copy of the English. Beside it stand the
paragraphs and the sentences that exact match per article, as Sphinx and sphinx-intl work, sends.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from rapidfuzz.distance import Indel

from bitext.carry import make_carry
from bitext.ledger import new_prefix
from bitext.markdown.front_matter import read_front_matter
from bitext.memory import Memory, make_memory
from bitext.model import State
from bitext.po import Catalog, parse, serialize
from bitext.segments import Article, make_grammar, read_article, sentence_rules
from bitext.settings import Settings
from bitext.states import state_of
from bitext.template import ledger_of, make_template
from bitext.update import Outcome, update_catalog
from bitext.words import count_words

from .build_cost import TAG
from .corpora import CORPORA

EDITED = 0.75
"""Similarity from which an edited sentence should keep its ID."""


@dataclass(slots=True)
class Tally:
    """What a replay counts."""

    sent: Counter[Outcome] = field(default_factory=Counter)
    """Words sent to the translator, by what became of their entries."""

    spared: Counter[Outcome] = field(default_factory=Counter)
    """Words that stayed or became translated."""

    wrong: int = 0
    """Words of entries left translated that the translator would have written otherwise."""

    paragraphs: int = 0
    sentences: int = 0
    """Words that exact match sends, by paragraphs and by sentences."""

    equal: Counter[bool] = field(default_factory=Counter)
    """Sentences present once in both versions, by whether they kept their ID."""

    edited: Counter[bool] = field(default_factory=Counter)
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    """(ID, old English, new English) of each sentence that kept its ID and not its text."""

    mistakes: list[tuple[str, str]] = field(default_factory=list)
    """(English, translation) of the entries counted as wrong."""


@dataclass(slots=True)
class Held:
    """What is on disk of one article."""

    article: Article
    template: Catalog
    catalog: Catalog | None = None


def read_histories(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each article with its versions, oldest first."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            history = json.loads(line)
            texts = [version["text"].replace("\r\n", "\n") for version in history["versions"]]
            yield history["file"], texts


def read_articles(count: int) -> Iterator[tuple[str, str]]:
    """Yield real articles, each with a name: the newest versions, and then older ones."""
    histories = list(read_histories(CORPORA / "alchemy-history.jsonl.xz"))
    ages = range(max(len(versions) for _, versions in histories))
    texts = (
        (f"{age}/{name}", versions[-1 - age])
        for age in ages
        for name, versions in histories
        if age < len(versions)
    )
    readable = (item for item in texts if not read_front_matter(item[1]).error_line)
    yield from islice(readable, count)


def replay(histories: Sequence[tuple[str, Sequence[str]]]) -> Tally:
    """Return what all rounds after the first count; in the first everything is new."""
    settings = Settings(languages=(TAG,))
    grammar = make_grammar(settings)
    prefixes: set[str] = set()
    held: dict[str, Held] = {}
    tally = Tally()
    for number in range(max(len(versions) for _, versions in histories)):
        changed: list[str] = []
        for name, versions in histories:
            if number < len(versions):
                article = read_article(name, versions[number], grammar)
                held[name] = _advance(held.get(name), article, settings, prefixes, tally)
                changed.append(name)
        catalogs = (own.catalog for own in held.values() if own.catalog)
        memory = make_memory(catalogs, carry=make_carry(TAG, lambda: grammar.parser))
        for name in changed:
            _translate(held[name], memory, tally if number else Tally())
    return tally


def _advance(
    before: Held | None, article: Article, settings: Settings, prefixes: set[str], tally: Tally
) -> Held:
    """Return an article's POT after its new version, as `gettext` makes it."""
    from bitext.ledger import FIRST_NUMBER, Ledger, advance

    if before is None:
        prefix = new_prefix(article.path, prefixes)
        prefixes.add(prefix)
        ledger = Ledger(prefix, FIRST_NUMBER, sentence_rules(settings).label)
    else:
        ledger = ledger_of(before.template)
    after = advance(ledger, article.texts, highest=lambda: 0)
    template = make_template(after, article, before.template if before else None, settings)
    if before is not None:
        _compare(before, article, template, tally)
    return Held(article, parse(serialize(template)), before.catalog if before else None)


def _compare(before: Held, article: Article, template: Catalog, tally: Tally) -> None:
    """Count what became of the IDs, and what exact match would send."""
    old = [(entry.msgid, entry.msgctxt or "") for entry in before.template.entries]
    new = [(entry.msgid, entry.msgctxt or "") for entry in template.entries]
    old_counts, new_counts = Counter(t for t, _ in old), Counter(t for t, _ in new)
    old_ids, new_ids = dict(old), dict(new)
    for text, identifier in new:
        if old_counts[text] == new_counts[text] == 1:
            tally.equal[old_ids[text] == identifier] += 1
    gone = [text for text, count in old_counts.items() if count == 1 and text not in new_counts]
    come = [text for text, count in new_counts.items() if count == 1 and text not in old_counts]
    for first, second in _find_edits(gone, come):
        tally.edited[old_ids[first] == new_ids[second]] += 1
    by_id = {identifier: text for text, identifier in old}
    tally.moves += [(i, by_id[i], t) for t, i in new if i in by_id and by_id[i] != t]
    tally.paragraphs += _unmatched(_paragraphs(before.article), _paragraphs(article))
    tally.sentences += _unmatched(before.article.texts, article.texts)


def _find_edits(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that are each other's nearest and near enough."""
    scores = {
        (a, b): score
        for a in gone
        for b in come
        if (score := Indel.normalized_similarity(a, b, score_cutoff=EDITED))
    }
    for (first, second), score in scores.items():
        rivals = (s for (a, b), s in scores.items() if (a == first) != (b == second))
        if all(score > rival for rival in rivals):
            yield first, second


def _paragraphs(article: Article) -> list[str]:
    return [" ".join(read.block.segments) for read in article.blocks]


def _unmatched(old: Iterable[str], new: Iterable[str]) -> int:
    """Return the words of the texts in `new` that are not in `old`."""
    return sum(count_words(text) for text in set(new) - set(old))


def _translate(own: Held, memory: Memory, tally: Tally) -> None:
    """Update an article's catalog and translate what is sent."""
    updated = update_catalog(own.catalog, own.template, tag=TAG, memory=memory)
    live = iter(updated.outcomes)
    entries = []
    for entry in updated.catalog.entries:
        if entry.is_obsolete:
            entries.append(entry)
            continue
        outcome, _ = next(live)
        words = count_words(entry.msgid)
        if state_of(entry) is State.TRANSLATED:
            tally.spared[outcome] += words
            if entry.msgstr != mark(entry.msgid):
                tally.wrong += words
                tally.mistakes.append((entry.msgid, entry.msgstr))
            entries.append(entry)
            continue
        tally.sent[outcome] += words
        entries.append(
            replace(
                entry,
                msgstr=mark(entry.msgid),
                flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
                previous_msgctxt=None,
                previous_msgid=None,
                raw=None,
            )
        )
    own.catalog = replace(updated.catalog, entries=tuple(entries))


def mark(text: str) -> str:
    """Return what the simulated translator writes: the English, marked before its first word."""
    for index, character in enumerate(text):
        if character.isalnum():
            return f"{text[:index]}«{text[index:]}"
    return f"«{text}"


def run(scratch: Path) -> dict[str, float]:
    """Replay the revisions of alchemy, 1,057 articles, and return the figures by name."""
    histories = list(read_histories(CORPORA / "alchemy-history.jsonl.xz"))
    tally = replay([h for h in histories if "/includes/" not in h[0]])
    sent = sum(tally.sent.values())
    (scratch / "moves.json").write_text(json.dumps(tally.moves), encoding="utf-8")
    figures: dict[str, float] = {
        "unchanged sentences": sum(tally.equal.values()),
        "unchanged that keep their ID, %": _share(tally.equal),
        "edited sentences": sum(tally.edited.values()),
        "edited that keep their ID, %": _share(tally.edited),
        "words sent by paragraphs, exact match": tally.paragraphs,
        "words sent by sentences, exact match": tally.sentences,
        "words sent": sent,
        "of those by paragraphs, %": 100 * sent / tally.paragraphs,
        "of those by sentences, %": 100 * sent / tally.sentences,
        "wrong words": tally.wrong,
        "wrong, % of those spared": 100 * tally.wrong / sum(tally.spared.values()),
        "wrong, % of those sent": 100 * tally.wrong / sent,
    }
    figures |= {f"words sent, {name}": float(words) for name, words in tally.sent.items()}
    figures |= {f"words spared, {name}": float(words) for name, words in tally.spared.items()}
    return figures


def _share(counts: Counter[bool]) -> float:
    return 100 * counts[True] / max(1, sum(counts.values()))
