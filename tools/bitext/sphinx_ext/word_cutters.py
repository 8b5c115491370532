"""Search words of languages that Sphinx has no stemmer for, or none that its pages share.

A language is a row of `_LANGUAGES`: how its text is made even, and the endings (and in Arabic the
articles) that its words lose. The same patterns run in Python, for the index, and in the reader's
browser, for what is asked; so both find the same words. They are written in the common subset of
both. Languages without spaces between words are indexed by their letters, alone and in pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sphinx.search import SearchLanguage


@dataclass(frozen=True, slots=True)
class Endings:
    """What the words of a language lose."""

    pattern: str = ""
    """What a word may begin or end with besides its stem; at the end, the longest is taken."""

    least: int = 3
    """How many letters are left at least."""

    evened: tuple[tuple[str, str], ...] = ()
    """(pattern, replacement) before anything else."""


def _endings(text: str) -> str:
    """Return the pattern of endings, the longest first."""
    return "(?:" + "|".join(sorted(text.split(), key=len, reverse=True)) + ")$"


_SLOVENE = _endings(
    "a e i o u am em om ah ih im ov ev ami ema ima imi oma ega emu ega ama ju jo je ja ji"
    " ni na no ne nih nim nega nemu nimi en na ost osti ostjo anje anja anju anjem enje enja"
    " enju enjem ti l la lo li le m mo te va ta š jo ijo ejo ajo ite ate"
    " ek ka ku kom ki kov ko ke kih kam kami itev itve itvi itvijo itvah itvam itvami"
)
_CROATIAN = _endings(
    "a e i o u am em om ama ima oga ega omu emu ih im oj og om ovi ova ove ov ev ju je ja"
    " nje nja nju njem ni na no ne ti la lo li le mo te ju"
)
_CZECH = _endings(
    "a e i o u y á é í ý ů ě ou em om am ech ách ích ami emi ům ové ového ovi ého ému ých ými"
    " ím ní ost osti t l la lo li ly me te"
)
_POLISH = _endings(
    "a e i o u y ą ę em om am ach ami ów owi ie ia ego emu ych ymi im ej ość ości anie ania"
    " ć ł ła ło li ły my cie"
)
_CYRILLIC = _endings(
    "а е и і ї о у ю я ы й ь ам ям ом ем ах ях ами ями ів ов ев ого ому ими ий ий а я ої ій ою"
    " ння нню ння ть ти в ла ло ли"
)
_ARABIC = "^(?:[وفبك]?ال|لل)(?=...)|(?:ها|هم|ات|ون|ين|ان|يه|ه|ي)$"
_KOREAN = _endings(
    "은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 에게 까지 부터 만 하다 합니다 하는 한 할 하고"
    " 하여 입니다 습니다"
)

_LANGUAGES = {
    "sl": Endings(_SLOVENE),
    "hr": Endings(_CROATIAN),
    "sr": Endings(_CROATIAN),
    "bs": Endings(_CROATIAN),
    "cs": Endings(_CZECH),
    "sk": Endings(_CZECH),
    "pl": Endings(_POLISH),
    "uk": Endings(_CYRILLIC),
    "bg": Endings(_CYRILLIC),
    "ar": Endings(
        _ARABIC,
        evened=(("[\u064b-\u065f\u0670\u0640]", ""), ("[أإآ]", "ا"), ("ة", "ه"), ("ى", "ي")),
    ),
    "fa": Endings(evened=(("[\u064b-\u065f\u0670\u0640]", ""), ("ي", "ی"), ("ك", "ک"))),
    "he": Endings(evened=(("[\u0591-\u05c7]", ""),)),
    "ko": Endings(_KOREAN, least=1),
}

_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Han."""

_UNSPACED = frozenset({"ja", "zh", "th", "lo", "my", "km"})


def find_search_language(name: str) -> type[SearchLanguage] | None:
    """Return what cuts the words of a language, by the name that Sphinx has for it.

    None for languages that Sphinx serves well itself.
    """
    base = name.partition("_")[0].partition("@")[0]
    if base in _UNSPACED:
        return type("SearchLetters", (SearchLetters,), {"lang": name})
    endings = _LANGUAGES.get(base)
    return make_light(name, endings) if endings else None


class SearchPlain(SearchLanguage):
    """Words as they are, no word left out: for a language that we know nothing of."""

    lang = "plain"


class SearchLetters(SearchLanguage):
    """Words of a language without spaces between them: its letters, alone and in pairs."""

    language_name = "letters"
    _runs = re.compile(rf"[{_LETTERS}]+|[^\W{_LETTERS}]+")
    _letters = re.compile(f"[{_LETTERS}]")
    js_splitter_code = f"""
var splitQuery = (query) => {{
  const words = [];
  for (const [run] of query.matchAll(/[{_LETTERS}]+|(?:(?![{_LETTERS}])[\\p{{L}}\\p{{N}}_])+/gu)) {{
    const letters = [...run];
    if (letters.length < 2 || !/[{_LETTERS}]/u.test(run)) words.push(run);
    else for (let n = 1; n < letters.length; n++) words.push(letters[n - 1] + letters[n]);
  }}
  return words;
}};
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's name
        """Return the words of a text: letters and pairs of them, other scripts' words whole."""
        return [word for run in self._runs.findall(input) for word in self._cut(run)]

    def _cut(self, run: str) -> Iterator[str]:
        if not self._letters.match(run):
            yield run
            return
        yield from run
        yield from map("".join, pairwise(run))


def make_light(name: str, endings: Endings) -> type[SearchLanguage]:
    """Return a class that takes the endings off the words of a language."""
    pattern = re.compile(endings.pattern or "(?!)")
    evened = [(re.compile(old), new) for old, new in endings.evened]

    def even(text: str) -> str:
        for old, new in evened:
            text = old.sub(new, text)
        return text

    def split(self: SearchLanguage, text: str) -> list[str]:
        return SearchLanguage.split(self, even(text))

    def stem(self: SearchLanguage, word: str) -> str:
        word = word.lower()
        for _ in range(2):
            cut = pattern.sub("", word, count=1)
            if cut == word or len(cut) < endings.least:
                break
            word = cut
        return word

    return type(
        "SearchLight",
        (SearchLanguage,),
        {
            "lang": name,
            "language_name": name,
            "split": split,
            "stem": stem,
            "js_splitter_code": _js_splitter(endings),
            "js_stemmer_code": _js_stemmer(endings),
        },
    )


def _js_splitter(endings: Endings) -> str:
    """Return the browser's way to cut what is asked into words."""
    steps = "".join(
        f".replace(/{old}/gu, {json.dumps(new, ensure_ascii=False)})" for old, new in endings.evened
    )
    rest = r"split(/[^\p{L}\p{N}_]+/gu).filter((word) => word)"
    return f"var splitQuery = (query) => query{steps}.{rest};\n"


def _js_stemmer(endings: Endings) -> str:
    """Return the browser's way to take a word's endings off."""
    return f"""
var Stemmer = function () {{
  this.stemWord = (word) => {{
    for (let n = 0; n < 2; n++) {{
      const cut = word.replace(/{endings.pattern or "(?!)"}/u, "");
      if (cut === word || [...cut].length < {endings.least}) break;
      word = cut;
    }}
    return word;
  }};
}};
"""
