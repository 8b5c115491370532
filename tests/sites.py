"""Tiny projects in a folder: make them, run commands on them, read what came out."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from bitext.cli import main
from bitext.po import parse
from forks import Run, run_forked

TOOLS = Path(__file__).resolve().parents[1] / "tools"
PROJECTS = Path(__file__).resolve().parent / "projects"
VARIABLES = {
    "PYTHONPATH": str(TOOLS),
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
    "PYTHONWARNINGS": "",
}
"""Of the environment of a command: it speaks UTF-8, without colours."""

AT_ONCE, SEPARATELY = WAYS = ("--all-at-once", "--separately")
"""How `bitext build` makes the sites."""

CACHE = ".bitext_cache"
MINUTE = 60.0
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def copy_project(name: str, folder: Path) -> Path:
    """Copy one of ``tests/projects`` into `folder`."""
    return Path(shutil.copytree(PROJECTS / name, folder / name))


def make_project(
    folder: Path,
    articles: Mapping[str, str | bytes],
    *,
    languages: Sequence[str] = ("sl-SI",),
    settings: str = "",
    configuration: str = 'project = "tiny"\nextensions = ["bitext"]\n',
) -> Path:
    """Make a project with these articles (path below source/ → Markdown) in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{tag}"' for tag in languages)
    write(folder / "pyproject.toml", f"[tool.bitext]\nlanguages = [{listed}]\n{settings}")
    write(folder / "conf.py", configuration)
    for path, text in articles.items():
        write(folder / "source" / path, text)
    return folder


def write(path: Path, text: str | bytes) -> None:
    """Write exactly `text`; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def make_shim(folder: Path) -> Path:
    """Make a program ``bitext`` in a folder, which runs this package; return the folder."""
    write(folder / "bitext", f'#!/bin/sh\nexec "{sys.executable}" -m bitext "$@"\n')
    (folder / "bitext").chmod(0o755)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace the one occurrence of `old` in a file."""
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{text.count(old)} times in {path.name}: {old!r}"
    write(path, text.replace(old, new))


def bitext(root: Path, *arguments: str) -> Run:
    """Run a command in this process; a traceback fails the test."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(["-C", str(root), *arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
    return Run(status, out.getvalue(), err.getvalue())


def succeed(root: Path, *arguments: str) -> str:
    """Run a command in this process that must say nothing is wrong; return what it prints."""
    run = bitext(root, *arguments)
    assert (run.status, run.err) == (0, ""), run.text
    return run.out


def bitext_process(root: Path, *arguments: str, seconds: float = MINUTE) -> Run:
    """Run ``bitext`` in a process of its own, in the project's folder."""
    return run_forked("bitext.cli", arguments, root, variables=VARIABLES, seconds=seconds)


def sphinx(root: Path, *arguments: str, seconds: float = MINUTE) -> Run:
    """Run ``sphinx-build`` in the project's folder."""
    return run_forked("sphinx.cmd.build", arguments, root, variables=VARIABLES, seconds=seconds)


def pot(root: Path, article: str) -> Path:
    """Return where the POT of an article is."""
    return root / "locale" / "pot" / f"{article}.pot"


def po(root: Path, article: str, tag: str = "sl-SI") -> Path:
    """Return where the PO of an article is."""
    return root / "locale" / tag / "LC_MESSAGES" / f"{article}.po"


def translate(path: Path, translations: Mapping[str, str], *, fuzzy: Sequence[str] = ()) -> None:
    """Fill the entries of these English sentences, as a translator's editor does."""
    text = path.read_bytes().decode()
    for english, translation in translations.items():
        pattern = rf'^(msgctxt .*\n)(msgid "{re.escape(quoted(english))}"\nmsgstr )".*"$'
        flag = "#, fuzzy\n" if english in fuzzy else ""

        def fill(match: re.Match[str], new: str = translation, flag: str = flag) -> str:
            return f'{flag}{match[1]}{match[2]}"{quoted(new)}"'

        text, count = re.subn(pattern, fill, text, flags=re.MULTILINE)
        assert count, f"no entry of {english!r} in {path.name}"
    write(path, text)


def translate_all(path: Path, *, fuzzy: bool = False) -> None:
    """Make ``msgstr = msgid`` everywhere."""
    english = {entry.msgid for entry in parse(path.read_bytes().decode()).entries}
    translate(path, {text: text for text in english}, fuzzy=sorted(english) if fuzzy else ())


