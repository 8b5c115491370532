"""Strings of Sphinx, themes and extensions: marked in one build, filled for each language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from gettext import NullTranslations

from sphinx import locale

from bitext.onebuild.slots import Kind, argument_place, slot

_PLACES = re.compile(
    r"""
    %(?:\(\w+\))?[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]   # %s, %(name)s, %.2f
    | %%
    | \{\w*\}                                               # {name}
    """,
    re.VERBOSE,
)

_GENERAL = "general"
"""Sphinx's namespace of what pages show; what a terminal shows has another."""


class _Marking(NullTranslations):
    """Returns a slot for each message of one catalog."""

    def __init__(self, catalog: str) -> None:
        super().__init__()
        self._catalog = catalog

    def gettext(self, message: str) -> str:
        return self._mark([message], message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._mark([msgid1, msgid2, n], msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._mark([message, context], message)

    def _mark(self, words: list[str | int], english: str) -> str:
        if not english:
            return english
        key = json.dumps([self._catalog, *words], ensure_ascii=False)
        return slot(Kind.THEME, key, tuple(_PLACES.findall(english)))


def mark_catalogs() -> NullTranslations:
    """Let every catalog that Sphinx has loaded for pages return slots; return its own.

    To be called in a process of its own, and again when there are more catalogs.
    """
    for namespace, catalog in list(locale.translators):
        if namespace == _GENERAL:
            locale.translators[namespace, catalog] = _Marking(catalog)
    return locale.translators[_GENERAL, "sphinx"]


def translate_string(key: str) -> str:
    """Return the string of a slot in the language that Sphinx is set to.

    It has the places of the slot's arguments.
    """
    catalog, *words = json.loads(key)
    translator = locale.get_translator(catalog)
    if len(words) == 1:
        english, found = words[0], translator.gettext(words[0])
    elif len(words) == 3:
        english = words[0] if words[2] == 1 else words[1]
        found = translator.ngettext(*words)
    else:
        english, found = words[0], translator.pgettext(words[1], words[0])
    return _PLACES.sub(_placer(_PLACES.findall(english)), found)


def _placer(places: list[str]) -> Callable[[re.Match[str]], str]:
    """Return what replaces each placeholder by the place of the argument; equal ones in order."""
    used: dict[str, int] = {}

    def place(match: re.Match[str]) -> str:
        wanted = match[0]
        same = [number for number, own in enumerate(places) if own == wanted]
        if not same:
            return wanted
        nth = min(used.get(wanted, 0), len(same) - 1)
        used[wanted] = nth + 1
        return argument_place(same[nth])

    return place
