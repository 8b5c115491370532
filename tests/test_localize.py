"""One article in one language, as a page shows it: which translation, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from markdown_it.rules_core import StateCore, linkify
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles import EXTENSIONS, grammar
from bitext.localization import Catalogs, Localization, localize
from bitext.markdown.cutting import cut_block
from bitext.markdown.localize import LocalizedTokens, LocalSegment, localized_tokens
from bitext.markdown.segment_rule import BlockKey, Found, find_localized
from bitext.memory import make_memory
from bitext.model import State
from bitext.po import Catalog
from bitext.segments import read_article
from catalogs import catalog

# The sentences of one block


def environment() -> EnvType:
    return {"references": {"X": {"href": "x.md", "title": ""}}}


def localized(
    text: str, *translations: str, state: State | None = State.TRANSLATED
) -> LocalizedTokens:
    """Return the tokens of a block whose sentences have these translations."""
    reader = grammar(*EXTENSIONS)
    cutting = cut_block(text, reader.parser, environment(), reader.find_cuts)
    assert len(cutting.segments) == len(translations)
    segments = [
        LocalSegment(f"137fa-{number}", translation, state if translation else State.UNTRANSLATED)
        for number, translation in enumerate(translations, 101)
    ]
    return localized_tokens(cutting, segments, reader.parser, environment())


def show(tokens: Sequence[Token]) -> str:
    """Return tokens as a line: sentences in «», links and images in brackets."""
    shown = {
        "segment_close": "»",
        "link_close": ")",
        "softbreak": "⏎",
        "hardbreak": "⏎⏎",
        "em_open": "<em>",
        "em_close": "</em>",
    }
    parts: list[str] = []
    for token in tokens:
        if token.type == "segment_open":
            lookup = f"{token.meta['lookup']}|" if token.meta["lookup"] else ""
            parts.append(f"«{token.meta['id'][-3:]} {lookup}")
        elif token.type == "link_open":
            parts.append(f"({token.attrs['href']} ")
        elif token.type == "image":
            parts.append(f"[{token.attrs['src']} {show(token.children or [])}]")
        else:
            parts.append(shown.get(token.type, token.content))
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "translations", "shown"),
    [
        ("One. Two.", ("", ""), "«101 One.» «102 Two.»"),
        ("One. Two.", ("Ena.", ""), "«101 One.|Ena.» «102 Two.»"),
        ("One.\nTwo.", ("Ena.", "Dve."), "«101 One.|Ena.»⏎«102 Two.|Dve.»"),
        ("One  \nTwo", ("Ena", "Dve"), "«101 One|Ena»⏎⏎«102 Two|Dve»"),
        ("One\\\nTwo", ("Ena", "Dve"), "«101 One|Ena»⏎⏎«102 Two|Dve»"),
        ("*One* 2*3.", ("*Ena* 2*3.",), "«101 <em>One</em> 2*3.|<em>Ena</em> 2*3.»"),
        ("One. `code`. Two.", ("Ena.", "Dve."), "«101 One.|Ena.» code. «102 Two.|Dve.»"),
        ("One. 2024. Two", ("Ena. Drugi.", ""), "«101 One.|Ena. Drugi.» 2024. «102 Two»"),
        ("[One](a.md)", ("",), "(a.md «101 One»)"),
        ("[One](a.md)", ("Ena",), "(a.md «101 One|Ena»)"),
        ("[ One ](a.md)", (" Ena ",), "(a.md «101 One|Ena»)"),
        ("[One](a.md)", ("Glejte [ena](a.md) tu",), "«101 One|Glejte (a.md ena) tu»"),
        ("[X]", ("Iks",), "(x.md «101 X|Iks»)"),
        ("![One](a.png)", ("",), "[a.png One]"),
        ("![One](a.png)", ("*Ena*",), "[a.png <em>Ena</em>]"),
        (
            "One [X] two",
            ("Ena [iks][X] dve",),
            '«101 One <span data-link="0">X</span> two|Ena (x.md iks) dve»',
        ),
        ("One", ("Ena  \ndve",), "«101 One|Ena⏎⏎dve»"),
        ("See <!-- a\nb -->", ("Glejte <!-- a b -->",), "«101 See |Glejte <!-- a b -->»"),
    ],
)
def test_sentences_in_their_languages(text: str, translations: Sequence[str], shown: str) -> None:
    found = localized(text, *translations)
    assert show(found.tokens) == shown
    assert found.warnings == []


@pytest.mark.parametrize(
    ("text", "translation", "shown", "use"),
    [
        ("One", "[ena](a.md)", "«101 One|[ena](a.md)»", "link to 'a.md'"),
        ("One", "{download}`a`", "«101 One|{download}`a`»", "role {download} with 'a'"),
        ("[One](a.md)", "[ena](b.md)", "(a.md «101 One|[ena](b.md)»)", "link to 'b.md'"),
        ("![One](a.png)", "<b>", "[a.png <b>]", "HTML <b>"),
    ],
)
def test_what_english_does_not_use_is_shown_as_text(
    text: str, translation: str, shown: str, use: str
) -> None:
    found = localized(text, translation)
    assert show(found.tokens) == shown
    message = f"its translation uses {use}, its English does not; it is shown as text"
    assert found.warnings == [("137fa-101", message)]


@pytest.mark.parametrize(
    ("text", "translation", "shown", "stray"),
    [
        ("One", "- Ena\n# | dve", "«101 One|- Ena # | dve»", "'-' at its start"),
        ("One", "# Ena", "«101 One|# Ena»", "'#' at its start"),
        ("One", "1. Ena", "«101 One|1. Ena»", "'1.' at its start"),
        ("In 12024", "2024) Ena", "«101 In 12024|2024) Ena»", "'2024)' at its start"),
        ("One", "Ena\n  # dve", "«101 One|Ena # dve»", "'#' at the start of a line"),
        ("One", "**Ena", "«101 One|**Ena»", "a lone '**'"),
        ("One", "{{ ena", "«101 One|{{ ena»", "a lone '{{'"),
        ("One", "ena {.b c=d} dve", "«101 One|ena {.b c=d} dve»", "a lone '{.b'"),
        ("One", "ena <b dve", "«101 One|ena <b dve»", "a lone '<b'"),
        ("One", "[ena](JavaScript:x)", "«101 One|[ena](JavaScript:x)»", "link to 'JavaScript:'"),
        (
            "One",
            "[ena](&#106;avascript:x)",
            "«101 One|[ena](javascript:x)»",
            "link to 'javascript:'",
        ),
        ("One", "ena | dve", "«101 One|ena | dve»", "a lone '|'"),
        ("One", "ena &#x202e; dve", "«101 One|ena &#x202e; dve»", "the character U+202E"),
    ],
)
def test_markup_that_comes_to_nothing_is_warned_of(
    text: str, translation: str, shown: str, stray: str
) -> None:
    found = localized(text, translation)
    assert show(found.tokens) == shown
    message = f"its translation uses {stray}, its English does not; it is shown as text"
    assert found.warnings == [("137fa-101", message)]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("In 2024 we did.", "2024. leta smo."),
        ("On November 24", "24. novembra"),
        ("Step 1: go", "1. korak: pojdite"),
        ("See the 3rd step", "3. korak"),
        ("\\# One", "# Ena"),
        ("First step", "1\\. korak"),
        ("One is less", "x < y, \\<b, `<b>`, &lt;b"),
        ("Is a <b ?", "Je a <b ?"),
        ("Off by half", "%50 indirim"),
        ("- a", "- b"),
        ("Say 2 ** 3", "2 ** 3 je 8"),
        ("One", "\\*\\* ena \\`"),
    ],
)
def test_text_that_only_looks_like_markup_is_text(text: str, translation: str) -> None:
    assert localized(text, translation).warnings == []


@pytest.mark.parametrize("translation", ["", "Na www.a.org"])
def test_no_address_is_a_link_inside_of_a_link(translation: str) -> None:
    reader = grammar("linkify")
    cutting = cut_block("[Go to b.org](a.md)", reader.parser, {}, reader.find_cuts)
    segments = [LocalSegment("137fa-101", translation, State.TRANSLATED)]
    found = localized_tokens(cutting, segments, reader.parser, {})
    inline = Token("inline", "", 0, content=cutting.text, children=found.tokens)
    linkify(StateCore(cutting.text, reader.parser, {}, [inline]))
    assert [token.type for token in inline.children or []].count("link_open") == 1
    assert found.warnings == []


@pytest.mark.parametrize(
    ("text", "translations", "shown"),
    [
        ("One. Two.", ("一。", "二。"), "一。二。"),
        ("[One.](a.md) *Two.*", ("[一。](a.md)", "*二。*"), "一。二。"),
        ("One.\nTwo.", ("一。", ""), "一。Two."),
        ("One? Two.", ("", "二。"), "One? 二。"),
        ("One? Two.", ("**一**?", "Two."), "一? Two."),
        ("One? `two`. Three.", ("一？", "三。"), "一？two. 三。"),
        ("One. ![Two](a.png) three.", ("一。", "![二](a.png)三。"), "一。三。"),
        ("One.  \nTwo.", ("一。", "二。"), "一。⏎⏎二。"),
    ],
)
def test_only_writing_without_spaces_is_joined_without(
    text: str, translations: Sequence[str], shown: str
) -> None:
    found = localized(text, *translations).tokens
    parts = (_JOINED.get(token.type, token.content) for token in found)
    assert "".join(parts) == shown


_JOINED = {"softbreak": " ", "hardbreak": "⏎⏎", "image": ""}


def test_a_gap_beside_english_in_place_of_a_stale_translation_stays() -> None:
    found = localized("One? Two.", "[一。](https://a.org)", "", state=State.STALE)
    assert show(found.tokens) == "«101 One?» «102 Two.»"


def test_a_stale_translation_with_a_lost_link_gives_way_to_english() -> None:
    found = localized("[One](new.md) two", "[Ena](old.md) dve", state=State.STALE)
    assert (show(found.tokens), found.warnings) == ("«101 (new.md One) two»", [])


def test_a_sentence_without_an_id_stands_in_no_segment() -> None:
    reader = grammar()
    cutting = cut_block("One. Two.", reader.parser, {}, reader.find_cuts)
    segments = [LocalSegment(""), LocalSegment("137fa-101", "Dve.")]
    found = localized_tokens(cutting, segments, reader.parser, {})
    assert show(found.tokens) == "One. «101 Two.|Dve.»"


def test_a_block_that_is_shown_again_takes_the_sentences_of_its_last() -> None:
    first, second = (LocalSegment("137fa-101"),), (LocalSegment("137fa-102"),)
    blocks = {BlockKey("x", 0): first, BlockKey("x", 1): second, BlockKey("Save", 0): first}
    found = [find_localized(blocks, found_at("x", ordinal)) for ordinal in (0, 1, 2, 5_000)]
    assert found == [first, second, second, second]
    assert find_localized(blocks, found_at("y", 5_000)) == ()
    assert find_localized(blocks, found_at("Save. Then", 0)) == ()


def found_at(text: str, ordinal: int) -> Found:
    cutting = cut_block(text, grammar().parser, environment(), grammar().find_cuts)
    return Found(BlockKey(text.partition(".")[0], ordinal), cutting, "")


# An article and its catalogs

ARTICLE = """\
---
title: The guide. For all
---

