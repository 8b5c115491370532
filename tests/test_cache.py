"""The cache: by content, never needed, never trusted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bitext import extract as extraction
from bitext.cache import digest, load_cache, store_cache
from bitext.settings import Settings
from sites import CACHE, bitext, changes, edit, make_project, pot, snapshot, succeed, write

ARTICLES = {"a.md": "# One\n\nFirst. Second.\n", "b.md": "# Two\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose articles were read once."""
    succeed(make_project(tmp_path, ARTICLES), "gettext")
    return tmp_path


def test_where_a_content_ends_matters() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc") != digest(b"abc")


def test_what_is_stored_is_loaded(tmp_path: Path) -> None:
    store_cache(tmp_path, "gettext", "f", {"a.md": "1"})
    assert load_cache(tmp_path, "gettext", "f") == {"a.md": "1"}
    assert load_cache(tmp_path, "gettext", "other") == {}
    assert load_cache(tmp_path, "other", "f") == {}


def test_git_ignores_it(project: Path) -> None:
    assert (project / CACHE / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"null",
        b'{"fingerprint": "f"}',
        b'{"fingerprint": "f", "entries": []}',
        b'{"fingerprint": "f", "entries": null}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_broken_cache_is_empty(tmp_path: Path, content: bytes) -> None:
    write(tmp_path / CACHE / "gettext.json", content)
    assert load_cache(tmp_path, "gettext", "f") == {}


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    write(tmp_path / CACHE, "a file")
    store_cache(tmp_path, "gettext", "f", {"a.md": "1"})
    assert load_cache(tmp_path, "gettext", "f") == {}


def test_time_stamps_mean_nothing(project: Path) -> None:
    before = snapshot(project)
    edit(project / "source/a.md", "Second.", "Seconds.")
    stamp = before["source/a.md"][0]
    os.utime(project / "source/a.md", ns=(stamp, stamp))
    succeed(project, "gettext")
    assert "Seconds." in pot(project, "a").read_text()


def test_a_touched_article_is_not_written_again(project: Path) -> None:
    os.utime(project / "source/a.md")
    before = snapshot(project)
    succeed(project, "gettext")
    assert changes(before, snapshot(project)) == set()


def test_an_edited_pot_is_mended(project: Path) -> None:
    edit(pot(project, "a"), 'msgid "First."', 'msgid "Frist."')
    succeed(project, "gettext")
    assert 'msgid "First."' in pot(project, "a").read_text()


def test_a_deleted_pot_comes_back(project: Path) -> None:
    before = pot(project, "a").read_bytes()
    pot(project, "a").unlink()
    succeed(project, "gettext")
    assert pot(project, "a").read_bytes() == before


def test_other_settings_read_all_articles_again(project: Path) -> None:
    write(project / "source/a.md", "---\nsummary: In short.\n---\n" + ARTICLES["a.md"])
    succeed(project, "gettext")
    edit(project / "pyproject.toml", "[tool.bitext]", '[tool.bitext]\nfront-matter = ["summary"]')
    succeed(project, "gettext")
    assert 'msgid "In short."' in pot(project, "a").read_text()


def test_without_a_cache_all_is_the_same(project: Path) -> None:
    before = snapshot(project)
    for path in (project / CACHE).iterdir():
        path.unlink()
    (project / CACHE).rmdir()
    succeed(project, "gettext")
    assert changes(before, snapshot(project)) == set()


def test_a_pot_of_another_branch_is_read_again(project: Path) -> None:
    """The cache is from one branch, the POT from another: both are in the hash."""
    pot(project, "a").write_bytes(pot(project, "b").read_bytes())
    out = succeed(project, "gettext")
    assert "write locale/pot/a.pot" in out


@pytest.mark.parametrize("command", ["check", "stats"])
def test_a_clone_reads_articles_once(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody runs `gettext` in a translator's clone: what is current is remembered all the same."""
    lost = "# Three\n\n```{unheard-of}\nNobody reads this.\n```\n"
    root = make_project(tmp_path, ARTICLES | {"c.md": lost})
    succeed(root, "gettext")
    succeed(root, "update")
    for path in (root / CACHE).iterdir():
        path.unlink()
    edit(root / "source/b.md", "Two", "Too")
    first = bitext(root, command, "--format", "json")
    read: list[str] = []
    real = extraction.extract

    def extract(source: extraction.Source, settings: Settings) -> extraction.Extracted:
        read.append(source.path)
        return real(source, settings)

    monkeypatch.setattr(extraction, "extract", extract)
    assert bitext(root, command, "--format", "json") == first
    assert read == ["b.md"], "its POT is behind"
    assert ("not-extracted" in first.out) is (command == "check")
