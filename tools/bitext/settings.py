"""``[tool.bitext]`` of ``pyproject.toml``: the only source of settings, read and validated once."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from bitext.errors import SettingsError, one_line
from bitext.languages import is_known, parse_language
from bitext.patterns import compile_patterns

SEGMENTATIONS = ("plain", "published")
DIALECTS = ("myst", "learn")
EXACT_STATES = ("translated", "fuzzy")
LINK_LOCALES = ("none", "page")
AT_ONCE, SEPARATELY = BUILDS = ("at-once", "separately")
STALE_POLICIES = ("show", "source")
ARGUMENTS = ("none", "text", "version")
BODIES = ("none", "markdown")
OPTIONS = ("text", "string")
SEVERITIES = ("error", "warning", "info")
REVIEW_FIELDS = ("lang", "article", "id", "line")
SUB_DELIMITERS = tuple("{}[]<>|$~")
"""Characters that are never taken for plain text (`bitext.markdown.glance`)."""


@dataclass(frozen=True, slots=True)
class DirectiveSettings:
    """What a directive holds for translators: ``[tool.bitext.directives.NAME]``."""

    argument: str = "none"
    """What follows its name: `none` is no text, `text` is, `version` is text after one word."""

    body: str = "none"
    """`markdown` if its content is Markdown, `none` if no text of it is translated."""

    options: Mapping[str, str] = field(default_factory=dict)
    """Translatable options: `text` if parsed as Markdown (caption), `string` if not (alt text)."""


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """What holds for one language: ``[tool.bitext.language.TAG]``."""

    min_coverage: float | None = None
    """Per cent of words translated and not fuzzy; None takes the project's."""

    stale: str = "show"
    """What readers see of a translation whose English changed: `show` it, marked, or `source`."""


@dataclass(frozen=True, slots=True)
class MemorySettings:
    """What the translation memory may do: ``[tool.bitext.memory]``."""

    exact: str = "translated"
    """State of an entry filled with a translation of the same English from another place."""

    near: float = 75
    """Per cent of similarity from which a translation is proposed, as fuzzy; 100 proposes none."""

    files: tuple[str, ...] = ()
    """TMX files whose translations are proposed too: patterns, from the project's folder."""


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """The machine that translates: ``[tool.bitext.machine]``."""

    engine: str = ""
    """Its name, or what makes it: ``package.module:Name``; empty is none."""


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What the checker asks of every language: ``[tool.bitext.check]``."""

    min_coverage: float = 0
    """Per cent of words translated and not fuzzy."""

    disable: tuple[str, ...] = ()
    """IDs of checks that this project does without."""

    severity: Mapping[str, str] = field(default_factory=dict)
    """How bad the findings of a check are in this project: `error`, `warning` or `info`."""

    baseline: str = ""
    """The file that lists findings to leave out, relative to the project's; empty for none."""


@dataclass(frozen=True, slots=True)
class MystSettings:
    """How MyST parses articles, beside its extensions: ``[tool.bitext.myst]``.

    Each field is MyST-Parser's option of the same name, with its default.
    """

    disable_syntax: tuple[str, ...] = ()
    """Rules of markdown-it that articles do without, as ``emphasis``."""

    fence_as_directive: tuple[str, ...] = ()
    """Languages of code fences that are directives of that name."""

    sub_delimiters: tuple[str, str] = ("{", "}")
    """What a substitution stands between; each is written twice."""

    dmath_allow_labels: bool = True
    dmath_allow_space: bool = True
    dmath_allow_digits: bool = True
    dmath_double_inline: bool = False
    linkify_fuzzy_links: bool = True
    strikethrough_single_tilde: bool = False
    colon_fence_exact_match: bool = False
    title_to_header: bool = False


