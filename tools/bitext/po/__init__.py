"""A strict, lossless reader and writer of gettext catalogs (PO and POT files), text to text.

``serialize(parse(text)) == text``: an entry keeps the bytes it was read from until somebody
changes it (``replace(entry, msgstr=…, raw=None)``); only then is it written canonically, as
``msgcat --no-wrap`` would. A file that gettext would refuse, or read as something other than
its author meant, is a `CatalogError` with line, column and the way out.

::

    catalog.py    the values: `Entry`, `Catalog`
    reader.py     `parse`: whole files, and what only a whole file can get wrong
    canonical.py  the fast path: one regular expression per entry
    strict.py     the full grammar: an entry from its lines
    lines.py      one line
    faults.py     why a line cannot be read
    escapes.py    what stands between the quotes
    writer.py     `serialize`, `format_entry`

The fast path is an optimisation only: what it does not match, the full grammar reads, and
where both read an entry they agree. To accept a new kind of line, teach `lines` and `strict`;
teach `canonical` only if catalogs are full of it.
"""

from __future__ import annotations

from bitext.po.canonical import make_entry, make_translated
from bitext.po.catalog import Catalog, Entry, set_field
from bitext.po.reader import parse
from bitext.po.writer import format_entry, serialize, with_msgstr

__all__ = [
    "Catalog",
    "Entry",
    "format_entry",
    "make_entry",
    "make_translated",
    "parse",
    "serialize",
    "set_field",
    "with_msgstr",
]
