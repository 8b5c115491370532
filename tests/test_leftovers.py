"""What no article and no language makes any more goes; what a person put there stays."""

from __future__ import annotations

import errno
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.commands.leftovers import find_place, note_coming, read_written
from bitext.onebuild.placing import put_in_place
from bitext.project import open_project
from sites import (
    AT_ONCE,
    SEPARATELY,
    WAYS,
    bitext_process,
    edit,
    make_project,
    po,
    succeed,
    translate,
    write,
)

ARTICLES = {
    "index.md": "# Lamp\n\nSee [how to clean it](clean.md).\n\n"
    "```{toctree}\nclean\nparts/bulb\n```\n",
    "clean.md": "# Clean\n\nWipe it.\n",
    "parts/bulb.md": "# Bulb\n\nIt is round.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "t", ARTICLES, languages=("sl-SI", "de-DE"))
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    return root


def _build(root: Path, *more: str, every: bool = False) -> str:
    """Build the Slovenian site, or `every` site; return what is said."""
    run = bitext_process(root, "build", *(() if every else ("-l", "sl-SI")), *more)
    assert run.status == 0, run.text
    return run.text


def _remove(root: Path, article: str = "clean") -> None:
    """Remove an article and all that leads to it."""
    (root / f"source/{article}.md").unlink()
    edit(root / "source/index.md", f"{article}\n", "")
    text = (root / "source/index.md").read_text()
    write(root / "source/index.md", text.replace(f"[how to clean it]({article}.md)", "below"))


def _files(root: Path, tag: str = "sl-SI") -> set[str]:
    base = root / "build/html" / tag
    paths = (path for path in base.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(base).as_posix() for path in paths}


def _with_own_files(root: Path) -> set[str]:
    """Put files of a person into the site of a language."""
    own = {"CNAME", "parts/notes.html", "_sources/notes.md.txt"}
    for path in own:
        write(root / "build/html/sl-SI" / path, "mine")
    write(root / "build/html/sl-SI" / os.fsdecode(b"\xe9"), "mine")
    (root / "build/html/sl-SI/outside").symlink_to(root / "locale")
    return {*own, os.fsdecode(b"\xe9"), "outside"}


@pytest.mark.parametrize(("way", "more"), [(SEPARATELY, ("--fresh",)), (AT_ONCE, ())], ids=str)
def test_the_page_of_a_removed_article_goes(project: Path, way: str, more: tuple[str, ...]) -> None:
    _build(project, way)
    own = _with_own_files(project)
    before = _files(project)
    _remove(project)
    said = _build(project, way, *more)
    gone = {"clean.html", "_sources/clean.md.txt", "clean.segments.json"}
    assert before - _files(project) == gone
    assert own < _files(project)
    assert "sl-SI: removed clean.html, which no article makes any more\n" in said
    for path in (project / "build/html/sl-SI").rglob("*.html"):
        assert "clean.html" not in path.read_text(encoding="utf-8"), path
    index = (project / "build/html/sl-SI/searchindex.js").read_text(encoding="utf-8")
    assert '"clean"' not in re.sub(r'"terms":.*', "", index)
    verify = ("--verify",) if way == AT_ONCE else ()  # the index of Sphinx keeps old words
    assert "removed" not in _build(project, way, *verify)
    assert own < _files(project)


def test_the_two_ways_of_building_know_of_each_other(project: Path) -> None:
    _build(project, SEPARATELY)
    _remove(project)
    assert "sl-SI: removed clean.html" in _build(project, AT_ONCE)
    write(project / "source/wash.md", "---\norphan: true\n---\n\n# Wash\n")
    own = _with_own_files(project)
    _build(project, AT_ONCE)
    (project / "source/wash.md").unlink()
    assert "sl-SI: removed wash.html" in _build(project, SEPARATELY)
    assert "wash.html" not in _files(project)
    assert own < _files(project)


def test_a_translation_that_was_taken_back_between_two_ways_of_building(project: Path) -> None:
    page = project / "build/html/sl-SI/clean.html"
    catalog = po(project, "clean")
    _build(project, SEPARATELY)
    before = catalog.read_bytes()
    translate(catalog, {"Wipe it.": "Obrišite jo."})
    _build(project, AT_ONCE)
    assert "Obrišite jo." in page.read_text(encoding="utf-8")
    catalog.write_bytes(before)
    _build(project, SEPARATELY)
    assert "Obrišite jo." not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("way", WAYS)
def test_the_site_of_a_removed_language_goes(project: Path, way: str) -> None:
    _build(project, way, every=True)
    own = _with_own_files(project)
    edit(project / "pyproject.toml", '"sl-SI", ', "")
    said = _build(project, way, every=True)
    assert "sl-SI: removed build/html/sl-SI; the settings do not list this language\n" in said
    assert _files(project) == own
    edit(project / "pyproject.toml", '"de-DE"', "")
    _build(project, way, every=True)
    assert not (project / "build/html/de-DE").exists()


def test_what_no_build_wrote_is_never_removed(project: Path) -> None:
    write(project / "build/html/sl-SI/clean.html", "mine")
    write(project / "build/html/fr-FR/index.html", "mine")
    outside = project.parent / "outside"
    write(outside / "clean.html", "mine")
    _remove(project)
    write(
        project / "build/written/html/it-IT.json", '{"files": ["../../../t/conf.py"], "pages": []}'
    )
    write(project / "build/written/html/es-ES.json", '{"files": ["clean.html"], "pages": 7')
    (project / "build/html/es-ES").symlink_to(outside)
    _build(project)
    assert (project / "build/html/sl-SI/clean.html").read_text() == "mine"
    assert (project / "build/html/fr-FR/index.html").read_text() == "mine"
    assert (outside / "clean.html").is_file()
    assert (project / "conf.py").is_file()


def test_a_file_that_takes_the_place_of_a_page_stays(project: Path) -> None:
    write(project / "extra" / os.fsdecode(b"\xe9.txt"), "mine")
    _build(project)
    _remove(project)
    write(project / "extra/clean.html", "mine")
    with (project / "conf.py").open("a") as configuration:
        configuration.write('html_extra_path = ["extra"]\n')
    _build(project)
    _build(project)
    assert (project / "build/html/sl-SI/clean.html").read_text() == "mine"


def test_a_build_that_fails_removes_nothing(project: Path) -> None:
    _build(project)
    _remove(project)
    text = (project / "conf.py").read_text()
    write(project / "conf.py", f"{text}raise ValueError\n")
    assert bitext_process(project, "build").status == 2
    assert "clean.html" in _files(project)
    write(project / "conf.py", text)
    assert "sl-SI: removed clean.html" in _build(project)


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text"])
def test_other_builders(project: Path, builder: str) -> None:
    _build(project, "-b", builder)
    folder = project / "build" / builder / "sl-SI"
    _remove(project)
    _remove(project, "parts/bulb")
    _build(project, "-b", builder)
    assert not (folder / "parts/bulb").exists()
    assert not (folder / "_sources/parts").exists()
    assert not (folder / "clean/index.html").exists()
    assert (folder / ("index.txt" if builder == "text" else "index.html")).is_file()


def test_a_site_that_was_deleted_is_built_again(project: Path) -> None:
    _build(project)
    shutil.rmtree(project / "build/html/sl-SI")
    assert "removed" not in _build(project)
    assert "clean.html" in _files(project)


# Links to what came or went


REFERRING = {
    "index.md": "# Lamp\n\nWords.\n\n```{toctree}\n:glob:\n*\n```\n",
    "clean.md": "# Clean\n\n(wipe-it)=\n\n## Wipe\n\nWipe it.\n",
    "link.md": "# Link\n\nSee [it](clean.md).\n",
    "section.md": "# Section\n\nSee [it](clean.md#wipe-it).\n",
    "label.md": "# Label\n\nSee {ref}`it <wipe-it>`.\n",
    "role.md": "# Role\n\nSee {doc}`it <clean>`.\n",
    "other.md": "# Other\n\nSee [it](link.md).\n",
}


def _warned(text: str) -> set[str]:
    return set(re.findall(r"source/(\w+)\.md:\d+: WARNING", text))


def test_links_to_a_removed_article_are_named_without_a_fresh_build(tmp_path: Path) -> None:
    root = make_project(tmp_path, REFERRING, languages=())
    succeed(root, "gettext", "-q")
    assert "WARNING" not in _build(root, every=True)
    clean = (root / "source/clean.md").read_text()
    (root / "source/clean.md").unlink()
    assert _warned(_build(root, every=True)) == {"link", "section", "label", "role"}
    write(root / "source/clean.md", clean)
    assert "WARNING" not in _build(root, every=True)
    for name in ("link", "section"):
        page = (root / f"build/html/en-US/{name}.html").read_text(encoding="utf-8")
        assert 'href="clean.html' in page


def test_a_table_of_contents_that_names_a_removed_article_is_named(project: Path) -> None:
    _build(project)
    (project / "source/parts/bulb.md").unlink()
    said = _build(project)
    assert re.search(r"index\.md:\d+: WARNING: toctree .*'parts/bulb'", said)


# Sites in unusual places


@pytest.mark.parametrize("is_there", [True, False])
def test_a_site_behind_a_link_is_where_the_link_leads(project: Path, is_there: bool) -> None:
    elsewhere = project.parent / "elsewhere"
    if is_there:
        write(elsewhere / "CNAME", "mine")
    site = project / "build/html/sl-SI"
    site.parent.mkdir(parents=True)
    site.symlink_to(elsewhere)
    _build(project, "--verify")
    write(project / "source/wash.md", "---\norphan: true\n---\n\n# Wash\n")
    _build(project)
    assert (elsewhere / "wash.html").is_file()
    (project / "source/wash.md").unlink()
    assert "sl-SI: removed wash.html" in _build(project, "--verify")
    assert not (elsewhere / "wash.html").exists()
    assert site.is_symlink()
    assert (elsewhere / "CNAME").is_file() == is_there
    assert not list((project / "build/slots/sites").iterdir())


def test_a_site_on_a_disk_of_its_own(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise OSError(errno.EXDEV, "another disk")

    place = find_place(open_project(project), "build", "html", "sl-SI")
    write(place.folder / "CNAME", "mine")
    write(place.folder / "old/gone.html", "old")
    write(place.folder / "index.html", "old")
    write(place.record, '{"files": ["old/gone.html", "index.html"], "pages": ["old/gone.html"]}')
    write(tmp_path / "new/index.html", "new")
    write(tmp_path / "new/old", "a file now")
    write(tmp_path / "new.pickle", "its state")
    monkeypatch.setattr("bitext.onebuild.placing._exchange_at_once", fail)
    state = tmp_path / "state"
    assert put_in_place(place, tmp_path / "new", state=state, root=project) == ["old/gone.html"]
    assert _files(project) == {"CNAME", "index.html", "old"}
    assert (place.folder / "index.html").read_text() == "new"
    assert state.read_text() == "its state"
    assert read_written(place).files == {"index.html", "old"}


def test_a_file_in_place_of_a_site_stays(project: Path) -> None:
    write(project / "build/html/sl-SI", "mine")
    run = bitext_process(project, "build")
    assert run.status == 2
    assert "Output directory" in run.err
    assert "sl-SI was built the ordinary way: build/html/sl-SI is not a folder\n" in run.out
    assert (project / "build/html/sl-SI").read_text() == "mine"
    assert (project / "build/html/de-DE/index.html").is_file()


def test_empty_folders_of_a_person_stay(project: Path) -> None:
    folder = project / "build/html/sl-SI/.git/refs/heads"
    folder.mkdir(parents=True)
    _build(project)
    edit(project / "source/clean.md", "Wipe it.", "Wipe it well.")
    _build(project)
    assert folder.is_dir()


def test_a_separate_build_writes_into_no_other_site(project: Path) -> None:
    _build(project, AT_ONCE, every=True)
    copied = project / "build/html/de-DE/_sources/clean.md.txt"
    before = copied.read_text()
    edit(project / "source/clean.md", "Wipe it.", "Wipe it well.")
    _build(project, SEPARATELY)
    assert "well" in (project / "build/html/sl-SI/_sources/clean.md.txt").read_text()
    assert copied.read_text() == before


def test_a_site_that_is_about_to_come_is_none_of_sphinx(project: Path) -> None:
    _build(project, SEPARATELY)
    place = find_place(open_project(project), "build", "html", "sl-SI")
    written = read_written(place)
    assert written.is_sphinx
    note_coming(place, written, written.files, root=project)
    assert read_written(place) == replace(written, is_sphinx=False)
