"""What is published: the wheel has the package and no more, and installs where nothing else is."""

from __future__ import annotations

import ast
import os
import shutil
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

from tutorial import FOLDER, play

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tools/bitext"
VERSIONS = ("3.11", "3.12", "3.13")
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


def _find_python(version: str) -> Path | None:
    """Return an interpreter of a version: this one, one on the path, or one of pyenv's."""
    names = [sys.executable, shutil.which(f"python{version}")]
    folder = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    names += [str(path) for path in sorted(folder.glob(f"{version}.*/bin/python"))]
    for name in filter(None, names):
        command = [name, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip() == version:
            return Path(name)
    return None


@pytest.mark.parametrize("kind", ["whl", "tar.gz"])
@pytest.mark.parametrize("version", VERSIONS)
def test_the_tutorial_works_where_nothing_else_is(
    built: Path, tmp_path: Path, version: str, kind: str
) -> None:
    """With the newest of all that the package needs: nothing holds versions back."""
    if not os.environ.get(INSTALLS):
        pytest.skip(f"installs from the package index; set {INSTALLS} to let it")
    if kind != "whl" and version != VERSIONS[-1]:
        pytest.skip(f"the sdist makes the same wheel; it is tried with Python {VERSIONS[-1]}")
    interpreter = _find_python(version)
    if interpreter is None:
        pytest.skip(f"Python {version} is not installed")
    (package,) = (built / "dist").glob(f"*.{kind}")
    folder = tmp_path / "clean"
    subprocess.run([str(interpreter), "-m", "venv", str(folder)], check=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    root = tmp_path / FOLDER
    (root / "source").mkdir(parents=True)
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}

    def run(program: str, words: list[str], *, most: int = 0) -> str:
        """Return what a program prints that ends with the status `most`, or a lower one."""
        done = subprocess.run(
            [str(bin_folder / program), *words],
            cwd=root,
            env=environment | {"NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert 0 <= done.returncode <= most, done.stdout + done.stderr
        return done.stdout

    run("python", ["-m", "pip", "install", "--quiet", str(package)])
    for name, shown, found in play(root, lambda words: run("bitext", words, most=1)):
        assert found == shown, name
    for words in (["check"], ["import", "--help"], ["build", "--strict", "--fresh"], ["doctor"]):
        run("bitext", words)
    assert (root / "build/html/sl-SI/index.html").is_file()
    frozen = run("python", ["-m", "pip", "list", "--format=freeze"])
    print(version, [line for line in frozen.split("\n") if line.lower().startswith("sphinx==")])  # noqa: T201 - what was tried


def test_every_version_that_is_promised_is_tried() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["requires-python"] == f">={VERSIONS[0]}"


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