Save the file. Restart.

- Save the file.

```{toctree}
The *start* <a>
```
"""
ENGLISH = ("The guide.", "For all", "Save the file.", "Restart.", "Save the file.", "The *start*")
TEMPLATE = catalog(
    "\n\n".join(
        f'msgctxt "137fa-{number}"\nmsgid "{text}"\nmsgstr ""'
        for number, text in enumerate(ENGLISH, 101)
    )
)


def po(*rows: tuple[int, str, str], before: str = "") -> Catalog:
    return catalog(
        "\n\n".join(
            f'{before}msgctxt "137fa-{number}"\nmsgid "{english}"\nmsgstr "{translation}"'
            for number, english, translation in rows
        )
    )


def page(
    po: Catalog | None = None,
    *,
    text: str = ARTICLE,
    tag: str = "sl-SI",
    stale: str = "show",
    memory: Sequence[Catalog] = (),
) -> Localization:
    article = read_article("a.md", text, grammar())
    catalogs = Catalogs(TEMPLATE, po, lambda: make_memory(memory))
    return localize(article, catalogs, tag=tag, stale=stale)


def test_repeated_sentences_have_entries_of_their_own() -> None:
    found = page(po((103, "Save the file.", "Shranite."), (105, "Save the file.", "Shrani.")))
    assert found.blocks == {
        BlockKey("Save the file. Restart.", 0): [
            LocalSegment("137fa-103", "Shranite.", State.TRANSLATED),
            LocalSegment("137fa-104"),
        ],
        BlockKey("Save the file.", 0): [LocalSegment("137fa-105", "Shrani.", State.TRANSLATED)],
    }
    assert found.unknown == 0


def test_texts_that_are_not_parsed_are_translated_whole() -> None:
    found = page(po((101, "The guide.", "Vodnik."), (106, "The *start*", "*Začetek*")))
    assert found.front_matter == {("title", "The guide. For all"): "Vodnik. For all"}
    assert found.strings == {"The *start*": "*Začetek*"}


def test_a_repeated_sentence_is_filled_from_the_memory() -> None:
    memory = po((103, "Save the file.", "Shranite."))
    (segment,) = page(memory, memory=[memory]).blocks[BlockKey("Save the file.", 0)]
    assert segment == LocalSegment("137fa-105", "Shranite.", State.TRANSLATED)


def test_a_proposal_is_never_shown() -> None:
    memory = po((103, "Save the file.", "Shranite."), (105, "Save the file.", "Shrani."))
    other = po((104, "Restart.", "Znova."))
    blocks = page(other, memory=[memory]).blocks
    assert blocks[BlockKey("Save the file.", 0)] == [LocalSegment("137fa-105")]


@pytest.mark.parametrize(
    ("before", "state"),
    [
        ('#, fuzzy\n#| msgctxt "137fa-104"\n#| msgid "Restart it."\n', State.STALE),
        ('#, fuzzy\n#| msgid "Restart it."\n', State.STALE),
        ("#, fuzzy\n", State.FUZZY),
    ],
)
def test_stale_and_doubtful_ones_are_shown_where_the_settings_say_so(
    before: str, state: State
) -> None:
    old = po((104, "Restart.", "Znova."), before=before)
    key = BlockKey("Save the file. Restart.", 0)
    assert page(old).blocks[key][1] == LocalSegment("137fa-104", "Znova.", state)
    assert page(old, stale="source").blocks[key][1] == LocalSegment("137fa-104")


def test_edited_english_makes_a_translation_stale_before_any_update() -> None:
    text = ARTICLE.replace("Restart.", "Restarts.")
    found = page(po((104, "Restart.", "Znova.")), text=text)
    segment = found.blocks[BlockKey("Save the file. Restarts.", 0)][1]
    assert segment == LocalSegment("137fa-104", "Znova.", State.STALE)


def test_a_new_sentence_has_no_id_and_is_counted() -> None:
    found = page(po((104, "Restart.", "Znova.")), text=f"{ARTICLE}\nNew words. More.\n")
    assert found.unknown == 2
    assert found.blocks[BlockKey("New words. More.", 0)] == [LocalSegment("")] * 2


def test_an_article_without_a_pot_is_english() -> None:
    article = read_article("a.md", ARTICLE, grammar())
    found = localize(article, Catalogs(None), tag="sl-SI", stale="show")
    assert found == Localization(unknown=6)


def test_the_source_language_has_ids_and_no_state() -> None:
    found = page(tag="")
    assert found.blocks[BlockKey("Save the file.", 0)] == [LocalSegment("137fa-105", state=None)]
    assert (found.strings, found.lines) == ({}, {})


def test_lines_are_those_of_the_translations_in_the_file() -> None:
    old = po((103, "Save the file.", "Shranite."), (104, "Restart.", "Znova."))
    lines = page(old).lines
    assert (lines["137fa-103"], lines["137fa-104"]) == (9, 13)
