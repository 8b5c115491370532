"""Pages of languages that are written from right to left."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from bitext.sphinx_ext.direction import RightToLeft
from sites import Element, make_project, po, read_page, sphinx, succeed, translate_all


def _root(path: Path) -> Element:
    (root,) = read_page(path).find("html")
    return root


def test_right_to_left_pages_say_so(tmp_path: Path) -> None:
    """What holds in a theme that knows nothing of it; test_crawl looks at five others."""
    root = make_project(
        tmp_path / "site",
        {"index.md": "# Kettle\n\nRun `make tea`.\n"},
        languages=["ar-SA", "sl-SI"],
        configuration='extensions = ["bitext"]\nhtml_theme = "basic"\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    translate_all(po(root, "index", "ar-SA"))
    for language, direction in (("ar", "rtl"), ("sl", None), ("en", None)):
        out = root / f"out-{language}"
        run = sphinx(root, "-q", "-D", f"language={language}", "source", str(out), "-c", ".")
        assert run.status == 0, run.text
        page = _root(out / "index.html")
        assert page.attributes.get("dir") == direction
        assert _root(out / "search.html").attributes.get("dir") == direction
        styles = page.values("href")
        assert any("bitext-rtl.css" in style for style in styles) == (direction == "rtl")


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ('<html lang="ar">', '<html dir="rtl" lang="ar">'),
        ("<html>", '<html dir="rtl">'),
        ('<html{% if x %} lang="ar"{% endif %}>', '<html dir="rtl">'),
        ('<html lang="ar" dir="auto">', '<html lang="ar" dir="auto">'),
        ("{# We redefine <html/> #}<html>", '<html dir="rtl">'),
        ("<htmlx><p>html</p>", "<htmlx><p>html</p>"),
    ],
)
def test_a_template_that_says_its_direction_keeps_it(source: str, rendered: str) -> None:
    environment = Environment(autoescape=True)
    environment.add_extension(RightToLeft)
    assert environment.from_string(source).render() == rendered
