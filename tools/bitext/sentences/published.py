"""The rule set `published`: cuts as Microsoft's published side-by-side files were cut.

Measured on 183,762 cuts of 30 docset-locales; the counts are in the rows. Some words are
mistakes of that pipeline ("the next tab. By default" stays one sentence): reading published
files needs them, writing new articles does not.
"""

from __future__ import annotations

import re

from bitext.sentences.rules import (
    Closer,
    Language,
    Mark,
    Next,
    Row,
    Rules,
    Word,
    WordList,
    index_words,
)

_MEASURED = "words that never ended a sentence in the published side-by-side files"

ABBREVIATIONS = (
    WordList(
        Word.NEVER,
        """
        tab Qty vs ins out org sync admin id bins config Config Acc Prod Doc Docs Inv Invt Purch
        Depr Pmt Prepmt Disc Cr Dr Nos Bus Phys Bal Calc Excl Incl Exch Reclass Cust Trans Amt
        Ltd Fin Resp Mgt Conv Avg Ext track pp al misc approx Jan Feb Dec Vol St Fig
        doc docs stats Soc
        """,
        _MEASURED,
    ),
    WordList(Word.NEVER, "i.e e.g etc Inc", _MEASURED + ", but for a few places"),
    WordList(Word.NEVER, "Rev", "Unicode CLDR, common/segments/en.xml"),
    WordList(Word.NUMBERED, "No no", "mixed before a word; a reference before a number"),
)

ENGLISH_AS_PUBLISHED = Language(
    tag="en",
    terminators=".?!…",
    words=index_words(ABBREVIATIONS),
    joints=re.compile(r"[^\w&]"),
    labels=frozenset(("Figure", "Table")),
    sees_through=True,
)

ROWS = (
    Row("dots", False, "'...' never cuts (0 of 55).", marks=(Mark.DOTS,)),
    Row(
        "parenthesis",
        False,
        "'.)' never cuts (0 of 521).",
        closers=(Closer.PAREN, Closer.WHOLE),
    ),
    Row(
        "numbering",
        False,
        "'1. ' at the start does not cut (3 of 113), nor do 'Figure 2. ', 'Table 3. ' (7 of 92).",
        marks=(Mark.STOP,),
        words=(Word.NUMBERING, Word.LABEL),
    ),
    Row(
        "initial",
        False,
        "A capital in mid-sentence does not cut (5 of 180), but a second one, as in 'J. A. Bell',"
        " does (4 of 4), and so does one at the start (86 of 86).",
        marks=(Mark.STOP,),
        words=(Word.INITIAL,),
    ),
    Row(
        "dots-in-markup",
        False,
        "Dots never cut, nor does the stop behind them: 'select **Save as...**. (In web'.",
        marks=(Mark.STOP,),
        words=(Word.TRAILING,),
    ),
    Row(
        "lone-stop-in-quotes",
        False,
        "The character itself is meant: \"start with '.' by default\".",
        marks=(Mark.STOP,),
        closers=(Closer.QUOTE,),
        words=(Word.NOTHING,),
    ),
    Row(
        "emphasis-before-lower-case",
        False,
        "Mostly goes on ('.**' cut 183 of 543, '?**' 1 of 25), but '!**' cuts (13 of 13).",
        marks=(Mark.STOP, Mark.TWO_STOPS, Mark.ELLIPSIS, Mark.QUESTION),
        closers=(Closer.EMPHASIS,),
        nexts=(Next.LOWER,),
    ),
    Row(
        "link-before-lower-case",
        False,
        "A cut is never inside link text, nor is the text's last mark: '[What is it?](x.md) for'.",
        closers=(Closer.LINK,),
        nexts=(Next.LOWER,),
    ),
    Row(
        "quote-before-lower-case",
        False,
        "A message that trails off goes on ('..\"' and '…\"' cut 0 of 5), any other cuts (6 of 6).",
        marks=(Mark.TWO_STOPS, Mark.ELLIPSIS),
        closers=(Closer.QUOTE,),
        nexts=(Next.LOWER,),
    ),
    Row(
        "never-ends",
        False,
        "Words that never end a sentence, looked up as the last word through markup.",
        marks=(Mark.STOP,),
        words=(Word.NEVER,),
    ),
    Row(
        "number-of",
        False,
        "'No. 5' is a reference; 'No.' before a word is mixed.",
        marks=(Mark.STOP,),
        words=(Word.NUMBERED,),
        nexts=(Next.DIGIT,),
    ),
    Row("end", True, "Any other terminator cuts, whatever the next letter's case; '..' too (22)."),
)

PUBLISHED = Rules(
    name="published",
    version=2,
    language=ENGLISH_AS_PUBLISHED,
    rows=ROWS,
    hard_breaks_cut=True,
    reads_published=True,
)
