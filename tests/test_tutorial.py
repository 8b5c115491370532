"""The manual's first project comes out as the manual shows it."""

from __future__ import annotations

from pathlib import Path

from sites import bitext_process
from tutorial import FOLDER, play


def test_the_tutorial_is_true(tmp_path: Path) -> None:
    root = tmp_path / FOLDER
    (root / "source").mkdir(parents=True)

    def run(words: list[str]) -> str:
        done = bitext_process(root, *words)
        assert (done.status, done.err) == (0, ""), done.text
        return done.out

    played = list(play(root, run))
    assert [name.partition(" ")[0] for name, *_ in played].count("bitext") >= 6
    for name, shown, found in played:
        assert found == shown, name
    assert "Pritisnite rde" in (root / "locale/sl-SI/LC_MESSAGES/index.po").read_text()
