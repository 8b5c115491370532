"""Options of MyST that decide how articles are parsed: set once, read by extraction and build."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from myst_parser.config.main import MdParserConfig

from bitext.errors import SettingsError
from bitext.markdown.grammar import _PARSING
from bitext.segments import make_grammar, read_article
from bitext.settings import MystSettings, Settings, parse_settings
from forks import Run
from sites import (
    bitext_process,
    entries,
    ids,
    listing,
    make_project,
    po,
    pot,
    read_body,
    sphinx,
    succeed,
    translate,
    translate_all,
    write,
)

EXTENSIONS = (
    *("colon_fence", "deflist", "dollarmath", "linkify", "strikethrough", "substitution"),
)
EXAMPLES: dict[str, tuple[object, str, list[str], list[str]]] = {
    "disable_syntax": (
        ("list",),
        "- One. Two\n- Three",
        ["One.", "Two", "Three"],
        ["- One.", "Two - Three"],
    ),
    "fence_as_directive": (("note",), "```note\nOne\n```", [], ["One"]),
    "sub_delimiters": (("[", "]"), "A [[b. Two]] c", ["A [[b.", "Two]] c"], ["A [[b. Two]] c"]),
    "dmath_allow_labels": (
        False,
        "One\n\n$$\na\n$$ (two)\n\nthree",
        ["One", "three"],
        ["One", "$$ a $$ (two)", "three"],
    ),
    "dmath_allow_space": (False, "$ One. Two $", [], ["$ One.", "Two $"]),
    "dmath_allow_digits": (False, "1$One. Two$3", [], ["1$One.", "Two$3"]),
    "dmath_double_inline": (True, "A $$One. Two$$", ["A $$One. Two$$"], ["A $$One. Two$$"]),
    "linkify_fuzzy_links": (False, "a.org", ["a.org"], ["a.org"]),
    "strikethrough_single_tilde": (True, "~One. Two~", ["~One.", "Two~"], ["~One. Two~"]),
    "colon_fence_exact_match": (
        True,
        ":::{note}\nOne\n::::\nTwo\n:::",
        ["One", "Two"],
        ["One", "Two"],
    ),
    "title_to_header": (
        True,
        "---\ntitle: One. *Two*\n---\n",
        ["One.", "*Two*"],
        ["One.", "*Two*"],
    ),
}
"""A value that is not the default, an article, and its sentences without it and with it."""


def test_each_is_an_option_of_myst_with_its_default() -> None:
    theirs = asdict(MdParserConfig())
    ours = asdict(MystSettings())
    assert {name: type(theirs[name])(value) for name, value in ours.items()} == {
        name: theirs[name] for name in ours
    }
    others = {"enable_extensions", "commonmark_only", "gfm_only"}
    assert set(ours) == set(_PARSING) - others == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_extraction_reads_as_the_option_says(name: str) -> None:
    value, article, without, found = EXAMPLES[name]
    settings = Settings(myst_extensions=EXTENSIONS)
    options: dict[str, Any] = {name: value}
    changed = replace(settings, myst=MystSettings(**options))
    for each, texts in ((settings, without), (changed, found)):
        assert read_article("a.md", article, make_grammar(each)).texts == texts


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("heading-anchors = 2", "heading-anchors is not a setting of [tool.bitext.myst]; these"),
        ("dmath_allow_space = true", "dmath_allow_space is not a setting of [tool.bitext.myst]"),
        ("dmath-allow-space = 1", "dmath-allow-space = 1 is not accepted; it must be true or"),
        ('fence-as-directive = "x"', "must be a list of texts"),
        ('sub-delimiters = ["|"]', "must be a list of two characters, each one of { } [ ]"),
        ('sub-delimiters = ["a", "b"]', "must be a list of two characters"),
        ("sub-delimiters = [1, 2]", "must be a list of two characters"),
    ],
)
def test_a_wrong_option_is_named(line: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(f"[tool.bitext.myst]\n{line}\n")
    assert message in caught.value.message
    assert caught.value.line == 2


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(SettingsError, match=r"myst: disable-syntax: Markdown has no rule 'lists'"):
        make_grammar(Settings(myst=MystSettings(disable_syntax=("lists",))))


# In a build

ARTICLE = """\
---
title: Front *title*
myst:
  substitutions:
    word: A value
