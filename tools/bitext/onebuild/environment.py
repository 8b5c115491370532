"""Sphinx's environment with slots: dumped once, loaded for each language with them filled."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import toctree

from bitext.onebuild.marked_nodes import gap, slot
from bitext.onebuild.slots import find_sentences, has_slot

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

OF_THE_RUN = frozenset(
    "app _app builder _builder_cls events config config_status config_status_extra project"
    " settings srcdir doctreedir version domains current_document ref_context myst_config"
    " _pickled_doctree_cache _write_doc_doctree_cache versioning_condition"
    " versioning_compare".split()
)
"""Attributes of an environment that belong to a run and its language, not to what was read."""

_CONTENTS = "master_doctree"
_NODES = ("titles", "longtitles", "tocs")


class Title(NamedTuple):
    """A sentence of a title as navigation shows it."""

    html: str
    text: str
    words: tuple[str, ...]
    """Its texts as a search index sees them."""


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: object) -> str | None:
        """Return a text with slots itself; of anything else None."""
        return obj if type(obj) is str and has_slot(obj) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, fill: Callable[[str], str]) -> None:
        super().__init__(file)
        self._fill = fill

    def persistent_load(self, pid: str) -> str:
        """Return a text with its slots filled."""
        return self._fill(pid)


def dump_environment(env: BuildEnvironment) -> bytes:
    """Return what was read, for `load_environment`."""
    kept = {name: value for name, value in vars(env).items() if name not in OF_THE_RUN}
    if _CONTENTS in kept:
        kept[_CONTENTS] = _contents_of(kept[_CONTENTS])
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(kept)
    return file.getvalue()


def _contents_of(start: nodes.document) -> nodes.document:
    """Return the tables of contents of the first page: navigation asks its doctree for no more."""
    contents = new_document("")
    contents.extend(node.deepcopy() for node in start.findall(toctree))
    return contents


def load_environment(
    env: BuildEnvironment,
    content: bytes,
    *,
    fill: Callable[[str], str],
    title_of: Callable[[str], Title],
    is_dropped: Callable[[str], bool],
) -> None:
    """Let `env` be as if it had read all articles in its language.

    `fill` fills the slots of a text, `title_of` says how navigation shows a title's sentence,
    `is_dropped` whether the language has no space in a gap.
    """
    kept: dict[str, Any] = _Unpickler(io.BytesIO(content), fill).load()
    for name, value in kept.items():
        setattr(env, name, value)
    for name in _NODES:
        for root in kept[name].values():
            _fill_titles(root, title_of)
            _fill_gaps(root, is_dropped)
    for domain in env.domains.sorted():
        domain.data = env.domaindata[domain.name]


def _fill_titles(root: nodes.Element, title_of: Callable[[str], Title]) -> None:
    for node in root.findall(slot):
        title = title_of(node["segment_id"])
        node["html"], node["text"] = title.html, title.text
        node.clear()
        node.extend(nodes.Text(word) for word in title.words)


def _fill_gaps(root: nodes.Element, is_dropped: Callable[[str], bool]) -> None:
    for node in root.findall(gap):
        node["text"] = "" if is_dropped(node["key"]) else nodes.TextElement.astext(node)


def find_held(env: BuildEnvironment, content: bytes) -> set[str]:
    """Return the segment IDs of all sentences in an environment, dumped as `content`."""
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    _Unpickler(io.BytesIO(content), note).load()
    roots = (root for name in _NODES for root in getattr(env, name).values())
    held = {node["segment_id"] for root in roots for node in root.findall(slot)}
    return held.union(*map(find_sentences, texts))
