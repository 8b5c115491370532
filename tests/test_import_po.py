"""`bitext import po`: a Sphinx project's catalogs of paragraphs become ours of sentences."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from bitext.alignment import align
from bitext.foreign import read_foreign
from bitext.markdown.cutting import cut_block
from bitext.model import State
from bitext.po import Entry, parse
from bitext.segments import make_grammar
from bitext.sentences.foreign import find_candidates
from bitext.settings import Settings
from bitext.states import state_of
from foreign_po import TAGS, find_lost
from sites import bitext, edit, make_project, po, snapshot, succeed, translate, write

ARTICLE = """\
# Lamps

A lamp has a button. Press it to see. Do you see?

These pages are new. Help us.

- Read [the guide](guide.md)
- Read [the guide](guide.md)

Only here.
"""
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
THEIRS = f"""{HEADER}
#: ../../source/index.md:1
msgid "Lamps"
msgstr "Lampes"

# A comment of the translator
#: ../../source/index.md:3
msgid ""
"A lamp has a button. Press it "
"to see. Do you see?"
msgstr "Une lampe a un bouton. Appuyez dessus pour voir. Voyez-vous ?"

#: ../../source/index.md:5
msgid "These pages are new. Help us."
msgstr "Ces pages sont nouvelles, aidez-nous."

#: ../../source/index.md:7
msgid "Read [the guide](guide.md)"
msgstr "Lisez [le guide](guide.md)"

#: ../../source/other.md:3
msgid "This left. Long ago it was here."
msgstr "Ceci est parti. Il y a longtemps, c'était ici."

#, fuzzy
msgid "Only here."
msgstr "Seulement là."

msgid "Nobody did this."
msgstr ""

#~ msgid "An old one."
#~ msgstr "Un ancien."
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "project", {"index.md": ARTICLE}, languages=["fr-FR"])
    write(root / "theirs/fr/LC_MESSAGES/index.po", THEIRS)
    return root


def _entries(root: Path) -> list[Entry]:
    return list(parse(po(root, "index", "fr-FR").read_text(encoding="utf-8")).entries)


def test_paragraphs_become_sentences(root: Path) -> None:
    out = succeed(root, "import", "po", str(root / "theirs"))
    found = {e.msgid: (e.msgstr, str(state_of(e))) for e in _entries(root) if not e.is_obsolete}
    assert found == {
        "Lamps": ("Lampes", "translated"),
        "A lamp has a button.": ("Une lampe a un bouton.", "translated"),
        "Press it to see.": ("Appuyez dessus pour voir.", "translated"),
        "Do you see?": ("Voyez-vous ?", "translated"),
        "These pages are new. Help us.": ("Ces pages sont nouvelles, aidez-nous.", "translated"),
        "These pages are new.": ("", "untranslated"),
        "Help us.": ("", "untranslated"),
        "Read [the guide](guide.md)": ("Lisez [le guide](guide.md)", "translated"),
        "Only here.": ("Seulement là.", "fuzzy"),
    }
    (commented,) = [e for e in _entries(root) if e.comments and not e.is_obsolete]
    assert (commented.msgid, commented.comments) == (
        "A lamp has a button.",
        ("A comment of the translator",),
    )
    assert {(e.msgid, e.msgstr) for e in _entries(root) if e.is_obsolete} == {
        ("This left.", "Ceci est parti."),
        ("Long ago it was here.", "Il y a longtemps, c'était ici."),
        ("An old one.", "Un ancien."),
    }
    assert "fr-FR: 7 messages of 1 file\n" in out
    assert "  kept as a paragraph entry 1\n" in out
    assert "  in no article, kept for the memory 2\n" in out
    assert "  not translated there 1\n" in out


def test_a_second_import_changes_nothing(root: Path) -> None:
    succeed(root, "import", "po", str(root / "theirs"), "-q")
    before = snapshot(root)
    out = succeed(root, "import", "po", str(root / "theirs"))
    assert "  known already 7\n" in out
    assert snapshot(root) == before
    assert bitext(root, "import", "po", str(root / "theirs"), "--check").status == 0


def test_check_writes_nothing(root: Path) -> None:
    before = snapshot(root)
    assert bitext(root, "import", "po", str(root / "theirs"), "--check").status == 1
    assert snapshot(root) == before


