"""The manual says of each check what it finds, why it matters and what resolves it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bitext.checks import CHECKS
from bitext.checks.articles import ARTICLES
from bitext.checks.explain import explain, known_checks
from check_articles import check_articles

REFERENCE = Path(__file__).resolve().parent.parent / "source/reference"


def test_each_check_has_its_words() -> None:
    assert sorted(ARTICLES) == known_checks()
    assert {check.id for check in CHECKS} <= ARTICLES.keys()


@pytest.mark.parametrize("path", check_articles())
def test_an_article_is_that_of_the_table(path: str, request: pytest.FixtureRequest) -> None:
    text = check_articles()[path]
    if request.config.getoption("--regen"):
        (REFERENCE / path).parent.mkdir(exist_ok=True)
        (REFERENCE / path).write_text(text, encoding="utf-8")
    assert (REFERENCE / path).read_text(encoding="utf-8") == text


def test_no_other_check_has_an_article() -> None:
    found = {f"checks/{path.name}" for path in (REFERENCE / "checks").iterdir()}
    assert found == check_articles().keys() - {"checks.md"}


@pytest.mark.parametrize("name", ARTICLES)
def test_it_says_what_why_and_the_way(name: str) -> None:
    what, way = ARTICLES[name]
    assert what[0].islower() or what[0] == "E"
    assert not what.endswith(".")
    assert way.endswith(".")
    assert all(sentence.count(" ") < 30 for sentence in re.split(r"(?<=[.:]) ", way))
    text = explain(name)
    assert f"It finds {what}.\n" in text
    assert way in text
    assert f"\n# `{name}`\n\nIt finds {what}.\n" in check_articles()[f"checks/{name}.md"]
