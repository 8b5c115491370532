"""A project on disk: what is found, what is read, how it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.disk import write_files
from bitext.encoding import decode_article, decode_catalog, located
from bitext.errors import ArticleError, CatalogError, SettingsError, UsageError
from bitext.project import Project, open_project
from bitext.settings import Settings
from sites import make_project, write


def _project(root: Path, **settings: object) -> Project:
    return Project(root, Settings(**settings))  # type: ignore[arg-type]


def test_articles_are_found_sorted_and_hidden_folders_are_not(tmp_path: Path) -> None:
    for path in ("b.md", "a/c.md", "a.md", ".venv/x.md", "a/.cache/y.md", "notes.txt", "z.MD"):
        write(tmp_path / "source" / path, "x")
    assert _project(tmp_path).find_articles() == ["a.md", "a/c.md", "b.md"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("drafts", ["a.md", "deep/drafts/d.md", "x[1].md"]),
        ("drafts/*", ["a.md", "deep/drafts/d.md", "x[1].md"]),
        ("**/drafts", ["a.md", "x[1].md"]),
        ("**/d.md", ["a.md", "x[1].md"]),
        ("?.md", ["deep/drafts/d.md", "drafts/d.md", "x[1].md"]),
        ("*.md", ["deep/drafts/d.md", "drafts/d.md"]),
        ("**", []),
    ],
)
def test_excluded_articles_are_not_found(tmp_path: Path, pattern: str, left: list[str]) -> None:
    for path in ("a.md", "drafts/d.md", "deep/drafts/d.md", "x[1].md"):
        write(tmp_path / "source" / path, "x")
    assert _project(tmp_path, exclude=(pattern,)).find_articles() == left


@pytest.mark.parametrize("pattern", ["drafts", "**/d.md", "?.md", "[ab].md", "[!a].md", "a.m*"])
def test_patterns_exclude_what_sphinx_excludes(tmp_path: Path, pattern: str) -> None:
    from sphinx.util.matching import get_matching_files

    paths = ("a.md", "b.md", "drafts/d.md", "deep/drafts/d.md", "deep/a.md")
    for path in paths:
        write(tmp_path / "source" / path, "x")
    theirs = sorted(get_matching_files(tmp_path / "source", ["**"], [pattern]))
    assert _project(tmp_path, exclude=(pattern,)).find_articles() == theirs


def test_missing_source_folder_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'docs/en' does not exist; make it, or set source"):
        _project(tmp_path, source="docs/en").find_articles()


def test_folders_mirror_those_of_the_articles(tmp_path: Path) -> None:
    project = _project(tmp_path, locale="i18n")
    template = project.template_path("guide/a.b.md")
    catalog = project.catalog_path("guide/a.b.md", "sl-SI")
    assert project.shown(template) == "i18n/pot/guide/a.b.pot"
    assert project.shown(catalog) == "i18n/sl-SI/LC_MESSAGES/guide/a.b.po"
    write(template, "")
    write(catalog, "")
    assert project.find_templates() == project.find_catalogs("sl-SI") == ["guide/a.b.md"]
    assert project.find_catalogs("de-DE") == []


def test_open_reads_the_settings(tmp_path: Path) -> None:
    project = open_project(make_project(tmp_path, {}, languages=("ja-JP",)))
    assert (project.settings.languages, project.settings.project) == (("ja-JP",), tmp_path.name)


def test_open_without_settings_says_how_to_start(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="start one with 'bitext init LANG'"):
        open_project(tmp_path)


def test_wrong_settings_have_their_line(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.bitext]\nsource = "a"\nsegmentation = "fancy"\n')
    with pytest.raises(SettingsError) as caught:
        open_project(tmp_path)
    assert caught.value.place == "pyproject.toml:3"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\nb\n", "a\nb\n"),
        (b"\xef\xbb\xbfa\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\nb"),
        (b"", ""),
        ("a\u2028b\u0085c\fd".encode(), "a\u2028b\u0085c\fd"),
    ],
)
def test_articles_are_decoded(content: bytes, text: str) -> None:
    assert decode_article(content, "a.md") == text


def test_article_that_is_not_utf8_has_a_line() -> None:
    with pytest.raises(ArticleError) as caught:
        decode_article("one\ntwo\nčetrt".encode("cp1250"), "source/a.md")
    assert caught.value.place == "source/a.md:3"
    assert "byte 0xe8 is not UTF-8; save the article as UTF-8" in str(caught.value)


def test_catalogs_keep_their_line_ends() -> None:
    assert decode_catalog(b"a\r\nb\n", "a.po") == "a\r\nb\n"


def test_catalog_that_is_not_utf8_has_line_and_column() -> None:
    with pytest.raises(CatalogError) as caught:
        decode_catalog('msgid ""\nmsgstr "č"\n'.encode("cp1250"), "locale/a.po")
    assert caught.value.place == "locale/a.po:2:9"
    assert "msgconv -t UTF-8" in caught.value.message


def test_located_names_the_file_once() -> None:
    with pytest.raises(CatalogError) as caught, located("outer.po"), located("inner.po"):
        raise CatalogError("wrong", line=3)
    assert caught.value.place == "inner.po:3"


def test_files_are_written_and_removed(tmp_path: Path) -> None:
    write(tmp_path / "old/only.pot", "x")
    write(tmp_path / "kept/a.pot", "a")
    write(tmp_path / "kept/b.pot", "b")
    write_files(
        {
            tmp_path / "new/deep/a.pot": "č\r\n",
            tmp_path / "old/only.pot": None,
            tmp_path / "kept/a.pot": None,
            tmp_path / "never/was.pot": None,
        },
        tmp_path,
    )
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert found == {"new", "new/deep", "new/deep/a.pot", "kept", "kept/b.pot"}
    assert (tmp_path / "new/deep/a.pot").read_bytes() == "č\r\n".encode()


def test_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    write(path, "old")
    path.chmod(0o640)
    write_files({path: "new"}, tmp_path)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.po" / "full").mkdir(parents=True)
    with pytest.raises(UsageError, match="cannot be written") as caught:
        write_files({tmp_path / "a.po": "x"}, tmp_path)
    assert caught.value.path.endswith("a.po")
    assert [path.name for path in tmp_path.iterdir()] == ["a.po"]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    write(tmp_path / "locale", "a file")
    with pytest.raises(UsageError, match="cannot be written"):
        write_files({tmp_path / "locale/pot/a.pot": "x"}, tmp_path)
