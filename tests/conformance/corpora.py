"""The documentation that is measured, and how it is brought to build."""

from __future__ import annotations

import json
import lzma
import shutil
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"

_CONF = '''\
"""The documentation's own configuration, with the extensions that are installed here."""

import sys
from importlib.util import find_spec

{before}
exec(compile(open("own_conf.py", encoding="utf-8").read(), "own_conf.py", "exec"))
for name in list(extensions):
    if name in {unwanted!r} or find_spec(name.partition(".")[0]) is None:
        extensions.remove(name)
        print("not installed:", name, file=sys.stderr)
extensions += {more!r}
{after}
'''


@dataclass(frozen=True, slots=True)
class Corpus:
    """A documentation that has a configuration of its own."""

    name: str
    folder: str
    """In the archive ``myst.tar.xz``."""

    extensions: Sequence[str]
    """Those of MyST in its configuration."""

    settings: str = ""
    """What its project would add to the settings of bitext: the directives of its own."""

    before: str = ""
    after: str = ""
    """Lines around its own configuration."""

    unwanted: Sequence[str] = ()
    """Extensions that need what the corpus does not hold."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Files beside its folder that its configuration reads."""


_EXAMPLE = """
[tool.bitext.directives.myst-example]
body = "markdown"
"""

MYST = Corpus(
    name="MyST-Parser",
    folder="myst/MyST-Parser/docs",
    extensions=(
        *("alert", "dollarmath", "amsmath", "deflist", "fieldlist", "html_admonition"),
        *("html_image", "colon_fence", "smartquotes", "replacements", "linkify"),
        *("strikethrough", "substitution", "tasklist", "attrs_inline", "attrs_block"),
    ),
    settings=_EXAMPLE,
    before=(
        "import myst_parser._docs as docs\n"
        "if not hasattr(docs, 'MystExampleDirective'):  # its name in the corpus\n"
        "    docs.MystExampleDirective = docs.SyntaxExampleDocsDirective"
    ),
    unwanted=("autodoc2", "sphinxext.rediraffe"),
    after="intersphinx_mapping = {}",
)

FPM = Corpus(
    name="fpm-docs",
    folder="myst/fpm-docs/pages",
    extensions=("colon_fence", "deflist", "substitution", "html_image"),
    files={"_data/registry.json": '{"packages": {}, "categories": {}}'},
    after="intersphinx_mapping = {}",
)


def unpack(archive: str, scratch: Path) -> None:
    """Unpack one of the archives into `scratch`."""
    with tarfile.open(CORPORA / archive) as packed:
        packed.extractall(scratch, filter="data")


def prepare(corpus: Corpus, scratch: Path, *, more: Sequence[str] = ()) -> Path:
    """Make a project of a corpus in `scratch`, its articles in ``docs``; return its folder."""
    unpack("myst.tar.xz", scratch / "unpacked")
    root = scratch / corpus.name
    root.mkdir()
    docs = root / "docs"
    shutil.move(scratch / "unpacked" / corpus.folder, docs)
    shutil.rmtree(scratch / "unpacked")
    (docs / "conf.py").rename(root / "docs/own_conf.py")
    conf = _CONF.format(
        before=corpus.before, after=corpus.after, unwanted=tuple(corpus.unwanted), more=list(more)
    )
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    for path, text in corpus.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    _write_settings(root, corpus.extensions, corpus.settings)
    return root


def _write_settings(root: Path, extensions: Sequence[str], more: str = "") -> None:
    listed = json.dumps(list(extensions))
    text = f'[tool.bitext]\nsource = "docs"\nmyst-extensions = {listed}\n{more}'
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


_OTHERS = (("nuget", "nuget/en-US"), ("quantum", "quantum/en-US"))
_PLAIN = """\
extensions = ["bitext"]
suppress_warnings = ["myst", "toc", "ref", "image", "misc", "docutils"]
"""


def prepare_others(scratch: Path, extensions: Sequence[str]) -> list[Path]:
    """Make a project of all English articles of each other corpus."""
    roots: list[Path] = []
    for name, folder in _OTHERS:
        unpack(f"{name}.tar.xz", scratch / "unpacked")
        articles = sorted((scratch / "unpacked" / folder).rglob("*.md"))
        texts = {f"{n}.md": path.read_bytes() for n, path in enumerate(articles)}
        roots.append(_make_other(scratch / name, texts, extensions))
        shutil.rmtree(scratch / "unpacked")
    with lzma.open(CORPORA / "alchemy-history.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    texts = {f"{n}.md": record["versions"][-1]["text"].encode() for n, record in enumerate(records)}
    return [*roots, _make_other(scratch / "alchemy", texts, extensions)]


def _make_other(root: Path, texts: Mapping[str, bytes], extensions: Sequence[str]) -> Path:
    (root / "docs").mkdir(parents=True)
    for name, content in texts.items():
        (root / "docs" / name).write_bytes(content)
    (root / "docs/index.md").write_text("# Index\n", encoding="utf-8")
    (root / "docs/conf.py").write_text(_PLAIN, encoding="utf-8")
    _write_settings(root, extensions)
    return root
