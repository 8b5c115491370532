"""Imports point up the list of layers only, and only the edges touch the world outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "tools" / "bitext"

LAYERS = (
    *("", "model", "errors", "encoding", "languages", "writing"),
    *("patterns", "settings", "executor", "processes", "lazy"),
    *("collector", "words", "characters", "bit_sets"),
    *("markdown", "sentences", "segments", "po", "places", "states", "notes", "threeway"),
    "recognition",
    *("merge", "ledger", "renames", "carry", "near", "settled", "memory", "asked", "paragraphs"),
    *("xmltree", "codes", "exchange", "foreign", "alignment", "receiving", "adoption"),
    *("update", "joining", "template", "extract", "localization", "coverage", "checks", "worklist"),
    *("machine", "held"),
    *("reports", "completion", "bilingual", "api", "pseudo", "site"),
    # the edges
    *("disk", "project", "cache", "lock", "sphinx_languages", "commands", "sphinx_ext"),
    *("onebuild", "cli", "__main__"),
)
"""Modules and packages, lowest first. A package may import only what stands before it."""

EDGES = frozenset(LAYERS[LAYERS.index("disk") :])

UPWARDS = {
    ("", "sphinx_ext"): "Sphinx finds an extension's `setup` in the package itself",
}
"""Imports against the list, each with its reason; one that is gone has to go from here."""

DOORS = {
    "markdown_it": ("markdown", "carry", "checks", "sphinx_ext", "onebuild"),
    "myst_parser": ("markdown", "sphinx_ext"),
    "mdit_py_plugins": (),
    "docutils": ("sphinx_ext", "onebuild"),
    "sphinx": ("", "sphinx_ext", "commands", "onebuild"),
    "babel": ("languages", "writing"),
    "rapidfuzz": ("recognition", "near"),
    "yaml": ("markdown",),
    "rich": ("markdown", "reports", "cli"),
    "tomllib": ("settings",),
    "polib": ("foreign",),
    "jinja2": ("sphinx_ext", "onebuild"),
    "bs4": ("onebuild",),
    "markupsafe": ("onebuild",),
    "logging": ("onebuild",),
}
"""The only packages of ours that import each library."""

OPENING = ("open", "read_text", "read_bytes", "write_text", "write_bytes")
"""Functions and methods that read or write a file."""

FILES = frozenset({"os", "pathlib", "shutil", "tempfile", "subprocess", "io", "glob"})


class Import(NamedTuple):
    """One import statement of a module of ours."""

    importer: str
    """Below the package: ``markdown.blocks``; empty for the package itself."""

    imported: str
    """As written: ``bitext.model``, ``pathlib``."""

    is_for_types: bool


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports() -> Iterator[Import]:
    """Yield all imports, those inside functions and of types included."""
    for name, tree in modules():
        types = _imports_of_types(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (Import(name, alias.name, node in types) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.module, f"{name}: relative import"
                yield Import(name, node.module, node in types)


def _imports_of_types(tree: ast.Module) -> set[ast.AST]:
    """Return what stands under ``if TYPE_CHECKING``."""
    checks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {inner for check in checks for inner in ast.walk(check)}


def _name(function: ast.expr) -> str:
    """Return the name by which a function or method is called; empty if it has none."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def layer(name: str) -> str:
    return name.partition(".")[0]


OURS = [
    found._replace(imported=found.imported.removeprefix("bitext").removeprefix("."))
    for found in imports()
    if layer(found.imported) == "bitext"
]


def test_every_module_has_its_layer_and_every_layer_is_there() -> None:
    assert {layer(name) for name, _ in modules()} == set(LAYERS)


def test_imports_point_up_the_list() -> None:
    wrong = {
        (found.importer, layer(found.imported))
        for found in OURS
        if LAYERS.index(layer(found.imported)) > LAYERS.index(layer(found.importer))
    }
    assert wrong == set(UPWARDS)


def test_no_import_turns_in_circles() -> None:
    graph: dict[str, set[str]] = {}
    for found in OURS:
        if not found.is_for_types:
            graph.setdefault(found.importer, set()).add(found.imported)
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " imports ".join((*path, name))
        if name not in done:
            for other in sorted(graph.get(name, ())):
                if other and name:
                    visit(other, (*path, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    users = {layer(i.importer) for i in imports() if layer(i.imported) == library}
    assert users <= set(DOORS[library])
    assert users or not DOORS[library], "nobody imports it: mend the list"


def test_only_the_edges_touch_files() -> None:
    touching = {i.importer for i in imports() if layer(i.imported) in FILES}
    assert {name for name in touching if layer(name) not in EDGES} == {"executor"}
    opening = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in OPENING
    }
    assert {"disk", "project"} <= opening
    assert {layer(name) for name in opening} <= EDGES


def test_nobody_prints_below_the_edges_or_catches_everything() -> None:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print" or layer(name) in EDGES, name
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                assert caught not in ("", "Exception"), f"{name}:{node.lineno}"


def test_articles_and_catalogs_are_not_split_with_splitlines() -> None:
    for name, tree in modules():
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert "splitlines" not in names, f"{name}: it splits at U+2028, U+0085 and form feed"
