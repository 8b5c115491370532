"""Group C: code and other constructs that a translation lost, changed or made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from bitext.checks.model import Example, PairCheck, Severity, short
from bitext.checks.pair import Pair, walk
from bitext.checks.stray import mend_torn
from bitext.markdown.html_use import html_use

_TITLED = re.compile(r"[^<]+<([^<>]*)>")

_PLACEHOLDER = re.compile(r"<[^<>]+>|/path/to(?:/[\w.-]+)*|YYYY(?:-?MM(?:-?DD)?)?")
"""What readers put in themselves: its name may be translated."""

_SHORT = 5
"""Letters of the longest usual word of a command."""

Uses = Callable[[Sequence[Token]], Iterator[str]]
"""Tokens of one side → a line for each use of a construct."""


def comparing(uses: Uses, kind: str, way: str) -> Callable[[Pair], Iterator[str]]:
    """Return a finder of what one side uses and the other does not, as often.

    `kind` begins the type of its tokens: without one of these there is nothing to compare.
    """

    def find(pair: Pair) -> Iterator[str]:
        if kind not in pair.kinds:
            return
        wanted, found = list(uses(pair.source_tokens)), list(uses(pair.tokens))
        if wanted != found:
            missing, added = Counter(wanted), Counter(found)
            yield from differing(missing - added, added - missing, way)

    return find


def differing(missing: Counter[str], added: Counter[str], way: str) -> Iterator[str]:
    """Yield one message of all that is missing or added, with the way out; none if nothing is."""
    parts = [_listed("missing", missing), _listed("not in the English", added)]
    if any(parts):
        yield f"{'; '.join(filter(None, parts))}: {way if missing else 'delete it'}"


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
    if not _is_doubled(pair.tokens):  # a pronoun of the English may be the name here
        found = Counter({code: min(n, wanted[code] or n) for code, n in found.items()})
    roles = {
        f"`{token.content}`" for token in walk(pair.source_tokens) if token.type == "myst_role"
    }
    words = pair.source_text.lower()
    named = Counter(
        {code: words.count(code.strip("` ").lower()) for code in found if code not in wanted}
    )
    added = Counter({c: n for c, n in (found - wanted - named).items() if c not in roles})
    missing, added = _without_filled(wanted - found, added)
    if added.total() == missing.total() and all(_is_phrase(code, added) for code in missing):
        return
    yield from differing(missing, added, "copy code from the English")


def _is_doubled(tokens: Sequence[Token]) -> bool:
    """Tell whether the same code stands twice in a row."""
    shown = [token for token in walk(tokens) if token.type != "text" or token.content.strip()]
    return any(
        a.type == b.type == "code_inline" and a.content == b.content for a, b in pairwise(shown)
    )


def _without_filled(
    missing: Counter[str], added: Counter[str]
) -> tuple[Counter[str], Counter[str]]:
    """Return both without code that differs only in what readers put in themselves."""
    for code in [code for code in missing if _PLACEHOLDER.search(code)]:
        filled = next(filter(_filled(code).fullmatch, added), "")
        both = min(missing[code], added[filled])
        missing, added = missing - Counter({code: both}), added - Counter({filled: both})
    return missing, added


def _filled(code: str) -> re.Pattern[str]:
    """Return what finds code with other words for what readers put in themselves."""
    parts = [re.escape(part) for part in _PLACEHOLDER.split(code)]
    kinds = {"<": "<[^<>]+>", "/": r"(?:/[\w.-]+)+"}
    words = [kinds.get(match[0][0], r"[\w-]+") for match in _PLACEHOLDER.finditer(code)]
    return re.compile("".join(a + b for a, b in zip(parts, [*words, ""], strict=True)))


def _is_phrase(code: str, others: Iterable[str]) -> bool:
    """Tell whether what an author marked as code is a phrase, all of which was translated.

    A command has short words, and one of them stays even where it was translated.
    """
    words = code.strip("` ").split(" ")
    left = {word for other in others for word in other.strip("` ").split(" ")}
    return len(words) > 1 and all(
        w.isalpha() and w.islower() and len(w) > _SHORT and w not in left for w in words
    )


def _footnotes(tokens: Sequence[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type.startswith("footnote"):
            yield f"[^{token.meta.get('label', '')}]"


def _find_roles(pair: Pair) -> Iterator[str]:
    """Yield roles that differ; one whose content is a target may have a text of its own."""
    if "myst" not in pair.kinds:
        return
    bare = {f"{_role(token)} <{token.content}>" for token in _roles(pair.source_tokens)}
    wanted = Counter(map(_aim, _roles(pair.source_tokens)))
    found = Counter(map(_aim, _roles(pair.tokens)))
    for aim in (found - wanted).keys() & bare:
        name = aim.partition(" ")[0]
        found[aim], found[name] = 0, found[name] + found[aim]
    way = "copy the role's name and target from the English"
    yield from differing(wanted - found, found - wanted, way)


def _roles(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in walk(tokens) if token.type == "myst_role")


def _role(token: Token) -> str:
    return f"{{{token.meta.get('name', '')}}}"


def _aim(token: Token) -> str:
    """Return a role with what it points at; one that only shows words has nothing."""
    titled = _TITLED.fullmatch(token.content)
    return f"{_role(token)}{f' <{titled[1]}>' if titled else ''}"


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


def _find_tags(pair: Pair) -> Iterator[str]:
    """Yield HTML tags that differ; a name in brackets that was code is the code's finding."""
    if "html" not in pair.kinds:
        return
    wanted, found = Counter(_tags(pair.source_tokens)), Counter(_tags(pair.tokens))
    if wanted == found:
        return
    lost = set(_codes(pair.source_tokens)) - set(_codes(pair.tokens))
    names = {code.strip("` ").lower() for code in lost}
    added = {tag: n for tag, n in (found - wanted).items() if _tag_name(tag) not in names}
    yield from differing(wanted - found, Counter(added), "copy the tags from the English")


