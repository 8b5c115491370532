"""A theme's style sheet, as pages that run from right to left need it.

What stands left goes right and the other way round: names of properties, values that say a side,
and values of four sides. Code runs from left to right in every language, and an author who says
"left" means it, so rules of theirs stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_OPAQUE = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)             # a comment
    | "(?:\\.|[^"\\\n])*+(?:"|\Z)   # strings
    | '(?:\\.|[^'\\\n])*+(?:'|\Z)
    | url\([^"')]*\)             # an address without quotation marks
    """,
    re.VERBOSE | re.DOTALL,
)
_STOOD = re.compile("\x00([0-9]+)\x00")
_RULE = re.compile(r"(?<![^{};])([^{};]*)\{([^{}]*)\}")
_DECLARATION = re.compile(r"((?:^|;)\s*)([a-z][-a-z]*)(\s*:\s*)([^;]*)")
_AWARE = re.compile(r"\[dir\b|:dir\(")
_KEPT = re.compile(
    r"""
    (?<![-\w.\#])(?:pre|code|kbd|samp)(?![-\w])    # code
    | \.(?:highlight|linenos|math|sig)
    | \b(?:text|align|float)-(?:align\\?:)?(?:left|right)\b   # what an author says
    """,
    re.VERBOSE,
)
_SIDE = re.compile(r"\b(?:left|right)\b")
_SELECTOR = re.compile(r"(?:[^,()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_SIDED_VALUES = frozenset(
    {"float", "clear", "text-align", "transition", "transition-property", "will-change"}
    | {"transform-origin", "background-position", "justify-content"}
)
_FOUR_SIDES = frozenset(
    {"margin", "padding", "inset", "border-width", "border-style", "border-color"}
)
_MOVED = re.compile(r"(translate(?:X|3d)?\(\s*)(-?)(?=[.\d])")
_PART = re.compile(r"(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")


def is_one_sided(style: str) -> bool:
    """Tell whether a style sheet knows nothing of directions.

    >>> is_one_sided("p { float: left }"), is_one_sided("[dir=rtl] p { float: left }")
    (True, False)
    """
    return not _AWARE.search(style)


def mirror_style(style: str) -> str:
    """Return a style sheet with left and right exchanged, apart from what is of code.

    >>> mirror_style("p{margin:0 1px 2px 3px;left:0} pre{margin-left:1px}")
    'p{margin:0 3px 2px 1px;right:0} pre{margin-left:1px}'
    """
    opaque: list[str] = []

    def hide(match: re.Match[str]) -> str:
        opaque.append(match[0])
        return f"\x00{len(opaque) - 1}\x00"

    mirrored = _RULE.sub(_mirror_rule, _OPAQUE.sub(hide, style))
    return _STOOD.sub(lambda match: opaque[int(match[1])], mirrored)


def _mirror_rule(match: re.Match[str]) -> str:
    """Return a rule mirrored; if only some of its selectors are of code, these as a rule apart."""
    selectors, body = _SELECTOR.findall(match[1]), match[2]
    mirrored = _DECLARATION.sub(_mirror_declaration, body)
    kept = [selector for selector in selectors if _KEPT.search(selector)]
    if mirrored == body or len(kept) == len(selectors):
        return match[0]
    others = [selector for selector in selectors if selector not in kept]
    apart = f"{','.join(kept)}{{{body}}}" if kept else ""
    return f"{apart}{','.join(others)}{{{mirrored}}}"


def _mirror_declaration(match: re.Match[str]) -> str:
    before, name, colon, value = match.groups()
    if name in _SIDED_VALUES and "var(" not in value:
        value = _SIDE.sub(_other_side, value)
    elif name in _FOUR_SIDES:
        value = _exchange(value, _exchange_sides)
    elif name == "border-radius":
        value = _exchange(value, _exchange_corners)
    elif name == "transform":
        value = _MOVED.sub(lambda found: found[1] + ("" if found[2] else "-"), value)
    return f"{before}{_SIDE.sub(_other_side, name)}{colon}{value}"


def _other_side(match: re.Match[str]) -> str:
    return "right" if match[0] == "left" else "left"


def _exchange(value: str, order: Callable[[list[str]], list[str]]) -> str:
    """Return a value of several parts, these in another order and white space as it was."""
    own, mark, important = value.partition("!")
    exchanged = iter(order(_PART.findall(own)))
    return _PART.sub(lambda _: next(exchanged), own) + mark + important


def _exchange_sides(parts: list[str]) -> list[str]:
    """Return top, right, bottom and left with the sides exchanged; of fewer, both are one."""
    return [parts[0], parts[3], parts[2], parts[1]] if len(parts) == 4 else parts


def _exchange_corners(parts: list[str]) -> list[str]:
    """Return the corners, from the top left one clockwise, with the sides exchanged."""
    if len(parts) == 2:
        return parts[::-1]
    if len(parts) == 4:
        return [parts[1], parts[0], parts[3], parts[2]]
    return parts
