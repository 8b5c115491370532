"""Read the manual as its reader does: code blocks, commands with what they print, links, terms."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from myst_parser.slugs import github_slugify

SOURCE = Path(__file__).resolve().parent.parent / "source"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_INFO = re.compile(r"(?:\{code-block\} *)?(\S*)")
_OPTION_LINES = re.compile(r"(?:^:[\w-]+:.*\n)+\n?", re.MULTILINE)
_TERM = re.compile(r"^(`.*)\n(?=: )", re.MULTILINE)
_SHELL_SIGNS = frozenset({">", ">>", "|", "||", "&&", ";", "<"})


class Code(NamedTuple):
    """One code block, without its options."""

    language: str
    caption: str
    text: str
    line: int
    """Of its fence, from 1."""


class Typed(NamedTuple):
    """A command that the manual shows after a prompt, and what it prints."""

    command: str
    output: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of an article and the text below it, up to the next heading."""

    title: str
    text: str
    parent: str
    """The title of the heading above that is one level higher; empty if none."""

    @property
    def terms(self) -> list[str]:
        """The terms of its definition lists that are code."""
        return _TERM.findall(self.text)

    @property
    def codes(self) -> list[str]:
        """What it writes as code."""
        return re.findall(r"`+([^`]+)`+", self.text)


def articles() -> list[str]:
    """Return the paths of all articles, below the source folder."""
    return sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.md"))


@cache
def read(article: str) -> str:
    """Return an article with blank lines in place of its front matter."""
    text = (SOURCE / article).read_text(encoding="utf-8")
    return _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)


def code_blocks(article: str) -> Iterator[Code]:
    """Yield the code blocks of an article, in lists too."""
    for token in MarkdownIt().parse(read(article)):
        if token.type == "fence" and token.map:
            match = _INFO.match(token.info)
            caption = re.search(r"^:caption: (.*)$", token.content, re.MULTILINE)
            text = _OPTION_LINES.sub("", token.content, count=1)
            yield Code(
                match[1] if match else "", caption[1] if caption else "", text, token.map[0] + 1
            )


def typed(code: Code) -> Iterator[Typed]:
    """Yield the commands of a block of a terminal, each with its output."""
    if code.language == "console":
        for part in re.split(r"^(?=[$#] )", code.text, flags=re.MULTILINE)[1:]:
            first, _, output = part.partition("\n")
            yield Typed(first[2:], output, code.line)
    elif code.language == "sh":
        for line in filter(None, code.text.split("\n")):
            yield Typed(line, "", code.line)


def arguments(command: str) -> list[str]:
    """Return the words of a shell's command, up to the first sign of the shell."""
    words = shlex.split(command, comments=True)
    ends = [place for place, word in enumerate(words) if word in _SHELL_SIGNS]
    return words[: min(ends, default=len(words))]


def sections(article: str) -> list[Section]:
    """Return the sections of an article, in its order."""
    lines = read(article).split("\n")
    heads: list[tuple[int, int, str]] = []
    tokens = MarkdownIt().parse(read(article))
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.map and token.level == 0:
            heads.append((token.map[0], int(token.tag[1]), inline.content))
    found: list[Section] = []
    path: dict[int, str] = {}
    ends = [line for line, _, _ in heads[1:]] + [len(lines)]
    for (line, level, title), end in zip(heads, ends, strict=True):
        path[level] = title
        found.append(Section(title, "\n".join(lines[line + 1 : end]), path.get(level - 1, "")))
    return found


@cache
def anchors(article: str) -> frozenset[str]:
    """Return the names that a link into an article may have after its ``#``."""
    found: set[str] = set(re.findall(r"^\(([\w-]+)\)=$", read(article), re.MULTILINE))
    for section in sections(article):
        slug = github_slugify(section.title.replace("`", ""))
        number = 0
        while (name := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(name)
    return frozenset(found)


def links(article: str) -> Iterator[str]:
    """Yield the targets of an article's links and images."""
    for token in MarkdownIt().enable("table").parse(read(article)):
        for child in token.children or ():
            target = child.attrs.get("href") or child.attrs.get("src")
            if target:
                yield str(target)
