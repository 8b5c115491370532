"""What stands in an article for translators: golden cases, and the lines of real articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils.parsers.rst.directives.admonitions import Admonition, Note
from myst_parser.parsers.directives import parse_directive_text

from articles import ALL_EXTENSIONS, EXTENSIONS, dump, find_english, grammar
from bitext.markdown.directive_bodies import BODIES
from bitext.markdown.directives import DIRECTIVES, split_directive
from bitext.model import Block
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings, parse_settings
from golden import Case, params


def blocks(text: str, *extensions: str) -> list[Block]:
    """Return the blocks of an article, read with our extensions or with these."""
    found = read_article("a.md", text, grammar(*(extensions or EXTENSIONS)))
    return [read.block for read in found.blocks]


def segments(text: str, *extensions: str) -> list[str]:
    return [segment for block in blocks(text, *extensions) for segment in block.segments]


@pytest.mark.parametrize("case", [*params("blocks"), *params("marks")])
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    check_case(case, "\n".join(map(dump, blocks(case.given))))


@pytest.mark.parametrize("case", params("constructs"))
def test_construct(case: Case, check_case: Callable[[Case, str], None]) -> None:
    """Every construct holds blocks, or says at which line it holds none."""
    article = read_article("a.md", case.given, grammar(*ALL_EXTENSIONS))
    unread = [
        f"{line} not extracted{'' if is_certain else '?'}: {message}"
        for line, message, is_certain, included in article.parsed.unread
        if not included
    ]
    check_case(case, "\n".join([*(dump(read.block) for read in article.blocks), *unread]))


def test_a_block_begins_on_its_line_in_real_articles(corpora: Path, history: Path) -> None:
    seen = 0
    for path, text in find_english(corpora, history, every=4):
        lines = text.replace("\t", "    ").split("\n")
        for block in blocks(text):
            if block.kind in ("heading", "paragraph", "list item", "quote") and not block.label:
                start = block.text.split("\n")[0].replace("\t", "    ").strip()
                line = lines[block.line - 1]
                assert start in line or "[!" in line, f"{path}:{block.line}"
                seen += 1
    assert seen > 5_000


def test_sections_are_the_headings_above() -> None:
    text = "One.\n\n# A\n\nTwo.\n\n## B `c`\n\n- Three.\n"
    assert [block.section for block in blocks(text)] == ["", "", "A", "", "B `c`"]


def test_a_project_names_its_own_directives() -> None:
    settings = parse_settings(
        '[tool.bitext.directives.card]\nargument = "text"\nbody = "markdown"\n'
        'options = { footer = "text", alt = "string" }\n'
        '[tool.bitext.directives.note]\nbody = "none"\n'
    )
    text = (
        "```{card} A *title*\n:alt: An alt. Two\n:footer: A *foot*\n\nBody.\n```\n\n"
        "```{note}\nNo.\n```\n"
    )
    found = read_article("a.md", text, make_grammar(settings)).blocks
    assert sorted(segment for read in found for segment in read.block.segments) == [
        *("A *foot*", "A *title*", "An alt.", "Body.", "Two"),
    ]


@pytest.mark.parametrize("keys", [(), ("title",), ("keywords", "title"), ("other",)])
def test_front_matter_keys_are_those_of_the_settings(keys: tuple[str, ...]) -> None:
    text = "---\ntitle: T\nkeywords: [K, L]\nother: O\n---\n"
    values = {"title": ["T"], "keywords": ["K", "L"], "other": ["O"]}
    found = read_article("a.md", text, make_grammar(Settings(front_matter=keys))).texts
    assert found == [value for key in keys for value in values[key]]


def test_equal_blocks_are_told_apart_in_the_order_of_parsing() -> None:
    text = "Save.\n\n```{note}\nSave.\n```\n\nSave.\n"
    found = [read.key.ordinal for read in read_article("a.md", text, grammar()).blocks]
    assert sorted(found) == [0, 1, 2]


@pytest.mark.parametrize("newlines", [1, 5])
def test_reading_one_article_leaves_no_trace_in_the_next(newlines: int) -> None:
    first = (
        f"---\nmyst:\n  enable_extensions: [strikethrough]\n---\n[ref]: a.md{newlines * chr(10)}"
    )
    before = segments("[ref]\n\n~~One. Two.~~", "deflist")
    segments(first + "\n<!-- bitext: off -->\n", "deflist")
    assert segments("[ref]\n\n~~One. Two.~~", "deflist") == before == ["[ref]", "~~One.", "Two.~~"]


# Directives are taken apart as MyST does


CONTENTS = (
    *("", "\n", "Body.", "\nBody.", "\n\nBody.", "Body.\n\nMore."),
    *(":class: a\nBody.", ":class: a\n\nBody.", ":class: a\n:name: b\n\n\nBody.", ":class: a"),
    *(
        "---\nclass: a\n---\nBody.",
        "---\nclass: a\n---\n\nBody.",
        "---\nclass: a",
        "---\n---\nBody.",
    ),
    *(
        "  :class: a\nBody.",
        ":class:\nBody.",
        ":::\nBody.\n:::",
        "text: no\nBody.",
        "Body.\n:class: a",
    ),
    *(':class: "a b"\nBody.', ":class: |\n:  a\nBody.", "# comment\nBody.", ":class: a # c\nBody."),
)


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("first_line", ["", "On the first line."])
def test_directives_are_taken_apart_as_myst_does(content: str, first_line: str) -> None:
    theirs = parse_directive_text(Note, first_line, content)
    ours = split_directive(first_line, content, begins_on_first_line=True)
    assert ours.body.rstrip("\n") == "\n".join(theirs.body).rstrip("\n")
    assert ours.options.get("class", "").split() == theirs.options.get("class", [])


@pytest.mark.parametrize("content", CONTENTS)
def test_titled_directives_are_taken_apart_as_myst_does(content: str) -> None:
    theirs = parse_directive_text(Admonition, "A title", content)
    ours = split_directive("A title", content, begins_on_first_line=False)
    assert [ours.argument] == theirs.arguments
    assert ours.body.rstrip("\n") == "\n".join(theirs.body).rstrip("\n")


def test_the_table_says_only_what_is_understood() -> None:
    for name, directive in DIRECTIVES.items():
        assert directive.argument in ("none", "text", "version", "body"), name
        assert directive.body in ("none", "include", "raw", *BODIES), name
        assert set(directive.options.values()) <= {"text", "string", "csv"}, name
        assert directive.argument != "body" or directive.body in ("markdown", "quote", "lines")
        assert not directive.unread or directive.body == "none", name
