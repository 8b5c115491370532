"""A sentence beside its translation, parsed by the project's own grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.checks.glossary import NO_TERMS, Glossary
from bitext.lazy import lazy
from bitext.markdown.blocks import Grammar
from bitext.markdown.localize import parse_inline
from bitext.markdown.simple import Simple, are_bare, find_simple, read_simple
from bitext.po import Entry

_LABEL = re.compile(r"\]\[([^\[\]^][^\[\]]*)\]")
_DEFINITION = re.compile(r"^[ \t>*+-]*\[([^\[\]^][^\[\]]*)\]:", re.MULTILINE)
_SHORTCUT = re.compile(r"(?<![\]!\\])\[([^\[\]^]+)\](?![\[({:])")
_WORD = re.compile(r"[^\W\d_][^\W\d_]+")
"""Two letters or more; spelled with ``{2,}`` it takes twice the time."""

_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")


@dataclass(eq=False)  # not frozen: to make one would take four times as long
class Pair:
    """What checks of one entry look at; each side is parsed at most once. It is never changed."""

    entry: Entry
    language: str
    grammar: Grammar
    glossary: Glossary = NO_TERMS
    labels: frozenset[str] | None = None
    """Those that the article defines, as `find_labels` writes them; None if that is not known:
    then it defines all."""

    @property
    def english(self) -> str:
        """Inline Markdown."""
        return self.entry.msgid

    @property
    def translation(self) -> str:
        """Inline Markdown, never empty."""
        return self.entry.msgstr

    @lazy
    def source_tokens(self) -> Sequence[Token]:
        """The inline tokens of the English."""
        return self._parse(self.english)

    @lazy
    def tokens(self) -> Sequence[Token]:
        """The inline tokens of the translation, as the build parses it."""
        return self._parse(self.translation.strip())

    def _parse(self, text: str) -> Sequence[Token]:
        if self.is_bare:
            return [Token("text", "", 0, content=text)]
        parser = self.grammar.parser
        simple = read_simple(text, parser, has_labels=self._has_labels)
        return parse_inline(text, parser, self._env) if simple is None else simple

    @lazy
    def is_copied(self) -> bool:
        """Whether the translation is the English itself."""
        return self.translation.strip() == self.english.strip()

    @lazy
    def is_bare(self) -> bool:
        """Whether a glance tells that neither side holds a construct of Markdown."""
        return are_bare((self.english, self.translation), self.grammar.parser)

    @lazy
    def simple(self) -> tuple[Simple, Simple] | None:
        """Both sides, if they hold nothing but words, code, links and emphasis."""
        parser, labels = self.grammar.parser, self._has_labels
        english = find_simple(self.english, parser, has_labels=labels)
        own = find_simple(self.translation.strip(), parser, has_labels=labels) if english else None
        return (english, own) if english and own else None

    @lazy
    def is_simple(self) -> bool:
        """Whether neither side holds more than words, code, links and emphasis."""
        return self.is_bare or self.simple is not None

    @lazy
    def is_plain(self) -> bool:
        """Whether neither side holds a construct of Markdown."""
        if self.is_bare:
            return True
        if self.simple:
            return not (self.simple[0].markup or self.simple[1].markup)
        return _is_text(self.source_tokens) and _is_text(self.tokens)

    @lazy
    def is_alike(self) -> bool:
        """Whether both sides are simple, with the same code, links and emphasis in a row."""
        return self.simple is not None and self.simple[0].markup == self.simple[1].markup

    @lazy
    def kinds(self) -> frozenset[str]:
        """What both sides hold: the first words of their tokens' types, as ``link``."""
        both = (*walk(self.source_tokens), *walk(self.tokens))
        return frozenset(token.type.partition("_")[0] for token in both)

    @lazy
    def source_text(self) -> str:
        """What readers read of the English: code, math and addresses are `OBJECT`."""
        if self.is_bare:
            return self.english
        if self.simple:
            return "".join([text or OBJECT for text in self.simple[0].texts])
        return "".join(_texts(self.source_tokens))

    @lazy
    def text(self) -> str:
        """What readers read of the translation: code, math and addresses are `OBJECT`."""
        if self.is_bare:
            return self.translation.strip()
        if self.simple:
            return "".join([text or OBJECT for text in self.simple[1].texts])
        return "".join(_texts(self.tokens))

    @lazy
    def parts(self) -> str:
        """What readers read of the translation, a NUL between stretches of other markup."""
        if self.is_bare:
            return self.text
        if self.simple:
            return "\0".join(filter(None, self.simple[1].texts))
        return "\0".join(token.content for token in self.tokens if token.type == "text")

    @lazy
    def lower(self) -> str:
        """The translation in small letters."""
        return self.translation.lower()

    @lazy
    def words(self) -> list[str]:
        """The words that readers read of the translation, in lower case; numbers are none."""
        return _WORD.findall(self.lower if self.is_bare else self.parts.lower())

    @lazy
    def prose(self) -> str:
        """What readers read of the translation outside of bold, italics and links."""
        if self.is_bare:
            return self.text
        if self.simple:
            return "".join([words or f" {OBJECT} " for words in self.simple[1].prose])
        words: list[str] = []
        depth = 0
        for token in self.tokens:
            depth += token.nesting
            is_word = token.type in ("text", "text_special") and not depth
            words.append(token.content if is_word else f" {OBJECT} ")
        return "".join(words)

    @lazy
    def source_addresses(self) -> frozenset[str]:
        """The addresses that are links in the English without brackets, as they are written."""
        tokens = self.source_tokens
        inner = (b for a, b in pairwise(tokens) if (a.type, a.info) == ("link_open", "auto"))
        return frozenset(token.content for token in inner)

    @lazy
    def _has_labels(self) -> bool:
        """Whether any label is defined for either side."""
        return "[" in self.english and bool(self._env)

    @property
    def _env(self) -> EnvType:
        """Return an environment in which the labels of both sides are defined."""
        both = f"{self.english}\n{self.translation}"
        is_spelled = self.translation.count("](") > self.english.count("](")
        if "][" not in both and "[^" not in both and not is_spelled:
            return {}
        names = used_labels(both)
        if self.labels is not None:
            names &= self.labels
        if is_spelled:
            names |= {_normal(label) for label in _SHORTCUT.findall(self.english)}
        notes = {f":{label}": -1 for label in _FOOTNOTE.findall(both)}
        return {
            "references": {name: {"title": "", "href": f"{LABEL}{name}"} for name in names},
            "footnotes": {"refs": notes},
        }


