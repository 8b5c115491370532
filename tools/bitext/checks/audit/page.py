"""A page's HTML as the values that checks ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bitext.checks.audit.model import Alternate, Page, Placed, Text

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p section summary table tbody"
    " td th thead tr ul".split()
)
_UNREAD = frozenset(
    "button code kbd math nav noscript option pre samp script style svg template textarea title"
    " tt var".split()
)
_UNREAD_CLASSES = frozenset(
    "bitext-bar bitext-hidden headerlink learn-media learn-missing learn-video math mermaid"
    " graphviz notranslate pre sig sxs-lookup".split()
)
"""Code, formulas, pictures, videos, the reading bar, and the English beside a translation."""

_LABELS = frozenset("footer".split())
_LABEL_CLASSES = frozenset(
    "admonition-title backrefs breadcrumbs caption-number contents field-even field-odd fn-backref"
    " fn-bracket footnote-reference label learn-label linenos related section-number system-message"
    " toctree-wrapper versionmodified".split()
)
"""What Sphinx, docutils and themes write, and titles that a docset's front matter says."""

_NO_BODY = 4


@dataclass(slots=True)
class _Element:
    tag: str = ""
    bodies: int = 0
    """A bit for each way to know the article's body that it or one around it answers to."""

    block: int = 0
    """The number of the nearest block around its text."""

    segment: str = ""
    is_unread: bool = False
    is_label: bool = False
    is_picture: bool = False
    is_link: bool = False


@dataclass(slots=True)
class _Found:
    ids: list[tuple[Placed, int]] = field(default_factory=list)
    nested: list[tuple[Placed, int]] = field(default_factory=list)
    segments: list[Placed] = field(default_factory=list)
    links: list[Placed] = field(default_factory=list)
    alternates: list[Alternate] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    texts: list[tuple[Text, int, int]] = field(default_factory=list)
    """Each with its block and its bodies."""


def parse_page(text: str, *, path: str) -> Page:
    """Return what the page at `path` holds; no HTML is refused.

    The article is what the first of ``[itemprop=articleBody]``, ``div.body``, ``article`` and
    ``main`` holds that the page has.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    found = reader.found
    body = next((1 << rank for rank in range(_NO_BODY) if reader.bodies & 1 << rank), 0)
    return Page(
        path=path,
        language=reader.language,
        direction=reader.direction,
        alternates=tuple(found.alternates),
        ids=tuple(one._replace(is_body=bool(bits & body)) for one, bits in found.ids),
        anchors=frozenset(found.anchors),
        links=tuple(found.links),
        nested=tuple(one for one, bits in found.nested if bits & body),
        segments=tuple(found.segments),
        texts=tuple(one for one, _, bits in found.texts if bits & body),
    )


class _Reader(HTMLParser):
    """Follows the tags of a page and notes what they hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()
        self.open = [_Element()]
        self.bodies = 0
        self.blocks = 0
        self.language = Placed("", 1)
        self.direction = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        element = self._enter(tag, values)
        self._note(element, values)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        own = self.open[-1]
        if own.is_unread or not own.bodies or not data.strip():
            return
        lead = len(data) - len(data.lstrip())
        line = self.getpos()[0] + data.count("\n", 0, lead)
        text = Text(data, line, own.segment, own.is_label)
        texts = self.found.texts
        if texts and texts[-1][1] == own.block:
            last = texts[-1][0]
            if (last.segment, last.is_label) == (text.segment, text.is_label):
                texts[-1] = (last._replace(text=last.text + data), own.block, own.bodies)
                return
        texts.append((text, own.block, own.bodies))

    def _enter(self, tag: str, values: Mapping[str, str]) -> _Element:
        """Return the element that begins, with what those around it give it."""
        around = self.open[-1]
        classes = frozenset(values.get("class", "").split())
        bits = around.bodies | _body(tag, values, classes)
        self.bodies |= bits
        if tag in _BLOCKS:
            self.blocks += 1
        return _Element(
            tag,
            bits,
            self.blocks if tag in _BLOCKS else around.block,
            values.get("data-ttu-id") or around.segment,
            around.is_unread or _is_unread(tag, values, classes),
            around.is_label or tag in _LABELS or bool(classes & _LABEL_CLASSES),
            around.is_picture or tag == "svg",
            around.is_link or tag == "a",
        )

    def _note(self, element: _Element, values: Mapping[str, str]) -> None:
        """Note what the element's attributes say."""
        line, bits, found = self.getpos()[0], element.bodies, self.found
        if element.tag == "html":
            self.language = Placed(values.get("lang", ""), line)
            self.direction = values.get("dir", "").lower()
        if element.tag == "a":
            found.anchors.add(values.get("name", ""))
            if self.open[-1].is_link:
                found.nested.append((Placed(values.get("href", ""), line), bits))
        if values.get("id"):
            found.anchors.add(values["id"])
            if not element.is_picture:
                found.ids.append((Placed(values["id"], line), bits))
        if values.get("data-ttu-id"):
            found.segments.append(Placed(values["data-ttu-id"], line))
        for name in ("href", "src"):
            if values.get(name, "").strip():
                found.links.append(Placed(values[name].strip(), line))
        if element.tag == "link" and "hreflang" in values:
            one = Alternate(values["hreflang"], values.get("href", "").strip(), line)
            found.alternates.append(one)


def _body(tag: str, values: Mapping[str, str], classes: frozenset[str]) -> int:
    """Return the bit of the way by which an element is the article's body; 0 if it is not."""
    ways = (
        values.get("itemprop") == "articleBody",
        tag == "div" and "body" in classes,
        tag == "article",
        tag == "main",
    )
    return next((1 << rank for rank, is_so in enumerate(ways) if is_so), 0)


def _is_unread(tag: str, values: Mapping[str, str], classes: frozenset[str]) -> bool:
    """Tell whether the text of an element is code, or is not seen."""
    is_hidden = "hidden" in values or values.get("aria-hidden") == "true"
    is_kept = values.get("translate") == "no"
    return tag in _UNREAD or is_hidden or is_kept or bool(classes & _UNREAD_CLASSES)
