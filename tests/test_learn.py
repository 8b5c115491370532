"""Microsoft Learn's dialect: what its constructs hold, and that nothing of them is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from random import Random
from time import process_time

import pytest
from markdown_it.token import Token

from articles import INLINE, dump, find_articles
from bitext.errors import ArticleError
from bitext.markdown.blocks import Grammar
from bitext.markdown.learn.attributes import parse_attributes
from bitext.markdown.learn.commands import read_snippet
from bitext.markdown.learn.faults import find_faults
from bitext.markdown.learn.monikers import is_in_range
from bitext.markdown.learn.nesting import relevel
from bitext.markdown.learn.snippets import SnippetError, select_lines
from bitext.markdown.learn.tables import find_kept_pipes, write_in_cell
from bitext.markdown.learn.targets import Site, Target, TargetKind, find_target
from bitext.markdown.learn.yaml_pages import yaml_to_markdown
from bitext.segments import Article, make_grammar, read_article
from bitext.settings import Settings
from golden import Case, params
from seams import environment, try_block


@cache
def learn() -> Grammar:
    return make_grammar(Settings(dialect="learn"))


def read(text: str) -> Article:
    return read_article("a.md", text, learn())


@pytest.mark.parametrize("case", params("learn"))
def test_case(case: Case, check_case: Callable[[Case, str], None]) -> None:
    article = read(case.given)
    found = [dump(read.block) for read in article.blocks]
    found += [f"{own.line} not extracted: {own.message}" for own in article.parsed.unread]
    found += [
        f"{own.line} fault: {own.kind}: {own.what}" for own in find_faults(article.parsed.env)
    ]
    check_case(case, "\n".join(found))


@pytest.mark.parametrize("piece", ["[", "[a](", "[a](<b c", "`a``", "<!--", "<a b", ":::a b='c'"])
def test_a_hostile_row_takes_no_longer_than_its_length(piece: str) -> None:
    begin = process_time()
    assert not list(find_kept_pipes("| " + piece * 20_000))
    assert process_time() - begin < 2
    assert write_in_cell(f"a | {piece}") == f"a \\| {piece}"


# Whatever is nested in whatever: no text is lost, and the tokens stay a tree

LINES = (
    *(":::row:::", ":::row-end:::", ":::column:::", ":::column-end:::", "::: zone-end"),
    *('::: zone pivot="a"', '::: moniker range="a"', "::: moniker-end", ":::image-end:::"),
    *(':::image type="complex" source="a" alt-text="b":::', ":::unknown", "> [!NOTE]", "> W"),
    *("> [!div class='x']", "# [W](#tab/a)", "## [W](#tab/b/c)", "---", "", "", "- W", "  W"),
    *("[!INCLUDE [a](b)]", "```", "W [!INCLUDE [a](b)]", "> > [!TIP]", "1. W", "   > [!TIP] W"),
)


def _article(random: Random) -> str:
    lines = [random.choice(LINES) for _ in range(random.randint(1, 25))]
    return "\n".join(line.replace("W", f"W{n}") for n, line in enumerate(lines))


def _is_tree(tokens: list[Token]) -> bool:
    """Tell whether each element closes, in order, and has the level of its place."""
    levels = [token.level for token in tokens]
    opened: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token.type.removesuffix("_open"))
        elif token.nesting == -1 and opened.pop() != token.type.removesuffix("_close"):
            return False
    relevel(tokens)
    return not opened and levels == [token.level for token in tokens]


@pytest.mark.parametrize("seed", range(300))
def test_no_nesting_loses_text(seed: int) -> None:
    text = _article(Random(seed))
    tokens = read(text).parsed.tokens
    assert _is_tree(tokens), text
    shown = " ".join(f"{token.content} {token.meta.get('label', '')}" for token in tokens)
    for word in text.replace("[", " ").replace("]", " ").split():
        if word.startswith("W"):
            assert word in shown.replace("[", " ").replace("]", " ").split(), text


def test_deep_nesting_is_one_fault_and_no_recursion() -> None:
    text = '::: zone pivot="a"\n' * 5_000 + "Text.\n" + "> " * 200 + "[!NOTE]\n"
    article = read(text)
    assert "Text." in article.texts[0]
    kinds = {fault.kind for fault in find_faults(article.parsed.env)}
    assert "':::' nested too deep" in kinds


def test_what_is_found_of_real_articles_closes(corpora: object) -> None:
    for folder in ("nuget/en-US", "quantum/en-US"):
        for path, text in find_articles(corpora / folder, every=7):  # type: ignore[operator]
            article = read(text)
            assert _is_tree(article.parsed.tokens), path
            assert not find_faults(article.parsed.env), path


# Sentences of blocks with Learn's constructs

PIECES = (
    *("[!INCLUDE [x. y](z.md)]", "[!INCLUDE [x](z.md)]", ':::no-loc text="A. B":::', ":::"),
    *(':::image source="a.png" alt-text="C. D":::', "@System.Uri", "@id", ' @"x"', "[!NOTE]"),
    *(":x:", " :tada:", "<xref:A. B>", '@"a. b"', ':::video source="https://a.b" title="C. D":::'),
    *("<xref:A.B>", "[x](xref:A.B)", '\n:::no-loc text="A":::', "$5 and $6", ' alt-text="'),
)


@pytest.mark.parametrize("seed", range(20))
def test_blocks_are_cut_at_seams(seed: int) -> None:
    random = Random(seed)
    env = environment()
    for _ in range(50):
        lines = "".join(random.choices((*INLINE, *PIECES * 3), k=random.randint(1, 12))).split("\n")
        text = "\n".join(line for line in lines if line.strip()).strip()
        if text:
            try_block(text, learn().parser, env, learn().find_cuts)


# Pages in YAML


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("- name: A\n  href: a.md\n", "# [A](<a.md>)"),
        (
            "items:\n- name: A *b*\n  items:\n  - name: B\n    uid: X.Y",
            "# A \\*b\\*\n## [B](<xref:X.Y>)",
        ),
        ("- name: A\n  href: a(b) c.md\n  topicHref: b.md", "# [A](<b.md>)"),
        ("- uid: X.Y", "# [X.Y](<xref:X.Y>)"),
        ("text", ""),
        ("", ""),
    ],
)
def test_tables_of_contents_in_yaml(text: str, markdown: str) -> None:
    lines = yaml_to_markdown("a/TOC.yml", text).split("\n")
    assert "\n".join(filter(None, lines)) == markdown


def test_texts_of_a_landing_page_stand_at_their_lines() -> None:
    text = (
        "### YamlMime:Hub\ntitle: One\nsummary: Two. Three.\nproduct:\n- title: Four\n  url: a.md\n"
    )
    found = read_article("a/index.yml", text, learn())
    assert found.texts == ["One", "Two.", "Three.", "Four"]
    assert [read.block.line for read in found.blocks] == [2, 4, 6]


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "- a\nb",
        "\0",
        "a: &a [*a]",
        "a: &a\n  b: *a\n",
        "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(9)
        ).replace("[x]", "{title: x}"),
        "- name: " + "[" * 10_000,
        "items:\n" + "".join(f"{' ' * n}- items:\n" for n in range(200)),
    ],
)
def test_hostile_yaml_is_an_error_with_a_line(text: str) -> None:
    for path in ("TOC.yml", "index.yml"):
        with suppress(ArticleError):
            assert len(yaml_to_markdown(path, text)) < 1_000_000


# Values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}),
        (' A="b" c-d="" ', {"a": "b", "c-d": ""}),
        ('a="b"c="d"', {"a": "b", "c": "d"}),
        ("a=“b”", {"a": "b"}),
        ('a="b" a="c"', {"a": "b"}),
        ("a=b", None),
        ('a="b', None),
        ('a="b" c', None),
    ],
)
def test_attributes(text: str, values: Mapping[str, str] | None) -> None:
    assert parse_attributes(text) == values


SITE = Site(base_path="/nuget", locale="sl-si")
LEARN = "https://learn.microsoft.com/sl-si"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("b.md", Target(TargetKind.FILE, "x/b.md")),
        ("../b%20c.md?view=v#D", Target(TargetKind.FILE, "b c.md", "D")),
        ("..\\b.md", Target(TargetKind.FILE, "b.md")),
        ("~/y/b.md", Target(TargetKind.FILE, "y/b.md")),
        ("/NuGet/y/b", Target(TargetKind.FILE, "y/b")),
        ("/nuget", Target(TargetKind.FILE, ".")),
        ("/nugets/y", Target(TargetKind.WEB, f"{LEARN}/nugets/y")),
        ("/dotnet/core?view=v#D", Target(TargetKind.WEB, f"{LEARN}/dotnet/core?view=v#D")),
        ("https://learn.microsoft.com/dotnet", Target(TargetKind.WEB, f"{LEARN}/dotnet")),
        (
            "https://docs.microsoft.com/en-us/dotnet",
            Target(TargetKind.WEB, "https://docs.microsoft.com/sl-si/dotnet"),
        ),
        ("https://example.org/en-us/a", Target(TargetKind.WEB, "https://example.org/en-us/a")),
        ("//example.org/a", Target(TargetKind.WEB, "//example.org/a")),
        ("mailto:a@b.org", Target(TargetKind.WEB, "mailto:a@b.org")),
        ("#d", Target(TargetKind.PAGE, "", "d")),
        ("?view=v#d", Target(TargetKind.PAGE, "", "d")),
        ("xref:A.B%601?x=y", Target(TargetKind.UID, "A.B`1")),
        ("../../etc/passwd", Target(TargetKind.OUTSIDE, "../etc/passwd")),
        ("~/../a.cs", Target(TargetKind.OUTSIDE, "../a.cs")),
        ("/nuget/../../a", Target(TargetKind.OUTSIDE, "../../a")),
        ("a\0b", Target(TargetKind.OUTSIDE, "x/a\0b")),
    ],
)
def test_targets(href: str, target: Target) -> None:
    assert find_target(href, "x/a.md", SITE) == target


def test_targets_say_no_locale_unless_asked() -> None:
    address = "https://docs.microsoft.com/en-us/dotnet"
    assert find_target(address, "a.md", Site()).path == address
    assert find_target("/dotnet", "a.md", Site()).path == "https://learn.microsoft.com/dotnet"


CODE = """\
using System;
class A {
    // <Main>
    void Main() {
        // <Inner>
        Run();
        // </Inner>
    }
    // </Main>
    #region Other
    int x;
    #region In
    int y;
    #endregion
    #endregion
}
"""


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, CODE),
        ({"id": "main"}, "void Main() {\n    Run();\n}\n"),
        ({"id": "Inner"}, "Run();\n"),
        ({"id": "Other"}, "int x;\nint y;\n"),
        ({"range": "1-2,16"}, "using System;\nclass A {\n}\n"),
        ({"range": "16-"}, "}\n"),
        ({"range": "4,6"}, "void Main() {\n    Run();\n"),
        ({"range": "4", "dedent": "2"}, "  void Main() {\n"),
    ],
)
def test_lines_of_code(values: Mapping[str, str], text: str) -> None:
    assert select_lines(CODE, values).text == text
    assert select_lines(CODE.replace("\n", "\r\n"), values).text == text


XAML = """\
<Page>
<!-- <snippet2> -->
  <Grid>
  </Grid>
