"""Group F: what is wrong on the pages of a built site, each language beside the English.

`page` reads a page once into values; a check is a generator on one page beside its English. To
add one, write the generator in the module of its group, wrap it in a `SiteCheck`, and list it here.
"""

from __future__ import annotations

from bitext.checks.audit.addresses import ADDRESSES
from bitext.checks.audit.hreflang import EDITIONS
from bitext.checks.audit.markup import MARKUP
from bitext.checks.audit.model import SiteCheck
from bitext.checks.audit.offered import OFFERED

SITE_CHECKS: tuple[SiteCheck, ...] = (*ADDRESSES, *EDITIONS, *MARKUP, *OFFERED)
"""In the order of the manual: errors first."""

LEFTOVER = "site-leftover"
"""Found where a site is read: a page of an article, or a site of a language, that is gone."""
