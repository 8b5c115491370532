"""Damage of translations, each kind with the check that has to find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Damage = Callable[[str, Random], str]
"""A translation → the same with one damage; the same text if there is nothing to damage."""


def _replace(pattern: str, change: Callable[[re.Match[str]], str]) -> Damage:
    """Return what changes one of the matches of `pattern`."""

    def damage(text: str, random: Random) -> str:
        matches = list(re.finditer(pattern, text))
        if not matches:
            return text
        match = random.choice(matches)
        return text[: match.start()] + change(match) + text[match.end() :]

    return damage


def _double_word(text: str, random: Random) -> str:
    found = re.finditer(r"(?<![\w`/.\[{<-])[^\W\d_]{4,}(?![\w`/.\]}>-])", text)
    words = [m for m in found if m[0].islower() and not _is_inside_markup(text, m.start())]
    if not words:
        return text
    match = random.choice(words)
    return text[: match.end()] + " " + match[0] + text[match.end() :]


def _is_inside_markup(text: str, place: int) -> bool:
    before = text[:place]
    return (
        before.count("`") % 2 == 1
        or before.rfind("](") > before.rfind(")")
        or before.rfind("<") > before.rfind(">")
        or before.rfind("{") > before.rfind("}")
        or "://" in text
    )


def _insert_invisible(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice("\x07\ufffd\u202e") + text[place:]


_CODE = r"(?<![`\\}])`([^`\n]+)`(?!`)"
_LINK = r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)"

KINDS: Mapping[str, tuple[tuple[str, ...], Damage]] = {
    "code translated": (("code-changed",), _replace(_CODE, lambda m: f"`{m[1]}ž`")),
    "code without its marks": (("code-changed",), _replace(_CODE, lambda m: m[1])),
    "code doubled": (("code-changed",), _replace(_CODE, lambda m: f"{m[0]} {m[0]}")),
    "link to elsewhere": (("link-targets",), _replace(_LINK, lambda m: f"[{m[1]}]({m[2]}-ž)")),
    "link lost": (("link-targets",), _replace(_LINK, lambda m: m[1])),
    "space in a link": (
        ("link-targets", "stray-markup"),
        _replace(_LINK, lambda m: f"[{m[1]}] ({m[2]})"),
    ),
    "link without words": (("empty-link",), _replace(_LINK, lambda m: f"{m[1]}[]({m[2]})")),
    "footnote lost": (("footnotes-changed",), _replace(r"\[\^[^\]]+\]", lambda m: "")),
    "role misspelled": (
        ("roles-changed", "code-changed"),
        _replace(r"\{([a-z]+)\}(`[^`]+`)", lambda m: f"{{{m[1]}ž}}{m[2]}"),
    ),
    "substitution renamed": (
        ("substitutions-changed",),
        _replace(r"\{\{\s*(\w+)\s*\}\}", lambda m: f"{{{{ {m[1]}_x }}}}"),
    ),
    "tag lost": (("html-changed",), _replace(r"</?(?:kbd|sub|sup|b|i|u)>", lambda m: "")),
    "bold lost": (
        ("bold-lost",),
        _replace(r"(?<!\*)\*\*(?=\S)([^*`\[\]]+?)(?<=\S)\*\*(?!\*)", lambda m: m[1]),
    ),
    "bold torn": (
        ("stray-markup",),
        _replace(r"(?<!\*)\*\*(?=\S)([^*`\[\]]+?)(?<=\S)\*\*(?!\*)", lambda m: f"** {m[1]}**"),
    ),
    "heading begun": (("stray-markup",), _replace(r"\A(?=[^\W\d])", lambda m: "# ")),
    "item begun": (("stray-markup",), _replace(r"\A(?=[^\W\d])", lambda m: "- ")),
    "only white space": (("only-space",), lambda text, random: " " * random.randint(1, 4)),
    "character lost": (("characters",), _insert_invisible),
    "word doubled": (("word-doubled",), _double_word),
    "number changed": (
        ("numbers",),
        _replace(r"(?<![\w.,`/(\[{=-])(\d{2,})(?![\w.,`/)\]}-])", lambda m: str(int(m[1]) + 1)),
    ),
    "bracket lost": (
        ("brackets",),
        _replace(r"(?<=[\s])\(([^()\[\]`*<>{}]+)\)", lambda m: f"({m[1]}"),
    ),
}
"""Each kind by its name: the IDs of checks of which one has to find it, and the damage."""
