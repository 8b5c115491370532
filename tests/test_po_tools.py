"""Whole catalogs through the libraries behind Poedit, Weblate, Pontoon and OmegaT, and back.

`test_foreign` plays what an editor does to one catalog and `update` after it; here nothing but
the number of entries is at stake: the manual's, and real articles'. Of these,
`python -m tests.conformance round-trips` sends 500.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po

from bitext.languages import plural_forms
from bitext.notes import add_note
from bitext.po import Catalog, Entry, parse, serialize
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings

MANUAL = Path(__file__).resolve().parent.parent / "locale/sl-SI/LC_MESSAGES"
Row = tuple[str, str, str, bool, tuple[str, ...], tuple[str, ...], str]
"""ID, English, translation, fuzzy, a person's and the machine's comments, former English."""


def _row(entry: Entry) -> Row:
    return (
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        entry.is_fuzzy,
        entry.comments,
        entry.extracted,
        entry.previous_msgid or "",
    )


def parsed_rows(text: str) -> list[Row]:
    return [_row(entry) for entry in parse(text).entries]


def _gettext(program: str) -> Callable[[Path], list[Row]]:
    def save(path: Path) -> list[Row]:
        tool = shutil.which(program)
        if tool is None:
            pytest.skip(f"{program} of GNU gettext is not installed")
        template = path.with_suffix(".pot")
        more = ["--quiet", "--previous", str(path), str(template)]
        command = [tool, *more] if program == "msgmerge" else [tool, str(path)]
        if program == "msgmerge":
            catalog = parse(path.read_text(encoding="utf-8"))
            bare = [replace(e, msgstr="", flags=(), comments=(), raw=None) for e in catalog.entries]
            bare = [replace(e, previous_msgid=None, previous_msgctxt=None) for e in bare]
            template.write_text(serialize(replace(catalog, entries=tuple(bare))), encoding="utf-8")
        done = subprocess.run(command, capture_output=True, check=True)
        return parsed_rows(done.stdout.decode())

    return save


def _polib(path: Path) -> list[Row]:
    polib.pofile(str(path)).save()
    return parsed_rows(path.read_text(encoding="utf-8"))


def _toolkit(path: Path) -> list[Row]:
    pytest.importorskip("translate", reason="translate-toolkit is not installed")
    code = "import sys; from translate.storage import pypo as p; p.pofile.parsefile(sys.argv[1])"
    subprocess.run([sys.executable, "-c", f"{code}.save()", str(path)], check=True)
    return parsed_rows(path.read_text(encoding="utf-8"))


def _babel(path: Path) -> list[Row]:
    """Read with Babel, as it is: it has no former English."""
    catalog = read_po(io.BytesIO(path.read_bytes()))
    return [
        (
            message.context or "",
            str(message.id),
            str(message.string),
            message.fuzzy,
            tuple(c for c in message.user_comments if not c.startswith("| ")),
            tuple(message.auto_comments),
            "",
        )
        for message in catalog
        if message.id
    ]


TOOLS: dict[str, Callable[[Path], list[Row]]] = {
    "msgcat": _gettext("msgcat"),
    "msgmerge": _gettext("msgmerge"),
    "polib": _polib,
    "Translate Toolkit": _toolkit,
    "Babel": _babel,
}


def _assert_kept(path: Path, tool: str) -> None:
    before = parsed_rows(path.read_text(encoding="utf-8"))
    after = TOOLS[tool](path)
    if tool == "Babel":
        before = [(*row[:-1], "") for row in before]
        before = [row for row in before if row[1]]
    assert after == before


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual(tmp_path: Path, tool: str) -> None:
    for number, path in enumerate(sorted(MANUAL.rglob("*.po"))):
        catalog = parse(path.read_text(encoding="utf-8"))
        in_use = tuple(entry for entry in catalog.entries if not entry.is_obsolete)
        copy = tmp_path / f"{number}.po"
        copy.write_text(serialize(replace(catalog, entries=in_use)), encoding="utf-8")
        _assert_kept(copy, tool)


@pytest.fixture(scope="module")
def large(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of real articles, with entries in all states."""
    grammar = make_grammar(Settings())
    paths = sorted((corpora / "alchemy").rglob("*.md"))[:120]
    texts = [
        text
        for path in paths
        for text in read_article("a.md", path.read_text(encoding="utf-8-sig"), grammar).texts
    ]
    lines = (
        "Language: sl_SI\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nPlural-Forms: {plural_forms('sl-SI')}\n"
    )
    entries = tuple(_entry(text, place) for place, text in enumerate(texts))
    path = tmp_path_factory.mktemp("large") / "large.po"
    header = Entry("", lines)
    path.write_text(serialize(Catalog(header, entries, "", "\n")), encoding="utf-8")
    assert len(entries) > 1000
    return path


def _entry(text: str, place: int) -> Entry:
    identifier = f"137fa-{101 + place}"
    entry = Entry(
        text,
        f"ž {text}" if place % 5 else "",
        identifier,
        extracted=("paragraph",),
        references=("a.md",),
    )
    if place % 5 == 1:
        return add_note(entry, "carried")
    if place % 5 == 2:
        return replace(entry, flags=("fuzzy",), comments=("who knows",))
    if place % 5 == 3:
        stale = replace(entry, flags=("fuzzy",), previous_msgid="Old.")
        return replace(stale, previous_msgctxt=identifier)
    return entry


@pytest.mark.parametrize("tool", TOOLS)
def test_real_articles(large: Path, tmp_path: Path, tool: str) -> None:
    _assert_kept(Path(shutil.copy(large, tmp_path)), tool)
