"""What Sphinx's scripts say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sphinx.locale

from bitext.po import parse
from bitext.sphinx_ext.script_words import complete_script
from bitext.sphinx_ext.theme_words import Words, words_of
from sites import bitext_process, make_project, succeed
from sites import sphinx as run_sphinx

FOUND = "Search finished, found one page matching the search query."
SCRIPT = """Documentation.addTranslations({
    "locale": "sl",
    "messages": {"Go": "Potrdi", "Searching": "", ", in ": "", "%s": ["", ""]},
    "plural_expr": "(n != 1)"
});"""
PO = f"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Searching"
msgstr "Iskanje"

msgid ", in"
msgstr ", v"

msgid "Next"
msgstr "Naprej"

msgid "{FOUND}"
msgid_plural "Search finished, found ${{resultCount}} pages matching the search query."
msgstr[0] "Najdena ${{resultCount}} stran."
msgstr[1] "Najdeni ${{resultCount}} strani."
msgstr[2] "Najdene ${{resultCount}} strani."
msgstr[3] "Najdenih ${{resultCount}} strani."
"""


def read(script: str) -> Mapping[str, Any]:
    before, after = "Documentation.addTranslations(", ");\n"
    assert script.startswith(before)
    assert script.endswith(after)
    loaded: Mapping[str, Any] = json.loads(script[len(before) : -len(after)])
    return loaded


def test_what_nobody_translates_is_left_out() -> None:
    made = read(complete_script([SCRIPT], Words(), tag="sl-SI", name="sl"))
    assert made == {"locale": "sl", "messages": {"Go": "Potrdi"}, "plural_expr": "+((n != 1))"}


def test_the_project_comes_first() -> None:
    made = read(complete_script([SCRIPT], words_of(parse(PO)), tag="sl-SI", name="sl"))
    messages = made["messages"]
    assert (messages["Go"], messages["Searching"], messages[", in "]) == (
        "Potrdi",
        "Iskanje",
        ", v ",
    )
    assert messages[FOUND][3] == "Najdenih ${resultCount} strani."
    assert "Next" not in messages, "no script says it"
    assert "n%100==1" in made["plural_expr"]


def test_forms_of_another_number_are_left_out() -> None:
    words = Words(plurals={FOUND: ("a", "b")})
    made = read(complete_script([], words, tag="sl-SI", name="sl"))
    assert made["messages"] == {}
    assert read(complete_script([], words, tag="de-DE", name="de"))["messages"] == {
        FOUND: ["a", "b"]
    }


def test_a_narrower_catalog_falls_back_to_a_wider_one() -> None:
    narrow = SCRIPT.replace("Potrdi", "").replace('"Searching": ""', '"Searching": "Suche"')
    wide = SCRIPT.replace('"Searching": ""', '"Searching": "Suchen"').replace(
        '["", ""]', '["a", "b"]'
    )
    made = read(complete_script([narrow, wide], Words(), tag="de-DE", name="de_DE"))
    assert made["messages"] == {"Searching": "Suche", "Go": "Potrdi"}, "no plurals"


def test_german_pages_have_the_words_of_german(tmp_path: Path) -> None:
    """Sphinx has a catalog of ``de_DE``, with next to nothing in it."""
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["de-DE"])
    succeed(root, "gettext")
    succeed(root, "update")
    assert bitext_process(root, "build", seconds=180).status == 0
    script = (root / "build/html/de-DE/_static/translations.js").read_text("utf-8")
    assert '"Search Results": "Suchergebnisse"' in script


def test_a_header_of_a_catalog_is_no_program() -> None:
    text = PO.replace("UTF-8\\n", "UTF-8\\nPlural-Forms: nplurals=4; plural=alert(1);\\n", 1)
    assert "alert" not in complete_script([SCRIPT], words_of(parse(text)), tag="sl-SI", name="sl")


@pytest.mark.parametrize(
    "path",
    sorted(Path(sphinx.locale.__file__).parent.glob("*/LC_MESSAGES/sphinx.js")),
    ids=lambda path: path.parts[-3],
)
def test_no_catalog_of_sphinx_leaves_scripts_without_words(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    before, made = read_sphinx(script), read(complete_script([script], Words(), tag="sl", name="x"))
    messages = made["messages"]
    assert messages == {key: said for key, said in before.items() if said and not {""} & {*said}}
    assert all("".join(said) for said in messages.values())


def read_sphinx(script: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    messages: Mapping[str, Any] = loaded["messages"]
    return messages


@pytest.mark.parametrize(("tag", "language"), [("sl-SI", "sl"), ("gsw-CH", "gsw_CH")])
def test_pages_load_them(tmp_path: Path, tag: str, language: str) -> None:
    """Also of a language that Sphinx has no catalog of."""
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=[tag])
    succeed(root, "gettext")
    succeed(root, "update")
    folder = root / "locale" / tag
    (folder / "sphinx.po").write_text(PO, encoding="utf-8")
    out = root / "out"
    run = run_sphinx(root, "-q", "-D", f"language={language}", "source", str(out), "-c", ".")
    assert run.status == 0, run.text
    assert '"Searching": "Iskanje"' in (out / "_static/translations.js").read_text("utf-8")
    for name in ("index", "search"):
        assert "_static/translations.js?v=" in (out / f"{name}.html").read_text("utf-8")


def test_a_script_of_the_project_itself_stays(tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["sl-SI"])
    succeed(root, "gettext")
    succeed(root, "update")
    (root / "locale/sl-SI/sphinx.po").write_text(PO, encoding="utf-8")
    script = root / "scripts/sl/LC_MESSAGES/sphinx.js"
    script.parent.mkdir(parents=True)
    script.write_text("Documentation.addTranslations({messages: {}});", encoding="utf-8")
    options = ("-q", "-D", "language=sl", "-D", f"locale_dirs={root / 'scripts'}")
    run = run_sphinx(root, *options, "source", str(root / "out"), "-c", ".")
    assert run.status == 0, run.text
    assert (root / "out/_static/translations.js").read_text("utf-8") == script.read_text("utf-8")


def test_the_one_build_says_them_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "site", {"index.md": "# Kettle\n"}, languages=["sl-SI", "ar-SA"])
    succeed(root, "gettext")
    succeed(root, "update")
    for word in ("Iskanje", "Iščem"):
        text = PO.replace("Iskanje", word)
        (root / "locale/sl-SI/sphinx.po").write_text(text, encoding="utf-8")
        run = bitext_process(root, "build", "--verify", seconds=180)
        assert run.status == 0, run.text
        assert ": 0 differ" in run.out
        script = root / "build/html/sl-SI/_static/translations.js"
        assert f'"Searching": "{word}"' in script.read_text("utf-8")
