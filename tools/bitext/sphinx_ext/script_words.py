"""What Sphinx's scripts say, such as how many pages a search found.

Sphinx gives scripts a catalog as it is: what it does not translate, they say nothing in place of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bitext.languages import plural_forms
from bitext.sphinx_ext.theme_words import Words

_CALL = re.compile(r"^\s*Documentation\.addTranslations\((.*)\);?\s*$", re.DOTALL)
_FOUND = "Search finished, found one page matching the search query."
_SAID = (
    ", in ",
    "Hide Search Matches",
    "Preparing search...",
    "Search Results",
    "Searching",
    "Your search did not match any documents. Please make sure that all words are spelled"
    " correctly and that you've selected enough categories.",
)
"""What the scripts of Sphinx's own themes say, with `_FOUND`."""

_NO_PLURAL = "n === 1 ? 0 : 1"


def complete_script(scripts: Sequence[str], words: Words, *, tag: str, name: str) -> str:
    """Return the script that gives pages their words: those of a project, then those of Sphinx.

    `scripts` are Sphinx's own, the most specific first: it has some of "de_DE" that hold next to
    nothing, and falls back to "de" in templates only. Messages that nobody translates are left out,
    so that scripts say them in English. `name` is Sphinx's name of the language.
    """
    catalogs = [_read(script) for script in scripts]
    messages = dict(_said_by_sphinx(catalogs))
    for message in dict.fromkeys((*messages, *_SAID)):
        own = words.find(message)
        if own is not None:
            messages[message] = own
    plural = next((catalog.plural for catalog in catalogs), _NO_PLURAL)
    count, expression = _forms_of(tag)
    forms = words.plurals.get(_FOUND, ())
    if len(forms) == count:
        messages[_FOUND] = list(forms)
        plural = expression
    # an expression may be a comparison, and scripts ask for a number
    whole = {"locale": name, "messages": messages, "plural_expr": f"+({plural})"}
    return f"Documentation.addTranslations({json.dumps(whole, ensure_ascii=False, indent=1)});\n"


class _Catalog(NamedTuple):
    messages: Mapping[str, str | list[str]]
    plural: str
    """The expression that chooses a form."""


def _read(script: str) -> _Catalog:
    match = _CALL.match(script)
    loaded = json.loads(match[1]) if match else {}
    return _Catalog(loaded.get("messages", {}), loaded.get("plural_expr", _NO_PLURAL))


def _said_by_sphinx(catalogs: Sequence[_Catalog]) -> Iterator[tuple[str, str | list[str]]]:
    """Yield what catalogs say, the first last; no plurals of others than it."""
    for number, catalog in reversed([*enumerate(catalogs)]):
        for message, said in catalog.messages.items():
            if said and (isinstance(said, str) or (number == 0 and all(said))):
                yield message, said


def _forms_of(tag: str) -> tuple[int, str]:
    """Return how many plural forms a language has, and the expression that chooses one."""
    number, _, choice = plural_forms(tag).partition(";")
    return int(number.partition("=")[2]), choice.partition("=")[2].strip().rstrip(";")
