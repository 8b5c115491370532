"""Words that themes write into their templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from bitext.sphinx_ext.template_words import TemplateWords
from sites import bitext_process, make_project, read_page, sphinx, succeed, write

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Search"
msgstr "Iskanje \\"<tu>\\""

msgid "Toggle site navigation sidebar"
msgstr "Pokaži navigacijo"

msgid "Toggle navigation of %s"
msgstr "Pokaži strani pod %s"

msgid "Menu"
msgstr "Meni"
"""


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ('<i title="Menu">', '<i title="MENU">'),
        ('<i\n  aria-label="Toggle it">', '<i\n  aria-label="TOGGLE IT">'),
        ('<i alt="Up" placeholder="Go">', '<i alt="UP" placeholder="GO">'),
        ("<svg><title>Menu</title></svg>", "<svg><title>MENU</title></svg>"),
        ('<i title="{{ x }} Menu">', '<i title=" Menu">'),
        ('<i title="{% if x %}Menu{% endif %}">', '<i title="">'),
        ('{# title="Menu" #}', ""),
        ("{{ '<i title=\"Menu\">' }}", '<i title="Menu">'),
        ('{% set a %} title="Menu"{% endset %}{{ a }}', ' title="MENU"'),
        ('{% trans %}<i title="Menu">{% endtrans %}', '<I TITLE="MENU">'),
        ('{%- trans x=1 -%} <i title="Menu"> {%- endtrans -%}', '<I TITLE="MENU">'),
        ('{% raw %}<i title="Menu">{% endraw %}', '<i title="Menu">'),
        ("<script>x = '<i title=\"Menu\">'</script>", "<script>x = '<i title=\"Menu\">'</script>"),
        ('<i title="">', '<i title="">'),
        ('<i title="100%">', '<i title="100%">'),
        ('<i data-title="Menu" subtitle="Menu">', '<i data-title="Menu" subtitle="Menu">'),
    ],
)
def test_what_a_template_writes_out_is_translated(source: str, rendered: str) -> None:
    environment = Environment(
        autoescape=False,
        extensions=["jinja2.ext.i18n", TemplateWords],
        loader=DictLoader({"a.html": source, "a.js": source}),
    )
    environment.install_gettext_callables(str.upper, max)  # type: ignore[attr-defined]
    assert environment.get_template("a.html").render() == rendered


def test_scripts_are_no_templates_of_pages() -> None:
    environment = Environment(autoescape=True, extensions=[TemplateWords])
    assert environment.from_string('<i title="Menu">').render() == '<i title="Menu">'


def _make(folder: Path, theme: str) -> Path:
    root = make_project(
        folder,
        {
            "index.md": "# Kettle\n\n```{toctree}\nstove\n```\n",
            "stove.md": "# Stove & lid\n\n```{toctree}\nlid\n```\n",
            "lid.md": "# Lid\n",
        },
        languages=["sl-SI"],
        configuration=f'extensions = ["bitext"]\nhtml_theme = "{theme}"\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    write(root / "locale/sl-SI/sphinx.po", PO)
    return root


def test_a_theme_says_them(tmp_path: Path) -> None:
    pytest.importorskip("furo", reason="furo is not installed")
    root = _make(tmp_path / "site", "furo")
    out = root / "out"
    run = sphinx(root, "-q", "-D", "language=sl", "source", str(out), "-c", ".")
    assert run.status == 0, run.text
    page = read_page(out / "index.html")
    labels = page.values("aria-label")
    assert "Pokaži navigacijo" in labels
    assert "Pokaži strani pod Stove & lid" in labels
    assert "Toggle table of contents sidebar" in labels, "without a translation"
    assert "Meni" in [title.text for title in page.find("title")]


def test_sphinx_itself_says_them(tmp_path: Path) -> None:
    root = _make(tmp_path / "site", "alabaster")
    out = root / "out"
    run = sphinx(root, "-q", "-D", "language=sl", "source", str(out), "-c", ".")
    assert run.status == 0, run.text
    assert 'Iskanje "<tu>"' in read_page(out / "index.html").values("placeholder")


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_the_one_build_says_them_too(tmp_path: Path, theme: str) -> None:
    pytest.importorskip(theme, reason=f"{theme} is not installed")
    root = _make(tmp_path / "site", theme)
    run = bitext_process(root, "build", "--verify", seconds=180)
    assert run.status == 0, run.text
    assert ": 0 differ" in run.out, run.text
    page = (root / "build/html/sl-SI/index.html").read_text("utf-8")
    assert ("Pokaži strani pod Stove" if theme == "furo" else "Iskanje &#34;") in page