def _tag_name(tag: str) -> str:
    return tag.strip("'<> /").lower()


CODE = PairCheck(
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
)

CONSTRUCTS = (
    PairCheck(
        id="footnotes-changed",
        severity=Severity.ERROR,
        why="A footnote that nothing refers to is not shown.",
        find=comparing(_footnotes, "footnote", "copy the footnote's mark from the English"),
        bad=(Example("Hot.[^1]", "Vroče."), Example("Hot.[^1]", "Vroče.[^2]")),
        good=(Example("Hot.[^1]", "Vroče[^1]."),),
    ),
    PairCheck(
        id="roles-changed",
        severity=Severity.ERROR,
        why="A role that is misspelled is an error in the build, and points nowhere.",
        find=_find_roles,
        mend=mend_torn,
        bad=(
            Example("See {ref}`it <start>`.", "Glejte {ref}`to <zacetek>`."),
            Example("See {ref}`start`.", "Glejte {ref}`začetek <konec>`."),
            Example("Press {kbd}`A`.", "Pritisnite `A`."),
        ),
        good=(
            Example("Press {guilabel}`Save`.", "Pritisnite {guilabel}`Shrani`."),
            Example("See {ref}`start`.", "Glejte {ref}`začetek <start>`."),
        ),
    ),
    PairCheck(
        id="substitutions-changed",
        severity=Severity.ERROR,
        why="A substitution is a name that the build replaces; another name is an error.",
        find=comparing(_substitutions, "substitution", "copy it from the English"),
        bad=(Example("Version {{ version }}.", "Različica {{ različica }}."),),
        good=(Example("Version {{ version }}.", "Različica {{version}}."),),
    ),
    PairCheck(
        id="math-changed",
        severity=Severity.ERROR,
        why="A formula says the same in every language.",
        find=comparing(_math, "math", "copy the formula from the English"),
        bad=(Example("Let $x = 1$.", "Naj bo $x = 2$."),),
        good=(Example("Let $x = 1$.", "Naj bo $x=1$."),),
    ),
    PairCheck(
        id="html-changed",
        severity=Severity.ERROR,
        why="A tag that is lost or changed breaks what it was there for.",
        find=_find_tags,
        bad=(
            Example("H<sub>2</sub>O boils.", "H2O vre."),
            Example("H<sub>2</sub>O boils.", "H<sup>2</sup>O vre."),
        ),
        good=(Example('<b title="Hot">It</b> boils.', '<b title="Vroče">To</b> vre.'),),
    ),
)
"""Besides code, what is compared construct by construct."""
