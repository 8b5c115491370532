"""Side-by-side files in memory: import them, export them, change them at random."""

from __future__ import annotations

from random import Random

from bitext.bilingual.base import Published
from bitext.bilingual.exporting import Form, Unit, export
from bitext.bilingual.importing import Imported, import_file
from bitext.bilingual.pairs import SideBySide
from bitext.po import Catalog, parse
from bitext.settings import Settings

TAG = "sl-SI"
SETTINGS = Settings(languages=(TAG,), segmentation="published", myst_extensions=("alert",))
LEARN = Settings(languages=(TAG,), segmentation="published", dialect="learn")


def pair(number: int | str, target: str, source: str, prefix: str = "137fa") -> str:
    """Return a pair as it is published."""
    return (
        f'<span data-ttu-id="{prefix}-{number}">{target}</span><span class="sxs-lookup">'
        f'<span data-stu-id="{prefix}-{number}">{source}</span></span>'
    )


def import_text(
    text: str | bytes,
    *,
    english: str | None = None,
    pot: str = "",
    po: str = "",
    settings: Settings = SETTINGS,
) -> Imported:
    """Import one file as the article ``a.md``."""
    published = Published(
        article="a.md",
        path="in/a.md",
        content=text if isinstance(text, bytes) else text.encode(),
        prefix="137fa",
        english=None if english is None else english.encode(),
        pot=pot.encode(),
        catalogs={TAG: ("locale/a.po", po.encode())} if po else {},
    )
    return import_file(published, settings, TAG)


def export_text(
    imported: Imported,
    form: Form = Form(),  # noqa: B008
    *,
    english: str = "",
    settings: Settings = SETTINGS,
) -> str:
    """Export what was imported."""
    article = imported.english if imported.english is not None else english
    unit = Unit(
        article="a.md",
        content=article.encode(),
        pot=("locale/a.pot", imported.pot.encode()),
        po=("locale/a.po", imported.catalogs[TAG].encode()),
        former=(imported.former or "").encode(),
    )
    return export(unit, settings, TAG, form)[0]


def catalog_of(imported: Imported) -> Catalog:
    """Return the catalog that an import made."""
    return parse(imported.catalogs[TAG])


def describe(imported: Imported) -> str:
    """Return what an import made, as golden files show it."""
    lines = [(imported.english or "").rstrip("\n"), "======"]
    catalog = catalog_of(imported)
    lines += [c for c in catalog.header.comments if "waits" in c]
    for entry in catalog.entries:
        marks = [*entry.flags, *(c for c in entry.comments), *(["~"] if entry.is_obsolete else [])]
        shown = f" ({', '.join(marks)})" if marks else ""
        lines.append(f"{entry.msgctxt}{shown}: {entry.msgid} = {entry.msgstr}".replace("\n", "⏎"))
    lines += [f"{fault.line}: {fault.kind}: {fault.message}" for fault in imported.faults]
    return "\n".join(lines)


def lost_targets(file: SideBySide, imported: Imported) -> list[str]:
    """Return the targets of a file that are in no entry of its catalog."""
    catalog = catalog_of(imported)
    said = [entry.msgstr for entry in catalog.entries] + list(catalog.header.comments)
    whole = "\n".join(said)
    targets = (own.target.strip() for own in file.pairs)
    return [t for t in targets if t not in whole and t.replace("\\|", "|") not in whole]


def mutate(text: str, random: Random) -> str:
    """Return a text that was cut, spliced or changed at random."""
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 3, 20, 200)))
        piece = random.choice(_PIECES) if random.random() < 0.6 else text[end : end + 40]
        text = text[:start] + piece + text[end:]
    return text[: random.randint(0, len(text))] if random.random() < 0.2 else text


_PIECES = (
    *("", "\n", "\r\n", "\r", "\0", "\ufeff", "\u2028", "---\n", "```\n", "> ", "| ", "\t", '"'),
    *("<span>", "</span>", "</span></span>", '<span class="sxs-lookup">', "&quot;", "<!--"),
    *('<span data-ttu-id="137fa-102">', '<span data-stu-id="137fa-102">', "</span><script>"),
    *('<span data-ttu-id="00000-p999999999">', "<<<<<<< ours\n", "![", "](", "**", "`", "\\"),
    *("title: [\n", "# ", '<a name="x"></a>', "😀", "\u200b", "ms.locfileid: 1\n"),
)
