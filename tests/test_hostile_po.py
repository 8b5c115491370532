"""A PO file that is damaged: one error with its line and column, nothing else hurt or written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from forks import Run
from sites import bitext, bitext_process, make_project, po, snapshot, succeed, translate, write

ARTICLES = {
    "a.md": "# Title\n\nRun `make` twice. Then rest.\n\nThe last one.\n",
    "b.md": "# Other\n\nRun `tar` once.\n",
}
Damage = Callable[[bytes], bytes]


def _replace(old: bytes, new: bytes) -> Damage:
    def damage(content: bytes) -> bytes:
        assert content.count(old) == 1, content.count(old)
        return content.replace(old, new)

    return damage


LAST = 'msgstr "Zadnji č."'.encode()
ENTRY = b'msgctxt "09abc-101"\nmsgid "Twice"\nmsgstr "x"\n'

BROKEN: dict[str, tuple[Damage, str, str]] = {
    "cut inside a string": (lambda c: c[: c.index(LAST) + 11], "last:12", "ends inside a string"),
    "cut after a keyword": (lambda c: c[: c.index(LAST) + 6], "last:7", "no string in quotes"),
    "cut inside a keyword": (lambda c: c[: c.index(LAST) + 3], "last:1", "is not a keyword"),
    "cut inside a character": (lambda c: c[: c.index(LAST) + 16], "last:16", "is not UTF-8"),
    "a byte after letters": (_replace(LAST, LAST[:-1] + b' \xff"'), "last:19", "0xff is not UTF-8"),
    "cut before msgstr": (lambda c: c[: c.index(LAST)], ":1", "msgid without msgstr"),
    "conflict": (
        _replace(LAST, b"<<<<<<< ours\n" + LAST + b'\n=======\nmsgstr "x"\n>>>>>>> theirs'),
        "last:1",
        "unresolved merge conflict",
    ),
    "conflict of three": (_replace(LAST, LAST + b"\n||||||| base"), ":1", "merge conflict"),
    "another charset": (
        lambda c: c.decode().encode("iso-8859-2"),
        "",
        "is not UTF-8; convert with 'msgconv",
    ),
    "another charset named": (_replace(b"=UTF-8", b"=ISO-8859-2"), "", "charset 'ISO-8859-2'"),
    "UTF-16": (lambda c: c.decode().encode("utf-16"), "1:1", "is not UTF-8"),
    "UTF-16 without a mark": (lambda c: c.decode().encode("utf-16-le"), "1:2", "NUL|is not UTF-8"),
    "NUL": (_replace(LAST, b'msgstr "Zad\0nji"'), "last:12", "NUL"),
    "NUL between entries": (lambda c: c + b"\0", ":1", "NUL"),
    "unescaped quotes": (_replace(LAST, b'msgstr "the "last" one"'), "last:13", "closing quote"),
    "a lone quote": (_replace(LAST, b'msgstr "'), "last:9", "ends inside a string"),
    "unknown escape": (_replace(LAST, b'msgstr "C:\\Users"'), "last:11", "is not an escape"),
    "the same entry twice": (lambda c: c + b"\n" + ENTRY + b"\n" + ENTRY, ":1", "the same msgctxt"),
    "two headers": (lambda c: c + b'\nmsgid ""\nmsgstr "X: y\\n"\n', ":1", "a second header"),
    "prose": (lambda _: b"Dear translator,\nhere it is.\n", "1:1", "is not a keyword"),
    "HTML": (lambda _: b"<!DOCTYPE html>\n<p>404</p>\n", "1:1", "neither a comment nor a string"),
    "JSON": (lambda _: b'{"a": 1}', "1:1", "neither a comment nor a string"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n\0\0", "1:1", "is not UTF-8"),
    "a line of megabytes": (lambda _: b'msgid "' + b"x" * 5_000_000, "1:5000008", "ends inside"),
    "megabytes of garbage": (lambda _: Random(1).randbytes(3_000_000), "1:", "UTF-8|NUL"),
}
"""Damage, the place (``last`` is the line of the last msgstr) and what is said."""

FINE: dict[str, Damage] = {
    "flags of gettext 0.25": _replace(LAST, LAST + b'\n\n#= no-wrap\n#~ msgid "x"\n#~ msgstr "y"'),
    "previous of a retired entry": lambda c: c + b'\n#~| msgid "a"\n#~ msgid "b"\n#~ msgstr "c"\n',
    "U+2028": _replace(LAST, 'msgstr "Zad\u2028nji č."'.encode()),
    "U+0085 and form feed": _replace(LAST, 'msgstr "Zad\x85nji\f č."'.encode()),
    "byte order mark": lambda c: b"\xef\xbb\xbf" + c,
    "CRLF": lambda c: c.replace(b"\n", b"\r\n"),
    "no newline at the end": lambda c: c.rstrip(b"\n"),
    "wrapped": _replace(LAST, 'msgstr ""\n"Zadnji "\n"č."'.encode()),
    "empty": lambda _: b"",
    "comments only": lambda _: b"# nothing\n# at all\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with an error in the catalog that is not damaged."""
    root = make_project(tmp_path / "project", ARTICLES)
    succeed(root, "gettext")
    succeed(root, "update")
    texts = {"Title": "Naslov", "Run `make` twice.": "`make` č.", "The last one.": "Zadnji č."}
    translate(po(root, "a"), texts)
    translate(po(root, "b"), {"Run `tar` once.": "Zaženite."})
    return root


