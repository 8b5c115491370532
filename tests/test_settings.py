"""Each wrong setting is named with its line, its value and what is accepted."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bitext.errors import SettingsError
from bitext.segments import make_grammar
from bitext.settings import (
    CheckSettings,
    DirectiveSettings,
    LanguageSettings,
    LearnSettings,
    MachineSettings,
    MemorySettings,
    MystSettings,
    Settings,
    SiteSettings,
    parse_settings,
)

FULL = """\
[project]
name = "manual"

[tool.bitext]
source = "docs/en"
locale = "translations/"
source-language = "en-GB"
languages = ["sl-SI", "zh-Hant-TW"]
exclude = ["drafts/**"]
front-matter = ["title"]
segmentation = "published"
dialect = "learn"
myst-extensions = ["colon_fence"]

[tool.bitext.check]
min-coverage = 50
disable = ["stale"]
severity = { numbers = "error" }

[tool.bitext.language.sl-SI]
min-coverage = 99.5
stale = "source"

[tool.bitext.memory]
exact = "fuzzy"
near = 90
files = ["../memory/*.tmx"]

[tool.bitext.machine]
engine = "apertium"

[tool.bitext.site]
url = "https://docs.example.org"
review = "https://po.example.org/{lang}/{article}#{id}-{line}"
offer-from = 20

[tool.bitext.myst]
title-to-header = true
sub-delimiters = ["|", "|"]

[tool.bitext.learn]
base-path = "/nuget/"
monikers = ["nuget-5", "nuget-6"]

