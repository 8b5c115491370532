"""What a page shows and no translator is offered: each such text is reported with its place.

What is left out on purpose (code, math, addresses, comments, all that a mark excludes) is not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from markdown_it.utils import EnvType

from bitext.markdown.directives import Directive, DirectiveText

_SETTINGS = "[tool.bitext.directives]"
_BY_MARK = "or exclude it with a mark"
_KEEP = "exclude it with a mark if it may stay as it is"


def find_unknown(name: str) -> str:
    """Return the message for a directive that is not in the table."""
    return f"the directive {name!r} is not known; name it in {_SETTINGS}, {_BY_MARK}"


def find_unread_part(name: str, directive: Directive, text: DirectiveText) -> str:
    """Return the message for what a directive shows and does not hold as Markdown, if anything."""
    if directive.unread:
        return f"{directive.unread} ({name!r}) is not extracted; {_KEEP}"
    if directive.body == "raw" and "html" in text.argument.split() and has_html_words(text.body):
        return f"the HTML in 'raw' is not extracted; write it without 'raw', {_BY_MARK}"
    if directive.body == "csv":
        source = text.options.get("file") or text.options.get("url")
        return f"the table from {source!r} is not extracted; write its cells here" if source else ""
    if directive.body == "include" and not {"literal", "code"} & text.options.keys():
        return f"{text.argument!r} is no article; its text is not extracted"
    return ""


def included_article(directive: Directive, text: DirectiveText) -> str:
    """Return the article that a directive includes, as it names it; empty if it is none."""
    is_article = directive.body == "include" and text.argument.endswith(".md")
    return text.argument if is_article and "parser" not in text.options else ""


_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>", re.DOTALL)
_CODE = re.compile(
    r"<(script|style|pre|template|code|kbd|samp|var|math)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"<(svg|iframe|object|textarea)\b(?P<inner>.*?)(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""<[a-z][^<>]*?\s(?P<name>title|aria-label|placeholder)\s*=\s*
    (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))""",
    re.VERBOSE | re.IGNORECASE,
)


def has_html_words(content: str) -> bool:
    """Tell whether HTML shows a letter that is not code."""
    return any(map(str.isalpha, html.unescape(_TAG.sub(" ", _CODE.sub(" ", content)))))


def find_unread_html(content: str, markup: str) -> Iterator[tuple[int, str]]:
    """Yield (lines below the first, message) for what an HTML block shows beside its text.

    `markup` is the block without what was extracted from it.
    """
    bare = _CODE.sub(_blank, content)
    for match in _FOREIGN.finditer(bare):
        if has_html_words(f"<{match[1]}{match['inner']}"):
            message = f"the text in <{match[1]}> is not extracted; write it outside, {_BY_MARK}"
            yield content.count("\n", 0, match.start()), message
    for match in _ATTRIBUTE.finditer(_CODE.sub(_blank, markup)):
        value = match["double"] or match["single"] or match["bare"] or ""
        if any(map(str.isalpha, html.unescape(value))):
            place = content.find(match[0])
            message = f"the {match['name']} {value!r} is not extracted; write it as text"
            yield content.count("\n", 0, max(place, 0)), f"{message}, {_BY_MARK}"


def _blank(match: re.Match[str]) -> str:
    """Return as many lines without words."""
    return "\n" * match[0].count("\n")


_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def find_substitutions(text: str, delimiters: tuple[str, str]) -> Iterator[str]:
    """Yield the names in ``{{ name }}``, outside of code."""
    opening, closing = (re.escape(each * 2) for each in delimiters)
    bare = _CODE_SPAN.sub("", text)
    for match in re.finditer(rf"{opening}\s*(\w[\w-]*)\s*(?:\|[^\n]*?)?{closing}", bare):
        yield match[1]


def find_reference_titles(env: EnvType) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, message) for each title in ``[label]: target "title"``."""
    references: Mapping[str, Mapping[str, object]] = env.get("references", {})
    for reference in references.values():
        title, place = reference.get("title"), reference.get("map")
        if isinstance(title, str) and any(map(str.isalpha, title)):
            line = place[0] if isinstance(place, list) else 0
            message = f"the title {title!r} of a reference is not extracted"
            yield line, f"{message}; write it in an inline link, or leave it out"
