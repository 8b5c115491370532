"""A POT that is current is parsed when its entries are asked for, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.commands import pots
from bitext.commands.pots import Pots
from bitext.errors import CatalogError
from bitext.ledger import PREFIX_FIELD, SEGMENTER_FIELD
from sites import bitext, make_project, po, succeed, translate

HEAD = 'msgid ""\nmsgstr ""\n"X-Bitext-Prefix: 137fa\\n"\n"X-Bitext-Segmenter: plain "\n"1\\n"\n'
TEXT = f'# Sentences.\n{HEAD}\nmsgctxt "137fa-101"\nmsgid "Tea"\nmsgstr ""\n'


def _refuse(text: str) -> None:
    raise AssertionError(f"parsed: {text}")


def test_a_field_on_a_row_of_its_own_is_read_without_a_parse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = Pots()
    own.add_text("a.md", TEXT, shown="a.pot")
    monkeypatch.setattr(pots, "parse", _refuse)
    assert own.field("a.md", PREFIX_FIELD) == "137fa"
    assert own.field("a.md", PREFIX_FIELD.lower()) == "137fa"


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")])
def test_any_other_field_is_that_of_the_catalog(text: str) -> None:
    own = Pots()
    own.add_text("a.md", text, shown="a.pot")
    assert own.field("a.md", SEGMENTER_FIELD) == "plain 1"
    assert own.field("a.md", "X-Other") == ""
    assert own.field("a.md", PREFIX_FIELD) == "137fa"


def test_it_is_a_mapping_in_the_order_of_the_articles() -> None:
    own = Pots()
    own.add_text("b.md", TEXT, shown="b.pot")
    own.add("a.md", own["b.md"])
    assert list(own) == ["b.md", "a.md"]
    assert len(own) == 2
    assert "c.md" not in own
    assert own["b.md"] is own["b.md"]
    assert own["b.md"].entries[0].msgid == "Tea"


def test_an_error_names_the_file() -> None:
    own = Pots()
    own.add_text("a.md", TEXT + "msgid\n", shown="locale/pot/a.pot")
    with pytest.raises(CatalogError, match=r"locale/pot/a\.pot"):
        _ = own["a.md"]


def test_where_all_is_translated_no_pot_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path, {"a.md": "# Tea\n\nThen wait.\n"})
    succeed(tmp_path, "gettext")
    succeed(tmp_path, "update")
    translate(po(tmp_path, "a"), {"Tea": "Čaj", "Then wait.": "Nato počakajte."})
    monkeypatch.setattr(pots, "parse", _refuse)
    assert bitext(tmp_path, "check").status == 0