def test_what_the_project_has_stays_and_theirs_is_kept(root: Path) -> None:
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    translate(po(root, "index", "fr-FR"), {"Press it to see.": "Pressez.", "Help us.": "Aidez."})
    out = succeed(root, "import", "po", str(root / "theirs"), "--messages")
    assert re.search(r"index\.po:1\d: translated otherwise here", out)
    found = {(e.msgid, e.msgstr, e.is_obsolete) for e in _entries(root)}
    assert ("Press it to see.", "Pressez.", False) in found
    assert ("Press it to see.", "Appuyez dessus pour voir.", True) in found
    assert ("A lamp has a button.", "Une lampe a un bouton.", False) in found
    assert ("Help us.", "Aidez.", False) in found
    joined = "These pages are new. Help us.", "Ces pages sont nouvelles, aidez-nous."
    assert (*joined, True) in found
    before = snapshot(root)
    succeed(root, "import", "po", str(root / "theirs"), "-q")
    assert snapshot(root) == before


def test_a_sentence_that_left_comes_back_with_its_translation(root: Path) -> None:
    succeed(root, "import", "po", str(root / "theirs"), "-q")
    edit(root / "source/index.md", "Only here.", "Only here.\n\nLong ago it was here.")
    succeed(root, "gettext", "-q")
    succeed(root, "update", "-q")
    found = {e.msgid: e for e in _entries(root) if not e.is_obsolete}
    assert found["Long ago it was here."].msgstr == "Il y a longtemps, c'était ici."
    assert not found["Long ago it was here."].is_fuzzy


def test_each_article_takes_the_translation_of_its_own_catalog(tmp_path: Path) -> None:
    articles = {"a.md": "# Note\n", "in/b.md": "# Note\n"}
    root = make_project(tmp_path / "p", articles, languages=["fr-FR"])
    for name, translation in (("a", "Remarque"), ("in/b", "Mot")):
        write(root / f"fr/{name}.po", f'{HEADER}\nmsgid "Note"\nmsgstr "{translation}"\n')
    succeed(root, "import", "po", str(root / "fr"), "-l", "fr-FR", "-q")
    texts = {name: po(root, name, "fr-FR").read_text(encoding="utf-8") for name in ("a", "in/b")}
    assert 'msgstr "Remarque"' in texts["a"]
    assert 'msgstr "Mot"' in texts["in/b"]


