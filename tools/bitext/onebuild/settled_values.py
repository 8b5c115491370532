"""What fills the slots of an article whose catalog says one translation for each sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from bitext.characters import joins_without_space
from bitext.localization import are_safe
from bitext.markdown.localize import find_hidden, may_hold_markup
from bitext.markdown.lookup import inert_html
from bitext.markdown.segment_rule import finish_tokens
from bitext.markdown.simple import read_simple
from bitext.markdown.stray import find_markup, find_stray
from bitext.markdown.trust import find_surplus
from bitext.model import State
from bitext.onebuild.changes import UnfitError
from bitext.onebuild.elements import Write
from bitext.onebuild.page_values import PageValues, Said
from bitext.onebuild.prepared import (
    PreparedArticle,
    PreparedGap,
    PreparedSentence,
    PreparedText,
    read_sentence,
)
from bitext.onebuild.record import PageRecord
from bitext.onebuild.sentence_parts import Educate
from bitext.onebuild.sentences import English, Rendered, render, render_words
from bitext.onebuild.slots import has_mark
from bitext.site.page import Sentence

_TEXTS = frozenset({"text", "code_inline", "em_open", "em_close", "strong_open", "strong_close"})
_WIDE = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uf900-\uffe6\U00020000-\U0003ffff]")
"""Characters between which no space may be, and more."""


@dataclass(frozen=True, slots=True)
class SettledFilling:
    """Makes the values of such articles in one language."""

    educate: Educate
    write: Write | None
    """What writes the element of a sentence; None if each is another."""

    parser: MarkdownIt

    def values_of(
        self,
        prepared: PreparedArticle,
        translations: Sequence[str],
        *,
        first_line: int,
        record: PageRecord,
    ) -> PageValues | None:
        """Return the values of an article; None if they have to be looked for in the slow way.

        `first_line` is that of the end of its catalog's header.
        """
        is_whole = len(translations) == len(prepared.sentences)
        if self.write is None or not is_whole or not are_safe(translations):
            return None
        if has_mark(" ".join(translations)):
            return None
        values = PageValues()
        for place, sentence in enumerate(prepared.sentences):
            if not isinstance(sentence, PreparedSentence):
                continue
            english = record.english[sentence.id]
            found = self._render(sentence, translations[place], english, env=prepared.env)
            if found is None:
                return None
            rendered, lookup = found
            _add(values, sentence, rendered, line=prepared.lines[place] + first_line)
            values.sentences[sentence.id] = self.write(sentence.id, rendered.html, lookup)
        is_done = _add_texts(values, prepared, translations)
        return (
            values if is_done and self._add_gaps(values, prepared, translations, record) else None
        )

    def _add_gaps(
        self,
        values: PageValues,
        prepared: PreparedArticle,
        translations: Sequence[str],
        record: PageRecord,
    ) -> bool:
        """Add the gaps that the language has no space in; tell whether all is known of them."""
        if not prepared.gaps or not _WIDE.search(" ".join(translations)):
            return True
        dropped = [gap.key for gap in prepared.gaps if _is_dropped(gap, translations)]
        for key in dropped:
            first = key.partition(" ")[0]
            values.gaps[first] = (*values.gaps.get(first, ()), key)
        texts = [("plain", text) for text in translations]
        return not dropped or (
            record.gaps.issuperset(dropped) and self.educate(texts) == list(translations)
        )

    def _render(
        self, sentence: PreparedSentence, translation: str, english: English, *, env: EnvType
    ) -> tuple[Rendered, str] | None:
        """Return a translation as it is shown, and its English beside it."""
        text = translation.strip()
        if not may_hold_markup(text) or (sentence.tokens is None and self._is_words(text)):
            if not text[0].isalpha() and find_stray(
                text, (), source=sentence.english, source_tokens=()
            ):
                return None
            try:
                return render_words(text, english, self.educate), sentence.lookup
            except UnfitError:
                return None
        source = sentence.tokens
        tokens = read_sentence(text, self.parser, env) if source is not None else None
        if tokens is None or source is None:
            return None
        if (
            find_surplus(tokens, source)
            or find_hidden(tokens, sentence.english)
            or find_stray(text, tokens, source=sentence.english, source_tokens=source)
        ):
            return None
        is_alike = _skeleton(tokens) == _skeleton(source)
        lookup = sentence.linked if is_alike else inert_html(source, tokens)
        try:
            finished = finish_tokens(tokens, self.parser, env)
            rendered = render(finished, english, self.educate)
        except UnfitError:
            return None
        return rendered, lookup

    def _is_words(self, text: str) -> bool:
        """Tell whether the parser makes one text of a translation that looks like markup."""
        tokens = read_simple(text, self.parser)
        return tokens is not None and [token.content for token in tokens] == [text]


def _add(values: PageValues, sentence: PreparedSentence, rendered: Rendered, *, line: int) -> None:
    """Add what is known of a sentence besides its element."""
    identifier = sentence.id
    values.words[identifier] = rendered.words
    values.said[identifier] = _said(sentence, rendered, line)
    if rendered.is_title:
        values.titles[identifier] = rendered.html
    if rendered.text is not None:
        values.texts[identifier] = rendered.text


def _said(sentence: PreparedSentence, rendered: Rendered, line: int) -> Said:
    """Return what a page says of a sentence to machines; at once where it is only a text."""
    identifier, text = sentence.id, rendered.shown[0][1]
    is_text = len(rendered.shown) == 1 and rendered.shown[0][0] == "text"
    if is_text and sentence.said and "<" not in text and "&" not in text:
        shown = " ".join(text.split())
        return Said(Sentence(identifier, State.TRANSLATED, sentence.said, shown, line=line))
    said = Sentence(identifier, State.TRANSLATED, sentence.said, line=line)
    return Said(said, rendered.shown)


def _skeleton(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Return what an English beside these tokens depends on: their links, and what may be one."""
    return [
        (token.type, str(token.attrs.get("href"))) for token in tokens if token.type not in _TEXTS
    ]


