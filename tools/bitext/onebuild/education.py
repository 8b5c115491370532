"""Typographic quotation marks for texts apart from a doctree, as Sphinx puts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import educate_tokens, smartchars

from bitext.onebuild.sentences import Educate

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_CHANGED = re.compile(r"""["'.`\\\-\x00]""")
_ESCAPED = re.compile(r"(?<=\x00)([-\\'\".`])")


def make_educate(env: BuildEnvironment, builder: str, language: str = "") -> Educate:
    """Return what treats the texts of one block as Sphinx's transform does.

    `language` is that of the environment unless given.
    """
    config = env.config
    excludes = config.smartquotes_excludes
    is_off = (
        not config.smartquotes
        or builder in excludes.get("builders", ())
        or config.language in excludes.get("languages", ())
        or env.settings.get("smart_quotes") is False
    )
    tags = normalize_language_tag(language or env.settings["language_code"])
    found = next((tag for tag in tags if tag in smartchars.quotes), "")
    action: str = config.smartquotes_action

    def educate(tokens: Sequence[tuple[str, str]]) -> list[str]:
        texts = [text for _, text in tokens]
        if is_off or not found or not any(map(_CHANGED.search, texts)):
            return texts
        escaped = [
            (kind, _ESCAPED.sub(r"\\\1", text) if kind == "plain" else text)
            for kind, text in tokens
        ]
        return list(educate_tokens(escaped, attr=action, language=found))

    return educate
