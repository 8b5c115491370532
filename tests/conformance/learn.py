"""Microsoft's docsets as they are: built, beside their own words, and cut alike."""

from __future__ import annotations

import pickle
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles import find_articles
from bitext.markdown import segment_rule
from bitext.markdown.blocks import Grammar
from bitext.markdown.learn.faults import find_faults
from bitext.markdown.segment_rule import copy_env
from bitext.po import Entry, parse
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings
from bitext.sphinx_ext.nodes import segment
from forks import Run
from golden import read_cases
from seams import Witness
from sites import Element, bitext_process, parse_html, read_body, succeed, write

from .corpora import unpack
from .doctrees import is_same

MOST_SLOWER = 1.2
ROUNDS = 5
MOST_SHOWN = 10
MINUTES = 1_500.0


@dataclass(frozen=True, slots=True)
class Docset:
    """A docset of the corpora, which has neither its table of contents nor its pictures."""

    name: str
    folder: str
    """Of its articles, in the archive of its name."""

    missing: frozenset[str]
    """Kinds of faults that are told, each once: files that are not in the corpus."""


DOCSETS = (
    Docset("nuget", "nuget/en-US/docs", frozenset({"learn.code", "learn.image", "learn.link"})),
    Docset("quantum", "quantum/en-US", frozenset({"learn.uid", "learn.link"})),
)
_NO_NODE = re.compile(r"front matter|alt text")
_NOT_SHOWN = ("learn-missing", "learn-video", "admonition-title", "headerlink")
"""Classes of what a page adds to an article's words."""


def run(folder: Path) -> bool:
    """Hold the promises over both docsets; print what was counted."""
    results = [_run_one(docset, folder / docset.name) for docset in DOCSETS]
    return all(results) and _is_seamless(folder) and _is_fast(folder)


def _run_one(docset: Docset, root: Path) -> bool:
    _make(docset, root)
    succeed(root, "gettext")
    done = bitext_process(root, "build", "--strict", seconds=MINUTES)
    checks = [
        _is_named_once(docset, done),
        _has_cases(root / "source"),
        _is_cut_alike(docset, root),
        _has_its_words(docset, root),
    ]
    return all(checks)


def _make(docset: Docset, root: Path) -> None:
    """Make a project of a docset, with a page that lists its articles."""
    unpack(f"{docset.name}.tar.xz", root / "unpacked")
    source = root / "source"
    shutil.move(root / "unpacked" / docset.folder, source)
    shutil.rmtree(root / "unpacked")
    base = f'[tool.bitext.learn]\nbase-path = "/{docset.name}"\n'
    write(root / "pyproject.toml", f'[tool.bitext]\ndialect = "learn"\n{base}')
    write(root / "conf.py", 'extensions = ["bitext"]\nhtml_theme = "classic"\n')
    paths = [path.relative_to(source).as_posix() for path in sorted(source.rglob("*.md"))]
    listed = "".join(f"- [{path}]({path})\n" for path in paths if "includes/" not in path)
    write(source / "index.md", f"# Articles\n\n{listed}")


def _is_named_once(docset: Docset, done: Run) -> bool:
    """Tell whether a build warns of nothing but missing files, once for each kind."""
    lines = [line for line in done.err.split("\n") if "WARNING" in line or "ERROR" in line]
    kinds = [line.rpartition("[")[2].rstrip("]") for line in lines]
    holds = len(kinds) == len(set(kinds)) and set(kinds) <= docset.missing
    print(f"{docset.name}: built with --strict; {len(lines)} lines of warnings")
    for line in lines[:MOST_SHOWN]:
        print(f"  {line.rpartition('/source/')[2]}")
    return holds and "Traceback" not in done.text


# Every construct is counted and has a case


def _has_cases(source: Path) -> bool:
    grammar = make_grammar(Settings(dialect="learn"))
    counted: Counter[str] = Counter()
    for path, text in find_articles(source):
        counted.update(_constructs(text, grammar))
        assert not find_faults(read_article(path, text, grammar).parsed.env), path
    known = {name for case in read_cases("learn") for name in _constructs(case.given, grammar)}
    for name, count in counted.most_common():
        print(f"  {count:6} {name}{'' if name in known else ' has no golden case'}")
    return set(counted) <= known