def _check(root: Path, *arguments: str) -> Run:
    """Check, and hold that nothing was written."""
    before = snapshot(root)
    run = bitext(root, "check", *arguments)
    assert snapshot(root) == before
    assert run.err == ""
    return run


@pytest.mark.parametrize("name", BROKEN)
def test_damage_is_one_error_with_its_place(root: Path, name: str) -> None:
    damage, place, words = BROKEN[name]
    path = po(root, "a")
    content = path.read_bytes()
    line = content[: content.index(LAST)].count(b"\n") + 1
    write(path, damage(content))
    run = _check(root)
    assert run.status == 2
    (found,) = [text for text in run.out.split("\n") if "/a.po:" in text]
    match = re.fullmatch(
        r"locale/sl-SI/LC_MESSAGES/a\.po:(\d+:\d+): error: (.*) \[po-syntax\]", found
    )
    assert match, found
    assert place.replace("last", str(line)) in match[1], match[1]
    assert re.search(words, match[2])
    assert len(found) < 300
    assert "[code-changed]" in run.out, "the other catalog"


@pytest.mark.parametrize("name", FINE)
def test_what_is_odd_but_right_is_no_error(root: Path, name: str) -> None:
    path = po(root, "a")
    write(path, FINE[name](path.read_bytes()))
    run = _check(root)
    assert "[po-syntax]" not in run.out
    assert run.status == 1, "the other catalog"


@pytest.mark.parametrize("kind", ["text", "json", "sarif", "junit", "github"])
def test_all_formats_name_the_place(root: Path, kind: str) -> None:
    write(po(root, "a"), BROKEN["unescaped quotes"][0](po(root, "a").read_bytes()))
    run = _check(root, "--format", kind)
    assert run.status == 2
    assert run.out.count("text after the closing quote") >= 1
    if kind == "json":
        (found,) = [f for f in json.loads(run.out)["findings"] if f["check"] == "po-syntax"]
        assert found["column"] == 13
    if kind == "sarif":
        results = json.loads(run.out)["runs"][0]["results"]
        (found,) = [result for result in results if result["ruleId"] == "po-syntax"]
        assert found["locations"][0]["physicalLocation"]["region"]["startColumn"] == 13


def test_a_catalog_cut_anywhere_is_one_error_or_none(root: Path) -> None:
    path = po(root, "a")
    content = path.read_bytes()
    random = Random(7)
    broken = 0
    for place in random.sample(range(1, len(content)), 60):
        write(path, content[:place])
        run = bitext(root, "check")
        found = re.findall(r"^\S+/a\.po:\d+:\d+: error: .*\[po-syntax\]$", run.out, re.MULTILINE)
        assert run.out.count("[po-syntax]") == len(found) == (run.status == 2), place
        broken += len(found)
    assert 20 < broken < 60


def test_random_bytes_are_one_error_or_none(root: Path) -> None:
    path = po(root, "a")
    content = path.read_bytes()
    random = Random(3)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(random.randint(1, 3)):
            damaged[random.randrange(len(damaged))] = random.choice(b'"\\#m[]~|=<\0\xff\n ')
        write(path, bytes(damaged))
        run = bitext(root, "check")
        found = re.findall(r"^\S+/a\.po:\d+:\d+: error: .*\[po-syntax\]$", run.out, re.MULTILINE)
        assert run.out.count("[po-syntax]") == len(found) == (run.status == 2), bytes(damaged)


@pytest.mark.parametrize("is_broken", [False, True])
def test_fifty_megabytes(root: Path, is_broken: bool) -> None:
    """Retired entries of a memory that grew for years; the last line may be torn."""
    path = po(root, "a")
    row = '#~ msgctxt "09abc-{0}"\n#~ msgid "Old {0} {1}"\n#~ msgstr "Staro {1}"\n\n'
    words = "word " * 1000
    rows = "".join(row.format(number, words) for number in range(101, 5101))
    text = path.read_text(encoding="utf-8") + "\n" + rows
    assert len(text) > 50_000_000
    write(path, text + ('#~ msgid "torn\n' if is_broken else ""))
    before = path.stat()
    run = bitext_process(root, "check", seconds=300)
    assert run.err == ""
    assert run.status == (2 if is_broken else 1)
    assert ("ends inside a string" in run.out) is is_broken
    assert len(run.out) < 5_000
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("command", [["stats"], ["update"], ["update", "--check"], ["gettext"]])
def test_other_commands_leave_a_damaged_catalog_alone(root: Path, command: list[str]) -> None:
    path = po(root, "a")
    write(path, BROKEN["unescaped quotes"][0](path.read_bytes()))
    content = path.read_bytes()
    run = bitext(root, *command)
    assert run.err.count("a.po:") == (command != ["gettext"])
    assert path.read_bytes() == content
