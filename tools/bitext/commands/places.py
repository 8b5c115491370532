"""Where in the English articles the sentences of findings are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bitext.checks import Finding
from bitext.commands.articles import read_article_file
from bitext.encoding import decode_article
from bitext.errors import BitextError
from bitext.model import Block, is_paragraph_id
from bitext.po import Catalog
from bitext.project import Project


def with_lines(
    project: Project, findings: Iterable[Finding], templates: Mapping[str, Catalog]
) -> list[Finding]:
    """Return the findings, each with the line of its sentence; `templates` are the current POTs.

    Only articles with findings are read.
    """
    lines: dict[str, Mapping[str, int]] = {}
    found: list[Finding] = []
    for finding in findings:
        article, segment = finding.article, finding.segment
        if segment and article in templates and article not in lines:
            lines[article] = _find_lines(project, article, templates[article])
        if is_paragraph_id(segment):
            segment = segment.replace("-p", "-")
        line = lines.get(article, {}).get(segment, 0)
        found.append(replace(finding, source_line=line) if line else finding)
    return found


def _find_lines(project: Project, article: str, template: Catalog) -> Mapping[str, int]:
    """Return the line of each sentence of an article, by ID; none if it is not as in its POT."""
    from bitext.segments import make_grammar, read_article
    from bitext.template import ledger_of

    try:
        text = decode_article(read_article_file(project, article), article)
    except BitextError:
        return {}
    grammar = make_grammar(project.settings, ledger_of(template).segmenter)
    blocks = [read.block for read in read_article(article, text, grammar).blocks]
    lines = [line for block in blocks for line in lines_of(block)]
    texts = [sentence for block in blocks for sentence in block.segments]
    if texts != [entry.msgid for entry in template.entries]:
        return {}
    pairs = zip(template.entries, lines, strict=True)
    return {entry.msgctxt or "": line for entry, line in pairs}


def lines_of(block: Block) -> Sequence[int]:
    r"""Return the line of each sentence of a block; the block's where its text says no more.

    >>> from bitext.model import BlockKind
    >>> lines_of(Block(BlockKind.PARAGRAPH, "Wait\nhere. Then go.\nNow.",
    ...     ("Wait here.", "Then go.", "Now."), 7))
    [7, 8, 9]
    """
    found: list[int] = []
    flat, place = block.text.replace("\n", " "), 0
    for sentence in block.segments:
        at = flat.find(sentence, place)
        place = place if at < 0 else at
        found.append(block.line + block.text.count("\n", 0, place))
    return found