@dataclass(frozen=True, slots=True)
class LearnSettings:
    """A docset of Microsoft's, with ``dialect = "learn"``: ``[tool.bitext.learn]``."""

    includes: tuple[str, ...] = ("includes/**", "**/includes/**")
    """Patterns of articles that others include: each has a POT, and no page of its own."""

    base_path: str = ""
    """What the docset's own addresses begin with, as ``/nuget``."""

    site: str = "https://learn.microsoft.com"
    """The site of links to other docsets: ``/dotnet/core`` is there."""

    link_locale: str = "none"
    """What links to that site say of the language: `none`, or `page` for the page's."""

    xref: str = ""
    """The address of a UID that no article has, with ``{uid}`` in it; empty makes no link."""

    moniker: str = ""
    """The version whose pages are built; empty shows what is written for any."""

    monikers: tuple[str, ...] = ()
    """All versions, oldest first, to decide on ranges."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How the sites of all languages belong together: ``[tool.bitext.site]``."""

    url: str = ""
    """The address of the folder above them, with a slash at its end; empty if unknown."""

    review: str = ""
    """The address of a sentence's entry, with the fields of `REVIEW_FIELDS` in braces."""

    offer_from: float = 0
    """Per cent of words from which a language is offered to readers of the others."""

    build: str = AT_ONCE
    """How HTML is built: all languages `at-once`, or each `separately` by plain Sphinx."""


@dataclass(frozen=True)
class Settings:
    """All of ``[tool.bitext]``; each field is the key of the same name with hyphens."""

    project: str = "documentation"
    """The name that catalogs carry in ``Project-Id-Version``."""

    is_named: bool = False
    """Whether the file says that name; if not, it is the folder's, and catalogs keep theirs."""

    source: str = "source"
    """The folder of the English articles, relative to the project's."""

    locale: str = "locale"
    """The folder of ``pot/`` and ``<language>/LC_MESSAGES/``, relative to the project's."""

    source_language: str = "en-US"
    languages: tuple[str, ...] = ()
    """The languages translated into: BCP 47 tags in canonical case."""

    exclude: tuple[str, ...] = ()
    """Patterns of files below `source` that are no articles, as Sphinx reads them."""

    front_matter: tuple[str, ...] = ("title", "description", "keywords")
    """The keys of an article's front matter that are translated, in the order of their IDs."""

    segmentation: str = "plain"
    dialect: str = "myst"
    myst_extensions: tuple[str, ...] = ()
    myst: MystSettings = MystSettings()
    learn: LearnSettings = LearnSettings()
    directives: Mapping[str, DirectiveSettings] = field(default_factory=dict)
    check: CheckSettings = CheckSettings()
    memory: MemorySettings = MemorySettings()
    machine: MachineSettings = MachineSettings()
    site: SiteSettings = SiteSettings()
    language: Mapping[str, LanguageSettings] = field(default_factory=dict)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Computed once, and the same in every process: settings travel with their hash."""
        return zlib.crc32(repr(self).encode())

    def min_coverage(self, tag: str) -> float:
        """Return the per cent of words that `tag` must have translated."""
        own = self.language.get(tag, LanguageSettings()).min_coverage
        return self.check.min_coverage if own is None else own

    def stale(self, tag: str) -> str:
        """Return what readers of `tag` see of a stale translation: `show` or `source`."""
        return self.language.get(tag, LanguageSettings()).stale


def parse_settings(text: str, *, project: str = "documentation") -> Settings:
    """Return the settings in the text of a ``pyproject.toml``.

    `project` names a project that has no name of its own in the file. Raises `SettingsError`
    with the line of the first wrong key: its name, its value and what is accepted.
    """
    document = _parse_toml(text)
    table = _find_table(document)
    if not isinstance(table, dict):
        raise SettingsError("there is no [tool.bitext] table; add one, it may be empty")
    own = document.get("project")
    name = own.get("name", project) if isinstance(own, dict) else project
    reader = _Reader(text)
    tables = {key: reader.table(key, table.pop(key)) for key in _TABLES if key in table}
    values = reader.values("tool.bitext", table, _SETTINGS)
    is_named = "project" in values or name is not project
    found = {"project": one_line(str(name)), "is_named": is_named, **values, **tables}
    settings = Settings(**found)
    _require_consistent(settings, reader)
    return settings


def has_settings(text: str) -> bool:
    """Tell whether a ``pyproject.toml`` has ``[tool.bitext]``; raises as `parse_settings`."""
    return _find_table(_parse_toml(text)) is not None


def _parse_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise SettingsError(f"not TOML: {error}", line=int(line[1]) if line else 0) from error


def _find_table(document: Mapping[str, Any]) -> Any:
    tools = document.get("tool")
    return tools.get("bitext") if isinstance(tools, dict) else None


def _require_consistent(settings: Settings, reader: _Reader) -> None:
    """Raise unless languages are listed once and none is the source language."""
    for tag in settings.languages:
        if settings.languages.count(tag) > 1:
            raise reader.error("languages", f"lists {tag!r} twice")
        if tag == settings.source_language:
            raise reader.error("languages", f"holds the source language {tag!r}; leave it out")
    for tag in settings.language:
        if tag not in settings.languages:
            raise reader.error(tag, f"is not among languages: {', '.join(settings.languages)}")


_Convert: TypeAlias = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns TOML tables into settings; knows the text, to say where a key stands."""

    text: str

    def error(self, key: str, message: str) -> SettingsError:
        """Return the error for `key`, at the first line that has it as a key or in a name."""
        pattern = rf"""^[^#\n]*(?<![\w-])["']?{re.escape(key)}["']?(?=\s*[=.\]])"""
        match = re.search(pattern, self.text, re.MULTILINE)
        line = self.text.count("\n", 0, match.start()) + 1 if match else 0
        return SettingsError(f"{key} {message}", line=line)

    def values(
        self, name: str, table: object, converters: Mapping[str, _Convert]
    ) -> dict[str, Any]:
        """Return the converted values of one table, under their fields' names."""
        if not isinstance(table, dict):
            raise self.error(name.rpartition(".")[2], "must be a table")
        for key in table:
            if key not in converters:
                known = ", ".join(
                    sorted({*converters, *(_TABLES if name == "tool.bitext" else ())})
                )
                raise self.error(key, f"is not a setting of [{name}]; these are: {known}")
        return {key.replace("-", "_"): self._convert(key, table[key], converters) for key in table}

    def _convert(self, key: str, value: object, converters: Mapping[str, _Convert]) -> Any:
        try:
            return converters[key](value)
        except ValueError as error:
            raise self.error(key, f"= {value!r} is not accepted; it must be {error}") from error

    def table(self, key: str, table: object) -> Any:
        """Return a sub-table's settings, or one set for each name in a table of tables."""
        kind, converters, is_named = _TABLES[key]
        if not is_named:
            return kind(**self.values(f"tool.bitext.{key}", table, converters))
        if not isinstance(table, dict):
            raise self.error(key, "must be a table of tables")
        return {
            name: kind(**self.values(f"tool.bitext.{key}.{name}", values, converters))
            for name, values in table.items()
        }


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text")
    return value


