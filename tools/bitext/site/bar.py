"""The reading control: the ways to read, how much is translated, the other languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from html import escape

from bitext.languages import direction, per_cent, short_name
from bitext.model import State
from bitext.site.page import Coverage, Edition, Page
from bitext.site.words import Words, words_of, words_or_english

WAYS = ("translation", "both", "english")
"""The ways to read, as addresses say them."""


def reading_bar(page: Page, coverage: Coverage, *, review: str = "") -> str:
    """Return the HTML of the control; empty on a page with nothing to choose.

    It stands as the first child of the element that holds the article. `review` is the pattern of
    links to a sentence's entry, with the page's own ``{lang}`` and ``{article}`` filled in.
    """
    if not page.is_translated:
        return language_bar(page)
    words = words_or_english(page.language)
    controls = [*_ways(page, words), *(_languages(page, words) if _has_others(page) else ())]
    attributes = _script_words(words, review)
    return _bar(page, controls, _coverage_line(page, coverage, words), attributes=attributes)


def language_bar(page: Page) -> str:
    """Return the HTML of the control on a page of one language, with nothing but the others."""
    words = words_or_english(page.language)
    return _bar(page, _languages(page, words)) if _has_others(page) else ""


def _has_others(page: Page) -> bool:
    return any(edition.tag != page.language for edition in page.editions)


def _bar(
    page: Page, controls: Iterable[str], line: Iterable[str] = (), *, attributes: str = ""
) -> str:
    words = words_or_english(page.language)
    return "\n".join(
        [
            f'<div class="bitext-bar" role="group" aria-label="{escape(words.reading)}"'
            f"{_language_of(page, words)}{attributes} data-pagefind-ignore>",
            '<div class="bitext-controls">',
            *controls,
            "</div>",
            *line,
            "</div>\n",
        ]
    )


def _language_of(page: Page, words: Words) -> str:
    """Return attributes that say that the words are English where we have none of the page's."""
    return "" if words_of(page.language) is words else ' lang="en" dir="ltr"'


@lru_cache(maxsize=100)
def _script_words(words: Words, review: str) -> str:
    """Return the attributes with what the script says."""
    states = {
        State.STALE: words.outdated,
        State.FUZZY: words.doubted,
        State.UNTRANSLATED: words.untranslated,
        State.TRANSLATED: words.translated,
    }
    own = escape(json.dumps(states, ensure_ascii=False))
    link = f' data-review="{escape(review)}"' if review else ""
    return f' data-states="{own}" data-original="{escape(words.original)}"{link}'


def _ways(page: Page, words: Words) -> Sequence[str]:
    """Return the choice between the ways to read."""
    return _choice(page.source_language, _name(page.source_language, page), words)


@lru_cache(maxsize=100)
def _choice(source: str, name: str, words: Words) -> Sequence[str]:
    """Return the lines of this choice; `name` is that of the `source` language, as HTML."""
    labels = (
        f"<span>{escape(words.translation)}</span>",
        f"<span>{escape(words.both)}</span>",
        f'<span lang="{escape(source)}" dir="{direction(source)}">{name}</span>',
    )
    lines = [f'<fieldset class="bitext-ways"><legend>{escape(words.reading)}</legend>']
    for way, label in zip(WAYS, labels, strict=True):
        checked = " checked" if way == WAYS[0] else ""
        lines.append(
            f'<label><input type="radio" name="bitext-way" value="{way}"{checked}>{label}</label>'
        )
    return [*lines, "</fieldset>"]


def _languages(page: Page, words: Words) -> Iterator[str]:
    """Yield the links to the page in other languages."""
    label = f'<span class="bitext-hidden">{escape(words.language)}: </span>'
    own = _name(page.language, page)
    yield (
        f'<details class="bitext-languages" data-close="{escape(words.close)}">'
        f'<summary>{label}<span lang="{escape(page.language)}">{own}</span>'
        '<span aria-hidden="true"> ▾</span></summary>'
    )
    yield "<ul>"
    yield escape(page.address).join(_links(tuple(page.editions), page.language, page.up))
    yield "</ul></details>"


@lru_cache(maxsize=1000)
def _links(editions: Sequence[Edition], language: str, up: str) -> Sequence[str]:
    """Return what stands around a page's address in the links to its editions, a line each.

    Most pages of a site have the same.
    """
    tags = tuple([edition.tag for edition in editions])
    lines = [
        f'<li><a href="{escape(up)}{escape(own.tag)}/\0'
        f'"{_about(own.tag, is_current=own.tag == language)}>'
        f"{_name_among(own.tag, tags)}{_part(own)}</a></li>"
        for own in editions
    ]
    return "\n".join(lines).split("\0")


def _part(edition: Edition) -> str:
    """Return how much of an edition is translated, if not all is."""
    if edition.per_cent is None or edition.per_cent >= 100:
        return ""
    return f" <small>{escape(per_cent(edition.tag, edition.per_cent))}</small>"


@cache
def _about(tag: str, *, is_current: bool) -> str:
    """Return the attributes of a link to a language."""
    words = words_of(tag)
    current = ' aria-current="page"' if is_current else ""
    offer = f' data-offer="{escape(words.available)}"' if words and not current else ""
    own = escape(tag)
    return f' hreflang="{own}" lang="{own}" dir="{direction(tag)}"{current}{offer}'


def _name(tag: str, page: Page) -> str:
    return _name_among(tag, tuple([edition.tag for edition in page.editions]))


@lru_cache(maxsize=10_000)
def _name_among(tag: str, tags: tuple[str, ...]) -> str:
    return escape(short_name(tag, among=tags))


def _coverage_line(page: Page, coverage: Coverage, words: Words) -> Iterator[str]:
    """Yield the line that says how much of the page is what."""
    parts = [(words.translated, coverage.translated)]
    if coverage.outdated:
        parts.append((words.outdated, coverage.outdated))
    if coverage.machine:
        parts.append((words.machine, coverage.machine))
    said = " · ".join(
        f"<span>{escape(word)}: {escape(per_cent(page.language, part))}</span>"
        for word, part in parts
    )
    yield (
        f'<p class="bitext-coverage">{said}'
        f'<span class="bitext-hint"> · {escape(words.hint)}</span></p>'
    )
