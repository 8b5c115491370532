"""``bitext check --baseline``: strict on new work, silent on old."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bitext.checks import Finding, Severity
from bitext.errors import UsageError
from bitext.reports.baseline import compare, parse_baseline, serialize_baseline
from bitext.reports.fingerprints import fingerprints
from forks import Run
from sites import bitext, edit, make_project, po, succeed, translate, write

NAME = "baseline.json"
ARTICLE = "# Title\n\nRun `make` twice.\n\nRun `tar` once.\n\nSee [it](a.md).\n"
FINDING = Finding(
    *("a.po", 7, Severity.ERROR, "code: missing", "code-changed", "sl-SI", "a.md", "137fa-101"),
    english="Run `make`.",
    translation="Zaženite.",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with two errors."""
    root = make_project(tmp_path / "project", {"a.md": ARTICLE})
    succeed(root, "gettext")
    succeed(root, "update")
    wrong = {"Run `make` twice.": "Dvakrat zaženite.", "Run `tar` once.": "Enkrat zaženite."}
    translate(po(root, "a"), wrong)
    return root


def _write(root: Path) -> Run:
    return bitext(root, "check", "--baseline", NAME, "--write-baseline")


def _check(root: Path, *arguments: str) -> Run:
    return bitext(root, "check", "--baseline", NAME, *arguments)


def test_old_findings_are_left_out(root: Path) -> None:
    assert bitext(root, "check").status == 1
    assert _write(root) == Run(0, f"wrote {NAME}: 2 findings\n", "")
    run = _check(root)
    assert (run.status, run.err) == (0, "")
    assert "[code-changed]" not in run.out
    assert run.out.endswith(f"2 findings in {NAME} left out\n")


def test_a_second_writing_changes_nothing(root: Path) -> None:
    _write(root)
    before = (root / NAME).stat().st_mtime_ns
    assert _write(root).out == f"unchanged: {NAME}: 2 findings\n"
    assert (root / NAME).stat().st_mtime_ns == before


def test_findings_outlive_lines_and_paths(root: Path) -> None:
    _write(root)
    edit(root / "source/a.md", "# Title\n", "# Title\n\nNew words here.\n")
    (root / "source/a.md").rename(root / "source/z.md")
    succeed(root, "gettext")
    succeed(root, "update")
    run = _check(root)
    assert (run.status, "[code-changed]" in run.out, "gone" in run.out) == (0, False, False)


def test_a_new_finding_is_an_error(root: Path) -> None:
    _write(root)
    translate(po(root, "a"), {"See [it](a.md).": "Glejte to."})
    run = _check(root)
    assert run.status == 1
    assert run.out.count(": error: ") == 1
    assert "[link-targets]" in run.out


def test_another_translation_of_the_entry_is_new_work(root: Path) -> None:
    _write(root)
    edit(po(root, "a"), "Dvakrat zaženite.", "Dvakrat poženite.")
    run = _check(root)
    assert run.status == 1
    assert "gone: sl-SI" in run.out


def test_what_is_mended_is_said(root: Path) -> None:
    _write(root)
    edit(po(root, "a"), "Dvakrat zaženite.", "Dvakrat zaženite `make`.")
    run = _check(root)
    assert run.status == 0
    assert run.out.count("gone: sl-SI") == 1
    assert "1 finding gone; bring it up with --write-baseline" in run.out
    assert "gone" not in _check(root, "--select", "numbers").out


def test_all_formats_leave_them_out(root: Path) -> None:
    _write(root)
    found = json.loads(_check(root, "--format", "json").out)["findings"]
    assert {finding["check"] for finding in found} == {"untranslated"}
    assert "code-changed" not in _check(root, "--format", "github").out


def test_what_cannot_be_read_is_never_let_pass(root: Path) -> None:
    path = po(root, "a")
    write(path, path.read_bytes()[:-2])
    assert _write(root).status == 2
    run = _check(root)
    assert (run.status, "[po-syntax]" in run.out) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", "\0", '{"version": 2, "findings": []}'),
        '{"version": 1, "findings": [{}]}',
        '{"version": 1, "findings": [{"language": 1, "entry": "", "check": "", "hash": ""}]}',
    ],
)
def test_what_is_no_baseline_is_named(root: Path, text: str) -> None:
    write(root / NAME, text)
    run = _check(root)
    assert run.status == 2
    assert run.err.startswith(NAME)
    assert "is not a baseline of bitext" in run.err