[tool.bitext.directives.glossary]
argument = "text"
body = "markdown"
options = { caption = "text", alt = "string" }
"""


def test_everything_set() -> None:
    assert parse_settings(FULL, project="folder") == Settings(
        project="manual",
        is_named=True,
        source="docs/en",
        locale="translations",
        source_language="en-GB",
        languages=("sl-SI", "zh-Hant-TW"),
        exclude=("drafts/**",),
        front_matter=("title",),
        segmentation="published",
        dialect="learn",
        myst_extensions=("colon_fence",),
        directives={
            "glossary": DirectiveSettings("text", "markdown", {"caption": "text", "alt": "string"})
        },
        check=CheckSettings(50, ("stale",), {"numbers": "error"}),
        memory=MemorySettings("fuzzy", 90, ("../memory/*.tmx",)),
        machine=MachineSettings("apertium"),
        learn=LearnSettings(base_path="/nuget", monikers=("nuget-5", "nuget-6")),
        site=SiteSettings(
            "https://docs.example.org/", "https://po.example.org/{lang}/{article}#{id}-{line}", 20
        ),
        myst=MystSettings(title_to_header=True, sub_delimiters=("|", "|")),
        language={"sl-SI": LanguageSettings(99.5, "source")},
    )


def test_nothing_set() -> None:
    assert parse_settings("[tool.bitext]\n", project="folder") == Settings(project="folder")
    assert parse_settings("tool.bitext = {}") == Settings()


def test_every_setting_can_be_set() -> None:
    changed = {
        field.name
        for field in fields(Settings)
        if getattr(parse_settings(FULL), field.name) != getattr(Settings(), field.name)
    }
    assert changed == {field.name for field in fields(Settings)}


def test_a_project_of_its_own_name() -> None:
    assert parse_settings('[tool.bitext]\nproject = "own"\n[project]\nname = "x"').project == "own"


def test_a_language_takes_its_own_settings_or_the_projects() -> None:
    settings = parse_settings(FULL)
    assert [settings.min_coverage(tag) for tag in ("sl-SI", "zh-Hant-TW")] == [99.5, 50]
    assert [settings.stale(tag) for tag in ("sl-SI", "zh-Hant-TW")] == ["source", "show"]
    zero = parse_settings(FULL.replace("99.5", "0"))
    assert zero.min_coverage("sl-SI") == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("langauges = []", "langauges is not a setting of [tool.bitext]; these are: check, "),
        ("source = 3", "source = 3 is not accepted; it must be a text"),
        ('source = ""', "source = '' is not accepted; it must be a text"),
        ('source = "../x"', "must be a folder inside the project, relative to pyproject.toml"),
        ('locale = "/x"', "must be a folder inside the project"),
        ('locale = "a\\\\..\\\\b"', "must be a folder inside the project"),
        ('languages = "sl-SI"', 'must be a list of texts, like ["a", "b"]'),
        ("languages = [3]", "must be a list of texts"),
        ('languages = ["slovenian"]', 'must be a BCP 47 language tag, like "sl-SI"'),
        ('languages = ["sl-si"]', 'must be a BCP 47 language tag in its usual spelling: "sl-SI"'),
        ('languages = ["sl-SI", "sl-SI"]', "languages lists 'sl-SI' twice"),
        ('languages = ["en-US"]', "languages holds the source language 'en-US'; leave it out"),
        ('source-language = "english"', 'must be a BCP 47 language tag, like "sl-SI"'),
        ('segmentation = "fine"', 'must be one of "plain", "published"'),
        ('dialect = "docfx"', 'must be one of "myst", "learn"'),
        ('learn.base-path = "nuget"', 'must be the start of a path, like "/nuget"'),
        ('learn.site = "learn.microsoft.com"', "must be an address"),
        ('learn.link-locale = "all"', 'must be one of "none", "page"'),
        ("front-matter = [1]", "must be a list of texts"),
        ("myst-extensions = { a = 1 }", "must be a list of texts"),
        ("exclude = true", "must be a list of texts"),
        ("project = []", "must be a text"),
        ('check.severity = "error"', "must be a table of check names, each one of"),
        ('check.severity = { numbers = "bad" }', 'each one of "error", "warning", "info"'),
        ("check.severity = { numbers = [1] }", 'each one of "error", "warning", "info"'),
        ('memory.exact = "kept"', 'must be one of "translated", "fuzzy"'),
        ("memory.near = 101", "must be a number from 0 to 100"),
        ("check = 3", "must be a table"),
        ("language = 3", "must be a table"),
        ("directives = { x = 3 }", "must be a table"),
        ("check.min-coverage = 101", "must be a number from 0 to 100"),
        ("check.min-coverage = true", "must be a number from 0 to 100"),
        ("check.min-coverage = nan", "must be a number from 0 to 100"),
        ("check.minimum = 1", "minimum is not a setting of [tool.bitext.check]"),
        ('check.disable = "x"', "must be a list of texts"),
        ('language.sl-SI.stale = "show"', "sl-SI is not among languages"),
        ('language.sl-SI.stale = "hide"', 'must be one of "show", "source"'),
        ('directives.x.argument = "many"', 'must be one of "none", "text", "version"'),
        ('directives.x.body = "toctree"', 'must be one of "none", "markdown"'),
        ('directives.x.options = { a = "b" }', 'a table of option names, each "text" or "string"'),
    ],
)
def test_a_wrong_value(line: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(f"# languages = here\n[tool.bitext]\n{line}\n")
    assert message in caught.value.message
    assert caught.value.line == 3


def test_the_place_in_a_list_of_several_lines_is_its_key() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings('[tool.bitext]\nlanguages = [\n  "sl-SI",\n  "x",\n]\n')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[tool.bitext\n", 1, "not TOML"),
        ("[tool.bitext]\n\na = \n", 3, "not TOML"),
        ("", 0, "there is no [tool.bitext] table"),
        ("[tool.other]\n", 0, "there is no [tool.bitext] table"),
        ("[tool]\nbitext = 3\n", 0, "there is no [tool.bitext] table"),
    ],
)
def test_no_settings_at_all(text: str, line: int, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    assert message in caught.value.message
    assert caught.value.line == line


def test_an_unknown_extension_is_named() -> None:
    with pytest.raises(SettingsError, match=r"myst-extensions: .*no_such"):
        make_grammar(Settings(myst_extensions=("no_such",)))
