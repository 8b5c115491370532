"""XML files as a tree, and text for them; the only door to the parser.

A file cannot make this program read another one or grow by itself: declared entities are an
error, a document type is passed over, and elements nest no deeper than any real file's do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bitext.errors import CatalogError

_MAX_DEPTH = 60
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Element:
    """An element with what it holds."""

    name: str
    """Without its name space."""

    space: str
    """The address of its name space; empty if it has none."""

    attributes: Mapping[str, str]
    """Those without a name space by name, ``xml:lang`` and ``xml:space`` by that."""

    line: int
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, in its order."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the elements right in it that have one of these names; all if none is given."""
        for child in self.children:
            if isinstance(child, Element) and (not names or child.name in names):
                yield child

    def find(self, name: str) -> Element | None:
        """Return the first element right in it that has this name."""
        return next(self.elements(name), None)


class _Builder:
    """Builds the tree while the parser reads."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add
        self.parser.EntityDeclHandler = self._refuse
        self.root = Element("", "", {}, 0)
        self._open = [self.root]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self._open) > _MAX_DEPTH:
            raise CatalogError("elements nest too deep; no tool writes such a file", line=line)
        space, _, own = name.rpartition(" ")
        plain = {_attribute(key): value for key, value in attributes.items()}
        element = Element(own, space, plain, line)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _add(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _refuse(self, name: str, *_: object) -> None:
        message = f"it declares the entity {name!r}, which is not expanded; write the text itself"
        raise CatalogError(message, line=self.parser.CurrentLineNumber)


def _attribute(name: str) -> str:
    space, _, own = name.rpartition(" ")
    return f"xml:{own}" if space == "http://www.w3.org/XML/1998/namespace" else own


def parse_xml(content: bytes) -> Element:
    """Return the root element of an XML file; raises `CatalogError` with the line of a fault."""
    builder = _Builder()
    try:
        builder.parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0)
        raise CatalogError(f"not XML: {error}", line=line) from error
    return next(builder.root.elements())


def xml_text(text: str) -> str:
    """Return `text` as an element holds it; what XML cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text)).replace("\r", "&#13;")


def split_unfit(text: str) -> list[str]:
    """Return `text` in pieces: every second one is a character that XML cannot hold."""
    return re.split(f"({_NOT_XML.pattern})", text)


def xml_attribute(text: str) -> str:
    """Return `text` as the value of an attribute, with its quotes."""
    quoted = quoteattr(_NOT_XML.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return quoted if quoted[0] == '"' else '"' + quoted[1:-1].replace('"', "&quot;") + '"'
