"""The script and style of the reading control, as pages load them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from zlib import crc32

READING_ASSETS = ("bitext.css", "bitext.js")
_NAMES = (*READING_ASSETS, "bitext-rtl.css")
_STATIC = Path(__file__).with_name("static")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*([{};])\s*|(?<=[,:]) (?![-+*/])| ([>+]) | (?=!)")
_JS_SPACE = re.compile(
    r"""
    [ ](=>|[!=]?={1,2}|&&|\|\||\?\?|[?:+<>*/-])[ ]  # around operators
    | (?<=[{;,])\n                     # between statements
    | (?<=\bif)[ ](?=\() | (?<=\bfor)[ ](?=\()
    | (?<=\))[ ](?=[\w{]) | (?<=[,{])[ ](?=\S) | [ ](?=\})
    | (?<=\blet|.\bof|\btry)[ ](?=[\[{]) | (?<=\w:)[ ] | (?<=\})[ ](?=\w) | (?<=\bcatch)[ ]
    """,
    re.VERBOSE,
)
"""Spaces that the script does not need; none of its strings has one of them."""

_ARROW = re.compile(r"\((\w+)\)(?==>)")
"""What an arrow function takes: one name needs no brackets."""

_SHORT_NAMES = {
    "sentence": "s",
    "cursor": "c",
    "popup": "p",
    "SENTENCE": "t",
    "englishOf": "e",
    "forVisit": "v",
    "forLife": "f",
    "wanted": "w",
    "recall": "r",
    "light": "i",
    "seen": "n",
    "links": "l",
    "whole": "x",
    "copyEnglish": "u",
    "isInline": "y",
    "shown": "z",
    "pairs": "q",
    "isLinked": "k",
}
"""For names that the script has often: no string, property or other name of it is one of either."""

_LONG_NAME = re.compile(rf"\b(?:{'|'.join(_SHORT_NAMES)})\b")

_CONSTANT = re.compile(r"\bconst\b")
"""To a browser it is the same as ``let`` where nothing is assigned twice."""

_BLOCK_END = re.compile(r";?\n?(?=\})")
_LINE_START = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)


@cache
def read_asset(name: str) -> str:
    """Return a file of ours as it is published: without comments, and what only people need."""
    text = _COMMENT.sub("", (_STATIC / name).read_text(encoding="utf-8"))
    if name.endswith(".css"):
        text = _CSS_SPACE.sub(lambda match: match[1] or match[2] or "", text)
    text = _LINE_START.sub("", text)
    if name.endswith(".js"):
        text = _JS_SPACE.sub(lambda match: match[1] or "", _CONSTANT.sub("let", text))
        text = _LONG_NAME.sub(lambda match: _SHORT_NAMES[match[0]], _ARROW.sub(r"\1", text))
    return _BLOCK_END.sub("", text).strip() + "\n"


@cache
def asset_version(name: str) -> str:
    """Return what tells a browser that a file is not the one it has."""
    return f"{crc32(read_asset(name).encode()):08x}"


def read_assets() -> dict[str, str]:
    """Return all files of ours by name, as they are published."""
    return {name: read_asset(name) for name in _NAMES}


def write_assets(folder: Path) -> None:
    """Write the files into a site's folder of such."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in read_assets().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
