"""Terms: what a file of them may hold, and how a term is found whatever its endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.checks.glossary import make_glossary, parse_terms
from bitext.checks.renderings import find_rendering, has_kept
from bitext.errors import SettingsError
from sites import bitext, make_project, po, succeed, translate

HEADER = "term,language,rendering,forbidden,do-not-translate\n"
LANGUAGES = ("sl-SI", "de-DE", "ja-JP", "ru-RU")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "its first line names no columns"),
        ("lid,Deckel\n", 1, "no column may be called 'lid'; write term,language"),
        ("term,term\n", 1, "no column may be called 'term'"),
        (f"{HEADER}lid,xx-YY,Deckel,,\n", 2, "'xx-YY' is not a language of this project"),
        (f"{HEADER}\nlid,fr-FR,couvercle,,\n", 3, "'fr-FR' is not a language of this project"),
        (f"{HEADER},de-DE,Deckel,,\n", 2, "a row without a term"),
        (f"{HEADER}lid,de-DE,,,\n", 2, "'lid' has no rendering"),
        (f"{HEADER}lid,,Deckel,,\n", 2, "a rendering and no language"),
        (f"{HEADER}lid,de-DE,Deckel,,yes\n", 2, "keep one of the two"),
        (f"{HEADER}lid,de-DE,Deckel,Deckel,\n", 2, "'Deckel' is a rendering and forbidden"),
        (f"{HEADER}lid,de-DE,Deckel,,perhaps\n", 2, "do-not-translate is 'perhaps'; write yes"),
        (f"{HEADER}lid,de-DE,Deckel,,,more\n", 2, "6 cells, but 5 columns"),
        (f'{HEADER}lid,de-DE,"Deckel,,\n', 2, "not CSV"),
        (f"{HEADER}lid,de-DE,Deckel,,\nlid,de-DE,Kappe,,\n", 3, "twice for one language, first in"),
    ],
)
def test_a_malformed_file_is_named_with_place_and_way_out(text: str, line: int, words: str) -> None:
    with pytest.raises(SettingsError, match=r".") as caught:
        parse_terms(text, LANGUAGES)
    assert words in caught.value.message
    assert caught.value.line in (line, line + 1)


def test_what_a_file_may_hold() -> None:
    text = f'\ufeff{HEADER}# a comment\n"lid, hot",de,Deckel | Haube,Klappe,no\r\nGitHub,*,,,YES\n'
    (lid, name) = parse_terms(text, LANGUAGES)
    assert lid.renderings == ("Deckel", "Haube")
    assert lid.language == "de"
    assert name.is_kept
    assert make_glossary((lid, name), "sl-SI").terms.keys() >= {"github"}
    assert "lid" in make_glossary((lid, name), "de-DE").terms


@pytest.mark.parametrize(
    ("rendering", "translation", "language"),
    [
        ("knjiga", "Odprite knjige.", "sl-SI"),
        ("članek", "Preberite članka.", "sl-SI"),
        ("prevodni pomnilnik", "V prevodnem pomnilniku je.", "sl-SI"),
        ("Ordner", "In den Unterordnern.", "de-DE"),
        ("Band", "Die Bände.", "de-DE"),
        ("папка", "Откройте папки.", "ru-RU"),
        ("fichier", "Les fichiers.", "fr-FR"),
        ("nouveau dossier", "Les nouveaux dossiers.", "fr-FR"),
        ("kansio", "Kansiossa.", "fi-FI"),
        ("klasör", "Klasörlerde.", "tr-TR"),
        ("ملف", "الملفات", "ar-SA"),
        ("メモリ", "ﾒﾓﾘを追加", "ja-JP"),
        ("폴더", "폴더를 엽니다", "ko-KR"),
    ],
)
def test_a_rendering_is_found_whatever_its_endings(
    rendering: str, translation: str, language: str
) -> None:
    assert find_rendering(rendering, translation, language)


@pytest.mark.parametrize(
    ("rendering", "translation", "language"),
    [
        ("knjiga", "Odprite knoblje.", "sl-SI"),
        ("mapa", "Odprite datoteko.", "sl-SI"),
        ("Ordner", "In den Verzeichnissen.", "de-DE"),
        ("メモリ", "記憶", "ja-JP"),
    ],
)
def test_another_word_is_no_rendering(rendering: str, translation: str, language: str) -> None:
    assert not find_rendering(rendering, translation, language)


def test_a_name_may_take_an_ending_and_no_other_spelling() -> None:
    assert has_kept("GitHub", "Use GitHub.", "Uporabite GitHubov račun.", "sl-SI")
    assert has_kept("GitHub", "Use GitHub.", "GitHubを使う", "sl-SI")
    assert not has_kept("GitHub", "Use GitHub.", "Uporabite Github.", "sl-SI")
    assert not has_kept("Save", "Press Save.", "Saver.".replace("Save", "Hranite"), "sl-SI")


def test_a_term_inside_of_a_longer_one_is_not_there() -> None:
    text = f"{HEADER}memory,sl-SI,spomin,,\ntranslation memory,sl-SI,pomnilnik prevodov,,\n"
    glossary = make_glossary(parse_terms(text, LANGUAGES), "sl-SI")
    assert [t.term for t in glossary.find("The translation memory is full.")] == [
        "translation memory"
    ]
    assert [t.term for t in glossary.find("Memories fade.")] == ["memory"]
    assert [*glossary.find("Memorize it.")] == []


ENGLISH = "Clean the kettle in Kettler."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one translated sentence."""
    root = make_project(tmp_path / "p", {"index.md": f"# Lamp\n\n{ENGLISH}\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Lamp": "Svetilka", ENGLISH: "Očistite kotliček v Grelniku."})
    return root


def test_the_file_of_the_project_is_read(project: Path) -> None:
    assert "nothing found" in succeed(project, "check")
    path = project / "locale/terms.csv"
    path.write_text(f"{HEADER}kettle,sl-SI,grelnik vode,,\nKettler,,,,yes\n", encoding="utf-8")
    run = bitext(project, "check")
    assert run.status == 1
    assert "'kettle' is not rendered as the terms ask: write 'grelnik vode' [term]" in run.out
    assert "'Kettler' is a name that is not translated" in run.out
    assert "[do-not-translate]" in run.out


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"term,rendering\nlid,x\n", "locale/terms.csv:2: error: 'lid' has a rendering and no"),
        (b"term\nl\xe9d\n", "locale/terms.csv:2: error: byte 0xe9 is not UTF-8"),
        (b"", "locale/terms.csv:1: error: its first line names no columns"),
        (b"\0\0\n", "locale/terms.csv:1: error: no column may be called"),
    ],
)
def test_a_wrong_file_stops_the_check_with_its_place(
    project: Path, content: bytes, place: str
) -> None:
    (project / "locale/terms.csv").write_bytes(content)
    run = bitext(project, "check")
    assert run.status == 2
    assert run.err.startswith(place)
