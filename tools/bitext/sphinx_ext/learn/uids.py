"""What the maps of UIDs that ``docfx.json`` names say of other sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from posixpath import normpath

from bitext.errors import ArticleError
from bitext.markdown.learn.xref_maps import Reference, parse_xref_map


class XrefMaps:
    """Maps in files of a docset; what is elsewhere is not read."""

    def __init__(
        self,
        named: Iterable[str],
        find: Callable[[str], str],
        read: Callable[[str], str | None],
    ) -> None:
        """Make it of what is `named`; `find` returns a file's path, `read` its text."""
        paths = {name: "" if _is_elsewhere(name) else find(normpath(name)) for name in named}
        self._read = read
        self.files = [path for path in paths.values() if path]
        """Below the docset's folder."""

        self.elsewhere = [name for name, path in paths.items() if not path]
        """Addresses, archives, and files that are not in the docset."""

    @cached_property
    def _parsed(self) -> tuple[dict[str, Reference], dict[str, ArticleError]]:
        known: dict[str, Reference] = {}
        wrong: dict[str, ArticleError] = {}
        for path in self.files:
            try:
                known = {**parse_xref_map(self._read_text(path)), **known}
            except ArticleError as error:
                wrong[path] = error
        return known, wrong

    def _read_text(self, path: str) -> str:
        text = self._read(path)
        if text is None:
            raise ArticleError("it is not UTF-8, or may not be read; save it anew")
        return text

    @property
    def wrong(self) -> dict[str, ArticleError]:
        """What is wrong with files that cannot be read, by path."""
        return self._parsed[1]

    def find(self, uid: str) -> Reference | None:
        """Return what has a UID, in any case of its letters; of two maps the first one knows."""
        return self._parsed[0].get(uid.lower())


def _is_elsewhere(name: str) -> bool:
    return "://" in name or name.lower().endswith(".zip")