def _constructs(text: str, grammar: Grammar) -> Iterator[str]:
    """Yield the name of each construct of Learn's in an article."""
    parsed = read_article("a.md", text, grammar).parsed
    if "no-loc" in parsed.matter.values:
        yield "no-loc in the front matter"
    full = grammar.parser
    for token in parsed.tokens:
        yield from _names(token)
        if token.type == "inline":
            children: list[Token] = []
            full.inline.parse(token.content, full, copy_env(parsed.env), children)
            for child in children:
                yield from _names(child)


def _names(token: Token) -> Iterator[str]:
    if token.nesting == -1:
        return
    href = str(token.attrs.get("href", ""))
    if token.type == "alert_open":
        yield f"[!{token.info}]"
    elif token.type.startswith("learn_"):
        what = token.meta.get("class") or token.info
        name = token.type.removeprefix("learn_").removesuffix("_open").replace("_", " ")
        yield f"{name} {what}".strip() if name == "division" else name
    elif href.lower().startswith("xref:"):
        yield f"xref {'in brackets' if token.info == 'auto' else 'as a link'}"
    elif href.startswith("~/"):
        yield "link from ~/"
    elif href.startswith("/"):
        yield "link from /"
    elif token.type == "html_block" and "<table" in token.content.lower():
        yield "table in HTML"
    elif token.type == "paragraph_open":
        return
    elif token.type == "inline" and re.search(r"^%", token.content, re.MULTILINE):
        yield "line that begins with %"
    if "?view=" in href:
        yield "link with ?view="


# The build sees the sentences that are extracted


def _is_cut_alike(docset: Docset, root: Path) -> bool:
    found: dict[str, str] = {}
    for path in sorted((root / "build/doctrees").rglob("*.doctree")):
        doctree: nodes.document = pickle.loads(path.read_bytes())
        found.update((n["segment_id"], n.astext()) for n in doctree.findall(segment))
    differing: list[str] = []
    known: set[str] = set()
    uids = frozenset(uid for uid, _ in _titles(root / "source"))
    total = 0
    for path in sorted((root / "locale/pot").rglob("*.pot")):
        entries = parse(path.read_text(encoding="utf-8")).entries
        total += len(entries)
        known.update(entry.msgctxt or "" for entry in entries)
        article = path.relative_to(root / "locale/pot").with_suffix("").as_posix()
        differing += [f"{article}: {line}" for line in _differences(entries, found, uids)]
    differing += [f"{identifier} is in no POT" for identifier in found.keys() - known]
    print(f"{docset.name}: {total} sentences in POT files, {len(found)} on pages;")
    print(f"  {len(differing)} differ" + "".join(f"\n  {own}" for own in differing[:MOST_SHOWN]))
    return not differing and total > 1_000


def _differences(
    entries: tuple[Entry, ...], found: Mapping[str, str], uids: frozenset[str]
) -> Iterator[str]:
    """Yield the sentences of an article that are on no page, and IDs that no POT has.

    A quoted UID that an article has is a link there, whose words its page gives it afterwards.
    """
    for entry in entries:
        identifier = entry.msgctxt or ""
        shown = found.get(identifier)
        if shown is None and not _NO_NODE.match(entry.extracted[0]):
            yield f"{identifier} {entry.msgid!r} is on no page"
            continue
        own = _QUOTED.sub(lambda m: "" if m[1].lower() in uids else m[0], entry.msgid)
        if shown is not None and not is_same(own, shown):
            yield f"{identifier} {entry.msgid!r} is {shown!r} on its page"


# The words of an article are on its page

_FRONT_MATTER = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)
_INCLUDE = re.compile(r"^[ \t]*\[!include\s*\[[^\]]*\]\(([^)]*)\)\][ \t]*$", re.I | re.M)
_SPLIT = re.compile(r"\\(?:begin|end)\{split\}")
"""What Sphinx adds to math of several lines."""

_ROW_WITH_CODE = re.compile(r"^[ \t]*\|.*`.*\|.*`.*\|[ \t]*$", re.M)
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^`\n]+\1(?!`)")
"""In Learn's tables, as on its site, code is read before the borders of cells."""

_XREF = re.compile(r"<xref:([^>?]*)[^>]*>")
_QUOTED = re.compile(r'@"([^"\n]+)"')
_MARKERS: Mapping[re.Pattern[str], str] = {
    re.compile(r"^[ \t]*\[!code[^\n]*$", re.I | re.M): "",
    re.compile(r"\[!(?:note|tip|important|caution|warning)\]", re.I): "",
    re.compile(r"\[!(?:div|video)\b[^\]\n]*\]", re.I): "",
    re.compile(r"^(#+)[ \t]*\[([^\]\n]*)\]\(#tab/[^)\n]*\)", re.M): r"\1 \2",
}


