"""The tokens of simple sentences are those of the parser (`seams` asks this of every block too)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import ALL_EXTENSIONS, EXTENSIONS, grammar
from bitext.markdown.simple import are_bare, is_basic, read_simple
from bitext.segments import make_grammar
from bitext.settings import MystSettings, Settings
from seams import Inline, try_simple

GRAMMARS = (
    grammar(),
    grammar(*EXTENSIONS),
    grammar(*ALL_EXTENSIONS),
    make_grammar(Settings(dialect="learn")),
    make_grammar(Settings(myst_extensions=("strikethrough", "linkify", "gfm_autolink"))),
)
PIECES = (
    *(
        "a",
        "Save",
        ":smile:",
        " ",
        ". ",
        ": ",
        ":",
        "/",
        "//",
        "!",
        "?",
        "ž",
        "設定",
        "ー",
        "。",
        "_",
        "*",
        "**",
    ),
    *(
        "***",
        "`",
        "``",
        "` `",
        "`a b`",
        "` a `",
        "`` ` ``",
        "[a](b.md)",
        "[a b](https://a.org/x_y)",
    ),
    *("[a](b)", "[*a*](b)", "[a](b){w=1}", "![a](b)", "(", ")", "[", "](", "]", "[a](<b>)", "\\"),
    *(
        "**a**",
        "*a b*",
        "**a:**",
        "**a** ",
        " *a*",
        "**設**",
        "a_b",
        "_a_",
        "1",
        "-",
        "’",
        '"',
        "'",
    ),
    *("[a](https://a.org/%20x)", "[a](HTTPS://A.ORG)", "[a](javascript:x)", "[a](b#c?d=e&f)", "."),
    *(
        "www.a.org",
        "WWW.",
        "http://a.org",
        "mailto:a",
        "a.org",
        "--",
        "(c)",
        "\t",
        "\u00a0",
        "\u200b",
    ),
    *(
        "[a](www.b.org)",
        "[a](b&amp;c)",
        "[a](b?c&d=%41%e4%)",
        "`www.a`",
        "[a](b;c,d)",
        "[a](//a.org)",
        "[a](data:x)",
        "[a](/b-c/d+e~f=g)",
        "[a :b](c)",
        "<",
        ">",
        " > ",
        "&",
        " & ",
        "{",
        "|",
    ),
    *(
        "**C#**",
        "*.md*",
        "*a+*",
        "**(a)**",
        "*a `b`*",
        "**`a` b**",
        "_.a_",
        "_(a)_",
        "+",
        "#",
        "& ",
    ),
    *("[a `b`](c)", "[`b`](c@d)", "**`a`**", "*`a`*", "_`a`_", "__a__", "_a b_", "_a_b_", "_a._"),
    *("[]", "[a]", "[!NOTE] ", "[a_b]", "[a *b*]", "[^a]", "[a](b)[]", "[a]:", "[a] (b)", "[[a]]"),
    *("a>b", "=>", "$", "$a$", "~", "~~", "^", "@a", "@", "https://a.org", "a|b", "§"),
)


@pytest.mark.parametrize("place", range(len(GRAMMARS)))
@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8))
def test_simple_tokens_are_those_of_the_parser(place: int, pieces: list[str]) -> None:
    md = GRAMMARS[place].parser
    text = "".join(pieces)
    try_simple(text, Inline(md, {}))
    try_simple(text, Inline(md, {}), has_labels=False)
    if text.strip() and are_bare([text], md):
        assert [(t.type, t.content) for t in Inline(md, {})(text)] == [("text", text)]


def test_which_parsers_are_basic() -> None:
    assert [is_basic(own.parser) for own in GRAMMARS] == [True, False, False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "[a](b)[]",
        "op : [Unit](a) => [Unit](b)",
        "[!NOTE] See [`a`](b).",
        "Let $x$ be a|b, ~c or 2^d.",
        "See https://a.org or @a.",
    ],
)
def test_what_no_rule_reads_is_simple(text: str) -> None:
    own = GRAMMARS[0].parser
    assert try_simple(text, Inline(own, {}), has_labels=False)
    assert read_simple(text, GRAMMARS[2].parser, has_labels=False) is None


@pytest.mark.parametrize("text", ["[a]", "[!NOTE] Wait.", "See [a] (b.md).", "[^a]"])
def test_brackets_may_be_labels(text: str) -> None:
    assert read_simple(text, GRAMMARS[0].parser) is None


@pytest.mark.parametrize(
    ("text", "is_simple"),
    [
        ("Run `make` in **Tea**: see [the *pot*](pot.md).", False),
        ("Run `make` in **Tea**: see [the pot](https://a.org/x_y#z).", True),
        ("**Tea**", True),
        ("*Tea* and `a_b`", True),
        ("a_b", True),
        ("_a_", True),
        ("__a__", False),
        ("**`a`** and [the `b` or c](d)", True),
        ("x**`a`**", False),
        ("**C#** and *.md* or **the `b` of +**", True),
        ("(*.md*)", False),
        ("**設定**を", False),
        ("See [it](https://www.a.org/b%20c?d=e&f=g) and `www.a.org`.", True),
        ("See [it](a?b&amp;c).", False),
        ("See [it](a?b&c%zz%).", True),
        ("[a](javascript:x)", False),
        ("![a](b)", False),
        ("It boils!", True),
        ("a\nb", False),
        ("Select **File** > **Open** & wait.", True),
        ("a &amp; b", False),
    ],
)
def test_what_is_simple(text: str, is_simple: bool) -> None:
    for own in GRAMMARS:
        assert try_simple(text, Inline(own.parser, {})) is is_simple


@pytest.mark.parametrize(
    "text",
    [
        "See www.a.org now.",
        "See [www.a.org](https://www.a.org).",
        "See https://a.org now.",
        "a >b",
        "> a",
        ':::no-loc text="A":::',
    ],
)
def test_what_is_simple_to_few_rules(text: str) -> None:
    for own in GRAMMARS:
        assert try_simple(text, Inline(own.parser, {})) is is_basic(own.parser)


@pytest.mark.parametrize("rule", ["emphasis", "link", "backticks"])
def test_a_parser_without_a_rule_is_asked_itself(rule: str) -> None:
    md = make_grammar(Settings(myst=MystSettings(disable_syntax=(rule,)))).parser
    assert read_simple("**a** `b` [c](d)", md) is None
