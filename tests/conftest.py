from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from built import Kettle, make_garden, make_kettle
from golden import Case, rewrite
from once import Once, make_once

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regen", action="store_true", help="rewrite golden files with what the code now gives"
    )


@pytest.fixture
def check_case(request: pytest.FixtureRequest) -> Callable[[Case, str], None]:
    """Compare what the code gives with a golden case; with --regen, rewrite the case."""
    is_regenerating = bool(request.config.getoption("--regen"))

    def check(case: Case, actual: str) -> None:
        if is_regenerating:
            rewrite(case, actual)
        else:
            assert actual == case.expected

    return check


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return what makes a folder once, for all processes that run the tests: nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    return make_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def kettle(once: Once) -> Kettle:
    """Return what gives the kettle's sites in a theme."""

    def build(theme: str) -> Path:
        pytest.importorskip(theme)
        return once(f"kettle-{theme}", lambda folder: make_kettle(folder, theme)) / "build/html"

    return build


@pytest.fixture(scope="session")
def garden(once: Once) -> Path:
    """Return the folder of the garden's sites."""
    return once("garden", make_garden) / "garden/build/html"


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the corpora once; the folder has one sub-folder for each."""
    if not CORPORA.is_dir():
        pytest.skip("the corpora are not beside the project: ../shared/corpora")
    folder = tmp_path_factory.mktemp("corpora")
    for archive in sorted(CORPORA.glob("*.tar.xz")):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="session")
def history(corpora: Path) -> Path:
    """Return the file of articles with all their versions."""
    assert corpora.is_dir()
    return CORPORA / "alchemy-history.jsonl.xz"
