"""Each check of a translation finds its bad examples, and none finds anything in a good one."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from articles import ALL_EXTENSIONS, grammar
from bitext.checks import (
    LANGUAGE_CHECKS,
    PAIR_CHECKS,
    Example,
    LanguageCheck,
    Pair,
    PairCheck,
    find_in_language,
    find_in_pair,
)
from bitext.checks.glossary import make_glossary, parse_terms
from bitext.checks.table import ANY, may_find
from bitext.po import Entry
from bitext.segments import make_grammar
from bitext.settings import Settings
from golden import Case, params, rewrite

GRAMMAR = grammar(*ALL_EXTENSIONS)
LANGUAGE = "sl-SI"
BAD = [(check, example) for check in PAIR_CHECKS for example in check.bad]
GOOD = [(check, example) for check in PAIR_CHECKS for example in check.good]


def _find(example: Example) -> list[tuple[str, str]]:
    entry = Entry(example.english, example.translation, msgctxt="137fa-101")
    terms = parse_terms(example.terms, [example.language]) if example.terms else ()
    pair = Pair(entry, example.language, GRAMMAR, make_glossary(terms, example.language))
    return [(check.id, message) for check, message in find_in_pair(pair)]


def _read(case: Case) -> Example:
    """Return language, English, translation and rows of terms as an example."""
    language, english, translation, *rows = case.given.split("\n")
    terms = "\n".join(["term,language,rendering,forbidden,do-not-translate", *rows, ""])
    return Example(english, translation.replace("⏎", "\n"), language, terms if rows else "")


@pytest.mark.parametrize("case", params("checks"))
def test_cases(case: Case, request: pytest.FixtureRequest) -> None:
    found = "\n".join(sorted({name for name, _ in _find(_read(case))}))
    if request.config.getoption("--regen"):
        rewrite(case, found)
    assert found == case.expected


def _name(value: object) -> str:
    return value.id if isinstance(value, PairCheck | LanguageCheck) else ""


@pytest.mark.parametrize("check", PAIR_CHECKS, ids=_name)
def test_a_check_explains_itself(check: PairCheck) -> None:
    assert check.bad
    assert check.good
    assert check.why.endswith(".")


@pytest.mark.parametrize(("check", "example"), BAD, ids=_name)
def test_a_bad_example_is_found_by_its_check_alone(check: PairCheck, example: Example) -> None:
    found = _find(example)
    assert {name for name, _ in found} == {check.id}, found
    assert all(": " in message for _, message in found), "what is wrong: the way out"


@pytest.mark.parametrize(("check", "example"), GOOD, ids=_name)
def test_nothing_is_found_in_a_good_example(check: PairCheck, example: Example) -> None:
    assert _find(example) == []


def _find_together(examples: tuple[Example, ...]) -> dict[str, set[str]]:
    """Return the IDs of checks that find something in an entry, by its place."""
    entries = [Entry(e.english, e.translation, f"137fa-{n}") for n, e in enumerate(examples)]
    found = find_in_language(entries, LANGUAGE)
    return {name: {check.id for check, _ in own} for name, own in found.items()}


@pytest.mark.parametrize("check", LANGUAGE_CHECKS, ids=_name)
def test_a_check_of_a_language_finds_the_last_of_its_bad_examples(check: LanguageCheck) -> None:
    assert _find_together(check.bad) == {f"137fa-{len(check.bad) - 1}": {check.id}}
    assert _find_together(check.good) == {}
    assert check.id not in find_in_language([], LANGUAGE, disabled=[check.id])


@pytest.mark.parametrize(
    ("english", "translations", "is_found"),
    [
        ("Keep it.", ["Ohranite jo.", "Ohranite ga."], False),
        ("kettle", ["kettle", "grelnik vode"], False),
        ("kettle", ["lonec", "grelnik vode"], True),
        ("For example:", ["Na primer:", "Npr.:"], True),
        ("Keep it warm now.", ["Naj bo zdaj topel.", "Ohranite ga toplega."], True),
    ],
)
def test_what_is_inconsistent(english: str, translations: list[str], is_found: bool) -> None:
    found = _find_together(tuple(Example(english, text) for text in translations))
    assert found == ({"137fa-1": {"inconsistent"}} if is_found else {})


def test_a_mended_example_is_a_good_one() -> None:
    mended = 0
    for check, example in BAD:
        if check.mend is None:
            continue
        pair = Pair(Entry(example.english, example.translation), example.language, GRAMMAR)
        better = Example(example.english, check.mend(pair), example.language)
        mended += better.translation != example.translation and not _find(better)
    assert mended >= 8


MARKUP = (
    *("Save", "Shrani", " ", ". ", ".", " > ", "1", "*", "**", "_", "`", "\\*", "\\\n", "\n", "!"),
    *("`a`", "`b`", "` a `", "[a](b.md)", "[c](b.md)", "[](b.md)", "[a] (b.md)", "](b.md)", "[a]"),
    *("**Save**", "**Shrani**", "*Save*", "** a**", "https://a.org/b", "www.a.org", "<b>", "</b>"),
    *(
        "{kbd}`A`",
        "{{ x }}",
        "$x$",
        "![a](b.png)",
        "[^1]",
        "~~a~~",
        "# ",
        "- ",
        "|",
        "&amp;",
        "\u3000",
    ),
)
SENTENCES = st.lists(st.sampled_from(MARKUP), min_size=1, max_size=6).map("".join)


@settings(max_examples=1500, deadline=None)
@given(english=SENTENCES, translation=SENTENCES, is_similar=st.booleans())
def test_checks_of_constructs_that_are_left_out_find_nothing(
    english: str, translation: str, is_similar: bool
) -> None:
    if is_similar:
        translation = english.replace("Save", "Shrani")
    if not translation.strip():
        return
    pair = Pair(Entry(english, translation), LANGUAGE, GRAMMAR)
    asked, all_of_them = may_find(pair), (*ANY.specific, *ANY.general, *ANY.emphasis)
    left_out = [check for check in all_of_them if not any(check in some for some in asked)]
    event(f"{len(left_out)} left out")
    found = [
        (check.id, text) for check in left_out for text in check.find(pair) if is_asked(check, pair)
    ]
    assert found == []


def is_asked(check: PairCheck, pair: Pair) -> bool:
    return check.may is None or check.may(pair)


GLANCING = [check for check in PAIR_CHECKS if check.may]
DECIDED = ("only-space", "same-as-source")
"""What `may` asks is what these find."""


@pytest.mark.parametrize("check", [c for c in GLANCING if c.id not in DECIDED], ids=_name)
def test_a_check_that_may_find_nothing_finds_nothing(check: PairCheck) -> None:
    for _, example in (*BAD, *GOOD):
        pair = Pair(Entry(example.english, example.translation), example.language, GRAMMAR)
        assert is_asked(check, pair) or not list(check.find(pair))


@pytest.mark.parametrize(
    ("english", "translation", "found"),
    [
        ("Mail to a@b.org now.", "今すぐ、a@b.orgへ。", set()),
        ('Enter "a@b.org".', "Vnesite » a@b.org «.", set()),
        ("Mail to a@b.org now.", "Zdaj pišite c@b.org.", {"link-targets"}),
        ("**It**: https://a.org/_x/y", "**To**: https://a.org/_x/y", set()),
        ("It is https:// ? - no", "To je „https://“? – Ne", set()),
        ("It is _x.", "To je _y x.", set()),
        ("It is x.", "To je _x.", {"stray-markup"}),
    ],
)
def test_addresses_without_brackets(english: str, translation: str, found: set[str]) -> None:
    entry = Entry(english, translation, msgctxt="137fa-101")
    learn = make_grammar(Settings(dialect="learn"))
    structure = {"link-targets", "stray-markup"}
    own = {check.id for check, _ in find_in_pair(Pair(entry, "ja-JP", learn))}
    assert own & structure == found


def test_nothing_is_left_of_what_nobody_sees() -> None:
    found = _find(Example("Wait", "\u200b"))
    assert [name for name, _ in found] == ["characters"]


@pytest.mark.parametrize("english", ["It is there in each translation.", "Translate this first."])
def test_an_article_about_translations_hides_no_chatter(english: str) -> None:
    example = Example(english, "Here is the translation: Je v vsakem prevodu.")
    assert [check for check, _ in _find(example)] == ["machine-leftover"]
