"""A project's own words for what Sphinx and its theme say."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from bitext.po import parse
from bitext.sphinx_ext.theme_words import ProjectWords, Words, words_of
from sites import bitext_process, make_project, read_page, sphinx, succeed

_WORDS = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
_LINK = 'msgid "Link to this heading"\nmsgstr "{}"\n'


def test_fuzzy_empty_and_obsolete_ones_are_left_out() -> None:
    text = (
        'msgid "Next"\nmsgstr "Naprej"\n\n#, fuzzy\nmsgid "Back"\nmsgstr "Nazaj"\n\n'
        'msgid "Up"\nmsgstr " "\n\n#~ msgid "Old"\n#~ msgstr "Staro"\n'
    )
    assert words_of(parse(text)) == Words({"Next": "Naprej"})
    assert words_of(None) == Words()


def test_what_the_project_does_not_say_others_say() -> None:
    others = ProjectWords(Words({"Next": "Naslednja", "Search": "Išči"}), NullTranslations())
    own = ProjectWords(Words({"Next": "Naprej"}), others)
    assert [own.gettext(word) for word in ("Next", "Search", "Up")] == ["Naprej", "Išči", "Up"]
    assert own.gettext("\n  Next ") == "\n  Naprej "
    assert own.ngettext("%s page", "%s pages", 2) == "%s pages"


def _titles(page: Path) -> list[str]:
    return read_page(page).values("title")


def test_pages_say_them_and_a_change_reaches_pages(tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["sl-SI"])
    succeed(root, "gettext")
    succeed(root, "update")
    path = root / "locale/sl-SI/sphinx.po"
    out = root / "out"
    arguments = ("-q", "-D", "language=sl", "source", str(out), "-c", ".")
    for word in ("Povezava na ta naslov", "Povezava sem"):
        path.write_text(_WORDS + _LINK.format(word), encoding="utf-8")
        assert sphinx(root, *arguments).status == 0
        assert word in _titles(out / "index.html")
    assert "sphinx.po" not in succeed(root, "check", "--severity", "info")


def test_the_one_build_says_them_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["sl-SI", "de-DE"])
    succeed(root, "gettext")
    succeed(root, "update")
    for word in ("Povezava na ta naslov", "Povezava sem"):
        path = root / "locale/sl-SI/sphinx.po"
        path.write_text(_WORDS + _LINK.format(word), encoding="utf-8")
        run = bitext_process(root, "build", "--verify", seconds=180)
        assert run.status == 0, run.text
        assert ": 0 differ" in run.out
        assert word in _titles(root / "build/html/sl-SI/index.html")
        assert word not in _titles(root / "build/html/de-DE/index.html")


def test_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["sl-SI"])
    succeed(root, "gettext")
    succeed(root, "update")
    (root / "locale/sl-SI/sphinx.po").write_text('msgid "Next\n', encoding="utf-8")
    run = sphinx(root, "-q", "-D", "language=sl", "source", str(root / "out"), "-c", ".")
    assert run.status != 0
    assert "locale/sl-SI/sphinx.po:1" in run.text
