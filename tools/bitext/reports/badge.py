"""A language's coverage as a small picture for a README."""

from __future__ import annotations

from html import escape
from string import Template

_BADGE = Template("""\
<svg xmlns="http://www.w3.org/2000/svg" width="$width" height="20" role="img" aria-label="$label">
<title>$label</title>
<clipPath id="r-$name"><rect width="$width" height="20" rx="3"/></clipPath>
<g clip-path="url(#r-$name)">
<rect width="$left" height="20" fill="#444"/>
<rect x="$left" width="$right" height="20" fill="$fill"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="$left_middle" y="14">$name</text>
<text x="$right_middle" y="14">$value</text>
</g>
</svg>
""")

_GOOD, _MIDDLING, _POOR = "#18701c", "#8a5a00", "#b3261e"
"""White text on each has a contrast of more than 4.5 to 1."""

_LETTER = 7.2
"""Width of a wide letter, in pixels; narrow ones leave room."""

_GAP = 6


def make_badge(tag: str, per_cent: float, *, required: float) -> str:
    """Return the SVG: red below what is required, green from 90 per cent.

    The number is cut off, so that only a complete language shows 100 %.
    """
    value = f"{int(per_cent)} %"
    fill = _POOR if per_cent < required else _GOOD if per_cent >= 90 else _MIDDLING
    left, right = (round(_LETTER * len(text)) + 2 * _GAP for text in (tag, value))
    return _BADGE.substitute(
        label=escape(f"{tag}: {value} translated"),
        name=escape(tag),
        value=value,
        fill=fill,
        width=left + right,
        left=left,
        right=right,
        left_middle=left / 2,
        right_middle=left + right / 2,
    )
