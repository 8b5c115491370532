"""What an import of Markdown finds in its files: the words of ``--explain``.

These are no checks: nothing looks for them again, no setting names them, and no waiver.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bitext.checks.model import Severity


class ImportHelp(NamedTuple):
    """What a finding of an import means."""

    severity: Severity
    what: str
    """What it finds: a phrase that follows "It finds"."""

    why: str
    way: str


_READ = "The text is read all the same, and an export writes it as it was."

IMPORT_FINDINGS: Mapping[str, ImportHelp] = {
    "side-by-side-broken": ImportHelp(
        Severity.ERROR,
        "a pair that has no end or no English",
        "Nobody can tell which sentence it translates. Its text is kept in the header of the PO"
        " file.",
        "Copy the translation from the header to the entry of its sentence.",
    ),
    "side-by-side-quotes": ImportHelp(
        Severity.WARNING, "a pair whose quotation marks are escaped", _READ, "You need do nothing."
    ),
    "side-by-side-span": ImportHelp(
        Severity.WARNING, "a pair that holds an HTML span of its own", _READ, "You need do nothing."
    ),
    "side-by-side-image": ImportHelp(
        Severity.WARNING,
        "a pair in the alternative text of an image",
        _READ,
        "You need do nothing.",
    ),
    "side-by-side-repeated": ImportHelp(
        Severity.WARNING,
        "an ID on two sentences of a file",
        "An ID tells one sentence. The first keeps it, the other gets a new one.",
        "You need do nothing.",
    ),
    "side-by-side-prefix": ImportHelp(
        Severity.WARNING,
        "a pair with another prefix than its file",
        "The file was put together from two. All of it is read.",
        "You need do nothing.",
    ),
    "english-unknown": ImportHelp(
        Severity.INFO,
        "a translation whose English is not in the file",
        "A title and the text of an image are published in the language alone. The translation"
        " waits in the header of the PO file.",
        "Write the English into the article, or import a language that tells it. Then import the"
        " file again.",
    ),
    "other-english": ImportHelp(
        Severity.WARNING,
        "a file that translates other English than the article",
        "What changed since is stale, and what is gone is kept as a retired entry.",
        "Review the stale entries, or import the file beside the English that it translates.",
    ),
    "sentence-unplaced": ImportHelp(
        Severity.WARNING,
        "a pair that the article cuts otherwise and that cannot be joined",
        "The translation is kept as a retired entry, where the memory finds it.",
        "Translate the sentences, with the retired entry beside them.",
    ),
    "sentence-unsure": ImportHelp(
        Severity.INFO,
        "a front matter that is not YAML",
        "Its text is then text of the article.",
        "Mend the front matter of the published file, and import it again.",
    ),
    "not-reproduced": ImportHelp(
        Severity.WARNING,
        "a line that an export will write otherwise",
        "The file has a damage that the article and its catalog cannot hold.",
        "Compare the line with the export. No translation is lost.",
    ),
    "text-unplaced": ImportHelp(
        Severity.WARNING,
        "a text of localized Markdown that has no place in the English article",
        "The localized article has a block too many, or another structure around it.",
        "Copy the translation to its sentence, if the article has one.",
    ),
}
"""By the ID of the finding."""


def explain_import(name: str) -> str:
    """Return what a finding of an import means; empty if there is none of this name."""
    own = IMPORT_FINDINGS.get(name)
    if own is None:
        return ""
    return f"{name} ({own.severity})\n\nAn import finds {own.what}.\n\n{own.why}\n\n{own.way}\n"
