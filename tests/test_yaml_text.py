"""YAML of anybody's is read within bounds: one clear error, and neither a crash nor a long wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.errors import ArticleError
from bitext.markdown.front_matter import compose_front_matter, parse_front_matter
from bitext.markdown.learn.xref_maps import parse_xref_map
from bitext.markdown.learn.yaml_pages import yaml_to_markdown
from bitext.markdown.yaml_text import compose_yaml, load_yaml
from sites import bitext, bitext_process, make_project


def _bomb(leaf: str, line: str) -> str:
    """Return ten lines that stand for 9 to the power of 9 times `leaf`."""
    lines = [f"a0: &a0 {leaf}"]
    for place in range(1, 10):
        aliases = ", ".join([f"*a{place - 1}"] * 9)
        lines.append(f"a{place}: &a{place} {line.format(aliases)}")
    return "\n".join(lines) + "\n"


DEEP = "a: " + "[" * 60_000 + "]" * 60_000 + "\n"
TOO_MUCH = {
    "deep lists": (DEEP, 1),
    "deep tables": ("{a: " * 60_000 + "}" * 60_000, 1),
    "deep lines": ("- " * 30_000 + "x\n", 1),
    "aliases of lists": (_bomb("[x]", "[{}]"), 5),
    "aliases of tables": (_bomb("{name: x}", "[{}]"), 5),
    "merged tables": (_bomb("{x: 1}", "{{<<: [{}]}}"), 5),
    "a bomb as a key": (f"{_bomb('[x]', '[{}]')}? *a9\n: x\n", 5),
    "aliases of a long text": (f"a: &a {'x ' * 50_000}\nb: [{'*a, ' * 20}]\n", 2),
    "a list in itself": ("a: 1\nb: &a\n- *a\n", 3),
    "a table in itself": ("items: &a\n  items: *a\n", 2),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_an_error_with_its_line(name: str) -> None:
    text, line = TOO_MUCH[name]
    for read in (compose_yaml, load_yaml, parse_xref_map):
        with pytest.raises(ArticleError) as caught:
            read(text)
        assert caught.value.line == line
    for path in ("TOC.yml", "index.yml", "zone-pivot-groups.yml"):
        with pytest.raises(ArticleError) as caught:
            yaml_to_markdown(path, text)
        assert caught.value.line == line
    matter = parse_front_matter(text)
    assert (matter.values, matter.error_line) == ({}, line + 1)
    assert compose_front_matter(text) == []


@pytest.mark.parametrize(
    "value", ['!!int ""', '!!float ""', "!!bool x", "!!timestamp x", "2001-99-99", "!!binary é"]
)
def test_a_value_of_another_kind_than_its_tag(value: str) -> None:
    text = f"# words\nuid: {value}\n"
    with pytest.raises(ArticleError, match="it is not YAML: "):
        load_yaml(text)
    assert parse_front_matter(text).error.startswith("it is not YAML: ")


def test_what_yaml_says_within_bounds() -> None:
    text = "a: &a {x: 1}\nb: {<<: *a, y: [*a, 2020-01-02]}\n"
    assert str(load_yaml(text)) == (
        "{'a': {'x': 1}, 'b': {'x': 1, 'y': [{'x': 1}, datetime.date(2020, 1, 2)]}}"
    )
    assert load_yaml("") is None
    assert load_yaml("- " * 50 + "x") is not None
    assert load_yaml("a: &a x\nb: [" + ", ".join(["*a"] * 5000) + "]") is not None


def test_a_key_that_is_no_text_is_no_key() -> None:
    assert yaml_to_markdown("index.yml", "? [title, x]\n: y\ntitle: Kept\n").strip() == "# Kept"


def test_an_article_with_such_a_front_matter_is_named(tmp_path: Path) -> None:
    articles = {"index.md": "# Words\n", "bad.md": f"---\n{DEEP}---\n# Kept words\n"}
    root = make_project(tmp_path, articles)
    run = bitext_process(root, "gettext")
    assert run.status == 2
    assert "source/bad.md:2: error: front matter: its lists are nested too deep" in run.err
    build = bitext_process(root, "build", "-l", "en-US")
    assert "Traceback" not in build.text
    assert "source/bad.md:2: error: front matter" in bitext(root, "check").out
