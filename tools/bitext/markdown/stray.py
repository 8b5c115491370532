r"""Markup of a translation that comes to nothing: a page shows it as text.

It does no harm there: a translation is only ever inline Markdown, and what is refused is not
rendered. But no translator means it. A number at the start (``24. ``) would begin a list in an
article, and begins sentences in many languages: it is a finding unless its English has it too,
anywhere. Whoever means one that it has not writes ``24\.``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_REFUSED = re.compile(r"(?:\]\(\s*<?|<)(?:javascript|vbscript|file|data):", re.IGNORECASE)
"""Links that markdown-it itself refuses to make."""

_MARKS = ("](", "**", "~~", "`", "|", "]{", "{{", "{%")
"""What is shown as text only if it lacks its other half, its table or its extension."""

_NAMED = re.compile(
    r"""[「『“„«»‹›"'‘（(] (?: [*_~`|]{1,3} | \]\( | \]\{ | \{\{ | \{% ) [」』”“»«›‹"'’）)]""",
    re.VERBOSE,
)
"""A mark that a sentence is about: it stands alone in quotation marks or brackets."""

_HINT = re.compile(r"[`|<&]|\](?=[({])|\*\*|~~|\{[{%#.\w]")
"""Without one of these nothing is left over."""

_TAG = re.compile(r"</?[a-z!?][\w-]*|\{(?:[#.][\w-]+|[\w-]+=)", re.IGNORECASE)
"""What begins a tag or attributes, and is shown as text if it does not end or belong to any."""

_NO_MARKDOWN = re.compile(
    rf"""
      \]\( | \*\* | ~~ | \]\{{ | \[\^       # link, emphasis, attributes, footnote
    | (?:\{{[\w:.+-]+\}})?`                # role, code
    | \{{[{{%]                             # substitution, Jinja
    | {_TAG.pattern.replace("#", chr(92) + "#")}  # HTML, attributes
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Markup of a translator who takes a text for Markdown."""

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)

_BLOCK = re.compile(
    r"""
      [#]{1,6}(?=\s|\Z)               # heading
    | [-+*](?=\s)                     # list item
    | >                               # quote
    | (?:[-*_=]\s*){3,}\Z             # rule, underline
    | (?:`{3,}|~{3,}|:{3,})           # fence
    | %(?=\s+[^\W\d])                 # comment
    | \+{3}                           # block break
    | \([^()\s]+\)=                   # target
    | \[[^\[\]]+\]:                   # definition of a link or footnote
    | :[^\s:][^:]*:(?=\s|\Z)          # field
    | \{[^{}\s][^{}]*\}\Z             # attributes
    | (?P<number>[0-9]{1,9})[.)](?=\s|\Z)   # numbered item
    """,
    re.VERBOSE,
)


_LEAD = re.compile(r"\A[\s\\]+")
"""White space and backslashes before what begins a line."""


def find_stray(
    translation: str, tokens: Sequence[Token], *, source: str, source_tokens: Sequence[Token]
) -> str:
    """Return the markup that `translation` only shows and its English does not; empty if none.

    `tokens` are those of the translation, `source_tokens` those of its English `source`.
    """
    block = find_block(translation, source)
    if block:
        return block
    if not _HINT.search(translation):
        return ""
    shown = without_named("".join(_texts(tokens)))
    found = [mark for mark in _MARKS if mark in shown]
    refused = _REFUSED.search(shown)
    tag = _TAG.search("".join(_texts(tokens, "text"))) if _TAG.search(translation) else None
    if not (found or refused or tag):
        return ""
    source_shown = "".join(_texts(source_tokens))
    if refused and not _REFUSED.search(source_shown):
        return f"link to {refused[0].lstrip('](< ')!r}"
    if tag and tag[0].lower() not in source.lower():
        return f"a lone {tag[0]!r}"
    return next((f"a lone {mark!r}" for mark in found if mark not in source_shown), "")


def without_named(text: str) -> str:
    """Return what a page shows without the marks that it shows on purpose.

    >>> without_named("Put “*” around it, or **.")
    'Put   around it, or **.'
    """
    return _NAMED.sub(" ", text)


def find_markdown(translation: str, source: str) -> str:
    """Return the markup in a text that is no Markdown and whose English has none; empty if none.

    >>> find_markdown("**Naslov**", "Title")
    "'**'"
    """
    block = find_block(translation, source)
    if block:
        return block
    english = source.lower()
    found = (match[0] for match in _NO_MARKDOWN.finditer(translation))
    return next((repr(mark) for mark in found if mark.lower() not in english), "")


def find_markup(translation: str, source: str) -> str:
    """Return the markup in a text that is shown as it is spelled; empty if its English has it."""
    found = (match[0] for match in _ENTITY.finditer(translation))
    spelled = next((repr(entity) for entity in found if entity not in source), "")
    return find_markdown(translation, source) or spelled


def find_block(translation: str, source: str) -> str:
    """Return what would begin a block where a line of `translation` begins; empty if nothing."""
    if translation == source or (translation[:1].isalpha() and "\n" not in translation):
        return ""
    for number, line in enumerate(translation.split("\n")):
        block = _BLOCK.match(line.lstrip())
        if block and not _has_start(source, block):
            return f"{block[0].strip()!r} at {'the start of a line' if number else 'its start'}"
    return ""


def _has_start(source: str, block: re.Match[str]) -> bool:
    """Tell whether a line of English begins likewise, or it holds the number that begins it."""
    if block["number"]:
        return bool(re.search(rf"(?<!\d){block['number']}(?!\d)", source))
    mark = block[0].strip()
    if mark.startswith("```") and mark in source:
        return True  # code in a sentence, of which a line begins with it here
    if mark[0] == "[" and source.startswith("["):
        return True  # a label in brackets, and the translation has a colon after it
    if mark == ">" and re.search(r"\s\\?>\s", source):
        return True  # a path of menus whose first step is elsewhere
    return any(_LEAD.sub("", line, count=1).startswith(mark) for line in source.split("\n"))


def _texts(tokens: Sequence[Token], entity: str = "entity") -> Iterator[str]:
    """Yield the texts of tokens; those with a backslash before them are meant as text.

    Entities count as text unless `entity` is something else.
    """
    for token in tokens:
        if token.children:
            yield from ("\0", *_texts(token.children, entity), "\0")
        elif token.type == "text" or token.info == entity:
            yield token.content
        else:
            yield "\0"