def _folder(value: object) -> str:
    path = _text(value)
    if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path):
        raise ValueError("a folder inside the project, relative to pyproject.toml")
    return path.rstrip("/")


def _file(value: object) -> str:
    path = _text(value)
    if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or path.endswith("/"):
        raise ValueError("a file inside the project, relative to pyproject.toml")
    return path


def _base_path(value: object) -> str:
    path = _text(value)
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError('the start of a path, like "/nuget"')
    return path.rstrip("/")


def _web_address(value: object) -> str:
    address = _text(value)
    if not address.startswith(("https://", "http://")):
        raise ValueError('an address, like "https://learn.microsoft.com"')
    return address.rstrip("/")


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError('a list of texts, like ["a", "b"]')
    return tuple(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _delimiters(value: object) -> tuple[str, str]:
    if isinstance(value, list) and len(value) == 2 and set(value) <= set(SUB_DELIMITERS):
        return value[0], value[1]
    raise ValueError(f"a list of two characters, each one of {' '.join(SUB_DELIMITERS)}")


def _line(value: object) -> str:
    text = _text(value)
    if one_line(text) != text:
        raise ValueError("a text without control characters")
    return text


def _address(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?", text):
        raise ValueError("an address that begins with https:// and has no ? or #")
    return text.rstrip("/") + "/"


def _review(value: object) -> str:
    text = _text(value)
    fields = set(re.findall(r"\{([^{}]*)\}", text))
    is_safe = re.fullmatch(r"(?:https?://|[./?#])[^\s\"<>]*", text)
    if not is_safe or not fields <= set(REVIEW_FIELDS):
        known = " ".join(f"{{{name}}}" for name in REVIEW_FIELDS)
        raise ValueError(f"an address, in which these stand for a sentence's: {known}")
    return text


def _patterns(value: object) -> tuple[str, ...]:
    patterns = _texts(value)
    for pattern in patterns:
        try:
            compile_patterns((pattern,))
        except ValueError as error:
            raise ValueError(f"a list of patterns, and {pattern!r} is none: {error}") from error
    return patterns


def _tmx_files(value: object) -> tuple[str, ...]:
    files = _texts(value)
    if not all(name.lower().endswith(".tmx") and "\0" not in name for name in files):
        raise ValueError('a list of TMX files, like ["../memory/*.tmx"]')
    return files


def _tag(value: object) -> str:
    language = parse_language(value) if isinstance(value, str) else None
    if language is None:
        raise ValueError('a BCP 47 language tag, like "sl-SI"')
    if not is_known(language.tag):
        raise ValueError(f"the tag of a known language, and {value!r} is none")
    if language.tag != value:
        raise ValueError(f'a BCP 47 language tag in its usual spelling: "{language.tag}"')
    return language.tag


def _tags(value: object) -> tuple[str, ...]:
    return tuple(_tag(item) for item in _texts(value))


def _per_cent(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise ValueError("a number from 0 to 100")
    return value


def _one_of(*choices: str) -> _Convert:
    def convert(value: object) -> str:
        if value not in choices:
            raise ValueError("one of " + ", ".join(f'"{choice}"' for choice in choices))
        return str(value)

    return convert


def _options(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(kind in OPTIONS for kind in value.values()):
        raise ValueError('a table of option names, each "text" or "string"')
    return value


def _severities(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(one in SEVERITIES for one in value.values()):
        listed = ", ".join(f'"{one}"' for one in SEVERITIES)
        raise ValueError(f"a table of check names, each one of {listed}")
    return value


_SETTINGS: dict[str, _Convert] = {
    "project": _line,
    "source": _folder,
    "locale": _folder,
    "source-language": _tag,
    "languages": _tags,
    "exclude": _patterns,
    "front-matter": _texts,
    "segmentation": _one_of(*SEGMENTATIONS),
    "dialect": _one_of(*DIALECTS),
    "myst-extensions": _texts,
}
_CHECK: dict[str, _Convert] = {
    "min-coverage": _per_cent,
    "disable": _texts,
    "severity": _severities,
    "baseline": _file,
}
_MEMORY: dict[str, _Convert] = {
    "exact": _one_of(*EXACT_STATES),
    "near": _per_cent,
    "files": _tmx_files,
}
_MACHINE: dict[str, _Convert] = {"engine": _line}
_SITE: dict[str, _Convert] = {
    "url": _address,
    "review": _review,
    "offer-from": _per_cent,
    "build": _one_of(*BUILDS),
}
_LANGUAGE: dict[str, _Convert] = {"min-coverage": _per_cent, "stale": _one_of(*STALE_POLICIES)}
_DIRECTIVE: dict[str, _Convert] = {
    "argument": _one_of(*ARGUMENTS),
    "body": _one_of(*BODIES),
    "options": _options,
}
_MYST: dict[str, _Convert] = {
    "disable-syntax": _texts,
    "fence-as-directive": _texts,
    "sub-delimiters": _delimiters,
    "dmath-allow-labels": _flag,
    "dmath-allow-space": _flag,
    "dmath-allow-digits": _flag,
    "dmath-double-inline": _flag,
    "linkify-fuzzy-links": _flag,
    "strikethrough-single-tilde": _flag,
    "colon-fence-exact-match": _flag,
    "title-to-header": _flag,
}
_LEARN: dict[str, _Convert] = {
    "includes": _patterns,
    "base-path": _base_path,
    "site": _web_address,
    "link-locale": _one_of(*LINK_LOCALES),
    "xref": _web_address,
    "moniker": _text,
    "monikers": _texts,
}
_TABLES: dict[str, tuple[Callable[..., Any], dict[str, _Convert], bool]] = {
    "check": (CheckSettings, _CHECK, False),
    "memory": (MemorySettings, _MEMORY, False),
    "machine": (MachineSettings, _MACHINE, False),
    "myst": (MystSettings, _MYST, False),
    "learn": (LearnSettings, _LEARN, False),
    "site": (SiteSettings, _SITE, False),
    "language": (LanguageSettings, _LANGUAGE, True),
    "directives": (DirectiveSettings, _DIRECTIVE, True),
}
