"""Pages read and written by several processes at once, each a share of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence, Set
from logging import LogRecord
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from bitext.commands.sphinx_runs import Status
from bitext.executor import can_fork
from bitext.onebuild.changes import UnfitError
from bitext.processes import Failed, Tell, map_isolated

if TYPE_CHECKING:
    from bitext.onebuild.marked_builder import MarkedBuilder
    from bitext.onebuild.marked_sphinx import MarkedSphinx

_LOGGER = logging.getLogger(__name__)

_FEW = 100
"""Pages that one process reads or writes as fast as several."""

Part = tuple[str, ...]
_Made = TypeVar("_Made")


class _Read(NamedTuple):
    """What a process knows that read a part of the pages."""

    environment: bytes
    read: Set[str]
    images: Mapping[str, tuple[str, ...]]
    opened: Set[str]
    warnings: Sequence[LogRecord]


class _Written(NamedTuple):
    """What a process knows that wrote a part of the pages."""

    hashes: Mapping[str, str]
    images: Mapping[str, str]
    opened: Set[str]
    warnings: str


def read_in_parts(
    builder: MarkedBuilder, docnames: list[str], read: Callable[[list[str]], None]
) -> None:
    """Let `read` read pages, in as many processes as the builder may use.

    What Sphinx warns of stands in the order of pages. Raises `UnfitError` if it counts which of
    two pages was read first: then one process has to read all.
    """
    extensions = builder._app.extensions.values()
    is_safe = can_fork() and all(own.parallel_read_safe for own in extensions)
    if builder.reads_alone or len(docnames) < _FEW or builder.jobs < 2 or not is_safe:
        read(docnames)
        return

    def read_part(part: Part, tell: Tell) -> _Read:
        return _read_part(builder, part, read, tell)

    for part, made in _map_parts(builder, docnames, read_part, begun=0.0):
        if isinstance(made, Failed):
            raise UnfitError(made.message)
        _merge(builder, part, made)


def _read_part(
    builder: MarkedBuilder, part: Part, read: Callable[[list[str]], None], tell: Tell
) -> _Read:
    app, known = cast("MarkedSphinx", builder._app), frozenset(builder.opened)
    _let_tell(builder, tell)
    with logging.pending_warnings() as pending:
        assert isinstance(pending, logging.MemoryHandler)
        read([*part])
        warnings = pending.clear()
    logging.convert_serializable(warnings)
    environment = pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL)
    return _Read(environment, app.read, app.page_images, builder.opened - known, warnings)


def _merge(builder: MarkedBuilder, part: Part, made: _Read) -> None:
    """Let the environment of a builder know what was read of a part."""
    app, env = cast("MarkedSphinx", builder._app), builder.env
    other: BuildEnvironment = pickle.loads(made.environment)  # noqa: S301 - our own
    _require_apart(env, other)
    env.merge_info_from(part, other, app)
    app.read |= made.read
    app.page_images |= made.images
    builder.opened.update(made.opened)
    for warning in made.warnings:
        _LOGGER.handle(warning)


def _require_apart(env: BuildEnvironment, other: BuildEnvironment) -> None:
    """Raise `UnfitError` if pages of both define the same thing, or images have the same name."""
    for name, data in other.domaindata.items():
        for key, table in data.items():
            known = env.domaindata[name].get(key)
            if isinstance(table, dict) and isinstance(known, dict):
                both = table.keys() & known.keys()
                if any(table[own] != known[own] for own in both):
                    raise UnfitError("two pages define the same thing")
    named = {path: name for path, (_, name) in [*env.images.items(), *other.images.items()]}
    if len(set(named.values())) < len(named):
        raise UnfitError("images may have other names")


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

    def write_part(part: Part, tell: Tell) -> _Written:
        return _write_part(builder, part, write, tell)

    for part, written in _map_parts(builder, rest, write_part, begun=0.5):
        if isinstance(written, Failed):
            write({*part})  # what failed does so here too, and says why
        else:
            _take(builder, written)


def _map_parts(
    builder: MarkedBuilder,
    docnames: Sequence[str],
    function: Callable[[Part, Tell], _Made],
    *,
    begun: float,
) -> list[tuple[Part, _Made | Failed]]:
    """Return what `function` makes of each part of the pages, in their order.

    `begun` is how much of the build is done before.
    """
    size = -(-len(docnames) // builder.jobs)
    parts = [tuple(docnames[start : start + size]) for start in range(0, len(docnames), size)]
    heard = _hearing(builder, parts, begun)
    found = dict(map_isolated(function, parts, jobs=len(parts), heard=heard))
    return [(part, found[part]) for part in parts]


def _may_split(builder: MarkedBuilder) -> bool:
    """Tell whether all extensions say that pages may be written by several processes."""
    extensions = builder._app.extensions.values()
    return can_fork() and all(own.parallel_write_safe for own in extensions)


def _write_part(
    builder: MarkedBuilder, part: Part, write: Callable[[Set[str]], None], tell: Tell
) -> _Written:
    warnings = builder._app._warning
    _let_tell(builder, tell)
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


def _let_tell(builder: MarkedBuilder, tell: Tell) -> None:
    """Let what Sphinx says of its progress in this process be told to the one that started it."""
    status = builder._app._status
    if isinstance(status, Status):
        status.report = tell


def _hearing(
    builder: MarkedBuilder, parts: Sequence[Part], begun: float
) -> Callable[[Part, float], None]:
    """Return what tells of all parts together when one says how far it is, from `begun` on."""
    done = dict.fromkeys(parts, begun)

    def heard(part: Part, own: float) -> None:
        done[part] = own
        status = builder._app._status
        if isinstance(status, Status):
            status.report(sum(done.values()) / len(done))

    return heard
