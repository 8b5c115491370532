"""What checks know of languages: one table for each question, by the language's subtag.

Rows were made by hand from the grammars and style guides that each table names; what CLDR knows
(scripts, digits, plural forms) comes from it, through `languages` and `writing`.
"""

from __future__ import annotations

from collections.abc import Mapping

MAY_DOUBLE: Mapping[str, frozenset[str]] = {
    "ar": frozenset("واحدة واحدا واحدًا واحد كلمة جملة خطوة سطرا سطرًا قليلا قليلًا جدا جدًا".split()),
    "cs": frozenset("se si je to".split()),
    "da": frozenset("der det at for i på".split()),
    "de": frozenset("die der das sie den dem ihr ihnen in".split()),
    "el": frozenset("του της το τα".split()),
    "en": frozenset("that had".split()),
    "es": frozenset("no".split()),
    "fr": frozenset("nous vous".split()),
    "hr": frozenset("se je su".split()),
    "hu": frozenset("az egy".split()),
    "it": frozenset("si".split()),
    "nb": frozenset("det som på for".split()),
    "nl": frozenset("die dat je het er ze zijn".split()),
    "pl": frozenset("się to".split()),
    "pt": frozenset("nos se".split()),
    "ro": frozenset("la de".split()),
    "ru": frozenset("что это".split()),
    "sk": frozenset("sa si je to".split()),
    "sl": frozenset("se je si".split()),
    "sr": frozenset("se je su се је су".split()),
    "sv": frozenset("det som på för".split()),
    "uk": frozenset("що це".split()),
}
"""Words that stand twice in a row in good sentences: pronouns that begin a clause beside those
that end one (*die, die*), clitics and particles. From reference grammars, as
Duden 4 (German), Toporišič (Slovenian), the ANS (Dutch), Grevisse (French)."""

COPULAS: Mapping[str, frozenset[str]] = {
    "hr": frozenset("je su".split()),
    "sl": frozenset("je sta so bo bosta bodo".split()),
    "sr": frozenset("je su је су".split()),
}
"""Clitic forms of *to be* that come second in their clause, so that its subject and what is said of
it may follow one another, as in *če je mesto mesto za objavljanje*. On the second place of clitics:
Franks and King, *A Handbook of Slavic Clitics*; on that of Slovenian and Croatian, also Toporišič,
*Slovenska slovnica*, and Barić et al., *Hrvatska gramatika*. What follows from it is our own."""

REPEATING = frozenset({"id", "ms", "jv", "tl", "hi", "bn", "ta", "te", "tr", "vi", "th"})
"""Languages that double words on purpose (WALS Online, chapter 27: productive reduplication)."""

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo", "dz"})
"""Languages written without spaces between words (Unicode Standard Annex 14, section 6)."""

BREAKING = frozenset({"th", "lo", "km", "my", "bo", "dz"})
"""Languages that may mark where a line breaks with U+200B (Unicode Standard 16, section 23.2)."""

SPACED_MARKS: Mapping[str, str] = {"fr": ";:!?", "fr-CA": ":", "br": ";:!?"}
"""Marks that a space stands before. Imprimerie nationale, *Lexique des règles typographiques*;
Office québécois de la langue française for Canada, by tag."""

ENGLISH = frozenset(
    "the and of is are was were be been being to from with without for by at as it its this that"
    " these those you your yours we our they their them which who when where what why how if then"
    " than not can cannot could should would may might must will shall have has had does did into"
    " about after before between through during because while there here such any each both until"
    " whether also only other".split()
)
"""Function words of English: closed classes, from Quirk et al., *A Comprehensive Grammar*."""

PRONOUNS = frozenset("it its they them their".split())
"""Pronouns of English that say nothing of the gender of what they stand for."""

FOREIGN = frozenset(
    "de la el los las que para com por su sus um uma mon le les des et est em o os seu sua você"
    " como cómo minha meu não são ao dos una este esta une dans votre avec ce au du"
    " der die das und mit für ist nicht ein eine dem den auf wie een het van en voor niet zijn"
    " och att det som il di per che della sono na je se się nie jest jak ne da za bir ve".split()
)
"""Function words of other languages in Latin script, none of which English has; from the articles,
conjunctions and prepositions of their grammars."""

ALSO_WORDS: Mapping[str, frozenset[str]] = {
    "af": frozenset("is was van at as by here die other".split()),
    "ca": frozenset("the than as has are".split()),
    "cs": frozenset("to by at may".split()),
    "da": frozenset("at by for to is had have did as other be been may there after".split()),
    "de": frozenset("was will not her also when at as by war has hat".split()),
    "es": frozenset("has the as are".split()),
    "et": frozenset("as is at into".split()),
    "fi": frozenset("at as by is".split()),
    "fr": frozenset("as at are has than may the on".split()),
    "hr": frozenset("to by".split()),
    "hu": frozenset("is be at by the as".split()),
    "id": frozenset("at by".split()),
    "is": frozenset("at for".split()),
    "it": frozenset("at by has".split()),
    "lt": frozenset("to as be by is".split()),
    "lv": frozenset("to by as".split()),
    "nb": frozenset("at by for to is had have did as other be been may var".split()),
    "nl": frozenset("of is was had at as by be been here into will we there".split()),
    "pl": frozenset("to by at we may its".split()),
    "pt": frozenset("as for at by".split()),
    "ro": frozenset("are as at by".split()),
    "sk": frozenset("to by".split()),
    "sl": frozenset("to by at may".split()),
    "sv": frozenset("at by for is had have to as other be been may var".split()),
    "tr": frozenset("at her on".split()),
    "vi": frozenset("to the by at".split()),
}
"""Those of them that are words of another language too."""

