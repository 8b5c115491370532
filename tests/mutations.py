"""Damage of translations, each kind with the check that has to find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

Damage = Callable[[str, Random], str]
"""A translation → the same with one damage; the same text if there is nothing to damage."""


_SPAN = re.compile(r"(?<!`)(?P<marks>`+)(?!`).+?(?<!`)(?P=marks)(?!`)", re.DOTALL)
"""Code: what looks like markup in it is none."""


def _replace(pattern: str, change: Callable[[re.Match[str]], str]) -> Damage:
    """Return what changes one of the matches of `pattern`."""

    def damage(text: str, random: Random) -> str:
        found = re.finditer(pattern, text)
        inner = {place for span in _SPAN.finditer(text) for place in range(*span.span())[1:]}
        matches = [
            match
            for match in found
            if (not match.re.groups or match[1] is not None) and match.start() not in inner
        ]
        if not matches:
            return text
        match = random.choice(matches)
        return text[: match.start()] + change(match) + text[match.end() :]

    return damage


_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
"""Letters of languages without spaces: two of their words with a space between are a list."""


def _double_word(text: str, random: Random) -> str:
    found = re.finditer(r"(?<![\w`/.\[{<-])[^\W\d_]{4,}(?![\w`/.\]}>-])", text)
    words = [
        m
        for m in found
        if m[0].islower() and not _is_inside_markup(text, m.start()) and not _UNSPACED.search(m[0])
        if not _is_beside_itself(text, m)
    ]
    if not words:
        return text
    match = random.choice(words)
    return text[: match.end()] + " " + match[0] + text[match.end() :]


def _is_beside_itself(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word stands beside itself: once more would be a stutter."""
    before, after = re.findall(r"\w+", text[: word.start()]), re.findall(r"\w+", text[word.end() :])
    return word[0] in (*before[-1:], *after[:1])


def _is_inside_markup(text: str, place: int) -> bool:
    before = text[:place]
    return (
        len(re.findall("`+", before)) % 2 == 1
        or before.count("**") % 2 == 1
        or before.rfind("](") > before.rfind(")")
        or before.rfind("<") > before.rfind(">")
        or before.rfind("{") > before.rfind("}")
        or "://" in text
    )