def quoted(text: str) -> str:
    """Return `text` as a PO string holds it."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def entries(path: Path) -> dict[str, str]:
    """Return the entries of a catalog by ID, each with its lines; the header is ''."""
    parts = re.split(r"\n\n", path.read_bytes().decode().rstrip("\n"))
    found: dict[str, str] = {}
    for part in parts:
        match = re.search(r'^(?:#~ )?msgctxt "(.*)"$', part, re.MULTILINE)
        found[match[1] if match else ""] = part
    assert len(found) == len(parts)
    return found


def ids(path: Path) -> dict[str, str]:
    """Return the ID of each English sentence in a catalog; the last of equal ones."""
    return {entry.msgid: entry.msgctxt or "" for entry in parse(path.read_bytes().decode()).entries}


def line_of(path: Path, identifier: str) -> int:
    """Return the line, from 1, of an entry's ``msgctxt``."""
    lines = path.read_bytes().decode().split("\n")
    return lines.index(f'msgctxt "{identifier}"') + 1


Snapshot = Mapping[str, tuple[int, bytes]]


def snapshot(root: Path) -> Snapshot:
    """Return time stamp and bytes of every file below `root`, the cache left out."""
    paths = (path for path in root.rglob("*") if path.is_file() and CACHE not in path.parts)
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(paths)
    }


def changes(before: Snapshot, after: Snapshot) -> set[str]:
    """Return the paths that were written, made or removed."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@dataclass(slots=True)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Its CSS classes."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All its text, white space collapsed."""
        return " ".join("".join(self.strings()).split())

    def strings(self) -> Iterator[str]:
        """Yield its text nodes."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.strings()

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, tag: str = "", **attributes: str) -> list[Element]:
        """Return the elements with this tag, class (``class_``) and these attributes."""
        wanted = attributes.pop("class_", "")
        names = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if tag in ("", element.tag)
            and (not wanted or wanted in element.classes)
            and all(element.attributes.get(name) == value for name, value in names.items())
        ]

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, in the order of the page."""
        return [e.attributes[attribute] for e in self.walk() if attribute in e.attributes]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in [element.tag for element in self.open]:
            return
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_html(text: str) -> Element:
    """Return the tree of a page; its root has no tag."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.open[0]


def read_page(path: Path) -> Element:
    """Return the tree of a built page."""
    return parse_html(path.read_text(encoding="utf-8"))


def body_of(page: Element) -> Element:
    """Return the article of a page of Sphinx's own themes."""
    (body,) = page.find("div", class_="body")
    return body


def read_body(path: Path) -> Element:
    """Return the article of a built page."""
    return body_of(read_page(path))


def plain(element: Element) -> Element:
    """Return a copy as the English site has it: no lookups, control or sentences' spans."""
    children: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            _append(children, [child])
        elif {"sxs-lookup", "bitext-bar", "bitext-hidden"} & set(child.classes):
            continue
        elif child.tag == "span" and "data-ttu-id" in child.attributes:
            _append(children, plain(child).children)
        else:
            _append(children, [plain(child)])
    return Element(element.tag, dict(element.attributes), children)


def _append(children: list[Element | str], more: Sequence[Element | str]) -> None:
    for child in more:
        if isinstance(child, str) and children and isinstance(children[-1], str):
            children[-1] += child
        else:
            children.append(child)


def skeleton(element: Element) -> str:
    """Return tags, IDs and link targets of a plain copy as indented lines, without its text."""
    return "\n".join(_outline(plain(element), 0))


def _outline(element: Element, depth: int) -> Iterator[str]:
    kept = (
        f"{name}={element.attributes[name]}"
        for name in ("id", "href", "src", "class")
        if name in element.attributes
    )
    yield " ".join([f"{'  ' * depth}{element.tag}", *kept])
    for child in element.children:
        if isinstance(child, Element):
            yield from _outline(child, depth + 1)


def listing(element: Element) -> list[str]:
    """Return a plain copy line by line: tags with all attributes, and text."""
    return list(_lines(plain(element), 0))


def _lines(element: Element, depth: int) -> Iterator[str]:
    indent = "  " * depth
    attributes = (f'{name}="{value}"' for name, value in sorted(element.attributes.items()))
    yield f"{indent}<{' '.join([element.tag, *attributes])}>"
    for child in element.children:
        if isinstance(child, Element):
            yield from _lines(child, depth + 1)
        elif child.strip():
            yield f"{indent}  {' '.join(child.split())}"


def translations_of(project: str, tag: str = "sl-SI") -> dict[str, dict[str, str]]:
    """Return the translations beside one of ``tests/projects``: article → English → text."""
    text = (PROJECTS / project / f"{tag}.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded
