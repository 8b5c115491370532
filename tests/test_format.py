"""``bitext format``: the form of catalogs changes, what they say does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.po import Catalog, parse
from sites import bitext, make_project, po, pot, succeed, translate, write

TAG = "sl-SI"
ARTICLE = "# Title\n\nA long sentence, which editors would wrap at eighty columns, as they do.\n"


def project(folder: Path) -> Path:
    root = make_project(folder, {"a.md": ARTICLE, "b.md": "# Other\n"})
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "a"), {"Title": "Naslov"})
    return root


def read(path: Path) -> Catalog:
    return parse(path.read_bytes().decode())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace('msgid "A long ', 'msgid ""\n"A long "\n"'),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("\n\n", "\n"),
    ],
    ids=["crlf", "bom", "wrapped", "gaps", "no gaps"],
)
def test_what_editors_change_is_undone(tmp_path: Path, spoil: object) -> None:
    root = project(tmp_path)
    path = po(root, "a")
    before = path.read_bytes()
    assert callable(spoil)
    write(path, spoil(before.decode()).encode())
    said = read(path)
    assert path.read_bytes() != before
    run = bitext(root, "format", "--check")
    assert (run.status, run.out) == (
        1,
        f"would write {_shown(path, root)}\n4 catalogs, 1 changed\n",
    )
    assert succeed(root, "format") == f"write {_shown(path, root)}\n4 catalogs, 1 changed\n"
    assert path.read_bytes() == before
    assert (read(path).header, read(path).entries) == (said.header, said.entries)
    assert succeed(root, "format") == "4 catalogs, 0 changed\n"


def test_comments_at_the_end_and_retired_entries_stay(tmp_path: Path) -> None:
    root = project(tmp_path)
    path = po(root, "a")
    text = path.read_text(encoding="utf-8") + '\n#~ msgid "Gone"\n#~ msgstr "Ni"\n\n# the end\n'
    write(path, text)
    succeed(root, "format")
    assert path.read_text(encoding="utf-8") == text


def test_only_the_languages_asked_for(tmp_path: Path) -> None:
    root = project(tmp_path)
    for path in (po(root, "a"), pot(root, "a")):
        write(path, path.read_bytes() + b"\n\n# end\n\n")
        write(path, path.read_bytes().replace(b"\n", b"\r\n"))
    assert (
        succeed(root, "format", "-l", TAG)
        == f"write {_shown(po(root, 'a'), root)}\n2 catalogs, 1 changed\n"
    )
    assert b"\r\n" in pot(root, "a").read_bytes()


def test_what_cannot_be_read_is_named_and_left(tmp_path: Path) -> None:
    root = project(tmp_path)
    broken = po(root, "a").read_bytes()[:-4]
    write(po(root, "a"), broken)
    write(po(root, "b"), po(root, "b").read_bytes().replace(b"\n", b"\r\n"))
    run = bitext(root, "format")
    assert run.status == 2
    assert "LC_MESSAGES/a.po:" in run.err
    assert po(root, "a").read_bytes() == broken
    assert b"\r" not in po(root, "b").read_bytes()


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