---

Cost: 1$ a. B $2 and $c. d$ and ~struck. Out~ here. See a.org. Go.

```note
A note. Two.
```

* no list

[[word]]. Then $$a. b$$ inline.

:::{tip}
One.
::::
Two.
:::
"""
SETTINGS = f"""\
myst-extensions = {list(EXTENSIONS)}
[tool.bitext.myst]
disable-syntax = ["list"]
fence-as-directive = ["note"]
sub-delimiters = ["[", "]"]
dmath-allow-labels = false
dmath-allow-space = false
dmath-allow-digits = false
dmath-double-inline = true
linkify-fuzzy-links = false
strikethrough-single-tilde = true
colon-fence-exact-match = true
title-to-header = true
""".replace("'", '"')
CONFIGURATION = """\
html_theme = "classic"
smartquotes = False
suppress_warnings = ["myst.strikethrough"]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """Return a project with all options set, built by bitext and, in ``plain``, by MyST alone."""
    own = f'extensions = ["bitext"]\nmyst_dmath_double_inline = True\n{CONFIGURATION}'
    root = make_project(
        tmp_path_factory.mktemp("myst") / "project",
        {"index.md": ARTICLE},
        languages=("en-GB", "sl-SI"),
        settings=SETTINGS,
        configuration=f'{own}myst_sub_delimiters = ("|", "|")\n'
        'myst_enable_extensions = ["attrs_image", "deflist"]\n',
    )
    settings = parse_settings((root / "pyproject.toml").read_text(encoding="utf-8"))
    options = {**asdict(settings.myst), "enable_extensions": EXTENSIONS}
    lines = "\n".join(f"myst_{name} = {value!r}" for name, value in options.items())
    write(root / "plain/conf.py", f'extensions = ["myst_parser"]\n{CONFIGURATION}{lines}\n')
    succeed(root, "gettext")
    succeed(root, "update")
    translate_all(po(root, "index", "en-GB"))
    english = [text for text in ids(po(root, "index")) if text]
    translate(po(root, "index"), {text: f"{text} Ž" for text in english})
    run = bitext_process(root, "build")
    assert sphinx(root, "-q", "-c", "plain", "source", "build/html/plain").status == 0
    return root, run


def test_only_an_option_that_disagrees_is_warned_of(site: tuple[Path, Run]) -> None:
    message = "myst_sub_delimiters in conf.py has no effect; set it in [tool.bitext.myst]"
    extensions = "myst_enable_extensions in conf.py has no effect; write myst-extensions = ["
    lines = [line for line in site[1].err.split("\n") if line]
    assert site[1].status == 0
    assert lines
    assert [line for line in lines if message not in line and extensions not in line] == []
    assert '"attrs_image"' in next(line for line in lines if extensions in line)


@pytest.mark.parametrize("tag", ["en-US", "en-GB"])
def test_pages_are_what_myst_alone_makes(site: tuple[Path, Run], tag: str) -> None:
    pages = (read_body(site[0] / f"build/html/{name}/index.html") for name in (tag, "plain"))
    ours, theirs = map(listing, pages)
    assert ours == theirs


def test_build_and_extraction_agree(site: tuple[Path, Run]) -> None:
    known = ids(pot(site[0], "index"))
    shown = read_body(site[0] / "build/html/sl-SI/index.html").values("data-ttu-id")
    assert {known[text] for text in known if text not in ("", "A value")} <= set(shown)
    assert len(shown) == len(entries(pot(site[0], "index"))) - 2, (
        "the header, and a value in a text"
    )
    assert "Front *title*" in known
    assert "Cost: 1$ a." in known
