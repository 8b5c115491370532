"""What the checks find, at which severity, and what they leave alone."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from bitext.checks import CHECKS, Finding, Severity, Unit, check_catalog
from bitext.checks.known import Known
from bitext.checks.pair import find_labels
from bitext.po import Catalog, parse
from bitext.segments import make_grammar
from bitext.settings import Settings

FORMS = "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"
HEADER = f"""\
msgid ""
msgstr ""
"Language: sl_SI\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {FORMS}\\n"
"""
ENTRY = 'msgctxt "137fa-101"\nmsgid "Pour it."\nmsgstr "Natočite."\n'
EMPTY = 'msgctxt "137fa-102"\nmsgid "Boil it."\nmsgstr ""\n'
STRANGER = ENTRY.replace("137fa", "0000a")
FUZZY = f"#, fuzzy\n{ENTRY}"
STALE = f'#, fuzzy\n#| msgctxt "137fa-101"\n#| msgid "Pour."\n{ENTRY}'
PROPOSAL = f'#, fuzzy\n#| msgctxt "09abc-140"\n#| msgid "Pour it."\n{ENTRY}'


def _check(
    *entries: str,
    header: str = HEADER,
    is_below: bool = False,
    disabled: Collection[str] = (),
    stranger: str = "",
    article: str | None = None,
    known: Known | None = None,
) -> list[Finding]:
    catalog = parse("\n".join([header, *entries]))
    before = parse(stranger) if stranger else catalog
    template = Catalog(catalog.header, (), "", "\n")
    unit = Unit("sl-SI", "a.md", catalog, template, is_below, before, ("137fa",))
    return list(
        check_catalog(
            unit,
            path="locale/a.po",
            disabled=disabled,
            grammar=lambda: make_grammar(Settings()),
            known=known,
            labels=None if article is None else lambda: find_labels(article),
        )
    )


def test_ids_are_kebab_case_and_listed_once() -> None:
    names = [check.id for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalpha() and name.islower() for name in names)
    assert all(check.why.endswith(".") for check in CHECKS)


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("[Bug][Lid too hot] It boils.", "[Bug][Pokrov je prevroč] Vre."),
        ("[Bug][Lid too hot] It boils.", "[Bug] [Pokrov je prevroč] Vre."),
    ],
)
@pytest.mark.parametrize(
    ("article", "is_found"),
    [(None, True), ("", False), ("[lid Too  hot]: lid.md\n", True), ("[^lid too hot]: a\n", False)],
)
def test_brackets_are_links_where_the_article_defines_their_label(
    english: str, translation: str, article: str | None, is_found: bool
) -> None:
    entry = f'msgctxt "137fa-101"\nmsgid "{english}"\nmsgstr "{translation}"\n'
    assert [f.check for f in _check(entry, article=article)] == ["link-targets"] * is_found


def test_what_was_found_where_a_label_is_defined_is_not_known_where_it_is_not() -> None:
    entry = 'msgctxt "137fa-101"\nmsgid "See [a][b]."\nmsgstr "Glejte [a][c]."\n'
    known = Known()
    assert _check(entry, article="[b]: b.md\n", known=known) != []
    assert _check(entry, article="", known=known) == []


def test_a_good_catalog_has_no_finding() -> None:
    assert _check(ENTRY) == []


@pytest.mark.parametrize(
    ("entry", "check", "line"),
    [(EMPTY, "untranslated", 7), (FUZZY, "fuzzy", 8), (STALE, "stale", 10)],
)
def test_states_are_found_at_the_line_of_the_entry(entry: str, check: str, line: int) -> None:
    (finding,) = _check(entry)
    assert (finding.check, finding.severity, finding.line) == (check, Severity.INFO, line)
    assert finding.segment in entry
    assert str(finding).startswith(f"locale/a.po:{line}: info: {finding.segment} ")
    assert str(finding).endswith(f" [{check}]")


def test_a_stale_entry_names_the_english_that_it_translates() -> None:
    (finding,) = _check(STALE)
    assert 'translates older English "Pour."' in finding.message


@pytest.mark.parametrize("entry", [EMPTY, FUZZY, STALE])
def test_states_are_errors_below_the_coverage_asked_for(entry: str) -> None:
    assert [finding.severity for finding in _check(entry, is_below=True)] == [Severity.ERROR]


def test_retired_entries_are_left_alone() -> None:
    retired = "".join(f"#~ {line}\n" for line in ENTRY.rstrip("\n").split("\n"))
    assert _check(f"#, fuzzy\n{retired}", is_below=True) == []


def test_a_proposal_of_the_memory_is_one_finding() -> None:
    assert len(_check(PROPOSAL)) == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"Language: sl_SI\\n"\n', "", 'has no Language; add "Language: sl_SI\\n"'),
        ("sl_SI", "de", "says Language 'de', its folder sl-SI; write sl_SI"),
        ('"Content-Type: text/plain; charset=UTF-8\\n"\n', "", "charset=UTF-8"),
        (f'"Plural-Forms: {FORMS}\\n"\n', "", "has no Plural-Forms"),
        (FORMS, "nplurals=2; plural=(n != 1);", "Plural-Forms count 2 forms; write"),
        (FORMS, "nplurals=INTEGER; plural=EXPRESSION;", "cannot be read; write"),
    ],
)
def test_wrong_headers(old: str, new: str, words: str) -> None:
    (finding,) = _check(ENTRY, header=HEADER.replace(old, new))
    assert (finding.check, finding.severity) == ("po-header", Severity.ERROR)
    assert words in finding.message
    assert finding.line == 1


@pytest.mark.parametrize("language", ["sl_SI", "sl", "sl-SI"])
def test_spellings_of_the_language_that_editors_write(language: str) -> None:
    assert _check(ENTRY, header=HEADER.replace("sl_SI", language)) == []


def test_a_catalog_without_header_is_one_finding_per_missing_field() -> None:
    findings = _check(ENTRY, header="")
    assert {finding.check for finding in findings} == {"po-header"}


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_a_disabled_check_finds_nothing(check: str) -> None:
    bad = HEADER.replace("sl_SI", "de")
    entries = (STALE, EMPTY, FUZZY.replace("101", "103"))
    assert check in {finding.check for finding in _check(*entries, header=bad, stranger=STRANGER)}
    rest = _check(*entries, header=bad, disabled=(check,), stranger=STRANGER)
    assert rest
    assert check not in {finding.check for finding in rest}


def test_long_sentences_are_shortened() -> None:
    (finding,) = _check(EMPTY.replace("Boil it.", "Boil it. " * 40))
    assert len(finding.message) < 110
    assert "…" in finding.message


@pytest.mark.parametrize(
    ("stranger", "words"),
    [
        (STRANGER, "0000a-101 is the ID of no article; run 'bitext update'"),
        (ENTRY.replace("137fa-101", "install"), "msgctxt 'install' is no segment ID"),
        ('msgid "Old."\nmsgstr "Staro."\n', "it has no segment ID"),
    ],
)
def test_entries_that_belong_to_no_sentence(stranger: str, words: str) -> None:
    (finding,) = [f for f in _check(ENTRY, stranger=stranger) if f.check == "po-ids"]
    assert finding.severity == Severity.ERROR
    assert words in finding.message
    assert finding.line in (1, 2)


def test_a_catalog_that_an_update_would_change_is_behind() -> None:
    found = _check(ENTRY, stranger=ENTRY.replace("Natočite", "Nalijte"))
    assert [(f.check, f.severity) for f in found] == [("po-behind", Severity.INFO)]
    retired = ENTRY.replace("101", "100")  # its sentence is gone: update retires it
    assert "po-ids" not in {f.check for f in _check(ENTRY, stranger=retired)}
