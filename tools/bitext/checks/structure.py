"""Groups C and D: constructs that a translation lost, changed or made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.token import Token

from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import LABEL, OBJECT, Pair, find_texts, walk
from bitext.markdown.html_use import html_use
from bitext.markdown.stray import find_stray
from bitext.markdown.trust import find_surplus

_LOCALE = re.compile(r"/[a-z]{2}(?:-[a-z]{2})(?=/)", re.IGNORECASE)
_TORN = re.compile(rf"\]\s+\((?:{OBJECT}|https?:[^()\s]+|[^()\s]+\.(?:md|html)\b[^()\s]*)\)")
"""A link whose target a space tore off."""

_LONE_LINE = re.compile(r"(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])")
_TITLED = re.compile(r"[^<]+<([^<>]*)>")

_SHORT = 5
"""Letters of the longest usual word of a command."""

_TORN_LINK = re.compile(r"\]\s+\(\s*([^()\s]+)\s*\)")
_TORN_ROLE = re.compile(r"(\{[a-zA-Z][\w:.+-]*\})\s+(`+)")

Uses = Callable[[Sequence[Token]], Iterator[str]]
"""Tokens of one side → a line for each use of a construct."""


def _comparing(uses: Uses, kind: str, way: str) -> Callable[[Pair], Iterator[str]]:
    """Return a finder of what one side uses and the other does not, as often.

    `kind` begins the type of its tokens: without one of these there is nothing to compare.
    """

    def find(pair: Pair) -> Iterator[str]:
        if kind not in pair.kinds:
            return
        wanted, found = list(uses(pair.source_tokens)), list(uses(pair.tokens))
        if wanted != found:
            missing, added = Counter(wanted), Counter(found)
            yield from _differing(missing - added, added - missing, way)

    return find


def _differing(missing: Counter[str], added: Counter[str], way: str) -> Iterator[str]:
    parts = [_listed("missing", missing), _listed("not in the English", added)]
    if any(parts):
        yield f"{'; '.join(filter(None, parts))}: {way}"


def _listed(what: str, uses: Counter[str]) -> str:
    return f"{what}: {', '.join(short(use) for use in uses.elements())}" if uses else ""


def _codes(tokens: Sequence[Token]) -> Iterator[str]:
    return (f"`{token.content}`" for token in walk(tokens) if token.type == "code_inline")


def _find_code(pair: Pair) -> Iterator[str]:
    """Yield code that differs.

    A word of the English may become code: what a program prints is a word there, and a name
    here. A role that became code is the role's finding.
    """
    if "code" not in pair.kinds:
        return
    own, copied = list(_codes(pair.source_tokens)), list(_codes(pair.tokens))
    if own == copied:
        return
    wanted, found = Counter(own), Counter(copied)
    roles = {
        f"`{token.content}`" for token in walk(pair.source_tokens) if token.type == "myst_role"
    }
    words = pair.source_text.lower()
    named = Counter(
        {code: words.count(code.strip("` ").lower()) for code in found if code not in wanted}
    )
    added = Counter({c: n for c, n in (found - wanted - named).items() if c not in roles})
    missing = wanted - found
    if added.total() == missing.total() and all(_is_phrase(code, added) for code in missing):
        return
    yield from _differing(missing, added, "copy code from the English")


def _is_phrase(code: str, others: Iterable[str]) -> bool:
    """Tell whether what an author marked as code is a phrase, all of which was translated.

    A command has short words, and one of them stays even where it was translated.
    """
    words = code.strip("` ").split(" ")
    left = {word for other in others for word in other.strip("` ").split(" ")}
    return len(words) > 1 and all(
        w.isalpha() and w.islower() and len(w) > _SHORT and w not in left for w in words
    )


def _find_links(pair: Pair) -> Iterator[str]:
    """Yield targets that differ.

    A translation may spell out the target of an English ``[label]``, which its article defines.
    """
    if "link" not in pair.kinds:
        return
    own, copied = list(_links(pair.source_tokens)), list(_links(pair.tokens))
    if own == copied:
        return
    wanted, found = Counter(own), Counter(copied)
    missing, added = wanted - found, found - wanted
    missing = Counter({own: n for own, n in missing.items() if not _is_written(own, pair)})
    added = Counter({own: n for own, n in added.items() if not _was_written(own, pair)})
    is_spelled = all(label.startswith("[") for label in missing)
    is_spelled &= all(target.startswith("http") for target in added)
    if is_spelled and added.total() == missing.total():
        return
    yield from _differing(missing, added, "copy the target from the English")


def _is_written(target: str, pair: Pair) -> bool:
    """Tell whether a translation shows an address that is only a link where a space is before."""
    address = target.removeprefix("mailto:")
    is_bare = f"]({target}" not in pair.english and address in pair.source_addresses
    return is_bare and address in pair.translation


def _was_written(target: str, pair: Pair) -> bool:
    """Tell whether the English shows an address that is a link only in the translation."""
    return target.startswith("mailto:") and target.removeprefix("mailto:") in pair.source_text


def _mend_links(pair: Pair) -> str:
    """Return the translation without the spaces that tear a link, a role or emphasis apart."""
    text = _TORN_LINK.sub(r"](\1)", pair.translation)
    text = _TORN_ROLE.sub(r"\1\2", text)
    text = re.sub(
        r"(?<![\w*])\*\*[ \u00a0]+([^*\s](?:[^*]*[^*\s])?)[ \u00a0]*\*\*", r"**\1**", text
    )
    return re.sub(r"\*\*([^*\s](?:[^*]*[^*\s])?)[ \u00a0]+\*\*(?![\w*])", r"**\1**", text)


def _links(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the targets of links; one locale in an address is as good as another."""
    for token in walk(tokens):
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            if target.startswith(LABEL):
                yield f"[{unquote(target.removeprefix(LABEL))}]"
            else:
                yield _LOCALE.sub("/LOCALE", target)