def _insert_invisible(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice("\x07\ufffd\u202e\ufeff") + text[place:]


def _insert(piece: str) -> Damage:
    """Return what puts a piece of text between two words."""

    def damage(text: str, random: Random) -> str:
        places = [m.start() for m in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
        places = [place for place in places if not _is_inside_markup(text, place)]
        if not places:
            return text
        place = random.choice(places)
        return f"{text[:place]} {piece}{text[place:]}"

    return damage


def _insert_foreign(text: str, random: Random) -> str:
    """Put a word in Cyrillic between two others; in Greek if the text is in Cyrillic."""
    is_cyrillic = any("\u0400" <= character <= "\u04ff" for character in text)
    return _insert("λέξη" if is_cyrillic else "слово")(text, random)


def _in_word(change: Callable[[str, Random], str]) -> Damage:
    """Return what changes one word of prose, of five small letters or more."""

    def damage(text: str, random: Random) -> str:
        found = re.finditer(r"(?<![\w`/.@\[{<*-])[^\W\d_]{5,}(?![\w`/.@\]}>*-])", text)
        words = [m for m in found if m[0].islower() and not _is_inside_markup(text, m.start())]
        if not words:
            return text
        match = random.choice(words)
        return text[: match.start()] + change(match[0], random) + text[match.end() :]

    return damage


_ALIKE = dict(zip("aeopcxyijs", "аеорсхуіјѕ", strict=True))


def _swap_letter(word: str, random: Random) -> str:
    places = [place for place, letter in enumerate(word) if letter in _ALIKE]
    if not places:
        return word
    place = random.choice(places)
    return word[:place] + _ALIKE[word[place]] + word[place + 1 :]


def _garble(text: str, random: Random) -> str:
    """Return the text with one letter as UTF-8 that was read as a code page of Windows."""
    other = re.compile(r"(`+).*?\1|\]\([^()\s]*\)|\w+://\S+")  # in code and targets another check's
    prose = other.sub(lambda match: " " * len(match[0]), text)
    places = [place for place, letter in enumerate(prose) if letter.lower() in "čšžäöüßéèàç"]
    if not places:
        return text
    place = random.choice(places)
    wrong = text[place].encode().decode("cp1252", errors="replace").replace("\ufffd", "\x8d")
    return text[:place] + wrong + text[place + 1 :]


def _decompose(text: str, random: Random) -> str:
    places = [
        place for place, letter in enumerate(text) if len(unicodedata.normalize("NFD", letter)) == 2
    ]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + unicodedata.normalize("NFD", text[place]) + text[place + 1 :]


def _stutter(word: str, random: Random) -> str:
    return " ".join([word] * random.randint(3, 6))


def _lone_star(text: str, random: Random) -> str:
    if "*" in text:
        return text
    return _in_word(lambda word, _: f"*{word}")(text, random)


_CODE = r"\{[\w:+.-]+\}`+[^`]+`+|``+[^`].*?``+|(?<![`\\])`([^`\n<>{}*_\[\]|:]+)`(?!`)"
"""Code whose words are no markup without its marks; roles and longer marks are passed by."""

_LINK = r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)"
_BOLD = r"(?<![*\\])\*\*(?=[^\s*])([^*`\[\]]+?)(?<=[^\s*\\])\*\*(?!\*)"


class Kind(NamedTuple):
    """One kind of damage."""

    checks: tuple[str, ...]
    """The IDs of the checks of which one has to find it, and no other may."""

    damage: Damage


KINDS: Mapping[str, Kind] = {
    "code translated": Kind(("code-changed",), _replace(_CODE, lambda m: f"`{m[1]}ž`")),
    "code without its marks": Kind(("code-changed",), _replace(_CODE, lambda m: m[1])),
    "code doubled": Kind(("code-changed",), _replace(_CODE, lambda m: f"{m[0]} {m[0]}")),
    "link to elsewhere": Kind(("link-targets",), _replace(_LINK, lambda m: f"[{m[1]}]({m[2]}-ž)")),
    "link lost": Kind(("link-targets",), _replace(_LINK, lambda m: m[1])),
    "space in a link": Kind(
        ("link-targets", "stray-markup"), _replace(_LINK, lambda m: f"[{m[1]}] ({m[2]})")
    ),
    "link without words": Kind(
        ("empty-link",),
        _replace(_LINK, lambda m: m[0] if "://" in m[1] else f"{m[1]}[]({m[2]})"),
    ),  # an address would be a link with all that follows it
    "another image": Kind(
        ("images-changed",), _replace(r"!\[([^\]]*)\]\(([^()\s]+)\)", lambda m: f"![{m[1]}](ž.png)")
    ),
    "footnote lost": Kind(("footnotes-changed",), _replace(r"\[\^[^\]]+\]", lambda m: "")),
    "role misspelled": Kind(
        ("roles-changed", "code-changed"),
        _replace(r"\{([a-z]+)\}(`[^`]+`)", lambda m: f"{{{m[1]}ž}}{m[2]}"),
    ),
    "substitution renamed": Kind(
        ("substitutions-changed",),
        _replace(r"\{\{\s*(\w+)\s*\}\}", lambda m: f"{{{{ {m[1]}_x }}}}"),
    ),
    "formula changed": Kind(
        ("math-changed",), _replace(r"(?<![\w$])\$([^$\n]+)\$(?![\w$])", lambda m: f"${m[1]}+1$")
    ),
    "tag lost": Kind(("html-changed",), _replace(r"</?(?:kbd|sub|sup|b|i|u)>", lambda m: "")),
    "script added": Kind(("html-changed",), _insert("<script>alert</script>")),
    "struck through": Kind(("markup-added",), _in_word(lambda word, _: f"~~{word}~~")),
    "bold lost": Kind(("bold-lost",), _replace(_BOLD, lambda m: m[1])),
    "bold torn": Kind(("stray-markup",), _replace(_BOLD, lambda m: f"** {m[1]}**")),
    "star left": Kind(("stray-markup",), _lone_star),
    "heading begun": Kind(("stray-markup",), _replace(r"\A(?=[^\W\d])", lambda m: "# ")),
    "item begun": Kind(("stray-markup",), _replace(r"\A(?=[^\W\d])", lambda m: "- ")),
    "line break lost": Kind(("break-lost",), _replace(r"\\\n| {2,}\n", lambda m: " ")),
    "escape lost": Kind(
        ("escape-lost",),
        _replace(r"\\([*_])([^\W\d_][^*_\\]*)\\\1", lambda m: f"{m[1]}{m[2]}{m[1]}"),
    ),
    "only white space": Kind(("only-space",), lambda text, random: " " * random.randint(1, 4)),
    "character lost": Kind(("characters",), _insert_invisible),
    "character garbled": Kind(("characters",), _garble),
    "letter in two parts": Kind(("characters",), _decompose),
    "character unseen": Kind(
        ("characters",), _in_word(lambda word, _: f"{word[:2]}\u200b{word[2:]}")
    ),
    "letter of another alphabet": Kind(("wrong-script",), _in_word(_swap_letter)),
    "word of another alphabet": Kind(("wrong-script",), _insert_foreign),
    "stutter": Kind(("machine-leftover",), _in_word(_stutter)),
    "token of a machine": Kind(("machine-leftover",), _insert("__PH_0__")),
    "mask of a machine": Kind(("machine-leftover",), _insert("⟦3⟧")),
    "chatter of a machine": Kind(
        ("machine-leftover",), lambda text, random: f"Here is the translation: {text}"
    ),
    "word doubled": Kind(("word-doubled",), _double_word),
    "number changed": Kind(
        ("numbers",),
        _replace(r"(?<![\w.,:`/(\[{=-])([1-9]\d+)(?![\w.,:`/)\]}-])", lambda m: str(int(m[1]) + 1)),
    ),
    "bracket lost": Kind(
        ("brackets",), _replace(r"(?<=[\s])\(([^()\[\]`*<>{}]+)\)", lambda m: f"({m[1]}")
    ),
    "two spaces": Kind(("spacing",), _insert(" ")),
    "space before a comma": Kind(
        ("spacing",), _replace(r"(?<=[^\W\d_]), (?=[^\W\d_])", lambda m: " , ")
    ),
    "end lost": Kind(("end-mark",), _replace(r"(?<=[^\W\d_])[.:]\Z", lambda m: "")),
    "end in bold": Kind(("end-inside",), _replace(r"(?<=[^\W\d_])\*\*\.\Z", lambda m: ".**")),
}
"""Each kind by its name."""

_RUN = re.compile(r"\b[a-z]+(?: [a-z]+){5,8}\b")
_ENGLISH = re.compile(r"\b(?:the|and|you|with|that|which|is|are|can|this|your|if|when)\b")


def _leave_english(english: str, translation: str, random: Random) -> str:
    """Return the translation with a part of its English in the middle of it."""
    runs = [m[0] for m in _RUN.finditer(english) if len(set(_ENGLISH.findall(m[0]))) > 1]
    return _insert(random.choice(runs))(translation, random) if runs else translation


def _stay_english(english: str, translation: str, random: Random) -> str:
    return english if len(_ENGLISH.findall(english)) > 1 else translation


def _say_it_in_english(english: str, translation: str, random: Random) -> str:
    """Return English with other words than the sentence has."""
    if len(english.split()) < 5 or set("`[<{*") & set(english) or re.search(r"\d", english):
        return translation
    return f"This is what you should know if you are there: {english}"


PAIR_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[str, str, Random], str]]] = {
    "copied": (("same-as-source",), _stay_english),
    "in English": (("wrong-language",), _say_it_in_english),
    "English left": (("english-left", "wrong-language"), _leave_english),
}
"""Kinds of damage that need the English."""


