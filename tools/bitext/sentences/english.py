"""English: its abbreviations, the words that start sentences and the words that label.

To add a word, put it in the list of its kind: the kinds are told in `rules.Word`. To add a
language, write a table like `ENGLISH` in a module of its own.
"""

from __future__ import annotations

import re

from bitext.sentences.rules import Language, Word, WordList, index_words

_CLDR = "Unicode CLDR, common/segments/en.xml (SentenceBreak suppressions)"
_CUSTOM = "common English abbreviations that CLDR's list lacks"

# CLDR also lists ordinary words (in, to, or, on, do, go, all, is, by, up, link, job, long),
# which end sentences in technical prose: they are left out.
ABBREVIATIONS = (
    WordList(
        Word.NEVER,
        "E.G E.g I.e vs VS pp PP Mr MR Mrs Ms Prof Capt Col Lt Maj Sgt Pvt Mt Approx Phys Rev Adv",
        _CLDR,
    ),
    WordList(
        Word.NEVER,
        """
        e.g eg Eg i.e I.E ie cf Cf Vs v.s viz a.k.a aka w.r.t approx ca esp Esp incl Incl excl Excl
        MRS Messrs Dr Gen Gov Sen Cmdr Hon Proc Lett Appl
        """,
        _CUSTOM,
    ),
    WordList(
        Word.MAYBE,
        """
        Etc Dept Jan Feb Mar Jun Aug Sep Sept Nov Dec Fri Comm
        a.m A.M P.M U.S U.S.A D.C Ph.D
        """,
        _CLDR,
    ),
    WordList(
        Word.MAYBE,
        """
        etc et.al al ff ibid op resp Resp Inc Ltd Corp Co Cos Bros Jr Sr Esq Univ Assn Ave Blvd
        St Rd Apr Jul Oct Mon Tue Tues Wed Thu Thur Thurs p.m U.K U.N E.U Soc Commun
        """,
        _CUSTOM,
    ),
    WordList(
        Word.MAYBE,
        "Fig fig Figs figs Eq eq Eqs eqs Sec Sect Ch Vol vol Alg Thm Lem",
        _CUSTOM,
    ),
    WordList(
        Word.NUMBERED,
        """
        No no Nos nos Nr nr p v ver Ver art Art ch sec sect ex Ex ed para par ln pt ref
        refs Ref Refs App Prop Cor
        """,
        _CUSTOM,
    ),
    WordList(
        Word.CLIPPED,
        """
        min Min max Max avg Avg std Std temp Temp ext Ext est Est misc Misc orig prev cont var
        dept lib libs pkg dir dirs env util utils func num arg args param params config
        obj init impl def diff exec abs alt cmd addr freq Math hr hrs yr yrs mo lb lbs oz ft sq Sq
        """,
        "words that technical prose clips in the middle of a sentence",
    ),
    WordList(Word.BRAND, "Yahoo Jeopardy Joomla Kahoot Yum Chips", "the owners' spelling"),
)

# The most frequent first words of sentences in three published docsets, and their like; names
# and words that are as often inside a capitalised name (Open, Will, May, Store) are left out.
STARTERS = """
    A An The This That These Those There Here It Its He She We You They I Your Our Their My
    One Two Both Each Every Either Neither Some Any All Many Most More Other Others Another
    Several Such Only No Not None Nothing Everything Everyone Anyone Someone
    If When Whenever While Where Wherever Whether Because Since Although Though Unless Until
    Once After Before During As At By For From In Inside Into On Onto Of Over Per To Under
    Upon With Within Without Between Among Across Above Below Through Throughout Despite
    Unlike Like Beyond Outside Regarding Besides Except
    And But Or So Yet Nor Then Thus Hence Therefore However Moreover Furthermore Additionally
    Also Again Otherwise Instead Likewise Similarly Alternatively Alternately Conversely
    Consequently Finally First Firstly Second Secondly Third Next Last Lastly Later Now Today
    Currently Typically Usually Generally Normally Often Sometimes Occasionally Always Never
    Optionally Specifically Unfortunately Fortunately Basically Simply Just Even Still
    Eventually Previously Recently Initially Ideally Note Notice Remember Beware Depending
    Based Due Given Assuming Suppose Provided Rather Perhaps Maybe Please Thanks Yes
    What Which Who Whose Whom Why How Is Are Was Were Do Does Did Has Have Had Can Could
    Should Would Must Might Shall Be Being Been
    Don't Doesn't Didn't Isn't Aren't Wasn't Can't Cannot Won't Couldn't Shouldn't Wouldn't
    Haven't Hasn't Let Let's See Use Using Used Uses Select Click Press Tap Choose Type Enter
    Go Check Make Made Follow Ensure Verify Review Learn Create Creates Creating Add Adds
    Adding Remove Removes Change Changes Edit Install Run Running Runs Try Find Download Read
    Set Sets Setting Get Gets Getting Keep Put Take Takes Give Gives Call Calls Copy Delete
    Specify Specifies Represents Returns Return Converts Performs Computes Provides Contains
    Allows Applies Displays Shows Indicates Determines Describes Defines Includes Prevents
    Requires Supports Means Works Defaults Implements Navigate Refer Consider Configure
    Enable Disable Restart Repeat Replace Avoid Confirm Contact Determine Locate Identify
    Wait Ask Tell Write Wrap Pass Leave Look Think Feel Want Need Having Starting Doing
    Including According Regardless Clicking Selecting
"""

LABELS = """
    Figure Fig Table Listing Example Exercise Step Chapter Section Part Appendix Question Answer
    Task Stage Phase Option Rule Theorem Lemma Definition Corollary Proposition Algorithm
    Equation Case Scenario Module Lesson Unit Lab Tip Note Volume
"""

ENGLISH = Language(
    tag="en",
    terminators=".?!…",
    words=index_words(ABBREVIATIONS),
    joints=re.compile(r"[-‐‑–—/]"),
    starters=frozenset(STARTERS.split()),
    labels=frozenset(LABELS.split()),
)