def _is_dropped(gap: PreparedGap, translations: Sequence[str]) -> bool:
    before, after = (
        side if isinstance(side, str) else translations[side] for side in (gap.before, gap.after)
    )
    return joins_without_space(before.rstrip(), after.lstrip())


def _add_texts(values: PageValues, prepared: PreparedArticle, translations: Sequence[str]) -> bool:
    """Add the texts that are not parsed; tell whether nothing is wrong with them."""
    strings: dict[str, str] = {}
    matter: dict[tuple[str, str], str] = {}
    for place, own in enumerate(prepared.sentences):
        if not isinstance(own, PreparedText):
            continue
        parts = translations[place : place + len(own.sentences)]
        pairs = zip(parts, own.sentences, strict=True)
        if any(find_markup(part.strip(), english) for part, english in pairs):
            return False
        if own.label:
            matter[own.label, own.text] = " ".join(parts)
        else:
            strings[own.text] = " ".join(parts)
    values.strings |= {key: strings.get(text, text) for key, text in prepared.strings.items()}
    values.strings |= {key: matter.get(own, own[1]) for key, own in prepared.matter.items()}
    return True


def english_values(prepared: PreparedArticle, record: PageRecord, write: Write) -> PageValues:
    """Return the values of an article on the pages of the source language."""
    values = PageValues()
    for sentence in prepared.sentences:
        if isinstance(sentence, PreparedSentence):
            english = record.english[sentence.id]
            identifier = sentence.id
            values.sentences[identifier] = write(identifier, english.html, "")
            values.words[identifier] = english.words
            values.said[identifier] = Said(
                Sentence(identifier, None, ""), (("text", english.shown),)
            )
            if english.is_title:
                values.titles[identifier] = english.html
            if english.text is not None:
                values.texts[identifier] = english.text
    values.strings |= prepared.strings
    values.strings |= {key: text for key, (_, text) in prepared.matter.items()}
    return values
