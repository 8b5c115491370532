"""Reports: the table, JSON, and the page above the sites."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from rich.console import Console

from bitext.checks import CheckReport, Finding, Severity
from bitext.coverage import Coverage, LanguageCoverage
from bitext.model import State
from bitext.reports.coverage import coverage_json, print_coverage
from bitext.reports.findings import findings_json
from bitext.reports.fingerprints import fingerprints
from bitext.reports.index_page import index_page
from sites import parse_html

COMPLETE = Coverage({State.TRANSLATED: 10}, {State.TRANSLATED: 4})
NEARLY = Coverage(
    {State.TRANSLATED: 9999, State.STALE: 1}, {State.TRANSLATED: 1200, State.STALE: 1}
)


def _report(articles: Mapping[str, Coverage], required: float = 0) -> CheckReport:
    return CheckReport(languages=[LanguageCoverage("sl-SI", articles, required)])


def _rows(report: CheckReport, *, width: int = 200, by_article: bool = False) -> list[list[str]]:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        print_coverage(report, console, by_article=by_article)
    return [line.split() for line in capture.get().rstrip("\n").split("\n")]


def test_only_a_complete_language_shows_100() -> None:
    assert _rows(_report({"a.md": COMPLETE}))[1][2] == "100.0"
    assert _rows(_report({"a.md": NEARLY}))[1][2] == "99.9"


def test_articles_are_sorted_below_their_language() -> None:
    rows = _rows(_report({"b.md": NEARLY, "a/z.md": COMPLETE}), by_article=True)
    assert [row[0] for row in rows[1:]] == ["sl-SI", "a/z.md", "b.md"]


@pytest.mark.parametrize("name", ["[red]a[/red].md", "[/].md", ":smile:.md"])
def test_names_of_articles_are_no_markup(name: str) -> None:
    assert _rows(_report({name: COMPLETE}), by_article=True)[2][0] == name


def test_coverage_as_json_says_the_same_as_the_table() -> None:
    report = json.loads(coverage_json(_report({"a.md": NEARLY}, required=100)))
    (language,) = report["languages"]
    assert (language["required"], language["is_below"]) == (100, True)
    assert language["articles"]["a.md"] == language["total"]
    assert language["total"]["words"]["stale"] == 1
    assert language["total"]["per_cent"] < 100


def test_what_is_not_complete_is_never_100_in_json() -> None:
    nearly = Coverage({State.TRANSLATED: 999_999, State.STALE: 1})
    (language,) = json.loads(coverage_json(_report({"a.md": nearly})))["languages"]
    assert language["total"]["per_cent"] < 100


def test_findings_as_json_keep_every_field() -> None:
    finding = Finding(
        *("locale/č.po", 7, Severity.ERROR, 'a "b" č', "fuzzy", "sl-SI", "č.md", "137fa-101"),
        *(3, "Save", "Shrani", 4),
    )
    report = CheckReport(findings=[finding])
    text = findings_json(report)
    assert "č" in text
    assert json.loads(text)["findings"] == [
        {
            "path": "locale/č.po",
            "line": 7,
            "severity": "error",
            "check": "fuzzy",
            "message": 'a "b" č',
            "language": "sl-SI",
            "article": "č.md",
            "segment": "137fa-101",
            "column": 3,
            "english": "Save",
            "translation": "Shrani",
            "marks": {"english": [], "translation": []},
            "source_path": "source/č.md",
            "source_line": 4,
            "fingerprint": next(fingerprints([finding])),
        }
    ]


def test_a_finding_of_a_whole_file_has_no_line() -> None:
    finding = Finding("a.po", 0, Severity.INFO, "is odd", "fuzzy")
    assert str(finding) == "a.po: info: is odd [fuzzy]"


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(Severity.ERROR, True), (Severity.WARNING, False), (Severity.INFO, False)],
)
def test_only_errors_fail(severity: Severity, expected: bool) -> None:
    finding = Finding("a.po", 1, severity, "x", "fuzzy")
    assert CheckReport(findings=[finding]).has_errors is expected


def test_index_page_links_to_each_site_in_its_own_name() -> None:
    page = parse_html(index_page(["en-US", "sl-SI", "ar-SA"], "en-US", title="A & B"))
    links = page.find("a")
    assert [link.attributes["href"] for link in links] == [
        "en-US/index.html",
        "sl-SI/index.html",
        "ar-SA/index.html",
    ]
    assert [link.attributes["dir"] for link in links] == ["ltr", "ltr", "rtl"]
    assert [link.text for link in links] == ["English", "Slovenščina", "العربية"]
    assert page.find("h1")[0].text == "A & B"
    assert page.find("html")[0].attributes["lang"] == "en-US"


def test_index_page_cannot_be_broken_by_a_title() -> None:
    page = parse_html(index_page(["en-US"], "en-US", title="</title><script>alert(1)</script>$x"))
    assert len(page.find("script")) == 1
    assert page.find("title")[0].text == "</title><script>alert(1)</script>$x"