def test_a_missing_one_is_named_with_the_way_out(root: Path) -> None:
    run = _check(root)
    assert run.err == (
        f"{NAME}: error: there is no such baseline; write it with --write-baseline\n"
    )


@pytest.mark.parametrize("more", [["-l", "sl-SI"], ["--select", "numbers"]])
def test_a_baseline_is_of_all_that_there_is(root: Path, more: list[str]) -> None:
    run = bitext(root, "check", "--baseline", NAME, "--write-baseline", *more)
    assert (run.status, (root / NAME).exists()) == (2, False)
    assert bitext(root, "check", "--write-baseline").status == 2


def test_it_reads_what_it_writes_row_by_row() -> None:
    text = serialize_baseline([FINDING, FINDING])
    assert text.count("\n") == 4
    known = parse_baseline(text, NAME)
    assert len(known) == 2
    compared = compare([FINDING] * 3, known, languages=["sl-SI"])
    assert (compared.new, compared.known, compared.gone) == ([FINDING], 2, [])
    assert parse_baseline(serialize_baseline([]), NAME) == []
    with pytest.raises(UsageError):
        parse_baseline(text[:-4], NAME)


def test_no_two_fingerprints_are_alike() -> None:
    assert len(set(fingerprints([FINDING] * 3))) == 3


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["numbers"], set()),
        (["code-changed"], {"code-changed"}),
        (["numbers,code-changed"], {"code-changed"}),
        (["numbers", "--select", " code-changed ,"], {"code-changed"}),
    ],
)
def test_only_the_selected_checks_find(root: Path, arguments: list[str], found: set[str]) -> None:
    out = bitext(root, "check", "--format", "json", "--select", *arguments).out
    assert {finding["check"] for finding in json.loads(out)["findings"]} == found


def test_a_selected_check_is_never_switched_off(root: Path) -> None:
    path = root / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    write(path, f'{text}[tool.bitext.check]\ndisable = ["code-changed"]\n')
    assert bitext(root, "check").status == 0
    assert bitext(root, "check", "--select", "code-changed").status == 1


def test_an_unknown_check_is_named_with_the_one_meant(root: Path) -> None:
    run = bitext(root, "check", "--select", "code-chnged")
    assert run.status == 2
    assert "there is no check 'code-chnged' (did you mean 'code-changed'?)" in run.err


def _name_it(root: Path, value: str = NAME) -> None:
    text = (root / "pyproject.toml").read_text()
    write(root / "pyproject.toml", f'{text}[tool.bitext.check]\nbaseline = "{value}"\n')


def test_the_settings_name_the_baseline(root: Path) -> None:
    _name_it(root)
    assert bitext(root, "check", "--write-baseline").out == f"wrote {NAME}: 2 findings\n"
    assert bitext(root, "check").out.endswith(f"2 findings in {NAME} left out\n")
    everything = bitext(root, "check", "--no-baseline")
    assert everything.status == 1
    assert everything.out.count("[code-changed]") == 2
    write(root / "other.json", serialize_baseline([]))
    assert bitext(root, "check", "--baseline", "other.json").status == 1


def test_a_baseline_of_the_settings_has_to_be_there(root: Path) -> None:
    _name_it(root)
    run = bitext(root, "check")
    assert run.status == 2
    assert f"{NAME}: error: there is no such baseline; write it with --write-baseline" in run.err


def test_no_baseline_cannot_be_written(root: Path) -> None:
    run = bitext(root, "check", "--write-baseline")
    assert run.status == 2
    assert "check.baseline" in run.err


@pytest.mark.parametrize("value", ["", "/etc/passwd", "../b.json", "b/"])
def test_a_baseline_outside_of_the_project_is_refused(root: Path, value: str) -> None:
    _name_it(root, value)
    run = bitext(root, "check")
    assert run.status == 2
    assert "pyproject.toml:" in run.err
    assert "baseline = " in run.err
