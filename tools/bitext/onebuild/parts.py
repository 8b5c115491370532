"""Pages written by several processes at once, each a share of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from bitext.commands.sphinx_runs import Status
from bitext.executor import can_fork
from bitext.processes import Failed, Tell, map_isolated

if TYPE_CHECKING:
    from bitext.onebuild.marked_builder import MarkedBuilder

_FEW = 100
"""Pages that one process writes as fast as several."""

Part = tuple[str, ...]


class _Written(NamedTuple):
    """What a process knows that wrote a part of the pages."""

    hashes: Mapping[str, str]
    images: Mapping[str, str]
    opened: Set[str]
    warnings: str


def write_in_parts(
    builder: MarkedBuilder, docnames: Set[str], write: Callable[[Set[str]], None]
) -> None:
    """Let `write` write pages, in as many processes as the builder may use.

    All that Sphinx says stands in the order of pages, as it does when one process writes them.
    """
    if len(docnames) < _FEW or builder.jobs < 2 or not _may_split(builder):
        write(docnames)
        return
    first, *rest = sorted(docnames)
    write({first})  # templates are compiled then, for all processes
    size = -(-len(rest) // builder.jobs)
    parts = [tuple(rest[start : start + size]) for start in range(0, len(rest), size)]
    found = dict(
        map_isolated(
            lambda part, tell: _write_part(builder, part, write, tell),
            parts,
            jobs=len(parts),
            heard=_hearing(builder, parts),
        )
    )
    for part in parts:
        written = found[part]
        if isinstance(written, Failed):
            write({*part})  # what failed does so here too, and says why
        else:
            _take(builder, written)


def _may_split(builder: MarkedBuilder) -> bool:
    """Tell whether all extensions say that pages may be written by several processes."""
    extensions = builder._app.extensions.values()
    return can_fork() and all(own.parallel_write_safe for own in extensions)


def _write_part(
    builder: MarkedBuilder, part: Part, write: Callable[[Set[str]], None], tell: Tell
) -> _Written:
    status, warnings = builder._app._status, builder._app._warning
    if isinstance(status, Status):
        status.report = tell
    start, known = warnings.tell(), frozenset(builder.opened)
    builder.hashes.clear()
    write({*part})
    warnings.seek(start)
    return _Written(builder.hashes, builder.images, builder.opened - known, warnings.read())


def _take(builder: MarkedBuilder, written: _Written) -> None:
    """Let a builder know what was written of a part."""
    builder.hashes.update(written.hashes)
    builder.images.update(written.images)
    builder.opened.update(written.opened)
    builder._app._warning.write(written.warnings)


def _hearing(builder: MarkedBuilder, parts: Sequence[Part]) -> Callable[[Part, float], None]:
    """Return what tells of all parts together when one says how far it is."""
    done = dict.fromkeys(parts, 0.5)  # where Sphinx begins to write

    def heard(part: Part, own: float) -> None:
        done[part] = own
        status = builder._app._status
        if isinstance(status, Status):
            status.report(sum(done.values()) / len(done))

    return heard
