"""What is published: the wheel has the package and no more, and installs where nothing else is."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tools/bitext"
INSTALLS = "BITEXT_TEST_INSTALL"
"""Set to let a test install the wheel with all that it needs from the package index."""

_BUILD = """
import sys
from setuptools import build_meta
folder = sys.argv[1]  # which they change
build_meta.build_sdist(folder)
build_meta.build_wheel(folder)
"""


def _python(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both distributions of a copy of what git tracks, or would."""
    folder = tmp_path_factory.mktemp("packaging")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is no clone of git")
    for name in filter(None, done.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "source" / name).write_bytes((ROOT / name).read_bytes())
    python = _python(folder / "builder")
    quiet = ["--quiet", "--disable-pip-version-check"]
    install = [str(python), "-m", "pip", "install", *quiet, "setuptools>=77", "wheel"]
    if subprocess.run(install, capture_output=True, check=False).returncode:
        pytest.skip("setuptools 77 cannot be installed here")
    (folder / "dist").mkdir()
    command = [str(python), "-c", _BUILD, str(folder / "dist")]
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, cwd=folder / "source", env=environment, check=True, capture_output=True)
    return folder


def test_the_wheel_has_the_package_and_no_more(built: Path) -> None:
    (wheel,) = (built / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    expected = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in (".py", ".css", ".js", ".json") or path.name == "py.typed"
    }
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)


def test_the_sdist_builds_the_same(built: Path) -> None:
    (sdist,) = (built / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "tools/bitext/py.typed"} <= names
    assert not any(name.startswith(("build/", ".venv/", ".bitext_cache/")) for name in names)


def test_the_wheel_works_where_nothing_else_is(built: Path, tmp_path: Path) -> None:
    if not os.environ.get(INSTALLS):
        pytest.skip(f"installs from the package index; set {INSTALLS} to let it")
    (wheel,) = (built / "dist").glob("*.whl")
    python = _python(tmp_path / "clean")
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [str(python), "-m", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("pip", "install", "--quiet", str(wheel))
    (tmp_path / "source").mkdir()
    (tmp_path / "source/index.md").write_text("# Lamps\n\nPress it.\n", encoding="utf-8")
    run("bitext", "init", "sl-SI")
    run("bitext", "import", "--help")
    run("bitext", "check")
    run("bitext", "build", "--strict")
    assert (tmp_path / "build/html/sl-SI/index.html").is_file()


def test_no_dependency_is_undeclared() -> None:
    """Every library that the package imports is in ``dependencies``."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {text.partition(">=")[0] for text in settings["project"]["dependencies"]}
    imported: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"bitext"}
    owners = packages_distributions()
    needed = {owners[name][0].lower() for name in foreign if name in owners}
    through_others = {"markdown-it-py", "docutils", "jinja2", "markupsafe", "pygments"}
    """Those that Sphinx and MyST-Parser bring, in the versions that they work with."""
    if_there = {"beautifulsoup4"}
    """Those that a theme brings which needs what bitext does with them."""
    assert needed - through_others - if_there <= declared


def test_the_examples_are_yaml() -> None:
    for path in [*(ROOT / "source/examples").iterdir(), ROOT / ".pre-commit-hooks.yaml"]:
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path.name
