"""What readers see and no catalog holds is reported at its line, until a mark excludes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.checks.source import find_not_extracted
from bitext.model import Unread
from sites import bitext, edit, make_project, succeed

ARTICLE = """\
# One

```{step} Unknown
Words.
```

{{ elsewhere }} is a substitution.
"""
INCLUDING = "# Two\n\n```{include} parts/part.md\n```\n\n```{include} ../README.md\n```\n"
SETTINGS = 'myst-extensions = ["substitution"]\nexclude = ["hidden/**"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    articles = {"one.md": ARTICLE, "two.md": INCLUDING, "parts/part.md": "Part.\n"}
    return make_project(tmp_path / "project", articles, settings=SETTINGS)


def found(root: Path, *options: str) -> list[str]:
    """Return the lines of the check about what is not extracted."""
    return [line for line in bitext(root, "check", *options).out.split("\n") if "[not-e" in line]


@pytest.mark.parametrize("is_cached", [False, True])
def test_a_text_that_is_not_extracted_is_named_with_its_line(
    project: Path, is_cached: bool
) -> None:
    if is_cached:
        assert "2 texts not extracted" in succeed(project, "gettext")
        assert "2 texts not extracted" in succeed(project, "gettext")
    unknown, outside = found(project)
    assert unknown.startswith("source/one.md:3: warning: the directive 'step' is not known")
    assert outside.startswith("source/two.md:6: warning: '../README.md' is no article")


def test_what_may_have_no_words_is_information(project: Path) -> None:
    (line,) = [line for line in found(project, "--severity", "info") if "info" in line]
    assert line.startswith("source/one.md:7: info: the text of the substitution 'elsewhere'")


def test_a_finding_is_no_error_and_names_its_article(project: Path) -> None:
    run = bitext(project, "check", "--format", "json")
    assert run.status == 0
    findings = [f for f in json.loads(run.out)["findings"] if f["check"] == "not-extracted"]
    assert {f["article"] for f in findings} == {"one.md", "two.md"}


def test_it_goes_with_its_cause_and_with_a_mark(project: Path) -> None:
    succeed(project, "gettext")
    edit(project / "source/one.md", "```{step}", "% bitext: skip\n```{step}")
    edit(project / "source/two.md", "```{include} ../README.md\n```\n", "")
    assert found(project) == []
    assert "not extracted" not in succeed(project, "gettext")
    assert found(project) == []
    (project / "source/parts/part.md").unlink()
    assert [line.split(": ")[0] for line in found(project)] == ["source/two.md:3"]


def test_a_project_can_do_without(project: Path) -> None:
    edit(project / "pyproject.toml", SETTINGS, SETTINGS + 'check.disable = ["not-extracted"]\n')
    assert found(project, "--severity", "info") == []
    assert "not extracted" not in succeed(project, "gettext")


def test_naming_the_directive_extracts_it(project: Path) -> None:
    named = '[tool.bitext.directives.step]\nargument = "text"\nbody = "markdown"\n'
    edit(project / "pyproject.toml", SETTINGS, SETTINGS + named)
    assert [line for line in found(project) if "step" in line] == []
    assert '"Unknown"' in (succeed(project, "gettext") and _pot(project))


def _pot(project: Path) -> str:
    return (project / "locale/pot/one.pot").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("article", "target", "is_found"),
    [
        ("a.md", "b.md", True),
        ("a.md", "./b.md", True),
        ("sub/a.md", "../b.md", True),
        ("sub/a.md", "/b.md", True),
        ("sub/a.md", "b.md", False),
        ("a.md", "../b.md", False),
    ],
)
def test_an_included_article_is_found_as_sphinx_finds_it(
    article: str, target: str, is_found: bool
) -> None:
    unread = [Unread(1, "words", included=target)]
    findings = find_not_extracted(article, unread, articles={"b.md"}, source="source")
    assert bool(list(findings)) is not is_found
