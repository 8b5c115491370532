"""What Sphinx's scripts say, such as how many pages a search found.

Sphinx gives scripts a catalog as it is: what it does not translate, they say nothing in place of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

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


def complete_script(script: str, words: Words, *, tag: str, name: str) -> str:
    """Return the script that gives pages their words: those of a project, then those of Sphinx.

    `script` is Sphinx's own, empty if it has none for the language. Messages that nobody translates
    are left out, so that scripts say them in English. `name` is Sphinx's name of the language.
    """
    catalog = _read(script)
    messages = {message: said for message, said in catalog.items() if _is_said(said)}
    for message in dict.fromkeys((*messages, *_SAID)):
        own = words.find(message)
        if own is not None:
            messages[message] = own
    plural = _plural_of(script)
    count, expression = _forms_of(tag)
    forms = words.plurals.get(_FOUND, ())
    if len(forms) == count:
        messages[_FOUND] = list(forms)
        plural = expression
    # an expression may be a comparison, and scripts ask for a number
    whole = {"locale": name, "messages": messages, "plural_expr": f"+({plural})"}
    return f"Documentation.addTranslations({json.dumps(whole, ensure_ascii=False, indent=1)});\n"


def _read(script: str) -> Mapping[str, object]:
    match = _CALL.match(script)
    loaded: dict[str, dict[str, object]] = json.loads(match[1]) if match else {"messages": {}}
    return loaded["messages"]


def _plural_of(script: str) -> str:
    match = _CALL.match(script)
    return str(json.loads(match[1])["plural_expr"]) if match else _NO_PLURAL


def _is_said(said: object) -> bool:
    return all(said) if isinstance(said, list) else bool(said)


def _forms_of(tag: str) -> tuple[int, str]:
    """Return how many plural forms a language has, and the expression that chooses one."""
    number, _, choice = plural_forms(tag).partition(";")
    return int(number.partition("=")[2]), choice.partition("=")[2].strip().rstrip(";")
