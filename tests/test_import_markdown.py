"""Localized Markdown beside its English: what is sure, what is not, and that nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.bilingual.structure import Match, Matches, match_places, read_places
from bitext.cli import main
from bitext.po import Catalog, parse
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings

ENGLISH = """\
---
title: Install the tools
author: me
---
# Install the tools

You need `make`. Then run these steps.

1. Open [the page](page.md) and read it. It is short.
2. Run the command:

   ```sh
   make html
   ```

| Name | Value |
|---|---|
| `a` | The first value |

## What is next

Write your first article.
"""

SLOVENIAN = """\
---
title: Namestitev orodij
author: me
---
# Namestitev orodij

Potrebujete `make`. Nato opravite te korake.

1. Odprite [stran](page.md) in jo preberite. Kratka je.
2. Zaženite ukaz:

   ```sh
   make html
   ```

| Ime | Vrednost |
|---|---|
| `a` | Prva vrednost |

## Kako naprej

Napišite prvi članek.
"""


def make_project(root: Path, english: str = ENGLISH, localized: str | bytes = SLOVENIAN) -> Path:
    """Make a project of one article; return the folder of its localized articles."""
    (root / "source").mkdir()
    (root / "source/a.md").write_text(english, encoding="utf-8")
    (root / "pyproject.toml").write_text('[tool.bitext]\nlanguages = ["sl-SI"]\n', encoding="utf-8")
    folder = root / "sl"
    folder.mkdir()
    content = localized.encode() if isinstance(localized, str) else localized
    (folder / "a.md").write_bytes(content)
    return folder


def run(root: Path, *words: str) -> int:
    return main(["-C", str(root), "import", "markdown", str(root / "sl"), "-l", "sl-SI", *words])


def catalog_of(root: Path) -> Catalog:
    return parse((root / "locale/sl-SI/LC_MESSAGES/a.po").read_text(encoding="utf-8"))


def said(root: Path) -> dict[str, str]:
    """Return the translations of a project, those to review with a question mark before."""
    return {
        entry.msgid: ("? " if entry.is_fuzzy else "") + entry.msgstr
        for entry in catalog_of(root).entries
        if not entry.is_obsolete
    }


def match(english: str, localized: str) -> Matches:
    grammar = make_grammar(Settings())
    sides = [read_places(read_article("a.md", t, grammar), t) for t in (english, localized)]
    return match_places(*sides)


def texts(found: Match) -> tuple[str, str]:
    return found.english.text, found.localized.text


def test_articles_of_one_structure_are_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path)
    assert run(tmp_path) == 0
    assert said(tmp_path) == {
        "Install the tools": "Namestitev orodij",
        "You need `make`.": "Potrebujete `make`.",
        "Then run these steps.": "Nato opravite te korake.",
        "Open [the page](page.md) and read it.": "Odprite [stran](page.md) in jo preberite.",
        "It is short.": "Kratka je.",
        "Run the command:": "Zaženite ukaz:",
        "Name": "Ime",
        "Value": "Vrednost",
        "The first value": "Prva vrednost",
        "What is next": "Kako naprej",
        "Write your first article.": "Napišite prvi članek.",
    }
    assert not [entry for entry in catalog_of(tmp_path).entries if entry.is_obsolete]
    assert "1 file, 12 sentences translated, 0 to review, 0 without" in capsys.readouterr().out


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    make_project(tmp_path)
    run(tmp_path)
    before = (tmp_path / "locale/sl-SI/LC_MESSAGES/a.po").read_bytes()
    assert run(tmp_path, "--check") == 0
    assert run(tmp_path) == 0
    assert (tmp_path / "locale/sl-SI/LC_MESSAGES/a.po").read_bytes() == before


def test_check_writes_nothing(tmp_path: Path) -> None:
    make_project(tmp_path)
    assert run(tmp_path, "--check") == 1
    assert not (tmp_path / "locale").exists()


def test_what_a_translator_wrote_stays(tmp_path: Path) -> None:
    make_project(tmp_path)
    run(tmp_path)
    path = tmp_path / "locale/sl-SI/LC_MESSAGES/a.po"
    text = path.read_text(encoding="utf-8").replace("Kratka je.", "Ni dolga.")
    path.write_text(text, encoding="utf-8")
    run(tmp_path)
    assert said(tmp_path)["It is short."] == "Ni dolga."
    assert "Kratka je." in path.read_text(encoding="utf-8")


def test_a_translation_that_copies_otherwise_is_not_sure() -> None:
    found = match("Run `a`.\n\nOpen it.\n\nStop.", "Zaženite `b`.\n\nOdprite.\n\nKonec.").found
    assert [(*texts(own), own.is_sure) for own in found] == [
        ("Run `a`.", "Zaženite `b`.", False),
        ("Open it.", "Odprite.", False),
        ("Stop.", "Konec.", False),
    ]


def test_a_block_too_many_makes_only_its_neighbours_doubtful() -> None:
    english = "# One\n\nUse `a`.\n\nFirst.\n\nSecond.\n\nUse `b`.\n\nThird.\n"
    localized = "# Ena\n\nRaba `a`.\n\nPrvi.\n\nRaba `b`.\n\nTretji.\n"
    found = match(english, localized)
    sure = [texts(own) for own in found.found if own.is_sure]
    assert ("Use `a`.", "Raba `a`.") in sure
    assert ("Use `b`.", "Raba `b`.") in sure
    assert ("First.", "Prvi.") not in sure
    assert not found.unplaced


def test_a_text_without_a_place_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, localized=SLOVENIAN + "\n## Dodatek\n\nTega v angleščini ni.\n")
    assert run(tmp_path) == 0
    out = capsys.readouterr().out
    assert "a.md:26: warning: 'Tega v angleščini ni.' has no place" in out
    assert "[text-unplaced]" in out


def test_sentences_left_in_english_are_untranslated(tmp_path: Path) -> None:
    localized = SLOVENIAN.replace("Napišite prvi članek.", "Write your first article.")
    make_project(tmp_path, localized=localized)
    run(tmp_path)
    assert said(tmp_path)["Write your first article."] == ""


def test_generated_anchors_of_headings_are_no_words(tmp_path: Path) -> None:
    localized = SLOVENIAN.replace("## Kako", '## <a name="what-is-next"></a>Kako')
    make_project(tmp_path, localized=localized)
    run(tmp_path)
    assert said(tmp_path)["What is next"] == "Kako naprej"


@pytest.mark.parametrize("change", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path, change: str) -> None:
    content = b"\xef\xbb\xbf" + SLOVENIAN.replace("\n", change).encode()
    make_project(tmp_path, localized=content)
    assert run(tmp_path) == 0
    assert said(tmp_path)["Run the command:"] == "Zaženite ukaz:"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0",
        b"\xff\xfe",
        b"<<<<<<< a\n# X\n=======\n# Y\n>>>>>>> b\n",
        b"---\n: [\n---\n# X",
    ],
    ids=["empty", "NUL", "no UTF-8", "conflict", "no YAML"],
)
def test_what_cannot_be_read_is_an_error_or_nothing(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, localized=content)
    assert run(tmp_path) in (0, 1, 2)
    assert "Traceback" not in "".join(capsys.readouterr())
    assert catalog_of(tmp_path)


def test_markup_that_is_not_in_the_english_is_not_sure(tmp_path: Path) -> None:
    localized = SLOVENIAN.replace("Kako naprej", "Kako</span><script>x</script>")
    make_project(tmp_path, localized=localized)
    run(tmp_path)
    assert said(tmp_path)["What is next"].startswith("? ")


def test_a_file_without_an_english_article_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_project(tmp_path)
    (folder / "b.md").write_text("# Drugo\n", encoding="utf-8")
    assert run(tmp_path) == 0
    assert "b.md has no English article; it is left out" in capsys.readouterr().out
    assert not (tmp_path / "source/b.md").exists()


def test_the_english_itself_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(tmp_path)
    assert (
        main(["-C", str(tmp_path), "import", "markdown", str(tmp_path / "source"), "-l", "sl-SI"])
        == 2
    )
    assert "holds the English articles" in capsys.readouterr().err
    assert (
        main(["-C", str(tmp_path), "import", "markdown", str(tmp_path / "no"), "-l", "sl-SI"]) == 2
    )
    assert (
        main(["-C", str(tmp_path), "import", "markdown", str(tmp_path / "sl"), "-l", "de-DE"]) == 2
    )
