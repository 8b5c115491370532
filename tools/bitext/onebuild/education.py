"""Typographic quotation marks for texts apart from a doctree, as Sphinx puts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import educate_tokens, smartchars

from bitext.onebuild.sentence_parts import Educate

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_CHANGED = re.compile(r"""["'`\\\x00]|--|\.\.\.|\.[ ]\.[ ]\.|&quot;""")
"""What docutils looks for, whatever it is told to change."""

_PLAIN = "-1"
"""The action that takes typographic characters out."""

_ESCAPED = re.compile(r"(?<=\x00)([-\\'\".`])")


def make_educate(env: BuildEnvironment, builder: str) -> Educate:
    """Return what treats the texts of one block as Sphinx's transform does."""
    language = _language_of(env, builder, env.settings["language_code"])
    action: str = env.config.smartquotes_action

    def educate(tokens: Sequence[tuple[str, str]]) -> list[str]:
        texts = [text for _, text in tokens]
        if not language or (action != _PLAIN and not any(map(_CHANGED.search, texts))):
            return texts
        escaped = [
            (kind, _ESCAPED.sub(r"\\\1", text) if kind == "plain" else text)
            for kind, text in tokens
        ]
        return list(educate_tokens(escaped, attr=action, language=language))

    return educate


def is_educated(env: BuildEnvironment, builder: str) -> bool:
    """Tell whether Sphinx changes quotation marks on the pages of this language."""
    return bool(_language_of(env, builder, env.settings["language_code"]))


def has_marks(text: str) -> bool:
    """Tell whether `text` may be changed."""
    return _CHANGED.search(text) is not None


def _language_of(env: BuildEnvironment, builder: str, code: str) -> str:
    """Return docutils' name of the language whose marks are put; empty if none are."""
    excludes = env.config.smartquotes_excludes
    is_off = (
        not env.config.smartquotes
        or builder in excludes.get("builders", ())
        or env.config.language in excludes.get("languages", ())
        or env.settings.get("smart_quotes") is False
    )
    tags = [] if is_off else normalize_language_tag(code)
    return next((tag for tag in tags if tag in smartchars.quotes), "")
