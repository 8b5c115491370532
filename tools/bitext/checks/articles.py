"""What each check finds and what to do: the words of ``--explain`` and of the manual's article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Help(NamedTuple):
    """What a check's own value does not say."""

    what: str
    """What it finds: a phrase that follows "It finds"."""

    way: str
    """The step that resolves it, in whole sentences."""


ARTICLES: Mapping[str, Help] = {
    "po-syntax": Help(
        "a catalog that cannot be read",
        "Go to the line that the message names and mend it. Often a quotation mark inside of a text"
        " has no backslash, or git left the marks of a conflict.",
    ),
    "article-unreadable": Help(
        "an article that cannot be read", "Mend what the message names, and save the file as UTF-8."
    ),
    "po-header": Help(
        "a wrong or missing field in the header of a PO file",
        "Copy the line that the message shows into the header.",
    ),
    "po-ids": Help(
        "an entry with an ID that no article has, or that stands twice",
        "Restore the line `msgctxt` from git. If the entry is from another tool, run"
        " `bitext update`, which keeps its translation.",
    ),
    "po-behind": Help("a PO file that an update would change", "Run `bitext update`."),
    "coverage": Help(
        "a language below its required coverage",
        "Translate more, or change `min-coverage` in the settings.",
    ),
    "untranslated": Help("an entry without a translation", "Translate it."),
    "fuzzy": Help(
        "an entry with the flag `fuzzy`", "Review the translation and remove the flag `fuzzy`."
    ),
    "stale": Help(
        "an entry whose English changed",
        "Compare `#| msgid` with `msgid`, change the translation, and remove the flag `fuzzy`.",
    ),
    "not-extracted": Help(
        "a text that readers see and that no POT file holds",
        "Write the text in Markdown, or exclude it with the comment `<!-- bitext: skip -->`.",
    ),
    "learn-markup": Help(
        "a construct of Microsoft Learn that is broken or not known",
        "Close what is open, or mend the line. Each kind is named once, with its first place and"
        " the number of places.",
    ),
    "pot-behind": Help("a POT file that is behind its article", "Run `bitext gettext`."),
    "segmentation-old": Help(
        "an article that is cut by other rules than those of the project",
        "Nothing has to be done. To cut it by the new rules, run `bitext gettext --resegment`.",
    ),
    "po-orphan": Help(
        "a PO file whose article is gone",
        "Delete the file, or keep it as a memory of old translations.",
    ),
    "language-unlisted": Help(
        "a folder of PO files in a language that the settings do not list",
        "Add the language to `languages` in `pyproject.toml`, or delete the folder.",
    ),
    "only-space": Help("a translation of white space", "Translate the entry, or empty it."),
    "code-changed": Help(
        "code that is missing, changed or new", "Copy the code from the English sentence."
    ),
    "link-targets": Help(
        "a link that is missing, new or leads elsewhere",
        "Copy the target of the link from the English sentence. A locale in the address, such as"
        " `en-us`, may be another one. If a page of your language has another address, waive the"
        " finding.",
    ),
    "images-changed": Help(
        "an image that is missing, new or another one",
        "Copy the image from the English sentence, and translate only its alt text.",
    ),
    "footnotes-changed": Help(
        "a footnote that is missing or new", "Copy the mark of the footnote, such as `[^1]`."
    ),
    "roles-changed": Help(
        "a role with another name or target",
        "Copy the name and the target of the role, and translate only its text.",
    ),
    "substitutions-changed": Help(
        "a substitution that is missing or has another name",
        "Copy the substitution with its braces.",
    ),
    "math-changed": Help("a formula that is not that of the English", "Copy the formula."),
    "html-changed": Help(
        "an HTML tag that is missing, changed or new",
        "Copy the tags, and translate only `alt`, `title` and `aria-label`.",
    ),
    "empty-link": Help(
        "a link without words", "Write the text of the link between its square brackets."
    ),
    "markup-added": Help(
        "markup that the English does not use",
        "Take the markup out, or put a backslash before it.",
    ),
    "stray-markup": Help(
        "markup that the page shows as text",
        "Complete the markup: no space may stand inside of `**`, or between `]` and `(`. If the"
        " sign is meant, put a backslash before it.",
    ),
    "characters": Help(
        "a character that is lost, garbled or invisible",
        "Type the word again. An editor that saves UTF-8 keeps it.",
    ),
    "wrong-script": Help(
        "a letter or a word of another alphabet",
        "Type the word again with the keyboard of your language.",
    ),
    "machine-leftover": Help(
        "what machine translation leaves behind: repetitions, its own tokens, its own remarks",
        "Compare with the English sentence and translate it again.",
    ),
    "do-not-translate": Help(
        "a name that `terms.csv` keeps as it is, and that the translation changed",
        "Write the name as the English does. An ending may follow it.",
    ),
    "escape-lost": Help(
        "emphasis where the English shows a star or an underscore",
        "Put the backslash back before the sign.",
    ),
    "bold-lost": Help(
        "bold text that is plain in the translation",
        "Put `**` around the words that the English stresses.",
    ),
    "bold-moved": Help(
        "bold words that are plain here, while other words are bold",
        "Move the `**` to the words that the English stresses.",
    ),
    "break-lost": Help(
        "a hard line break that is missing",
        "End the line with a backslash where the English does.",
    ),
    "same-as-source": Help(
        "a translation that is the English sentence", "Translate the entry, or empty it."
    ),
    "wrong-language": Help(
        "a translation that reads as English", "Translate the sentence into your language."
    ),
    "english-left": Help(
        "English words in a row in the middle of a translation",
        "Translate them. If they are the text of a button, make them bold or put them in"
        " quotation marks.",
    ),
    "term": Help(
        "a term that is not rendered as `terms.csv` asks",
        "Use the rendering that the message names, with any ending.",
    ),
    "word-doubled": Help("a word that stands twice in a row", "Delete one of the two."),
    "numbers": Help(
        "a number that the other side does not have",
        "Compare the numbers. A number can have other marks for thousands and decimals, and a"
        " small one can be a word.",
    ),
    "spacing": Help(
        "two spaces in a row, or a space that a mark must not or must have",
        "Run `bitext check --fix`.",
    ),
    "brackets": Help(
        "a bracket without its other half", "Add the missing bracket, or delete the other one."
    ),
    "end-mark": Help(
        "another mark at the end than the English has",
        "End the sentence with the mark that the message names.",
    ),
    "end-inside": Help(
        "the end of a sentence inside of its last link or bold words",
        "Run `bitext check --fix`, which writes the mark after them.",
    ),
    "inconsistent": Help(
        "an English sentence that is translated in two ways",
        "Choose one translation. If both are right in their place, waive the finding.",
    ),
    "same-translation": Help(
        "a translation that two English sentences share",
        "Compare both entries with their English. One of them was often pasted in the wrong place.",
    ),
    "length": Help(
        "a translation that is much shorter or longer than usual",
        "See whether a part of the sentence is missing, or was added.",
    ),
    "waiver-unused": Help(
        "a waiver without a reason, or of nothing",
        "Write the reason after the name of the check, or delete the comment.",
    ),
    "site-links": Help(
        "a link of a built page to a file that there is not",
        "Mend the target of the link in the article or in the translation, and build again.",
    ),
    "site-anchors": Help(
        "a link to an anchor that there is not, or a page with other anchors than the English",
        "Take the anchor from the English page. If a translation has an anchor of its own in HTML,"
        " delete it.",
    ),
    "site-language": Help(
        "a built page whose root has a wrong `lang` or `dir`",
        "Build with `bitext build`. If the theme has templates of its own, let them take the"
        " language from Sphinx.",
    ),
    "site-hreflang": Help(
        "a page whose other languages lead elsewhere, or do not lead back",
        "Build all languages together, with `bitext build --fresh`.",
    ),
    "site-ids": Help(
        "an HTML ID that stands twice on a page",
        "Give one of the two another name in the article or in the translation.",
    ),
    "site-nested-links": Help(
        "a link inside of a link", "Take one of the two out of the article or the translation."
    ),
    "site-markup": Help(
        "signs of Markdown that a page shows as text, and the English page does not",
        "Mend the markup of the translation that the message names, and build again.",
    ),
    "site-segments": Help(
        "a sentence that a page lacks, or shows more often than the English page",
        "Build again. If the finding stays, look for HTML or a directive that swallows the"
        " sentence.",
    ),
    "site-leftover": Help(
        "a page whose article is gone, or a site whose language is gone",
        "Run `bitext build`, which removes what an earlier build wrote. If the message stays,"
        " delete the file or the folder that it names.",
    ),
    "not-offered": Help(
        "a text of an English page that belongs to no segment",
        "Write the text in Markdown in an article. If it comes from an extension, let its"
        " own catalogs translate it.",
    ),
}
"""In the order of the manual; each check has its row."""
