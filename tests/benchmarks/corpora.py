"""The real documents that benchmarks run on: ``../shared/corpora`` beside the project."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"


def unpack(name: str, target: Path) -> Path:
    """Unpack one corpus and return its folder."""
    with tarfile.open(CORPORA / f"{name}.tar.xz") as archive:
        archive.extractall(target, filter="data")
    return target / name


def make_project(folder: Path, sources: Sequence[tuple[str, Path]], *, languages: str = "") -> Path:
    """Make a project of copies of `sources`, each a name and a folder; return its folder.

    ``conf.py`` is for bitext, ``plain/conf.py`` for Sphinx and MyST alone.
    """
    for name, source in sources:
        shutil.copytree(source, folder / "source" / name)
    (folder / "source" / "index.md").write_text("# All\n", encoding="utf-8")
    listed = ", ".join(f'"{tag}"' for tag in languages.split())
    settings = f"[tool.bitext]\nlanguages = [{listed}]\n"
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    for place, extension in ((".", "bitext"), ("plain", "myst_parser")):
        (folder / place).mkdir(exist_ok=True)
        text = (
            f'extensions = ["{extension}"]\nhtml_theme = "alabaster"\nsuppress_warnings = ["*"]\n'
        )
        (folder / place / "conf.py").write_text(text, encoding="utf-8")
    return folder
