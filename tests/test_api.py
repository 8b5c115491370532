"""The functions for other programs: documented, typed, and imported only when asked for."""

from __future__ import annotations

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from bitext import api
from bitext.errors import BitextError, CatalogError
from bitext.settings import LanguageSettings, Settings
from sites import TOOLS, make_project, po, pot, succeed, translate

PAGE = Path(__file__).resolve().parent.parent / "source/reference/python.md"
ARTICLE = "# Lamps\n\nA lamp has a button. Press it.\n"


def test_the_examples_of_the_manual_are_true() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0


def test_every_function_is_in_the_manual_and_has_types_and_a_docstring() -> None:
    text = PAGE.read_text(encoding="utf-8")
    functions = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
    assert set(functions) == {
        *("segment", "extract", "update", "check", "localize", "parse_settings"),
        *("import_bilingual", "export_bilingual"),
    }
    for name in functions:
        function = getattr(api, name)
        assert f"`{name}(" in text
        assert inspect.getdoc(function)
        assert all(
            parameter.annotation is not parameter.empty
            for parameter in inspect.signature(function).parameters.values()
        )


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import bitext, sys; print([m for m in sys.modules if m.startswith('bitext.')])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(TOOLS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ast.literal_eval(done.stdout) == []


def test_the_functions_say_what_the_commands_write(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.md": ARTICLE})
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    settings = Settings(project=tmp_path.name)
    template = pot(root, "index").read_text(encoding="utf-8")
    assert api.extract(ARTICLE, settings=settings) == template
    assert api.extract(ARTICLE, template, settings=settings) == template
    own = po(root, "index").read_text(encoding="utf-8")
    assert api.update(template, language="sl-SI") == own
    translate(po(root, "index"), {"Lamps": "Svetilke `x`"})
    own = po(root, "index").read_text(encoding="utf-8")
    assert api.update(template, own, language="sl-SI") == own
    found = api.check(template, own, language="sl-SI", path="locale/sl-SI/LC_MESSAGES/index.po")
    said = succeed_or_not(root)
    assert [str(finding) for finding in found if finding.severity == "error"] == said


def succeed_or_not(root: Path) -> list[str]:
    from sites import bitext

    return bitext(root, "check", "-q", "--severity", "error").out.splitlines()


def test_localize_follows_the_settings() -> None:
    template = api.extract(ARTICLE)
    text = api.update(template, language="sl-SI")
    text = text.replace('msgid "Lamps"\nmsgstr ""', 'msgid "Lamps"\nmsgstr "Svetilke"')
    changed = ARTICLE.replace("# Lamps", "# Lamps here")
    (title, *_) = api.localize(changed, template, text, language="sl-SI")
    assert (title.text, title.state) == ("Svetilke", "stale")
    strict = Settings(language={"sl-SI": LanguageSettings(stale="source")})
    (title, *_) = api.localize(changed, template, text, language="sl-SI", settings=strict)
    assert title.text == "Lamps here"


@pytest.mark.parametrize("text", ["msgid", "\0", "<<<<<<< a\n", 'msgid "a\n'])
def test_wrong_text_is_an_error_with_a_place(text: str) -> None:
    for call in (
        lambda: api.extract(ARTICLE, text),
        lambda: api.update(text, language="sl-SI"),
        lambda: api.check(text, text, language="sl-SI"),
    ):
        with pytest.raises(BitextError) as caught:
            call()
        assert isinstance(caught.value, CatalogError)


def test_hostile_articles_are_segmented() -> None:
    for text in ("", "\0", "---\nx: [", "\ufeff# A\r\nB.\r\n", "</span><script>"):
        assert isinstance(api.segment(text), list)


def test_published_files_come_back_byte_for_byte(corpora: Path) -> None:
    paths = sorted((corpora / "alchemy/de-DE").rglob("*.md"))[::20]
    same = 0
    for path in paths:
        text = path.read_bytes().decode("utf-8-sig")
        found = api.import_bilingual(text, language="de-DE", path=path.name)
        texts = (found.article, found.pot, found.po)
        again = api.export_bilingual(*texts, language="de-DE", former=found.former, path=path.name)
        same += again == text
        assert again == text or found.losses, path
    assert len(paths) > 90
    assert same / len(paths) >= 0.99


def test_a_published_file_joins_what_the_project_has() -> None:
    template = api.extract(ARTICLE)
    mine = api.update(template, language="sl-SI").replace(
        'msgid "Lamps"\nmsgstr ""', 'msgid "Lamps"\nmsgstr "Svetilke"'
    )
    theirs = mine.replace('msgid "Press it."\nmsgstr ""', 'msgid "Press it."\nmsgstr "Pritisni."')
    theirs = theirs.replace("Svetilke", "Luči")
    text = api.export_bilingual(ARTICLE, template, theirs, language="sl-SI")
    found = api.import_bilingual(text, ARTICLE, template, mine, language="sl-SI")
    assert (found.article, found.pot, found.former) == (ARTICLE, template, "")
    assert 'msgstr "Pritisni."' in found.po
    with pytest.raises(CatalogError, match=r"^PO:1"):
        api.import_bilingual(text, ARTICLE, template, "prose", language="sl-SI")
