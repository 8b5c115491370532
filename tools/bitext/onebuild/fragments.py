"""What Sphinx wrote for the links, roles and images of a sentence, found in its HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from bitext.onebuild.changes import as_attribute
from bitext.onebuild.sentence_parts import ALT, MAIL, WORDS, SentenceParts, Word

_LINK = (r"(<a\b[^>]*>(?:<span\b[^>]*>)*?)", r"((?:</span>)*?</a>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>")
_BRACKET = re.compile(r'<span class="fn-bracket">[^<]*</span>')
_TAGS = re.compile(r"<[^>]*>")
_ADDRESSES = re.compile(r' (?:src|href|data)="[^"]*"')
_HIDES = re.compile(r' href="mailto:[^"]*&#(?:46|48);')
"""A link to an address of mail whose characters docutils hides."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_MOST_OPAQUE = 40


def find_fragments(parts: SentenceParts, source: str) -> Mapping[str, tuple[str, str]] | None:
    """Return what Sphinx wrote for the constructs of a sentence; None if it is not clear."""
    if all(kind in ("html", "text") for kind, _ in parts.html):
        return {} if "".join(value for _, value in parts.html) == source else None
    if sum(kind == "leaf" for kind, _ in parts.html) > _MOST_OPAQUE:
        return None
    patterns = {"opens": _LINK[0], "closes": _LINK[1], "leaf": "(<.*?>\n?)"}
    pattern = "".join(patterns.get(kind) or re.escape(value) for kind, value in parts.html)
    match = re.fullmatch(pattern, source, re.DOTALL)
    if match is None:
        return None
    keys = [(kind, value) for kind, value in parts.html if kind in patterns]
    return _by_key(keys, match.groups())


def _by_key(
    keys: Sequence[tuple[str, str]], groups: Sequence[str]
) -> Mapping[str, tuple[str, str]] | None:
    """Return the fragments; one that differs from another of the same key is left out."""
    found: dict[str, tuple[str, str]] = {}
    different: set[str] = set()
    opened: list[str] = []
    for (kind, key), text in zip(keys, groups, strict=True):
        if kind == "opens":
            if key.startswith(MAIL) != bool(_HIDES.search(text)):
                return None
            opened.append(text)
            continue
        pair = (opened.pop(), text) if kind == "closes" else (text, "")
        if not _is_balanced("".join(pair)):
            return None
        if found.setdefault(key, pair) != pair:
            different.add(key)
    return {key: pair for key, pair in found.items() if key not in different}


def _is_balanced(fragment: str) -> bool:
    opened: list[str] = []
    for closes, name, is_empty in _TAG.findall(fragment):
        if closes:
            if not opened or opened.pop() != name:
                return False
        elif not is_empty and name.lower() not in _VOID:
            opened.append(name)
    return not opened


def find_alike(key: str, fragments: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Return the fragment of what English has with other words; None if it has none.

    These are the words of a role, or the alt text of an image.
    """
    return (_find_role if WORDS in key else _find_image)(key, fragments)


def _find_role(key: str, fragments: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Return the fragment of a role that has other words in English, which are there once.

    What is shown as code is cut at its spaces.
    """
    role, _, words = key.rpartition(WORDS)
    for known, (fragment, _) in fragments.items():
        same, _, english = known.rpartition(WORDS)
        before, found, after = fragment.partition(f">{english}<")
        is_once = found and f">{english}<" not in after
        if same == role and is_once and 'class="pre"' not in fragment:
            return f"{before}>{words}<{after}", ""
    return None


def _find_image(key: str, fragments: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """Return the fragment of an image that has another alt text in English; None if none has.

    That text is once in what Sphinx wrote, as an attribute; addresses may hold it too. An image in
    a link to an address of mail has another none: docutils hides characters of its text.
    """
    if key.startswith(MAIL):
        return None
    image, _, alt = key.partition(ALT)
    for known, (fragment, _) in fragments.items():
        same, _, english = known.partition(ALT)
        if same != image or not english:
            continue
        before, found, after = fragment.partition(f' alt="{as_attribute(english)}"')
        if found and as_attribute(english) not in _ADDRESSES.sub("", before + after):
            return f'{before} alt="{as_attribute(alt)}"{after}', ""
    return None


def text_in(fragment: str) -> str:
    """Return what the nodes say of which Sphinx wrote this HTML; brackets of notes are its own."""
    return html.unescape(_TAGS.sub("", _BRACKET.sub("", fragment)))


def words_in(fragment: str) -> Iterator[Word]:
    """Yield the texts in what Sphinx wrote for a role."""
    if 'class="pre"' in fragment:
        yield "text", html.unescape(_TAG.sub("", fragment))
        return
    for text in _TAG.split(fragment)[::4]:
        if text.strip():
            yield "text", html.unescape(text)
