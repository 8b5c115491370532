"""The manual says of each check what it finds, why it matters and what resolves it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bitext.checks import CHECKS, checks_article, explain, known_checks
from bitext.checks.articles import ARTICLES

ARTICLE = Path(__file__).resolve().parent.parent / "source/reference/checks.md"


def test_each_check_has_its_words() -> None:
    assert sorted(ARTICLES) == known_checks()
    assert {check.id for check in CHECKS} <= ARTICLES.keys()


def test_the_article_is_that_of_the_table(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regen"):
        ARTICLE.write_text(checks_article(), encoding="utf-8")
    assert ARTICLE.read_text(encoding="utf-8") == checks_article()


@pytest.mark.parametrize("name", ARTICLES)
def test_a_section_says_what_why_and_the_way(name: str) -> None:
    what, way = ARTICLES[name]
    assert what[0].islower() or what[0] == "E"
    assert not what.endswith(".")
    assert way.endswith(".")
    assert all(sentence.count(" ") < 30 for sentence in re.split(r"(?<=[.:]) ", way))
    text = explain(name)
    assert f"It finds {what}.\n" in text
    assert way in text
    assert f"\n## {name}\n\nIt finds {what}.\n" in checks_article()
