"""The promises, over real articles and generated text; each test's name is its promise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles import (
    ALL_EXTENSIONS,
    EXTENSIONS,
    articles,
    find_articles,
    find_english,
    find_histories,
    grammar,
    inline_texts,
)
from bitext.encoding import decode_article
from bitext.extract import Source, template_text
from bitext.markdown import segment_rule
from bitext.markdown.cutting import (
    Cutting,
    FindCuts,
    NormalToken,
    PieceKind,
    Shape,
    cut_block,
    gap_tokens,
    has_words,
    normal_form,
)
from bitext.markdown.glance import has_simple_words, is_seam_safe, simple_link_label
from bitext.markdown.localize import LocalSegment, localized_tokens
from bitext.markdown.lookup import inert_html
from bitext.po import parse, serialize
from bitext.segments import read_article
from bitext.settings import Settings
from catalogs import run_gettext

SETTINGS = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(SETTINGS, max_examples=1200)
SOME = settings(SETTINGS, max_examples=300)
GRAMMARS = pytest.mark.parametrize(
    "extensions", [(), EXTENSIONS, ALL_EXTENSIONS], ids=["none", "ours", "all"]
)


def environment() -> EnvType:
    """Return the environment of an article that defines ``[X]`` and ``[^1]``."""
    footnotes: EnvType = {"refs": {":1": -1}, "list": {}}
    return {"references": {"X": {"href": "x", "title": ""}}, "footnotes": footnotes}


class Inline:
    """Parses inline text in an article's environment, which it leaves as it is."""

    def __init__(self, md: MarkdownIt, env: EnvType) -> None:
        self._md, self._env = md, env

    def __call__(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        self._md.inline.parse(text, self._md, self.scratch(text), tokens)
        return tokens

    def scratch(self, text: str) -> EnvType:
        if "[^" not in text:
            return self._env
        notes = {key: dict(value) for key, value in self._env.get("footnotes", {}).items()}
        notes["list"] = {key: dict(value) for key, value in notes.get("list", {}).items()}
        return {**self._env, "footnotes": notes}


class Witness:
    """Stands in for `cut_block`: tries each block it sees, in its article's environment."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, text: str, md: MarkdownIt, env: EnvType, find_cuts: FindCuts) -> Cutting:
        cutting = cut_block(text, md, env, find_cuts)
        if text not in self.seen:
            self.seen.add(text)
            try_cutting(cutting, Inline(md, env))
            try_glances(text, Inline(md, env), find_cuts)
            try_echo(cutting, md, env)
        return cutting


def try_cutting(cutting: Cutting, parse: Inline) -> None:
    """Assert what holds for each block that was cut."""
    assert "".join(piece.text for piece in cutting.pieces) == (
        cutting.text if not cutting.text.isspace() else ""
    ), "tile"
    kinds = [piece.kind for piece in cutting.pieces]
    assert all(kind is PieceKind.GAP for kind in kinds[1::2] if cutting.shape is Shape.TEXT)
    assert PieceKind.GAP not in kinds[::2]
    for piece in cutting.pieces:
        assert piece.text.strip() or piece.kind is not PieceKind.SEGMENT
    if len(kinds) > 1:
        whole = parse(cutting.text)
        assert joined(cutting, parse) == inner(cutting, whole), f"seam: {cutting.text!r}"
        assert normal_form(parse(cutting.text)) == normal_form(whole), "parsing leaves no trace"


def try_echo(cutting: Cutting, md: MarkdownIt, env: EnvType) -> None:
    """Assert that English, and English as its own translation, are the block parsed whole."""
    if not cutting.segments or any(text != text.strip() for text in cutting.segments):
        return
    whole = shown(cutting, Inline(md, env)(cutting.text))
    for texts in ([""] * len(cutting.segments), cutting.segments):
        segments = [LocalSegment(f"137fa-{n}", text) for n, text in enumerate(texts, 101)]
        localized = localized_tokens(cutting, segments, md, Inline(md, env).scratch(cutting.text))
        assert not localized.warnings, cutting.text
        assert shown(cutting, localized.tokens) == whole, f"echo: {cutting.text!r}"
        opened = [token.meta["id"] for token in localized.tokens if token.type == "segment_open"]
        if cutting.shape is not Shape.IMAGE:
            assert opened == [segment.id for segment in segments]


def shown(cutting: Cutting, tokens: list[Token]) -> list[NormalToken]:
    """Return a block's tokens as a page shows them: white space counts once, sentences not."""
    space = Token("text", "", 0, content=" ")
    kept = [space if token.type == "softbreak" else token for token in tokens]
    normal = normal_form(token for token in kept if not token.type.startswith("segment_"))
    found = list(map(_squeeze, normal))
    if cutting.shape is Shape.LINK:
        label = [found[1]._replace(content=found[1].content.lstrip()), *found[2:-1]]
        label[-1] = label[-1]._replace(content=label[-1].content.rstrip())
        found[1:-1] = [token for token in label if token.content or token.type != "text"]
    return found


def _squeeze(token: NormalToken) -> NormalToken:
    alt = "".join(child.content or " " for child in token.children)
    attributes = tuple((name, " ".join(value.split())) for name, value in token.attributes)
    content = re.sub(r"\s+", " ", alt or token.content)
    content = content.strip() if token.type in ("image", "code_inline") else content
    return token._replace(content=content, attributes=attributes, children=())


def inner(cutting: Cutting, whole: list[Token]) -> list[NormalToken]:
    """Return the tokens of a whole block: of a block that is one link or image, its words'."""
    if cutting.shape is Shape.LINK:
        assert (whole[0].type, whole[-1].type) == ("link_open", "link_close")
        return normal_form(whole[1:-1])
    if cutting.shape is Shape.IMAGE:
        assert [token.type for token in whole] == ["image"]
        return normal_form(whole[0].children or [])
    return normal_form(whole)


def joined(cutting: Cutting, parse: Inline) -> list[NormalToken]:
    """Return the tokens of a block's pieces, joined."""
    if cutting.shape is not Shape.TEXT:
        before, words, after = (piece.text for piece in cutting.pieces)
        lead = before.removeprefix("!").removeprefix("[")
        return normal_form(parse(lead + words + after[: len(after) - len(after.lstrip())]))
    tokens: list[Token] = []
    for piece in cutting.pieces:
        tokens += gap_tokens(piece.text) if piece.kind is PieceKind.GAP else parse(piece.text)
    return normal_form(tokens)


def try_glances(text: str, parse: Inline, find_cuts: FindCuts) -> None:
    """Assert that what is said at a glance is what the parser says."""
    whole = parse(text)
    words = has_simple_words(text)
    assert words is None or words == has_words(whole), f"words: {text!r}"
    label = simple_link_label(text) if words else ""
    if label:
        assert (whole[0].type, whole[-1].type) == ("link_open", "link_close"), text
        assert normal_form(whole[1:-1]) == normal_form(parse(label)), text
        assert sum(token.type == "link_open" for token in whole) == 1
    parts = split_at(text, find_cuts(text))
    if is_seam_safe(parts):
        apart = [parse(part) if n % 2 == 0 else gap_tokens(part) for n, part in enumerate(parts)]
        assert normal_form(chain.from_iterable(apart)) == normal_form(whole), f"seam: {text!r}"


def split_at(text: str, cuts: Sequence[tuple[int, int]]) -> list[str]:
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> Witness:
    """Try every block of each article that is read during the test."""
    found = Witness()
    monkeypatch.setattr(segment_rule, "cut_block", found)
    return found


@pytest.mark.parametrize(
    ("extensions", "every"),
    [(EXTENSIONS, 1), (ALL_EXTENSIONS, 5), ((), 5)],
    ids=["ours", "all", "none"],
)
def test_tile_seam_and_glance_of_english(
    corpora: Path, history: Path, witness: Witness, extensions: tuple[str, ...], every: int
) -> None:
    for _, text in find_english(corpora, history, every=every):
        read_article("a.md", text, grammar(*extensions))
    assert len(witness.seen) > 15_000 / every


@pytest.mark.parametrize(
    "folder", ["alchemy/sl-SI", "alchemy/ja-JP", "nuget/de-DE", "quantum/ja-JP"]
)
def test_tile_seam_and_glance_of_side_by_side_articles(
    corpora: Path, witness: Witness, folder: str
) -> None:
    for _, text in find_articles(corpora / folder, every=12):
        read_article("a.md", text, grammar(*EXTENSIONS))
    assert len(witness.seen) > 500


@GRAMMARS
@MANY
@given(text=inline_texts())
def test_tile_seam_and_glance_of_nasty_text(extensions: tuple[str, ...], text: str) -> None:
    reader = grammar(*extensions)
    env = environment()
    parse = Inline(reader.parser, env)
    cutting = cut_block(text, reader.parser, env, reader.find_cuts)
    try_cutting(cutting, parse)
    try_glances(text, parse, reader.find_cuts)
    try_echo(cutting, reader.parser, env)
    assert env == environment()


DECEIVING = (
    *(
        "[x](a\x01b)",
        "[x](a\x7fb)",
        "[x](a%20b)",
        "[x](a&amp;b)",
        "[^1](x)",
        "[`](` x](y)",
        "[x]()",
    ),
    *("&nbsp;", "a@b.org", "www.a.org", "https://a.org", "[www.a.org](x)", "[a@b.org](x)"),
    *("$2*3$. \\", "](x)e.g.\u00a0www.a.org", "www.a.org.\\\n**@", ". \\\n\x0ca@b.org"),
    *("$2*3$\\[^](<a b>).  \n.\na@b.org`", "``](<a b>)[^[^1](x)[^1]: {{  \nhttps://a.org/b. !. \n"),
    *("*a. B*", "**a. B**", "_a. B_", "*a** b. C*", "2*3. Or 4*5", "a_b_c. D_e", "*a*. *B*"),
    *("<b>a. B</b>", "`a. B`", "``a. B`` `c", "![a. B](c)", "[a. B][X]", "{{ a. B }}", "~~a. B~~"),
    *(
        "**a  \nb**",
        "a\\\\\nb",
        "One.\u00a0\nTwo. Three",
        "! \\\n1a! **`a{{#i}{ref}**a}}[^1](x)****",
    ),
)
"""Texts that a glance, or a cut, once got wrong, and their likes."""


@GRAMMARS
@pytest.mark.parametrize("text", DECEIVING, ids=ascii)
def test_tile_seam_and_glance_of_deceiving_text(extensions: tuple[str, ...], text: str) -> None:
    reader = grammar(*extensions)
    Witness()(text.strip(), reader.parser, environment(), reader.find_cuts)


@GRAMMARS
@SOME
@given(text=articles())
def test_tile_seam_and_glance_of_nasty_articles(extensions: tuple[str, ...], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_rule, "cut_block", Witness())
        read_article("a.md", text, grammar(*extensions))


# From article to POT and back


PLAIN = Settings(myst_extensions=EXTENSIONS)


def pot_of(text: str, pot: str = "") -> str:
    source = Source("a.md", text, pot, prefix="137fa")
    return template_text(source, grammar(*EXTENSIONS), PLAIN)


def raws(pot: str) -> dict[str | None, tuple[str | None, str]]:
    """Return bytes and English of each entry by its ID."""
    return {entry.msgctxt: (entry.raw, entry.msgid) for entry in parse(pot).entries}


@SOME
@given(text=articles())
def test_idempotence_of_nasty_articles(text: str) -> None:
    pot = pot_of(text)
    assert pot_of(text, pot) == pot, "a second run writes nothing"
    if pot:
        assert serialize(parse(pot)) == pot, "lossless"
        found = [entry.msgid for entry in parse(pot).entries]
        assert found == read_article("a.md", text, grammar(*EXTENSIONS)).texts
        assert all(found)


def test_idempotence_and_lossless_catalogs_of_english(corpora: Path, history: Path) -> None:
    for path, text in find_english(corpora, history, every=3):
        pot = pot_of(text)
        assert pot_of(text, pot) == pot, path
        assert not pot or serialize(parse(pot)) == pot, path


def test_msgfmt_accepts_what_is_extracted(corpora: Path) -> None:
    for _, text in find_articles(corpora / "myst"):
        pot = pot_of(text)
        if pot:
            run_gettext("msgfmt", "--check-format", "--output-file=/dev/null", text=pot)


def test_stability_of_english(corpora: Path) -> None:
    """Edit one sentence: its entry changes and keeps its ID, and no other changes a byte."""
    tried = 0
    for path, text in find_articles(corpora / "nuget/en-US", every=3):
        place = text.find(" the ", len(text) // 2)
        if place < 0:
            continue
        before = pot_of(text)
        after = raws(pot_of(f"{text[:place]} that very {text[place + 5 :]}", before))
        known = raws(before)
        changed = {key for key in known if known[key] != after.get(key)}
        edits = {key for key in changed if key in after and known[key][1] != after[key][1]}
        is_prose = len(edits) == 1 and known.keys() == after.keys()
        tried += is_prose
        assert not is_prose or len(changed) == 1 or "heading" in (known[edits.pop()][0] or ""), path
    assert tried > 60


def test_ids_live_through_all_versions_of_real_articles(history: Path) -> None:
    """An unchanged sentence keeps its ID, and no ID is ever given to two sentences."""
    revisions = 0
    for file, versions in islice(find_histories(history), 0, None, 12):
        pot, retired = "", set[str | None]()
        for text in versions:
            new = pot_of(text, pot)
            before, after = (_ids(each) for each in (pot, new))
            assert not retired & after.keys(), file
            retired |= before.keys() - after.keys()
            kept = Counter(before.values()) & Counter(after.values())
            same = Counter(text for key, text in after.items() if before.get(key) == text)
            assert same == kept, f"{file}: an unchanged sentence lost its ID"
            pot, revisions = new, revisions + 1
    assert revisions > 300


def _ids(pot: str) -> dict[str | None, str]:
    return {entry.msgctxt: entry.msgid for entry in parse(pot).entries} if pot else {}


# Hostile input


ODD = {
    "byte order mark": "\ufeff# One\n\nTwo. Three.\n",
    "Windows": "# One\r\n\r\nTwo.\r\nThree.\r\n",
    "old Mac": "# One\r\rTwo.\rThree.\r",
    "no line end": "# One\n\nTwo. Three.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_bytes_of_any_system_give_the_same_sentences(text: str) -> None:
    decoded = decode_article(text.encode(), "a.md")
    assert read_article("a.md", decoded, grammar()).texts == ["One", "Two.", "Three."]


@pytest.mark.parametrize(
    "odd", ["\0", "\x0c", "\x0b", "\x1c", "\x85", "\u2028", "\u2029", "\u200b"]
)
def test_odd_characters_end_neither_lines_nor_blocks(odd: str) -> None:
    text = f"---\ntitle: On{odd}e\n---\n\n# He{odd}ad\n\nSave{odd}it. Then go.\n\n- It{odd}em\n"
    blocks = [read.block for read in read_article("a.md", text, grammar()).blocks]
    body = [block for block in blocks if block.label != "title"]
    assert [block.line for block in body] == [5, 7, 9]
    found = [segment for block in body for segment in block.segments]
    shown_as = "\ufffd" if odd == "\0" else odd
    assert found == [f"He{shown_as}ad", f"Save{shown_as}it.", "Then go.", f"It{shown_as}em"]
    text = text.replace(f"On{odd}e", "One")  # YAML has its own mind about the others
    pot = pot_of(text)
    assert pot_of(text, pot) == pot
    assert serialize(parse(pot)) == pot


def nested(marker: str, name: str, depth: int) -> str:
    """Return directives in one another."""
    opened = [f"{marker * (depth + 3 - level)}{name}" for level in range(depth)]
    return "\n".join([*opened, "Text.", *(marker * (4 + level) for level in range(depth))])


HUGE = {
    "asterisks": "*" * 1_000_000,
    "backticks": "`" * 1_000_000,
    "a word and backticks": "A " + "`" * 1_000_000,
    "quotes": ">" * 1_000_000,
    "list markers": "- " * 500_000,
    "one word": "a" * 1_000_000,
    "brackets": "[" * 20_000,
    "a word and brackets": "A " + "[" * 20_000,
    "nested images": "![" * 600 + "a" + "](x)" * 600,
    "nested emphasis": "*a " * 600 + "a*" * 600,
    "nested HTML": "<div>" + "<b>" * 20_000 + "a" + "</b>" * 20_000,
    "nested quotes": "\n".join("> " * level + "a" for level in range(100)),
    "nested directives": nested("`", "{note}", 300),
    "nested colon fences": nested(":", "{note}", 300),
}


@pytest.mark.parametrize("text", HUGE.values(), ids=list(HUGE))
def test_huge_articles_are_read(text: str) -> None:
    article = read_article("a.md", f"First.\n\n{text}\n", grammar(*EXTENSIONS))
    assert article.texts[0] == "First."


UNITS = {
    "prose": "Save the file. Then *restart* the `server`. ",
    "links": "[Save. It](a) and ",
    "code with stops": "`a. B` and ",
    "lone backticks": "Save `it. ",
    "lone asterisks": "Save *it. ",
    "brackets": "[",
    "image starts": "![",
    "link ends": "](",
    "escapes": "\\",
    "braces": "{",
    "dollars": "$",
    "roles": "{a}`b` ",
    "entities": "&amp; ",
    "line ends": "a  \n",
    "tag starts": "<a ",
    "unclosed attributes": '<a b="',
    "declarations": "<!",
    "processing instructions": "<?",
    "comments": "<!--",
    "marks": "<!-- bitext: skip -->\n",
    "line comments": "% bitext: off\n",
    "rows": "a | ",
    "list items": "- a\n",
    "headings": "# a\n",
    "definitions": "[a]: b\n",
    "spaces": " ",
    "tabs": "\t",
}


@pytest.mark.parametrize("head", ["", "A ", "<div>"], ids=["bare", "word", "html"])
@pytest.mark.parametrize("unit", UNITS.values(), ids=list(UNITS))
def test_time_grows_with_length_only(unit: str, head: str) -> None:
    def seconds(length: int) -> float:
        text = f"{head}{unit * (length // len(unit))} b\nc"
        times = []
        for _ in range(2):
            begin = process_time()
            read_article("a.md", text, grammar(*EXTENSIONS))
            times.append(process_time() - begin)
        return min(times)

    assert seconds(6_000) < 6 * 3 * seconds(1_000) + 0.05


def test_time_of_a_roles_text_grows_with_length_only() -> None:
    def seconds(length: int) -> float:
        token = Token("myst_role", "", 0, content="a" + " " * length + "b")
        begin = process_time()
        inert_html([token])
        return process_time() - begin

    assert seconds(3_000) < 0.05 + 10 * seconds(300)
