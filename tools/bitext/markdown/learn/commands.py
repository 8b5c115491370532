"""Lines of ``[!INCLUDE …]``, ``[!code-… …]`` and ``[!VIDEO …]``: each a block of its own."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from bitext.markdown.learn.markers import CODE, VIDEO

INCLUDE = "learn_include"

_PATH = r"""(?:[^()\s<>"\\]|\\.|\([^()\s<>"]*\))+"""
_TARGET = rf"""\(\s*<?(?P<target>{_PATH}(?:\ {_PATH})*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
_LABEL = r"\s*\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\s*"

INCLUDE_PATTERN = re.compile(rf"\[!include\+?{_LABEL}{_TARGET}\s*\]", re.IGNORECASE | re.VERBOSE)
_CODE = re.compile(
    rf"\[!(?P<kind>code|notebook)(?:-(?P<language>[\w#+.-]*?))?{_LABEL}{_TARGET}\s*\]",
    re.IGNORECASE | re.VERBOSE,
)
VIDEO_PATTERN = re.compile(
    r"""
    \[!video\s+ (?P<target>[^\s\]]+)
    (?: \s+ (?:title\s*=\s*)? (?P<quote>["']?) (?P<title>[^\]\n]*?) (?P=quote) )? \s*\]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LINES = re.compile(r"l(?P<start>\d+)(?:-l?(?P<end>\d+))?", re.IGNORECASE)


def command_plugin(md: MarkdownIt) -> None:
    """Plug in: make a token of each line that is a command."""
    alt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("reference", "learn_command", _read_line, {"alt": alt})


def _read_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("[!", begin) or state.is_code_block(start_line):
        return False
    line = state.src[begin : state.eMarks[start_line]].strip()
    found = _read_command(line)
    if found is None:
        return False
    if not silent:
        state.line = start_line + 1
        kind, values = found
        token = state.push(kind, "", 0)
        token.meta, token.map = values, [start_line, state.line]
    return True


def _read_command(line: str) -> tuple[str, dict[str, str]] | None:
    """Return the type and the values of the token that a line makes; None if it is no command."""
    if match := INCLUDE_PATTERN.fullmatch(line):
        return INCLUDE, {"target": match["target"], "label": match["label"]}
    if match := VIDEO_PATTERN.fullmatch(line):
        return VIDEO, read_video(match)
    if match := _CODE.fullmatch(line):
        values = read_snippet(match["target"], match["language"] or "", match["label"])
        is_notebook = match["kind"].lower() == "notebook"
        return CODE, {**values, "notebook": "cell"} if is_notebook else values
    return None


def read_video(match: re.Match[str]) -> dict[str, str]:
    """Return what a match of `VIDEO_PATTERN` says: where the video is, and its title."""
    return {"target": match["target"], "title": " ".join((match["title"] or "").split())}


def read_snippet(target: str, language: str, label: str) -> dict[str, str]:
    """Return what ``[!code]`` shows in the words of ``:::code``.

    >>> read_snippet("a.cs?name=Main&highlight=2", "csharp", "x")
    {'source': 'a.cs', 'language': 'csharp', 'label': 'x', 'id': 'Main', 'highlight': '2'}
    """
    path, _, anchor = target.partition("#")
    path, _, query = path.partition("?")
    values = {"source": path, "language": language, "label": label}
    given = {name.lower(): value for name, value in parse_qsl(query)}
    if lines := _LINES.fullmatch(anchor):
        values["range"] = f"{lines['start']}-{lines['end'] or lines['start']}"
    elif anchor or given.get("name"):
        values["id"] = anchor or given["name"]
    if given.get("range"):
        values["range"] = given["range"]
    elif "start" in given:
        values["range"] = f"{given['start']}-{given.get('end', given['start'])}"
    values.update((name, given[name]) for name in ("highlight", "dedent") if given.get(name))
    return values