QUOTING = frozenset({"zh", "ja", "ko"})
"""Languages that set off by quotation marks what English sets in bold (W3C, *Requirements for
Chinese Text Layout* and *for Japanese Text Layout*: their scripts have no italics, and style
guides for software quote the names of buttons)."""

STARRED = frozenset({"de"})
"""Languages that write a star inside of a word, as in *Leser\\*innen* (Rat für deutsche
Rechtschreibung, 2021, on signs inside of words)."""

CHATTER: Mapping[str, tuple[str, ...]] = {
    "en": (
        "here is the translat",
        "here's the translat",
        "here is your translat",
        "the translation is:",
        "translated text:",
        "translation:",
        "sure, here",
        "certainly, here",
        "as an ai ",
        "as a language model",
        "i cannot translate",
        "i can't translate",
        "i'm sorry, but",
    ),
    "ar": ("إليك الترجمة", "الترجمة:"),
    "cs": ("zde je překlad", "překlad:"),
    "de": ("hier ist die übersetzung", "übersetzung:", "als ki-modell", "als sprachmodell"),
    "es": ("aquí está la traducción", "aquí tienes la traducción", "traducción:"),
    "fr": ("voici la traduction", "traduction :", "traduction\u00a0:", "en tant qu'ia"),
    "hr": ("ovdje je prijevod", "evo prijevoda", "prijevod:"),
    "it": ("ecco la traduzione", "traduzione:"),
    "ja": ("以下は翻訳", "以下が翻訳", "翻訳:", "翻訳："),
    "ko": ("다음은 번역", "번역:"),
    "nl": ("hier is de vertaling", "vertaling:"),
    "pl": ("oto tłumaczenie", "tłumaczenie:"),
    "pt": ("aqui está a tradução", "tradução:"),
    "ru": ("вот перевод", "перевод:"),
    "sl": ("tukaj je prevod", "prevod:", "kot jezikovni model"),
    "tr": ("işte çeviri", "çeviri:"),
    "uk": ("ось переклад", "переклад:"),
    "zh": ("以下是翻译", "以下是译文", "翻译：", "翻译:", "译文：", "译文:"),
}
"""What a language model says around a translation, in lower case; English to all."""

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "ar": ("؟",),
    "el": (";", "\u037e"),
    "fa": ("؟",),
    "hy": ("՞",),
    "ja": ("？", "?", "。", "か"),
    "ur": ("؟",),
    "zh": ("？", "?", "。"),
}
"""What ends a question, where that is not the mark of English (Unicode Standard 16, chapter 6.2;
a Japanese question may end in its particle)."""

TOLD = frozenset(".。।۔!！")
"""Marks of what English exclaims: many languages tell it (style guides for software)."""

MOST_ENDING: Mapping[str, int] = {
    "": 2,
    **dict.fromkeys("de en nl sv da nb nn is af fy".split(), 2),
    **dict.fromkeys("sl hr sr bs mk cs sk pl ru uk be bg".split(), 3),
    **dict.fromkeys("fr es it pt ro ca gl la".split(), 3),
    **dict.fromkeys("lt lv et fi hu tr az kk uz el sq eu ka hy".split(), 3),
    **dict.fromkeys("hi bn ta te mr pa gu ur fa".split(), 2),
    **dict.fromkeys("ar he".split(), 1),
}
"""Letters at the end of a word that its forms may change: the longest ending in the paradigms of
nouns and adjectives of the family (Germanic *-en*, Slavic *-ami*, Romance *-aux*, Uralic and
Turkic change only the last letters and add). One in three letters at most."""

ARTICLES: Mapping[str, str] = {"ar": "ال", "he": "ה"}
"""Definite articles that are written together with their word. Before it a preposition takes their
place, as in *للقالب*, and a word with a pronoun has none (Ryding, *A Reference Grammar of Modern
Standard Arabic*, chapter 7; Glinert, *The Grammar of Modern Hebrew*, chapter 2)."""

MOST_NAME_ENDING: Mapping[str, int] = {
    "": 4,
    **dict.fromkeys("sl hr sr bs mk cs sk pl ru uk be bg".split(), 6),
    **dict.fromkeys("fi et hu tr az kk ky uz tk eu ka ko".split(), 12),
}
"""Letters that may follow a name: in Slavic those of its possessive adjective, as in
*Kettlerjevimi* (*-jev-* and *-imi*; Toporišič, *Slovenska slovnica*); Uralic and Turkic
languages, Basque, Georgian and Korean add ending to ending (WALS Online, chapter 22)."""

COMPOUNDING = frozenset("de nl sv da nb nn is af fy fi et hu ar he sw".split())
"""Languages in which a term may be a part of a longer word: compounds (Germanic, Finnic), and
prefixes that are written together (Semitic, Bantu)."""
