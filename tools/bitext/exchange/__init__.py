"""Files by which translations travel between tools: TMX memories and XLIFF documents.

Both are text to text; each has a `parse_…` and a `serialize_…`. To add a format, write both,
and a family in `bitext.cli.exchange`.
"""

from __future__ import annotations
