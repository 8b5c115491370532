"""Identity and echo: an English site of ours is the site that Sphinx and MyST make alone.

Two real documentations are built with their own ``conf.py``, apart from extensions that are
not installed: by MyST alone, in the source language, with empty catalogs (`en-CA`) and with
``msgstr = msgid`` everywhere (`en-AU`).
"""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

from echo import WANTED, find_mismatches
from sites import bitext_process, make_project, sphinx, succeed, translate_all, write

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "myst.tar.xz"
DOCUMENTATIONS = {"MyST-Parser": "docs", "fpm-docs": "pages"}
TAGS = {"en-US": "source language", "en-CA": "empty catalogs", "en-AU": "msgstr = msgid"}
MOST_SHOWN = 10

CONFIGURATION = '''\
"""The documentation's own configuration, with what is installed here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from docutils import nodes
from docutils.parsers.rst import roles
from sphinx.util.docutils import SphinxDirective

_source = Path({source!r})
if importlib.util.find_spec("requests") is None:
    sys.modules["requests"] = ModuleType("requests")
__file__ = str(_source / "conf.py")
exec(compile((_source / "conf.py").read_text(encoding="utf-8"), __file__, "exec"))

_OFFLINE = ("autodoc2", "sphinx.ext.intersphinx", "sphinxext.rediraffe", "sphinx_tippy")
_missing = [name for name in extensions if importlib.util.find_spec(name.partition(".")[0]) is None]
extensions = [name for name in extensions if name not in (*_missing, *_OFFLINE)]
extensions = [{extension!r} if name == "myst_parser" else name for name in extensions]
html_static_path = [str(_source / path) for path in globals().get("html_static_path", ())]
templates_path = [str(_source / path) for path in globals().get("templates_path", ())]
html_logo = str(_source / html_logo)
html_favicon = str(_source / html_favicon)
html_last_updated_fmt = None
suppress_warnings = ["*"]
exclude_patterns = [*globals().get("exclude_patterns", ()), "conf.py"]
if importlib.util.find_spec(html_theme) is None:
    html_theme, html_theme_options = "classic", {{}}
html_sidebars = {{}}
{dropped}
_own_setup = globals().get("setup", lambda app: None)


class _Box(SphinxDirective):
    """Stands in for a directive that is not installed."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = dict.fromkeys("open class color icon name gutter link".split(), str)

    def run(self):
        box = nodes.container()
        if self.arguments and self.name in ("tab-item", "dropdown"):
            title = nodes.paragraph()
            title += self.state.inline_text(self.arguments[0], self.lineno)[0]
            box += title
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def setup(app):
    try:
        _own_setup(app)
    except ImportError:
        pass  # the documentation is of another version than its program
    if "sphinx_design" in _missing:
        for name in ("tab-set", "tab-item", "dropdown", "div", "grid", "grid-item"):
            app.add_directive(name, _Box)
        for name in ("fa", "fab", "fas"):
            roles.register_generic_role(name, nodes.literal)
'''
PARSING = ("myst_dmath_double_inline",)
"""Options in ``conf.py`` that have no effect with us, as the manual says: dropped in both."""


def run(folder: Path) -> bool:
    """Compare both documentations; print what differs."""
    print("differences that are wanted:")
    for wanted in WANTED:
        print(f"  {wanted.what}: {wanted.reason}")
    results = [_run_one(name, folder / name) for name in DOCUMENTATIONS]
    return all(results)


def _run_one(name: str, root: Path) -> bool:
    _make(name, root)
    holds = True
    for tag, what in TAGS.items():
        theirs = root / "build/html/plain"
        found = list(find_mismatches(root / "build/html" / tag, theirs))
        pages = sum(1 for _ in theirs.rglob("*.html"))
        print(f"{name}, {what}: {pages} pages, search index, inventory; {len(found)} differ")
        for mismatch in found[:MOST_SHOWN]:
            print(f"  {mismatch.path}\n    MyST: {mismatch.wanted}\n    ours: {mismatch.found}")
        holds &= not found and pages > 20
    return holds


def _make(name: str, root: Path) -> None:
    """Build a documentation by MyST alone and by us, in `root`."""
    with tarfile.open(CORPUS) as archive:
        archive.extractall(root / "all", filter="data")
    source = root / "source"
    shutil.move(root / "all/myst" / name / DOCUMENTATIONS[name], source)
    write(root / "_data/registry.json", "{}")
    extensions = _extensions(source)
    dropped = "".join(f"globals().pop({option!r}, None)\n" for option in PARSING)

    def configuration(extension: str) -> str:
        return CONFIGURATION.format(source=str(source), extension=extension, dropped=dropped)

    settings = f"myst-extensions = {json.dumps(extensions)}\n"
    languages = [tag for tag in TAGS if tag != "en-US"]
    make_project(
        root, {}, languages=languages, settings=settings, configuration=configuration("bitext")
    )
    write(root / "plain/conf.py", configuration("myst_parser"))
    succeed(root, "gettext")
    succeed(root, "update")
    for path in sorted((root / "locale/en-AU").rglob("*.po")):
        translate_all(path)
    done = bitext_process(root, "build", seconds=500)
    assert done.status == 0, done.text
    done = sphinx(root, "-q", "-c", "plain", "source", "build/html/plain", seconds=300)
    assert done.status == 0, done.text


def _extensions(source: Path) -> list[str]:
    """Return the extensions of MyST that a documentation's configuration enables."""
    import ast

    tree = ast.parse((source / "conf.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and ast.unparse(node.targets[0]) == "myst_enable_extensions"
        ):
            found: list[str] = ast.literal_eval(node.value)
            return found
    return []