@dataclass(slots=True)
class Recall:
    """What was found of one kind of damage."""

    tried: int = 0
    found: int = 0
    wrong: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """English, translation and the other checks that found something."""

    missed: list[tuple[str, str]] = field(default_factory=list)


Find = Callable[[str, str], set[str]]
"""English and translation → the IDs of the checks that find something."""


def measure(
    pairs: Sequence[tuple[str, str]], find: Find, kind: str, *, seed: int = 0, most: int = 10**9
) -> Recall:
    """Return what `find` finds of one kind of damage to good `pairs`; `most` are tried."""
    random = Random(f"{kind} {seed}")
    result = Recall()
    for english, translation in random.sample(pairs, len(pairs)):
        if result.tried >= most:
            break
        damaged = _damage(kind, english, translation, random)
        if damaged == translation:
            continue
        found, wanted = find(english, damaged), set(wanted_checks(kind))
        result.tried += 1
        result.found += bool(found & wanted)
        if not found & wanted:
            result.missed.append((english, damaged))
        if found - wanted:
            result.wrong.append((english, damaged, tuple(sorted(found - wanted))))
    return result


def wanted_checks(kind: str) -> tuple[str, ...]:
    """Return the IDs of the checks of which one has to find a kind of damage."""
    return KINDS[kind].checks if kind in KINDS else PAIR_KINDS[kind][0]


def _has_same_code(english: str, translation: str) -> bool:
    return sorted(re.findall(_CODE, english)) == sorted(re.findall(_CODE, translation))


def _damage(kind: str, english: str, translation: str, random: Random) -> str:
    if kind in PAIR_KINDS:
        return PAIR_KINDS[kind][1](english, translation, random)
    damage = KINDS[kind].damage
    if kind in NEEDED and damage(english, random) == english:
        return translation  # it is no damage to lose what the English does not have
    if kind.startswith("code") and not _has_same_code(english, translation):
        return translation
    return damage(translation, random)


NEEDED = frozenset(
    {"code translated", "code without its marks", "code doubled", "link to elsewhere", "link lost"}
    | {"space in a link", "link without words", "another image", "footnote lost"}
    | {"role misspelled", "substitution renamed", "formula changed", "tag lost", "bold lost"}
    | {"bold torn", "line break lost", "escape lost", "number changed", "bracket lost"}
    | {"end lost", "end in bold"}
)
"""Kinds that are damage only to what the English has too."""
