"""YAML that anybody may have written: read within bounds, and what is wrong has its line.

PyYAML's own bounds are those of the machine: lists of 50,000 in one another end the process, ten
lines whose aliases name one another fill the memory, and ``!!int ""`` is an `IndexError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitext.errors import ArticleError

if TYPE_CHECKING:
    from yaml import Event, Node

_MAX_DEPTH = 100
_MOST_REPEATED = 10_000
"""Values that all aliases of a text may stand for."""

_LONG = 100
"""Characters of a text that count as a value more."""


def compose_yaml(text: str) -> Node | None:
    """Return the values of a text with their places; None if it has none.

    No value holds itself. Raises `ArticleError` if the text is not YAML, or out of bounds.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _require_bounds(text)
        node: Node | None = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, ValueError) as error:
        raise _refuse(error) from error
    return node


def load_yaml(text: str) -> object:
    """Return what a text says; raises as `compose_yaml` does."""
    import yaml

    node = compose_yaml(text)
    if node is None:
        return None
    try:
        return yaml.SafeLoader("").construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        raise _refuse(error) from error
    except (LookupError, AttributeError, TypeError) as error:  # as ``!!int ""`` is
        message = "it is not YAML: a value is not of the kind that its tag says"
        raise ArticleError(message, line=1) from error


def _refuse(error: Exception) -> ArticleError:
    """Return what PyYAML says is wrong, with its line."""
    import yaml

    if not isinstance(error, yaml.MarkedYAMLError):
        return ArticleError(f"it is not YAML: {' '.join(str(error).split())}", line=1)
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    return ArticleError(f"it is not YAML: {error.problem or error.context}", line=line)


class _Bounds:
    """How deep a text is nested, and how much its aliases repeat."""

    def __init__(self) -> None:
        self._opened: list[tuple[str | None, int]] = []
        """The anchor of each list or table that is open, and the values before it."""

        self._count = 0
        """The values so far, with each alias as often as it stands for some."""

        self._repeated = 0
        self._sizes: dict[str, int] = {}
        """Of what each anchor names; 0 while it is open."""

    def add(self, event: Event) -> None:
        """Add what comes next; raises `ArticleError` if it is too much."""
        import yaml

        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(event.anchor, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = self._opened.pop()
            self._name(anchor, self._count - before)
        elif isinstance(event, yaml.ScalarEvent):
            size = 1 + len(event.value) // _LONG
            self._count += size
            self._name(event.anchor, size)
        elif isinstance(event, yaml.AliasEvent):
            self._repeat(str(event.anchor), line)

    def _open(self, anchor: str | None, line: int) -> None:
        if len(self._opened) == _MAX_DEPTH:
            raise ArticleError("its lists are nested too deep", line=line)
        self._opened.append((anchor, self._count))
        self._count += 1
        self._name(anchor, 0)

    def _name(self, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self._sizes[anchor] = size

    def _repeat(self, anchor: str, line: int) -> None:
        size = self._sizes.get(anchor, 1)
        self._count += size
        self._repeated += size
        if not size:
            raise ArticleError(f"the alias '*{anchor}' is inside of what it names", line=line)
        if self._repeated > _MOST_REPEATED:
            message = f"its aliases, such as '*{anchor}', repeat too much"
            raise ArticleError(message, line=line)


def _require_bounds(text: str) -> None:
    """Raise `ArticleError` if a text is nested too deep, or says too much with aliases."""
    import yaml

    bounds = _Bounds()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(text, Loader=loader):
        bounds.add(event)