def _has_its_words(docset: Docset, root: Path) -> bool:
    """Tell whether each page has the words of its article, in their order."""
    plain = MarkdownIt("commonmark").enable(["table"])
    titles = dict(_titles(root / "source"))
    differing: list[str] = []
    count = 0
    for path in sorted((root / "build/html/en-US").rglob("*.html")):
        article = root / "source" / path.relative_to(root / "build/html/en-US").with_suffix(".md")
        if not article.is_file():
            continue
        wanted = _words(_text_of(plain.render(_resolve(article, titles))))
        shown = _words(_SPLIT.sub("", _shown(read_body(path))))
        count += len(wanted)
        if wanted != shown:
            place = _first_difference(wanted, shown)
            begin, end = max(place - 3, 0), place + 5
            differing.append(f"{article.name}: {wanted[begin:end]} is {shown[begin:end]}")
    print(f"{docset.name}: {count} words; {len(differing)} pages differ")
    for line in differing[:MOST_SHOWN]:
        print(f"  {line}")
    return not differing and count > 10_000


def _first_difference(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _titles(source: Path) -> Iterator[tuple[str, str]]:
    """Yield each UID, in lower case, with the title of its article."""
    for _, text in find_articles(source):
        uid = re.search(r"^uid:\s*(\S+)", text, re.MULTILINE)
        title = re.search(r"^# (.*)", text, re.MULTILINE)
        if uid and title:
            yield uid[1].lower(), title[1].strip()


def _resolve(article: Path, titles: Mapping[str, str]) -> str:
    """Return an article without front matter and markers, with what it includes."""
    text = article.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    text = _FRONT_MATTER.sub("", text)
    text = _INCLUDE.sub(lambda match: _resolve(article.parent / match[1], titles), text)
    text = _XREF.sub(lambda match: titles.get(match[1].lower(), match[1]), text)
    text = _QUOTED.sub(lambda match: titles.get(match[1].lower(), match[0]), text)
    for pattern, replacement in _MARKERS.items():
        text = pattern.sub(replacement, text)
    return _ROW_WITH_CODE.sub(_keep_pipes, text)


def _keep_pipes(row: re.Match[str]) -> str:
    """Return a row of a table in which CommonMark's tables take a pipe in code for no border."""
    return _CODE.sub(lambda code: re.sub(r"(?<!\\)\|", r"\\|", code[0]), row[0])


def _text_of(page: str) -> str:
    return " ".join(_strings(parse_html(page)))


def _shown(element: Element) -> str:
    return " ".join(_strings(element))


def _strings(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif not set(child.classes) & set(_NOT_SHOWN):
            yield from _strings(child)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


# Cutting changes no meaning


def _is_seamless(folder: Path) -> bool:
    """Try every block of the docsets; an assertion names the first that breaks."""
    make_grammar.cache_clear()  # it remembers how it cut
    grammar = make_grammar(Settings(dialect="learn"))
    witness = Witness()
    with patch.object(segment_rule, "cut_block", side_effect=witness):
        for path, text in find_articles(folder):
            read_article(path, text, grammar)
    print(f"seam: {len(witness.seen)} different blocks of both")
    return len(witness.seen) > 10_000


# The dialect costs little


def _is_fast(folder: Path) -> bool:
    """Tell whether extraction is at most a fifth slower than in MyST's dialect."""
    holds = True
    for docset in DOCSETS:
        texts = list(find_articles(folder / docset.name / "source"))
        best = {"myst": float("inf"), "learn": float("inf")}
        for _ in range(ROUNDS):
            for dialect in best:
                grammar = make_grammar(Settings(dialect=dialect, front_matter=("title", dialect)))
                best[dialect] = min(best[dialect], _seconds(texts, grammar))
                make_grammar.cache_clear()
        ratio = best["learn"] / best["myst"]
        print(f"{docset.name}: {len(texts)} articles, extraction takes {ratio:.2f} times MyST's")
        holds &= ratio <= MOST_SLOWER
    return holds


def _seconds(texts: list[tuple[str, str]], grammar: Grammar) -> float:
    start = time.process_time()
    for path, text in texts:
        read_article(path, text, grammar)
    return time.process_time() - start
