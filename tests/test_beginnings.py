"""The short way through the rules of blocks finds the blocks that all rules find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bitext.markdown.beginnings import RULE
from bitext.markdown.grammar import LEARN, MYST, create_parser, make_config, make_learn_config

ROOT = Path(__file__).resolve().parent.parent
EXTENSIONS = (
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "linkify", "substitution", "tasklist"),
)
LINES = (
    *(
        "word",
        "Word two",
        "# Heading",
        "#tag",
        "####### many",
        "é accent",
        "文",
        "a | b",
        "# a | b",
    ),
    *(
        "--|--",
        "---",
        "===",
        "- item",
        "1. one",
        "a. one",
        "1) two",
        "> quote",
        ">quote",
        ": defined",
    ),
    *("~ defined", ":field: value", "```", "~~~", ":::", ":::{note}", '::: zone pivot="a"', "$$"),
    *("\\begin{equation}", "\\end{equation}", "<div>", "</div>", "<!-- mark -->", "% comment"),
    *(
        "(target)=",
        "+++",
        "[^1]: note",
        "[a]: b",
        "[!NOTE]",
        "> [!TIP]",
        "{{ name }}",
        "{.a}",
        "***",
    ),
    *("| a | b |", "|---|---|", "@uid", "<xref:uid>", "!image", "", ""),
)


def parsers() -> Iterator[tuple[MarkdownIt, MarkdownIt]]:
    """Yield pairs of parsers, the second of which tries every rule."""
    configs = (
        (make_config((), {}), MYST),
        (make_config(EXTENSIONS, {}), MYST),
        (make_config(EXTENSIONS, {"sub_delimiters": ("a", "#")}), MYST),
        (make_config((), {"disable_syntax": ["table", "heading"]}), MYST),
        (make_learn_config(), LEARN),
    )
    for config, dialect in configs:
        whole = create_parser(config, dialect=dialect)
        whole.disable(RULE)
        yield create_parser(config, dialect=dialect), whole


PARSERS = tuple(parsers())


def require_same(text: str) -> None:
    for short, whole in PARSERS:
        assert RULE in short.get_active_rules()["block"]
        assert RULE not in whole.get_active_rules()["block"]
        known: tuple[dict[str, object], dict[str, object]] = ({}, {})
        found = [token.as_dict() for token in short.parse(text, known[0])]
        assert found == [token.as_dict() for token in whole.parse(text, known[1])]
        assert known[0] == known[1]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("", "", "  ", "    ", "\t", "> ", "- ")), st.sampled_from(LINES)
        ),
        max_size=12,
    )
)
def test_blocks_are_those_that_all_rules_find(lines: list[tuple[str, str]]) -> None:
    require_same("\n".join(indent + line for indent, line in lines))


@pytest.mark.parametrize("first", LINES)
def test_so_with_each_line_before_each_other(first: str) -> None:
    require_same("\n\n".join(f"{first}\n{line}" for line in LINES))


@pytest.mark.parametrize("end", [">", "> ", ">\t> ", "", "x"])
def test_a_comment_in_a_quotation_may_end_the_article(end: str) -> None:
    text = f"Before.\n\n> % comment\n{end}"
    require_same(text)
    for parser, _ in PARSERS:
        assert [token.as_dict() for token in parser.parse(text)] == [
            token.as_dict() for token in parser.parse(f"{text}\n")
        ]


def test_the_manual_has_the_same_blocks() -> None:
    for article in sorted((ROOT / "source").rglob("*.md")):
        require_same(article.read_text(encoding="utf-8"))


def test_so_have_the_corpora(corpora: Path) -> None:
    for article in sorted(corpora.glob("*/en-US/**/*.md"))[::10]:
        require_same(article.read_text(encoding="utf-8-sig"))
