"""Which pages lead to which: one that leads to an article that came or went is read again.

Sphinx reads only what changed itself, so it would neither name nor mend the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.util import docname_join

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TARGETS = "bitext_targets"
"""Where the environment keeps what each page leads to."""


def targets_of(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Return what each page leads to, by docname: docnames, labels and other names."""
    if not hasattr(env, _TARGETS):
        setattr(env, _TARGETS, {})
    targets: Any = getattr(env, _TARGETS)
    return targets  # type: ignore[no-any-return]


def note_targets(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page that was read leads to."""
    docname = app.env.current_document.docname
    found = frozenset(_find_targets(app.env, docname, doctree))
    if found:
        targets_of(app.env)[docname] = found


def _find_targets(env: BuildEnvironment, docname: str, doctree: nodes.document) -> Iterator[str]:
    for node in doctree.findall(addnodes.pending_xref):
        target = str(node.get("reftarget", ""))
        yield target
        yield target.lower()  # labels
        if node.get("reftype") == "doc":
            yield docname_join(docname, target)
        elif node.get("reftype") == "myst" and not node.get("refdomain"):
            yield _docname_of(env, docname, target)


def _docname_of(env: BuildEnvironment, docname: str, target: str) -> str:
    """Return the document that a link to a file means; it need not be there yet."""
    try:
        path = env.relfn2path(target.partition("#")[0], docname)[1]
        return env.path2doc(path) or ""
    except ValueError:  # no path at all
        return ""


def find_referring(
    app: Sphinx,
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> Iterable[str]:
    """Return the pages that lead to documents which came or went since the last build."""
    if not (removed or added):
        return []
    names = {*removed, *added, *_names_in(env, removed)}
    found = {name for name, targets in targets_of(env).items() if not names.isdisjoint(targets)}
    holding = (name for name, inner in env.toctree_includes.items() if removed & {*inner})
    return sorted(found.union(holding))


def _names_in(env: BuildEnvironment, docnames: Set[str]) -> Iterator[str]:
    """Yield what else of documents a reference may name: labels, terms, objects."""
    if docnames:
        for domain in env.domains.sorted():
            for own in domain.get_objects():
                if own[3] in docnames:
                    yield own[0]


def forget_targets(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page."""
    targets_of(env).pop(docname, None)


def merge_targets(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process noted."""
    theirs = targets_of(other)
    targets_of(env).update((name, theirs[name]) for name in docnames if name in theirs)
