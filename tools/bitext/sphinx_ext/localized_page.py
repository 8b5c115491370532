"""Put the parts of a localized page where Sphinx's themes show them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bitext.commands.editions import parse_editions
from bitext.model import State
from bitext.site.bar import language_bar, reading_bar
from bitext.site.head import alternates, assets, segments_link
from bitext.site.page import Edition, Page, Sentence, measure
from bitext.site.segments import segments_json
from bitext.sphinx_ext.assets import READING_ASSETS, asset_version
from bitext.sphinx_ext.listings import BAR
from bitext.sphinx_ext.nodes import is_site, segment

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from bitext.settings import Settings

_TAG = re.compile(r"<[^>]*>")
_SUFFIX = ".segments.json"


def localize_page(
    app: Sphinx,
    settings: Settings,
    pagename: str,
    context: dict[str, Any],
    sentences: Iterable[Sentence],
) -> None:
    """Add to an article's page what depends on its language: a site of English alone has none."""
    if not is_site(app.builder):
        return
    page = make_page(app, settings, pagename)
    sentences = list(sentences)
    review = _review_pattern(settings.site.review, page.language)
    coverage = measure(sentences)
    bar = reading_bar(page, coverage, review=review)
    if not bar or "body" not in context:
        return
    text = segments_json(page, sentences, coverage)
    link = segments_link(_write_segments(app, pagename, text))
    context["body"] = bar + context["body"]
    _add_to_head(context, *alternates(page), *assets(*_asset_addresses(context)), link)


def localize_listing(
    app: Sphinx, settings: Settings, pagename: str, context: dict[str, Any]
) -> None:
    """Let a page that is no article, but is there in every language, lead to the others."""
    if not is_site(app.builder):
        return
    languages = find_languages(read_editions(app.config.bitext_editions))
    bar = language_bar(replace(make_page(app, settings, pagename), editions=languages))
    if bar:
        context[BAR] = [bar]
        _add_to_head(context, *assets(*_asset_addresses(context)))


def state_address(app: Sphinx, settings: Settings, pagename: str, context: dict[str, Any]) -> None:
    """Let any page say its full address, if the settings know it; Sphinx knows no languages."""
    if settings.site.url and is_site(app.builder):
        page = make_page(app, settings, pagename)
        context["pageurl"] = page.absolute(page.language)


def _add_to_head(context: dict[str, Any], *tags: str) -> None:
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def make_page(app: Sphinx, settings: Settings, pagename: str) -> Page:
    """Return the values of a page that its parts are made from."""
    builder = app.builder
    address = builder.get_target_uri(pagename).partition("#")[0]
    return Page(
        address=address,
        language=app.config.bitext_language,
        source_language=settings.source_language,
        editions=read_editions(app.config.bitext_editions).get(pagename, ()),
        site=settings.site.url,
    )


def find_languages(editions: Mapping[str, Sequence[Edition]]) -> Sequence[Edition]:
    """Return the languages of a site, as a page that is no article is offered in."""
    any_page: Sequence[Edition] = next(iter(editions.values()), ())
    return tuple(Edition(edition.tag) for edition in any_page)


def find_sentences(doctree: nodes.document) -> Iterator[Sentence]:
    """Yield the sentences of a page in its order, each as the page shows it."""
    for node in doctree.findall(segment):
        yield make_sentence(node, node.astext())


def make_sentence(node: segment, text: str) -> Sentence:
    """Return a sentence; `text` is all that its node says, HTML with its tags."""
    sentence = Sentence(
        id=node["segment_id"],
        state=State(node["state"]) if node["state"] else None,
        source=unescape(_TAG.sub("", node["lookup"])),
        origin=node["origin"],
        line=node["entry_line"],
    )
    return complete_sentence(sentence, text)


def complete_sentence(sentence: Sentence, text: str) -> Sentence:
    """Return a sentence with what is shown of it: in the place of its English if there is none."""
    shown = " ".join(unescape(_TAG.sub("", text)).split())
    if sentence.source:
        return replace(sentence, translation=shown)
    return replace(sentence, source=shown)


def _review_pattern(pattern: str, language: str) -> str:
    return pattern.replace("{lang}", language)


def _asset_addresses(context: Mapping[str, Any]) -> tuple[str, str]:
    """Return where style and script are from a page, with what tells a new version."""
    to = context["pathto"]
    style, script = (
        f"{to(f'_static/{name}', 1)}?v={asset_version(name)}" for name in READING_ASSETS
    )
    return style, script


def segments_path(builder: Any, pagename: str) -> str:
    """Return where a page's sentences are written."""
    path: str = os.fspath(builder.get_outfilename(pagename))
    return path.removesuffix(builder.out_suffix) + _SUFFIX


def _write_segments(app: Sphinx, pagename: str, text: str) -> str:
    """Write a page's sentences beside it; return the file's name."""
    builder: Any = app.builder
    path = segments_path(builder, pagename)
    try:
        file = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115 - no `Path` for each of many
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        file = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115
    with file:
        file.write(text.encode())
    return os.path.basename(path)  # noqa: PTH119


@cache
def read_editions(path: str) -> Mapping[str, Sequence[Edition]]:
    """Return the editions of each page from the file that `bitext build` wrote; it may be none."""
    is_written = path and Path(path).is_file()
    return parse_editions(Path(path).read_text("utf-8")) if is_written else {}
