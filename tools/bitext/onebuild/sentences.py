"""A sentence as HTML without a doctree, and the proof that this is how Sphinx writes it.

The proof is the English sentence: its tokens, rendered here, have to be what Sphinx wrote, byte
for byte. Links, roles and images are taken over from there; a translation may use what its
English has, and nothing that was not proved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from bitext.onebuild.changes import UnfitError, encode
from bitext.onebuild.fragments import find_alike, find_fragments, text_in, words_in
from bitext.onebuild.sentence_parts import (
    TITLE_TOKENS,
    Educate,
    SentenceParts,
    Word,
    cloak,
    parts_of,
)
from bitext.onebuild.slots import name_slots

_NEEDED = re.compile(r' id="[^"]*"| class="math ')
"""What else of a page depends on: footnotes name an ID, and without math there is no script."""


@dataclass(frozen=True, slots=True)
class English:
    """An English sentence as Sphinx wrote it."""

    html: str
    """What is in its element; may hold slots of titles elsewhere."""

    words: tuple[Word, ...]
    text: str | None
    """Its text alone; None if that is not known."""

    is_title: bool
    """Whether navigation shows it as it is in the text: it has no links, notes or images."""

    fragments: Mapping[str, tuple[str, str]] | None
    """What opens and closes each of its links, and its other constructs, by the token's key.

    None if it could not be proved how Sphinx writes this sentence.
    """

    shown: str = ""
    """All that its nodes say, as docutils has it; may hold slots of titles elsewhere."""

    has_known_leaves: bool = True
    """Whether that of its roles and images is known."""

    needed: tuple[str, ...] = ()
    """What has to be in a translation that is rendered here, each as it is written in HTML."""

    is_in_mail: bool = False
    """Whether it stands in a link to an address of mail, whose words docutils hides."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A sentence, rendered here."""

    html: str
    words: tuple[Word, ...]
    text: str | None
    is_title: bool
    shown: tuple[Word, ...]
    """All that its nodes say: a ``text``, or what is so of ``html``."""


def prove(
    source: str,
    tokens: Sequence[Token],
    words: Sequence[Word],
    educate: Educate,
    *,
    shown: str,
    is_in_mail: bool,
) -> English:
    """Return an English sentence of which Sphinx made the HTML `source`, its nodes say `shown`."""
    fragments: Mapping[str, tuple[str, str]] | None = None
    is_title, text, has_known_leaves = False, None, False
    try:
        parts = parts_of(tokens, educate, is_in_mail=is_in_mail)
        fragments = find_fragments(parts, source)
    except UnfitError:
        parts = None
    if parts is not None and fragments is not None:
        is_title = not is_in_mail and {token.type for token in tokens} <= TITLE_TOKENS
        text = parts.text
        has_known_leaves = _says(parts, fragments, shown)
    return English(
        source,
        tuple(words),
        text,
        is_title,
        fragments,
        shown,
        has_known_leaves=has_known_leaves,
        needed=tuple(dict.fromkeys(_NEEDED.findall(source))),
        is_in_mail=is_in_mail,
    )


def _says(parts: SentenceParts, fragments: Mapping[str, tuple[str, str]], shown: str) -> bool:
    """Tell whether what is known of its parts is what the nodes of a sentence say."""
    if not all(kind == "text" or value in fragments for kind, value in parts.shown):
        return False
    said = "".join(
        value if kind == "text" else text_in(name_slots(fragments[value][0]))
        for kind, value in parts.shown
    )
    return said == name_slots(shown)


def render(tokens: Sequence[Token], english: English, educate: Educate) -> Rendered:
    """Return a translation as HTML. Raises `UnfitError` if it cannot be rendered here."""
    if len(tokens) == 1 and tokens[0].type == "text":
        return render_words(tokens[0].content, english, educate)
    if english.fragments is None:
        raise UnfitError("Sphinx writes the English sentence in a way that is not known")
    is_in_mail = english.is_in_mail and all(token.type != "link_open" for token in tokens)
    parts = parts_of(tokens, educate, is_in_mail=is_in_mail)
    if parts.has_other_words and parts.has_quotes:
        raise UnfitError("quotation marks stand beside a role")
    if not english.has_known_leaves and any(kind == "leaf" for kind, _ in parts.shown):
        raise UnfitError("what a role or image says is not known")
    _require_same_ids(parts, english)
    html, words = _put_together(parts, english.fragments)
    _require_needed(html, english)
    is_title = not is_in_mail and {token.type for token in tokens} <= TITLE_TOKENS
    shown = tuple(
        (kind, value) if kind == "text" else ("html", _find(value, english.fragments)[0])
        for kind, value in parts.shown
    )
    return Rendered(html, tuple(words), parts.text, is_title, shown)


def render_words(text: str, english: English, educate: Educate) -> Rendered:
    """Return a translation that is nothing but words. Raises `UnfitError` as `render` does."""
    _require_needed("", english)
    (shown,) = educate([("plain", text)])
    write = cloak if english.is_in_mail else encode
    said = (("text", shown),)
    return Rendered(write(shown), said, shown, is_title=not english.is_in_mail, shown=said)


def _find(key: str, fragments: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Return what opens and closes a construct. Raises `UnfitError` if its English has none."""
    found = fragments.get(key) or find_alike(key, fragments)
    if found is None:
        raise UnfitError("its English has no such link or role")
    return found


def _put_together(
    parts: SentenceParts, fragments: Mapping[str, tuple[str, str]]
) -> tuple[str, list[Word]]:
    """Return the HTML of a sentence and its words, with what is taken over from its English."""
    pieces: list[str] = []
    words: list[Word] = []
    texts = iter(parts.words)
    for kind, value in parts.html:
        if kind == "html":
            pieces.append(value)
            continue
        if kind == "text":
            pieces.append(value)
            words.append(next(texts))
            continue
        found = _find(value, fragments)
        pieces.append(found[1] if kind == "closes" else found[0])
        if kind == "leaf":
            words.extend(words_in(found[0]))
    return "".join(pieces), words


def _require_needed(html: str, english: English) -> None:
    """Raise `UnfitError` if something is left out that more of a page depends on."""
    for own in english.needed:
        if own not in html:
            raise UnfitError(f"{own.strip()} of its English is missing")


def _require_same_ids(parts: SentenceParts, english: English) -> None:
    """Raise `UnfitError` unless what has an ID on the page is there as in English."""
    if " id=" not in english.html:
        return
    fragments = english.fragments or {}
    named = [key for key, (opening, _) in fragments.items() if " id=" in opening]
    used = [value for kind, value in parts.html if kind in ("opens", "leaf") and value in named]
    if used != named or english.html.count(" id=") != len(named):
        raise UnfitError("footnotes or targets are not those of its English")