def _images(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type == "image":
            yield _LOCALE.sub("/LOCALE", str(token.attrs.get("src", "")))


def _footnotes(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type.startswith("footnote"):
            yield f"[^{token.meta.get('label', '')}]"


def _roles(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield roles with what they point at; a role that only shows words has none."""
    for token in walk(tokens):
        if token.type == "myst_role":
            titled = _TITLED.fullmatch(token.content)
            yield f"{{{token.meta.get('name', '')}}}{f' <{titled[1]}>' if titled else ''}"


def _substitutions(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type.startswith("substitution"):
            yield f"{{{{{token.content.strip()}}}}}"


def _math(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type.startswith("math"):
            yield f"${''.join(token.content.split())}$"


def _tags(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield HTML tags without the attributes that translators translate."""
    for token in walk(tokens):
        if token.type == "html_inline":
            yield html_use(token.content).removeprefix("HTML ")


def _find_empty_links(pair: Pair) -> Iterator[str]:
    """Yield links whose words are gone; MyST fills those that were empty in the English."""
    if "link" not in pair.kinds:
        return
    wanted, found = (sum(1 for _ in _empty(own)) for own in (pair.source_tokens, pair.tokens))
    if found > wanted:
        yield "a link without words: write its text between the brackets"


def _empty(tokens: Sequence[Token]) -> Iterator[Token]:
    return (a for a, b in pairwise(tokens) if (a.type, b.type) == ("link_open", "link_close"))


def _find_added(pair: Pair) -> Iterator[str]:
    surplus = "" if pair.is_plain else find_surplus(pair.tokens, pair.source_tokens)
    if surplus:
        yield f"it uses {surplus}, its English does not: the page shows it as text; take it out"


def _find_stray(pair: Pair) -> Iterator[str]:
    stray = find_stray(
        pair.translation.strip(),
        pair.tokens,
        source=pair.english.strip(),
        source_tokens=pair.source_tokens,
    )
    if stray:
        yield f"{stray} is shown as text: complete the markup, or escape it with a backslash"
    elif (torn := _TORN.search(pair.text)) and not _TORN.search(pair.source_text):
        yield f"{short(torn[0])!r} is shown as text: take out the space before its bracket"
    elif lone := _find_lone_mark(pair):
        yield f"a lone {lone!r} is shown as text: complete the emphasis, or escape it"


def _find_lone_mark(pair: Pair) -> str:
    """Return a star or underscore that was to be emphasis and is text; empty if there is none."""
    if "*" not in pair.translation and "_" not in pair.translation:
        return ""
    shown = " ".join(find_texts(pair.tokens))
    if "*" in shown and "*" not in pair.source_text:
        return "*"
    return "_" if _LONE_LINE.search(shown) and not _LONE_LINE.search(pair.source_text) else ""


SPECIFIC = (
    PairCheck(
        id="code-changed",
        severity=Severity.ERROR,
        why="Readers copy code as it stands; a translated command does not run.",
        find=_find_code,
        bad=(
            Example("Run `make html`.", "Zaženite `naredi html`."),
            Example("Run `make html`.", "Zaženite make html."),
        ),
        good=(
            Example("Run `make` in `src`.", "V `src` zaženite `make`."),
            Example("The `default separator`.", "`Privzeto ločilo`."),
        ),
    ),
    PairCheck(
        id="link-targets",
        severity=Severity.ERROR,
        why="A link that leads elsewhere, or nowhere, costs the reader the way.",
        find=_find_links,
        mend=_mend_links,
        bad=(
            Example("See [it](a.md).", "Glejte [to](b.md)."),
            Example("See [it](a.md).", "Glejte to."),
            Example("See <https://a.org/x>.", "Glejte <https://a.org/y>."),
        ),
        good=(
            Example("See [it](a.md) or [that](b.md).", "Glejte [ono](b.md) ali [to](a.md)."),
            Example("[A](https://x.com/en-us/a)", "[A](https://x.com/sl-si/a)"),
            Example("See [SPDX] now.", "Zdaj glejte [SPDX](https://spdx.org/)."),
        ),
    ),
    PairCheck(
        id="images-changed",
        severity=Severity.ERROR,
        why="An image that is gone or another one leaves the sentence unexplained.",
        find=_comparing(_images, "image", "copy the image from the English"),
        bad=(Example("Select ![Add](add.png).", "Izberite ![Dodaj](dodaj.png)."),),
        good=(Example("Select ![Add](add.png).", "Izberite ![Dodaj](add.png)."),),
    ),
    PairCheck(
        id="footnotes-changed",
        severity=Severity.ERROR,
        why="A footnote that nothing refers to is not shown.",
        find=_comparing(_footnotes, "footnote", "copy the footnote's mark from the English"),
        bad=(Example("Hot.[^1]", "Vroče."), Example("Hot.[^1]", "Vroče.[^2]")),
        good=(Example("Hot.[^1]", "Vroče[^1]."),),
    ),
    PairCheck(
        id="roles-changed",
        severity=Severity.ERROR,
        why="A role that is misspelled is an error in the build, and points nowhere.",
        find=_comparing(_roles, "myst", "copy the role's name and target from the English"),
        mend=_mend_links,
        bad=(
            Example("See {ref}`it <start>`.", "Glejte {ref}`to <zacetek>`."),
            Example("Press {kbd}`A`.", "Pritisnite `A`."),
        ),
        good=(Example("Press {guilabel}`Save`.", "Pritisnite {guilabel}`Shrani`."),),
    ),
    PairCheck(
        id="substitutions-changed",
        severity=Severity.ERROR,
        why="A substitution is a name that the build replaces; another name is an error.",
        find=_comparing(_substitutions, "substitution", "copy it from the English"),
        bad=(Example("Version {{ version }}.", "Različica {{ različica }}."),),
        good=(Example("Version {{ version }}.", "Različica {{version}}."),),
    ),
    PairCheck(
        id="math-changed",
        severity=Severity.ERROR,
        why="A formula says the same in every language.",
        find=_comparing(_math, "math", "copy the formula from the English"),
        bad=(Example("Let $x = 1$.", "Naj bo $x = 2$."),),
        good=(Example("Let $x = 1$.", "Naj bo $x=1$."),),
    ),
    PairCheck(
        id="html-changed",
        severity=Severity.ERROR,
        why="A tag that is lost or changed breaks what it was there for.",
        find=_comparing(_tags, "html", "copy the tags from the English"),
        bad=(
            Example("H<sub>2</sub>O boils.", "H2O vre."),
            Example("H<sub>2</sub>O boils.", "H<sup>2</sup>O vre."),
        ),
        good=(Example('<b title="Hot">It</b> boils.', '<b title="Vroče">To</b> vre.'),),
    ),
    PairCheck(
        id="empty-link",
        severity=Severity.ERROR,
        why="A link without words cannot be seen, or shows another page's title.",
        find=_find_empty_links,
        bad=(Example("See [it](a.md).", "Glejte to[](a.md)."),),
        good=(Example("See [](a.md).", "Glejte [](a.md)."),),
    ),
)
"""What is compared construct by construct."""

GENERAL = (
    PairCheck(
        id="markup-added",
        severity=Severity.ERROR,
        why="A translation may use only what its English uses; the build shows the rest as text.",
        find=_find_added,
        bad=(Example("It boils.", "~~Vre~~."),),
        good=(Example("It boils.", "*Vre*."),),
    ),
    PairCheck(
        id="stray-markup",
        severity=Severity.ERROR,
        why="Readers see asterisks, brackets and number signs that were meant as markup.",
        find=_find_stray,
        mend=_mend_links,
        bad=(
            Example("**Save** it.", "** Shranite** to."),
            Example("See [it](a.md).", "Glejte [to] (a.md), [to](a.md)](b.md)."),
            Example("It boils.", "# Vre."),
            Example("See [it](a.md) or (b.md).", "Glejte [to](a.md) ali [ono] (b.md)."),
            Example("It *boils* now.", "Zdaj * vre*."),
        ),
        good=(
            Example("5 ** 2", "5 ** 2"),
            Example("A * b", "A * b"),
            Example("Run: ```make```", "Zaženite\n```make```"),
        ),
    ),
)
"""What is asked of a pair in which none of the above found anything."""
