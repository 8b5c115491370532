"""Front matter that is read without YAML's parser means what YAML says it means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bitext.markdown.front_matter import parse_evident

PIECES = (
    *(
        "title",
        "ms.date",
        "a-b",
        "A_1",
        "yes",
        "No",
        "on",
        "null",
        "~",
        "True",
        "y",
        "N",
        "=",
        "<<",
    ),
    *(
        ": ",
        ":",
        ":  ",
        " #",
        "#",
        "- ",
        "-",
        "?",
        "? ",
        "|",
        ">-",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
    ),
    *('"', "'", '"a"', "'b c'", "''", '""', "\\n", "\\", "[", "]", "{a: b}", ",", "(", ")", "$"),
    *(
        "04/21/2020",
        "1/2/2020 3:04:05 PM",
        "2020-04-21",
        "1",
        "0x1f",
        "1_0",
        "1:30",
        "1.5",
        ".5",
        "1e3",
        ".inf",
        "012",
    ),
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\n  ",
        ">-\n  ",
        "|-\n  a\n  ",
        "---",
        "...",
        "\u2028",
        "\x85",
        "\ufeff",
        "\u00a0",
        "\u3000",
    ),
    *(
        "word",
        "Two words",
        "it's",
        "o\u2019clock",
        "\u010d",
        "\u65e5\u672c",
        "\U0001f600",
        "\u200b",
    ),
)

LINES = st.builds(
    "{}: {}".format,
    st.sampled_from(["title", "ms.date", "a-b", "A_1", "x y", "1", "-a", "yes", '"t"', "t "]),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
)


def assert_same(text: str) -> bool:
    """Assert that YAML says the same of evident front matter; return whether it is evident."""
    values = parse_evident(text)
    if values is None:
        return False
    assert yaml.safe_load(text) == values
    assert all(value is None or type(value) is str for value in values.values())
    return True


@pytest.mark.parametrize(
    "text",
    [
        "title: Install the tools",
        'title: It\'s a "quoted" word, and (more)\nms.date: 04/21/2020',
        'title: "C#: the language"\nauthor: karenm ',
        "title:  'two  spaces'",
        "title: a\ntitle: b",
        "title: v",
        "title:\n\nms.date: 1/23/2021 12:00:00 AM\n",
        'title: ""',
        "title: C# and F#, in _full_",
        "title: b :c",
        "title: _private\nurl: see https://example.org/a#b",
        "summary: >-\n  A thing: one #\n  and more, 'so'\n\ntitle: a",
        "summary: |- \n  > [!NOTE]\n  - a\n  key: b",
    ],
)
def test_evident_front_matter_is_read_without_yaml(text: str) -> None:
    assert assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            "title:\n- a",
            "title: yes",
            "title: Null ",
            "title: 12",
            "title: 2020-04-21",
            "a",
            "- a",
        ),
        *("title: a: b", "title: a #b", "title: |\n  a", "title: [a]", "title: 'it''s'", "y: *a"),
        *("a: >-", "a: >-\n   b", "a: >-\n  b\n   c", "a: >-\n  b\n\n  c", "a: >-\n  b \n  c"),
        *("a: >\n  b", "a: >-\n  \tb", "a: >-\n b", "a: b #c", "a: b:"),
        *("title: a\n  b", "title: a\tb", "title: a\u2028b", 'title: "a\\n"', "title: a\r"),
    ],
    ids=ascii,
)
def test_what_is_not_evident_is_left_to_yaml(text: str) -> None:
    assert parse_evident(text) is None


@given(st.lists(LINES, min_size=1, max_size=3).map("\n".join))
def test_evident_front_matter_means_what_yaml_says(text: str) -> None:
    assert_same(text)


def test_front_matter_of_real_articles_means_what_yaml_says(corpora: Path) -> None:
    evident = 0
    for path in sorted(corpora.rglob("*.md")):
        match = re.match(r"---\n(.*?)\n---", path.read_text("utf-8", errors="replace"), re.DOTALL)
        evident += bool(match and assert_same(match[1]))
    assert evident > 500
