"""Which article is which after files were renamed or moved: recognised by content, as git does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bitext.ledger import PREFIX_FIELD
from bitext.model import SegmentId
from bitext.po import Catalog

SAME = 0.5
"""Share of an article's text that must have stayed, as in git's rename detection."""


def find_renames(
    gone: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return for each article in `new` the one in `gone` that it was, where there is one.

    Both map paths to sentences. The likest pairs come first; no article is given twice. Only
    articles that share a sentence are compared.
    """
    pairs = sorted(_score_pairs(gone, new), key=lambda pair: (-pair[0], pair[1:]))
    found: dict[str, str] = {}
    for _, path, former in pairs:
        if path not in found and former not in found.values():
            found[path] = former
    return found


def _score_pairs(
    gone: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> Iterator[tuple[float, str, str]]:
    """Yield (likeness, new path, old path) of the pairs that are like enough."""
    sizes = {path: sum(map(len, texts)) for path, texts in (*gone.items(), *new.items())}
    holders: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for path, texts in gone.items():
        for text, count in Counter(texts).items():
            holders[text].append((path, count))
    for path, texts in new.items():
        shared: Counter[str] = Counter()
        for text, count in Counter(texts).items():
            for former, other in holders.get(text, ()):
                shared[former] += min(count, other) * len(text)
        for former, size in shared.items():
            likeness = 2 * size / (sizes[path] + sizes[former])
            if likeness >= SAME:
                yield likeness, path, former


def find_moved_catalogs(
    orphans: Mapping[str, str], lacking: Iterable[tuple[str, Catalog]]
) -> dict[str, str]:
    """Return for each article without a catalog the path that its catalog still has, if any.

    A catalog whose article has no POT any more belongs to the article whose prefix its entries
    have; none is given twice. `orphans` are the paths of such catalogs by their prefix, `lacking`
    the POTs without a catalog.
    """
    left, found = dict(orphans), {}
    for path, template in lacking if orphans else ():
        former = left.pop(template.field(PREFIX_FIELD) or "", None)
        if former is not None:
            found[path] = former
    return found


def find_main_prefix(catalog: Catalog) -> str:
    """Return the prefix that most entries of a catalog have; empty if none has any."""
    ids = (SegmentId.parse(entry.msgctxt or "") for entry in catalog.entries)
    prefixes = Counter(found.prefix for found in ids if found)
    return prefixes.most_common(1)[0][0] if prefixes else ""
