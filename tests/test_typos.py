"""Ten typos cost a translator ten sentences, and a reader nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sites import (
    Element,
    bitext_process,
    edit,
    entries,
    ids,
    make_project,
    po,
    pot,
    read_body,
    succeed,
    translate,
)

LANGUAGES = ("sl-SI", "de-DE")
NUMBERS = "one two three four five six seven eight nine ten".split()


def _paragraphs() -> str:
    """Return ten paragraphs of three sentences, each middle one misspelled."""
    return "\n\n".join(
        f"Part {n} of the kettle is shown below. You clean teh part {n} with a soft cloth.\n"
        f"Let part {n} dry before you use it again."
        for n in NUMBERS
    )


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    """Return a translated project, built, whose ten typos were then mended."""
    root = make_project(
        tmp_path / "kettle",
        {"index.md": f"# Kettle\n\n{_paragraphs()}\n"},
        languages=LANGUAGES,
    )
    succeed(root, "gettext")
    succeed(root, "update")
    for tag in LANGUAGES:
        known = ids(pot(root, "index"))
        translate(po(root, "index", tag), {text: f"«{tag} {text}" for text in known if text})
    return root


def _mend(root: Path) -> None:
    for number in NUMBERS:
        edit(root / "source/index.md", f"teh part {number} with", f"the part {number} with")
    succeed(root, "gettext")
    succeed(root, "update")


def _english(page: Element) -> list[str]:
    """Return the sentences that a page shows in English."""
    return [
        span.text for span in page.find("span", lang="en-US") if "data-ttu-id" in span.attributes
    ]


def test_ten_typos_touch_ten_entries_of_each_language(kettle: Path) -> None:
    before = {tag: entries(po(kettle, "index", tag)) for tag in LANGUAGES}
    _mend(kettle)
    for tag in LANGUAGES:
        after = entries(po(kettle, "index", tag))
        assert list(after) == list(before[tag])
        assert sum(after[key] != before[tag][key] for key in after) == len(NUMBERS)


def test_stale_sentences_are_shown_and_no_more_english(kettle: Path, tmp_path: Path) -> None:
    assert bitext_process(kettle, "build").status == 0
    shutil.copytree(kettle / "build", tmp_path / "before")
    _mend(kettle)
    assert bitext_process(kettle, "build").status == 0
    for tag in LANGUAGES:
        old = read_body(tmp_path / f"before/html/{tag}/index.html")
        new = read_body(kettle / f"build/html/{tag}/index.html")
        assert _english(old) == _english(new) == []
        stale = new.find("span", data_ttu_state="stale")
        assert len(stale) == len(NUMBERS)
        assert len(new.find("span", class_="sxs-lookup")) == 3 * len(NUMBERS) + 1
