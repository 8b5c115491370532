"""Take messages of foreign catalogs, whole paragraphs, into a language's catalogs of sentences.

A paragraph that an article has is aligned with its sentences, or kept as a paragraph entry. One
that no article has is kept among the retired entries, cut if it can be, so that the memory has
its sentences. No translation that the project has is replaced, and none of theirs is lost.

`placing` finds the blocks that a message may be of, `taking` decides what becomes of it, and
`drafts` has the catalogs meanwhile.
"""

from __future__ import annotations

from bitext.adoption.placing import PlacedBlock, find_placed
from bitext.adoption.taking import Adopted, Fate, FoundMessage, adopt

__all__ = ["Adopted", "Fate", "FoundMessage", "PlacedBlock", "adopt", "find_placed"]
