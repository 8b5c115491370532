"""The rule set `plain`: a reader's sense of a sentence, for our own English articles.

Where a place can be read both ways the sentence goes on: a translator loses less by two
sentences in one entry than by half a sentence.
"""

from __future__ import annotations

from bitext.sentences.english import ENGLISH
from bitext.sentences.rules import Closer, Mark, Next, Row, Rules, Word

_ASKING = (Mark.QUESTION, Mark.EXCLAMATION)

ROWS = (
    Row(
        "nothing-before",
        False,
        "A mark that opens the sentence ends nothing: '... and so on'.",
        words=(Word.FIRST,),
    ),
    Row(
        "punctuation-follows",
        False,
        "Commas, dashes, closing brackets and signs continue a sentence: '5 p.m. - 6 p.m.'.",
        nexts=(Next.PUNCTUATION,),
    ),
    Row(
        "lone-mark-before-starter",
        True,
        "Some writers put a space before the mark: 'Really ? The ...'.",
        marks=(Mark.STOP, *_ASKING),
        words=(Word.NOTHING,),
        nexts=(Next.STARTER,),
    ),
    Row(
        "lone-stop-before-capital",
        True,
        "A space typed by mistake: 'the folder . Local paths'.",
        marks=(Mark.STOP,),
        closers=(Closer.NOTHING,),
        words=(Word.NOTHING,),
        nexts=(Next.UPPER,),
    ),
    Row(
        "lone-mark",
        False,
        "The mark itself is meant: 'the ? icon', 'files that start with \".\" are hidden'.",
        words=(Word.NOTHING,),
    ),
    Row(
        "numbering",
        False,
        "A number, letter or label belongs to the sentence it opens: '1. Save', 'Figure 2. Flow'.",
        marks=(Mark.STOP,),
        words=(Word.NUMBERING, Word.LETTERING, Word.LABEL),
    ),
    Row(
        "never-ends",
        False,
        "Something always follows 'e.g.' and 'Dr.'.",
        marks=(Mark.STOP,),
        words=(Word.NEVER,),
    ),
    Row(
        "number-of",
        False,
        "'No. 5' and 'v. 2' are references.",
        marks=(Mark.STOP,),
        words=(Word.NUMBERED,),
        nexts=(Next.DIGIT,),
    ),
    Row(
        "abbreviation-in-parentheses",
        False,
        "'(tabs, spaces, etc.) The' is one sentence: its own stop is missing behind the ')'.",
        marks=(Mark.STOP,),
        closers=(Closer.PAREN,),
        words=(Word.MAYBE, Word.INITIAL, Word.DOTTED),
    ),
    Row(
        "abbreviation-before-starter",
        True,
        "A word that hardly ever stands inside a sentence with a capital: 'at 5 p.m. The'.",
        marks=(Mark.STOP,),
        words=(Word.MAYBE, Word.INITIAL, Word.DOTTED),
        nexts=(Next.STARTER,),
    ),
    Row(
        "abbreviation",
        False,
        "Otherwise an abbreviation or initial goes on: 'U.S. Government', 'J. Smith', 'etc. and'.",
        marks=(Mark.STOP,),
        words=(Word.MAYBE, Word.INITIAL, Word.DOTTED),
    ),
    Row(
        "clipped-word",
        False,
        "'max. value', 'temp. files', 'c. 3'; but 'in the lib dir. Then' ends.",
        marks=(Mark.STOP,),
        words=(Word.CLIPPED, Word.LETTER),
        nexts=(Next.LOWER, Next.DIGIT),
    ),
    Row(
        "dots-before-starter",
        True,
        "A sentence may trail off: 'Loading... The page'.",
        marks=(Mark.DOTS, Mark.ELLIPSIS),
        nexts=(Next.STARTER,),
    ),
    Row(
        "dots",
        False,
        "Mostly a command's name or an omission: 'the Open... Project command'.",
        marks=(Mark.DOTS, Mark.ELLIPSIS),
    ),
    Row(
        "two-stops",
        False,
        "A range or a folder: '0 .. 2', '.. relative'.",
        marks=(Mark.TWO_STOPS,),
        nexts=(Next.LOWER, Next.DIGIT, Next.CODE, Next.SYMBOL),
    ),
    Row(
        "after-closer-lower-case",
        False,
        "A quoted, emphasised, linked or parenthesised part: 'the \"Not found.\" message'.",
        closers=tuple(each for each in Closer if each is not Closer.NOTHING),
        nexts=(Next.LOWER,),
    ),
    Row(
        "parenthesis-before-starter",
        True,
        "Some writers end the sentence inside: 'Save it (see below.) Then'.",
        closers=(Closer.PAREN,),
        nexts=(Next.STARTER,),
    ),
    Row(
        "parenthesis",
        False,
        "A parenthesis inside the sentence ends with it, not by itself.",
        closers=(Closer.PAREN,),
    ),
    Row(
        "name-with-exclamation-mark",
        False,
        "'Yahoo! Mail'; but 'on Yahoo! The' ends.",
        marks=(Mark.EXCLAMATION,),
        words=(Word.BRAND,),
        nexts=tuple(each for each in Next if each is not Next.STARTER),
    ),
    Row(
        "asking-before-lower-case",
        False,
        "A quoted question or name goes on: 'the Are you sure? prompt'.",
        marks=_ASKING,
        nexts=(Next.LOWER,),
    ),
    Row("end", True, "Any other terminator with white space behind it ends the sentence."),
)

PLAIN = Rules(name="plain", version=1, language=ENGLISH, rows=ROWS, hard_breaks_cut=True)
