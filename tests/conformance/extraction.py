"""How completely articles are extracted, measured against Sphinx on real documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bitext.encoding import decode_article
from bitext.project import open_project
from bitext.segments import Article, make_grammar, read_article

from .corpora import FPM, MYST, Corpus, prepare, prepare_others
from .covering import describe, measure
from .doctrees import compare, count
from .messages import find_messages, run_sphinx

REQUIRED = 99.5
"""Per cent of Sphinx's messages that must be covered."""

_SOME = ("colon_fence", "deflist", "dollarmath", "linkify", "strikethrough", "tasklist")

LOST = {
    "how-to/compute-pi-openmp": "the files of its literalinclude are not in the corpus",
    "spec/features": "the files of its literalinclude are not in the corpus",
    "tutorial/dependencies": "the files of its literalinclude are not in the corpus",
    "syntax/cross-referencing": "links to inventories that are not loaded lose their text in MyST",
}
"""Articles in which sentences of the POT are on no page, for a cause outside of bitext."""


def run(folder: Path) -> bool:
    """Measure two documentations, and compare builds with POT files."""
    covered = [_cover(corpus, folder / "cover") for corpus in (MYST, FPM)]
    alike = _compare_builds(folder / "build")
    return all(covered) and alike


def _cover(corpus: Corpus, scratch: Path) -> bool:
    """Measure the messages of one documentation; tell whether enough are covered."""
    root = prepare(corpus, scratch)
    said = run_sphinx(root, "gettext", "-D", "gettext_compact=0")
    texts = dict(_texts(root))
    result = measure(find_messages(root), _read(root, texts), texts)
    print(f"{corpus.name}: what Sphinx's gettext builder extracts")
    _print_all(line for line in said.split("\n") if line.startswith("not installed"))
    _print_all(describe(result))
    return result.per_cent >= REQUIRED and not result.unexplained


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        yield name, decode_article(path.read_bytes(), name)


def _read(root: Path, texts: dict[str, str]) -> dict[str, Article]:
    grammar = make_grammar(open_project(root).settings)
    return {name: read_article(name, text, grammar) for name, text in texts.items()}


def _compare_builds(scratch: Path) -> bool:
    """Compare builds with their POT files; tell whether they hold the same sentences."""
    roots = [prepare(corpus, scratch, more=["bitext"]) for corpus in (MYST, FPM)]
    roots += prepare_others(scratch / "plain", ())
    roots += prepare_others(scratch / "extended", _SOME)
    results = [_compare_build(root) for root in roots]
    return all(results)


def _compare_build(root: Path) -> bool:
    differences = list(compare(root))
    lost = [line for line in differences if line.partition(":")[0] in LOST]
    rest = [line for line in differences if line not in lost]
    sentences, files = count(root)
    print(f"{root.parent.name}/{root.name}: {sentences} sentences in {files} POT files;")
    print(f"  {len(rest)} differences from the build, {len(lost)} with a cause outside")
    _print_all(f"  {line}" for line in rest)
    _print_all(f"  known: {line} ({LOST[line.partition(':')[0]]})" for line in lost)
    return not rest


def _print_all(lines: Iterator[str] | Sequence[str]) -> None:
    for line in lines:
        print(line)
