"""Where the tests take English from: real articles, and text made of nasty pieces."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from hypothesis import strategies as st

from bitext.encoding import decode_article
from bitext.markdown.blocks import Grammar
from bitext.model import Block
from bitext.segments import make_grammar
from bitext.settings import Settings

EXTENSIONS = (
    *("alert", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "strikethrough", "substitution", "tasklist"),
)
"""What our golden cases are read with."""

ALL_EXTENSIONS = (
    *EXTENSIONS,
    *("amsmath", "gfm_autolink", "html_admonition", "html_image", "replacements"),
    *("linkify", "section_ref", "smartquotes"),
)


@cache
def grammar(*extensions: str) -> Grammar:
    """Return what reads articles with these extensions."""
    return make_grammar(Settings(myst_extensions=extensions))


def find_english(corpora: Path, history: Path, *, every: int = 1) -> Iterator[tuple[str, str]]:
    """Yield path and text of one in `every` English articles."""
    for folder in ("myst", "nuget/en-US", "quantum/en-US"):
        yield from find_articles(corpora / folder, every=every)
    for file, versions in islice(find_histories(history), 0, None, every):
        yield file, versions[-1]


def find_articles(folder: Path, *, every: int = 1) -> Iterator[tuple[str, str]]:
    """Yield path and text of one in `every` articles below `folder`."""
    paths = sorted(folder.rglob("*.md"))
    assert paths, f"no articles in {folder}"
    for path in paths[::every]:
        yield str(path), decode_article(path.read_bytes(), str(path))


def find_histories(history: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each article of the history with its versions, oldest first."""
    with lzma.open(history, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["file"], [version["text"] for version in record["versions"]]


WORDS = ("Save", "the file", "a", "e.g.", "1", "naïve", "日本語", "🎉", "It costs $5")
ENDS = (". ", ".\n", ".  \n", ".\\\n", ". \\\n", "? ", "! ", ".", ".\u00a0\n", ".\t", ".\n  ")
SPACES = (" ", " ", "  ", "\n", "  \n", "\\\n", "\t", "\u00a0", "\u2028", "\x85", "\f", "\v")
MARKS = ("*", "**", "***", "_", "__", "`", "``", "~~", "$", "$$", "\\", "\\\\", "!", "'", '"')
LINKS = (
    *("[", "]", "](x)", "](", ")", "](x 'T. U')", "](<a b>)", "![", "[X]", "[x][X]", "[X][]"),
    *("[^1]", "[^", "(b)", "](x\x01y)", "](`x`)", "](javascript:x)", "](a%20b)", "](a&amp;b)"),
    *("[a. b](x)", "[`](` x](y)", "[www.a.org](x)", "[^1](x)"),
)
TAGS = (
    *("<b>", "</b>", "<br>", "<a href='x. y'>", "</a>", "<", ">", "<!-- a. b -->", "<!--", "-->"),
    *(
        "<https://a.org>",
        "<a@b.org>",
        "https://a.org/b. ",
        "www.a.org",
        "a@b.org",
        "&amp;",
        "&nbsp;",
    ),
    *("&", "&#46;", "&lt;b&gt;"),
)
MYST = (
    *("{ref}`a. b`", "{ref}", "`a <b. c>`", "{{ a }}", "{{", "}}", "{.c}", "{#i}", "{", "}"),
    *("(t)=", "§1.2", "$2*3$", "@", ":", "|", "^", "[x]{.c}", "{math}`2. 3`"),
)
INLINE = (*WORDS, *ENDS, *ENDS, *SPACES, *MARKS, *MARKS, *LINKS, *TAGS, *MYST)
BLOCKS = (
    *(
        "\n\n",
        "\n\n",
        "# ",
        "## ",
        "\n---\n",
        "\n===\n",
        "- ",
        "1. ",
        "  - ",
        "> ",
        "> [!NOTE]\n> ",
    ),
    *("    ", "\n```\n", "\n```{note} ", "\n````{tip}\n", "\n````\n", "\n:::{figure} x\n:alt: "),
    *(
        "\n:::\n",
        "\n::::\n",
        "\n::::{tab-set}\n",
        "\n:caption: ",
        "\n---\na: b\n---\n",
        "---\ntitle: ",
    ),
    *(
        "\n| a | b |\n|---|:-:|\n| ",
        " | ",
        " |\n",
        "\\|",
        "\n<div>\n",
        "\n</div>\n",
        "\n<!-- bitext: ",
    ),
    *(
        "skip -->\n",
        "off -->\n",
        "on -->\n",
        "note x -->\n",
        "\n% bitext: skip\n",
        "\n% c. d\n",
        "\n+++\n",
    ),
    *(
        "\nterm\n: ",
        "\n:field: ",
        "[^1]: ",
        "\n[X]: y 'T. U'\n",
        "(t)=\n",
        "\n$$\n",
        "- [ ] ",
        "{.c}\n",
    ),
    *(
        "\n```{toctree}\na. b <c>\n",
        "\n```{versionadded} 1 ",
        "\n```{unknown}\n",
        "\u2028",
        "\x0c",
        "\x85",
    ),
)


def inline_texts() -> st.SearchStrategy[str]:
    """Generate the text of one block: as the parser hands it on, stripped, no blank line."""
    pieces = st.lists(st.sampled_from(INLINE), min_size=1, max_size=12)
    return pieces.map(_as_block).filter(bool)


def _as_block(pieces: list[str]) -> str:
    lines = "".join(pieces).split("\n")
    return "\n".join(line for line in lines if line.strip()).strip()


def articles() -> st.SearchStrategy[str]:
    """Generate an article."""
    return st.lists(st.sampled_from((*INLINE, *BLOCKS, *BLOCKS)), max_size=25).map("".join)


def dump(block: Block) -> str:
    """Return a block as golden files show it."""
    kind = f"{block.kind.value}: {block.label}" if block.label else block.kind.value
    section = f' in "{block.section}"' if block.section else ""
    note = [f"  note: {block.note}"] if block.note else []
    segments = [f"  - {show(segment)}" for segment in block.segments]
    return "\n".join([f"{block.line} {kind}{section}", *note, *segments])


def show(text: str) -> str:
    """Return a text on one line, its white space visible where it would be missed."""
    shown = text.replace("\n", "⏎").replace("\t", "→")
    stripped = shown.strip(" ")
    lead = len(shown) - len(shown.lstrip(" "))
    return "␣" * lead + stripped + "␣" * (len(shown) - lead - len(stripped))
