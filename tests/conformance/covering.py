"""Which messages of Sphinx our sentences cover, why not the others, and what we have besides."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bitext.markdown.cutting import has_words
from bitext.markdown.grammar import create_parser
from bitext.segments import Article

from .messages import Message

_INCLUDE = re.compile(r"^\s*[`:]{3,}\{include\}\s*(\S+\.md)\s*$", re.MULTILINE)


@dataclass(slots=True)
class Coverage:
    """The result for one documentation."""

    covered: Counter[str] = field(default_factory=Counter)
    """How messages are covered: `same`, `part` of a block, or the same `but for markup`."""

    uncovered: list[tuple[Message, str]] = field(default_factory=list)
    """Others that stand in an article and have words, each with its reason, empty if unknown."""

    foreign: list[tuple[Message, str]] = field(default_factory=list)
    """Others whose text stands in no article, each with where it does."""

    wordless: list[Message] = field(default_factory=list)
    """Others that are only code, math or an address."""

    extra: Counter[str] = field(default_factory=Counter)
    """Blocks of ours that are in no message, by kind."""

    examples: dict[str, str] = field(default_factory=dict)
    """One such block of each kind."""

    @property
    def total(self) -> int:
        """All messages that stand in an article and have words."""
        return self.covered.total() + len(self.uncovered)

    @property
    def per_cent(self) -> float:
        """Messages that are covered."""
        return 100 * self.covered.total() / self.total

    @property
    def unexplained(self) -> list[Message]:
        """Messages that are not covered for no known reason."""
        return [message for message, reason in self.uncovered if not reason]


def measure(
    messages: Iterable[Message], articles: Mapping[str, Article], texts: Mapping[str, str]
) -> Coverage:
    """Compare the messages of all pages with the blocks of their articles."""
    result = Coverage()
    by_page: dict[str, list[Message]] = {}
    for message in messages:
        by_page.setdefault(message.article, []).append(message)
    for page, own in by_page.items():
        names = _with_included(page, texts)
        sources = [_bare(texts[name]) for name in names]
        _compare(own, [articles[name] for name in names], sources, result)
        _find_extra(own, articles[page], result)
    return result


def _with_included(page: str, texts: Mapping[str, str]) -> list[str]:
    """Return an article and those that it includes."""
    folder = posixpath.dirname(page)
    targets = _INCLUDE.findall(texts[page])
    found = [posixpath.normpath(posixpath.join(folder, target)) for target in targets]
    return [page, *(name for name in found if name in texts)]


def _compare(
    messages: Sequence[Message], parts: Sequence[Article], texts: Sequence[str], result: Coverage
) -> None:
    blocks = [read.block for article in parts for read in article.blocks]
    plain = {_collapse(block.text) for block in blocks}
    plain |= {_collapse(" ".join(block.segments)) for block in blocks}
    bare = {_bare(text) for text in plain}
    for message in messages:
        text = _collapse(message.text)
        if text in plain:
            result.covered["same"] += 1
        elif any(text in block for block in plain):
            result.covered["part"] += 1
        elif _bare(text).strip() and any(_bare(text) in block for block in bare):
            result.covered["but for markup"] += 1
        else:
            _sort(message, parts[0], texts, result)


def _sort(message: Message, article: Article, texts: Sequence[str], result: Coverage) -> None:
    """Add a message that is not covered to those of its sort."""
    if not _is_worded(message.text, article):
        result.wordless.append(message)
        return
    origin = _foreign_origin(message, texts)
    if origin:
        result.foreign.append((message, origin))
    else:
        result.uncovered.append((message, _reason(message, article)))


def _foreign_origin(message: Message, texts: Sequence[str]) -> str:
    """Return where a message comes from that stands in none of `texts`; empty if it does."""
    paths = {place.partition(":")[0] for place in message.places}
    if not any(path.endswith(".md") for path in paths):
        return f"the file {min(paths, default='?')}"
    if all(place.endswith(":0") for place in message.places):
        return "Sphinx: it has no line"
    if not any(_bare(message.text) in text for text in texts):
        return "program code: its words are not in the article"
    return ""


def _collapse(text: str) -> str:
    return " ".join(text.replace("\\\n", "\n").split())


def _bare(text: str) -> str:
    """Return the words of a text, with a space around each, without targets and markup."""
    text = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text)
    words = " ".join(re.findall(r"[^\W_]+", text))
    return f" {words} "


def _reason(message: Message, article: Article) -> str:
    """Return why a message is in no block of its page; empty if that is not known."""
    lines = [int(place.rpartition(":")[2]) for place in message.places]
    near = [u for u in article.parsed.unread if u.is_certain and u.line <= max(lines)]
    return f"the check names it at line {near[-1].line}: {near[-1].message}" if near else ""


_MATH = re.compile(r"\\[a-z]+|[A-Za-z]{1,2}(?![a-z])|[^A-Za-z]+")
"""What math is made of."""


def _is_worded(text: str, article: Article) -> bool:
    if _MATH.sub("", re.sub(r"\\(begin|end)\{\w+\*?\}", "", text)) == "":
        return False
    tokens = create_parser(article.parsed.config).parseInline(text, {})
    return has_words(tokens[0].children or [])


def _find_extra(messages: Sequence[Message], article: Article, result: Coverage) -> None:
    """Count the article's blocks that are in no message of its page."""
    known = " \n ".join(_collapse(message.text) for message in messages)
    bare = " \n ".join(_bare(message.text) for message in messages)
    for read in article.blocks:
        block = read.block
        if _collapse(block.text) not in known and _bare(block.text) not in bare:
            kind = f"{block.kind}: {block.label}" if block.label else str(block.kind)
            result.extra[kind] += 1
            result.examples.setdefault(kind, f"{article.path}:{block.line} {block.text[:60]!r}")


def describe(result: Coverage) -> Iterator[str]:
    """Yield the lines of a report."""
    ways = ", ".join(f"{count} {way}" for way, count in result.covered.most_common())
    everything = result.total + len(result.foreign) + len(result.wordless)
    yield f"{everything} messages, of which"
    yield f"  {len(result.foreign)} stand in no article: {_origins(result)}"
    yield f"  {len(result.wordless)} have no words: only code, math or an address"
    yield f"  {result.covered.total()} of the other {result.total} are covered:"
    yield f"  {result.per_cent:.2f} % ({ways})"
    for message, reason in result.uncovered:
        yield f"  not covered: {_show(message)}: {reason or 'NO REASON KNOWN'}"
    for message, origin in result.foreign:
        yield f"  from elsewhere: {_show(message)}: {origin}"
    for message in result.wordless:
        yield f"  without words: {_show(message)}"
    for kind, count in result.extra.most_common():
        yield f"  only ours: {count} {kind}, as {result.examples[kind]}"


def _origins(result: Coverage) -> str:
    counts = Counter(origin.partition(":")[0] for _, origin in result.foreign)
    return ", ".join(f"{count} from {origin}" for origin, count in counts.most_common())


def _show(message: Message) -> str:
    return f"{message.places[0] if message.places else message.article} {message.text[:70]!r}"