def used_labels(text: str) -> frozenset[str]:
    """Return the labels that links in inline Markdown have, whether or not they are defined."""
    return frozenset(map(_normal, _LABEL.findall(text)))


def find_labels(article: str) -> frozenset[str]:
    r"""Return the labels that an article defines, and some more if code in it does.

    >>> find_labels("See [it][the  Pot].\n\n> [the pot]: pot.md\n")
    frozenset({'THE POT'})
    """
    return frozenset(map(_normal, _DEFINITION.findall(article)))


def _normal(label: str) -> str:
    """Return a label as the parser compares it."""
    return " ".join(label.split()).lower().upper()


LABEL = "https://label.invalid/"
"""Stands for the target of a label, which only the article knows; RFC 2606 keeps it unused."""

OBJECT = "\ufffc"
"""Stands for what is no text: code, math, an image, an address, a role."""

_LINE_BREAKS = ("softbreak", "hardbreak")


def _is_text(tokens: Sequence[Token]) -> bool:
    return all(token.type == "text" for token in tokens)


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    is_address = False
    for token in tokens:
        if token.type in ("link_open", "link_close") and token.info == "auto":
            is_address = token.nesting == 1
            yield OBJECT if is_address else ""
        elif is_address:
            continue
        elif token.type in ("text", "text_special"):
            yield token.content
        elif token.type in _LINE_BREAKS:
            yield " "
        elif token.type == "image" or (not token.nesting and token.type != "html_inline"):
            yield OBJECT


def find_texts(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what is text and no address."""
    is_address = False
    for token in tokens:
        if token.type in ("link_open", "link_close") and token.info == "auto":
            is_address = token.nesting == 1
        elif token.type == "text" and not is_address:
            yield token.content


def walk(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield tokens and those inside of images, in their order."""
    for token in tokens:
        yield token
        if token.children:
            yield from walk(token.children)