<!-- </snippet2> -->
</Page>
"""
NOTEBOOK = '{"cells": [{"source": ["x = 1\\n", "y = 2"], "metadata": {"name": "one"}}]}'


def test_elements_of_xml_in_a_region_are_its_text_and_its_name_may_be_short() -> None:
    assert select_lines(XAML, {"id": "2"}).text == "<Grid>\n</Grid>\n"
    assert select_lines(XAML, {"id": "snippet2"}).text == "<Grid>\n</Grid>\n"


def test_a_cell_of_a_notebook_is_found_by_its_name() -> None:
    values = {"notebook": "cell", "id": "one"}
    assert select_lines(NOTEBOOK, values).text == "x = 1\ny = 2\n"
    for wrong in ("", "[]", "{}", '{"cells": [1]}', '{"cells": []}', "[" * 100_000):
        with pytest.raises(SnippetError):
            select_lines(wrong, values)


def test_lines_as_docfx_reads_them() -> None:
    assert read_snippet("a.cs?start=3", "", "")["range"] == "3-3"
    assert "range" not in read_snippet("a.cs?end=3", "", "")
    assert select_lines(CODE, {"range": "16-99"}).text == "}\n"


def test_highlighted_lines_are_those_of_what_is_shown() -> None:
    assert select_lines(CODE, {"range": "1-4", "highlight": "2-3,9"}).highlighted == (2, 3)


@pytest.mark.parametrize(
    "values",
    [{"id": "none"}, {"range": "0-3"}, {"range": "30-99"}, {"range": "x"}, {"range": "5-2"}],
)
def test_lines_that_are_not_there(values: Mapping[str, str]) -> None:
    with pytest.raises(SnippetError):
        select_lines(CODE, values)


@pytest.mark.parametrize(
    ("moniker", "text", "is_in"),
    [
        ("b", "b", True),
        ("b", "a || b", True),
        ("b", ">= a < c", True),
        ("b", "> b", False),
        ("b", "<=a", False),
        ("b", ">= unknown", True),
        ("x", "a", False),
    ],
)
def test_moniker_ranges(moniker: str, text: str, is_in: bool) -> None:
    assert is_in_range(moniker, text, ["a", "b", "c"]) is is_in