HOSTILE = {
    "cut off": (HEADER + 'msgid "A"\nmsgstr "B', "the string does not end", 6),
    "a conflict": (HEADER + '<<<<<<< ours\nmsgid "A"\nmsgstr "B"\n', "git left a conflict", 5),
    "no PO file": ("<html><script>alert(1)</script></html>\n", "not a PO file", 1),
    "another encoding": (
        HEADER.replace("utf-8", "latin-9x") + 'msgid "A"\nmsgstr "B"\n',
        "is not latin-9x throughout",
        1,
    ),
    "another language": (
        HEADER.replace("fr", "de") + 'msgid "A"\nmsgstr "B"\n',
        "its header says that its language is de",
        1,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_named_and_the_rest_is_imported(root: Path, name: str) -> None:
    text, message, line = HOSTILE[name]
    write(root / "theirs/fr/LC_MESSAGES/bad.po", text)
    run = bitext(root, "import", "po", str(root / "theirs"))
    assert run.status == 2
    assert re.search(rf"bad\.po:{line}: error: .*{re.escape(message)}", run.err), run.err
    assert any(entry.msgstr == "Lampes" for entry in _entries(root))


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(root: Path, newline: str) -> None:
    path = root / "theirs/fr/LC_MESSAGES/index.po"
    write(path, b"\xef\xbb\xbf" + THEIRS.replace("\n", newline).encode())
    succeed(root, "import", "po", str(root / "theirs"), "-q")
    assert any(entry.msgstr == "Appuyez dessus pour voir." for entry in _entries(root))


def test_other_encodings_are_read() -> None:
    text = HEADER.replace("utf-8", "ISO-8859-1") + 'msgid "A"\nmsgstr "é\\u2028"\n'
    (message,) = read_foreign(text.encode("latin-1")).messages
    assert message.translation.startswith("é")


def test_plural_forms_and_former_english_are_messages() -> None:
    text = (
        f"{HEADER}\n"
        '#, fuzzy\n#| msgid "Old. Text."\nmsgid "New text."\nmsgstr "Vieux. Texte."\n\n'
        'msgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Un"\nmsgstr[1] "Plusieurs"\n'
    )
    found = [(m.english, m.translation, m.is_fuzzy) for m in read_foreign(text.encode()).messages]
    assert found == [
        ("Old. Text.", "Vieux. Texte.", False),
        ("One", "Un", False),
        ("Many", "Plusieurs", False),
    ]


def test_usage(root: Path) -> None:
    for arguments, message in (
        (["nowhere"], "nowhere"),
        ([str(root / "source")], "there are no PO files"),
        ([str(root / "locale")], "there is no"),
        ([str(root / "theirs"), "-l", "de-DE"], "is not a language of this project"),
    ):
        run = bitext(root, "import", "po", *arguments)
        assert run.status == 2
        assert message in run.err, run.err
    succeed(root, "gettext", "-q")
    run = bitext(root, "import", "po", str(root / "locale/pot"))
    assert "is where this project has its own catalogs" in run.err


def test_a_file_that_is_named_may_say_another_language(root: Path) -> None:
    path = root / "theirs/fr/LC_MESSAGES/index.po"
    write(path, THEIRS.replace("Language: fr", "Language: de"))
    assert bitext(root, "import", "po", str(root / "theirs")).status == 2
    succeed(root, "import", "po", str(path), "-l", "fr-FR")
    assert any(entry.msgstr == "Lampes" for entry in _entries(root))


TRANSLATED = {
    "cs": 95,
    "de": 300,
    "es": 350,
    "fr": 580,
    "ja": 250,
    "nl": 280,
    "pt": 440,
    "ru": 9,
    "zh_CN": 550,
}
"""How many messages a language has translated at least."""


@pytest.fixture(scope="module")
def documentation(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real documentation with its real catalogs, imported in nine languages."""
    folder = corpora / "myst/fpm-docs"
    root = make_project(
        tmp_path_factory.mktemp("fpm"),
        {},
        languages=[TAGS.get(name, name) for name in TRANSLATED],
        settings='myst-extensions = ["colon_fence", "deflist", "substitution", "html_image"]\n',
    )
    shutil.copytree(folder / "pages", root / "source")
    shutil.copytree(folder / "locale", root / "theirs")
    run = bitext(root, "import", "po", str(root / "theirs"))
    # a catalog in the Dutch folder says that it is French: a person has to say what it is
    (error,) = run.err.splitlines()
    assert "nl/LC_MESSAGES/news.po:1: error: its header says" in error
    named = str(root / "theirs/nl/LC_MESSAGES/news.po")
    succeed(root, "import", "po", named, "-l", "nl", "-q")
    return root


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_translation_of_theirs_is_in_ours(documentation: Path, name: str) -> None:
    found = list(find_lost(documentation, documentation / "theirs" / name))
    assert [text for text, is_lost in found if is_lost] == []
    assert len(found) >= TRANSLATED[name]


def test_most_paragraphs_of_several_sentences_are_cut(corpora: Path) -> None:
    grammar = make_grammar(Settings())
    outcomes: Counter[str] = Counter()
    for path in sorted((corpora / "myst/fpm-docs/locale").rglob("*.po")):
        tag = path.parts[-3]
        cut = partial(cut_block, md=grammar.parser, env={})
        for message in read_foreign(path.read_bytes()).messages:
            english = cut(message.english, find_cuts=grammar.find_cuts)
            if len(english.segments) > 1 and not message.is_fuzzy:
                find_cuts = partial(find_candidates, tag=TAGS.get(tag, tag))
                pairs = align(english, cut(message.translation, find_cuts=find_cuts))
                outcomes["cut" if pairs else "whole"] += 1
                outcomes["sure"] += all(pair.is_sure for pair in pairs)
    assert outcomes["cut"] > 450
    assert outcomes["cut"] / (outcomes["cut"] + outcomes["whole"]) >= 0.95
    assert outcomes["sure"] / outcomes["cut"] >= 0.95


def test_a_fuzzy_message_of_former_english_is_stale_where_its_sentence_was_edited(
    root: Path,
) -> None:
    former = 'msgid "A lamp has a button. Push it to see. Do you see?"'
    new = THEIRS.replace("#: ../../source/index.md:3\n", f"#, fuzzy\n#| {former}\n")
    write(root / "theirs/fr/LC_MESSAGES/index.po", new)
    out = succeed(root, "import", "po", str(root / "theirs"))
    assert "  of former English, to be reviewed 1\n" in out
    found = {e.msgid: (e.msgstr, state_of(e), e.previous_msgid) for e in _entries(root)}
    assert found["A lamp has a button."] == ("Une lampe a un bouton.", State.TRANSLATED, None)
    stale = ("Appuyez dessus pour voir.", State.STALE, "Push it to see.")
    assert found["Press it to see."] == stale
    assert "  known already 7\n" in succeed(root, "import", "po", str(root / "theirs"))


def test_a_language_that_the_project_does_not_have_is_named(root: Path) -> None:
    write(root / "theirs/xx_XX/LC_MESSAGES/index.po", 'msgid "a"\nmsgstr "b"\n')
    assert "xx_XX: left out" in bitext(root, "import", "po", str(root / "theirs")).out
    assert "left out" not in bitext(root, "import", "po", str(root / "theirs"), "-l", "fr-FR").out
