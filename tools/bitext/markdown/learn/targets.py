"""What a link, an image or a file's name in an article points at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LOCALE = re.compile(
    r"(?P<site>https?://(?:docs|learn)\.microsoft\.com/)[a-z]{2}-[a-z]{2}(?=/)", re.IGNORECASE
)
_SITES = re.compile(r"https?://(?:docs|learn)\.microsoft\.com/", re.IGNORECASE)


class TargetKind(Enum):
    """Where a target is."""

    WEB = auto()
    FILE = auto()
    PAGE = auto()
    """The page itself: only an anchor."""

    UID = auto()
    OUTSIDE = auto()
    """A file beside the docset: it is never read."""


class Target(NamedTuple):
    """What is pointed at."""

    kind: TargetKind
    path: str
    """An address, a path below the docset's folder, or a UID."""

    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the docset stands among others."""

    base_path: str = ""
    """The first part of the docset's own addresses: ``/nuget``."""

    address: str = "https://learn.microsoft.com"
    """Of the site that has the other docsets."""

    locale: str = ""
    """What links to the site say of the language: ``sl-si``; empty leaves it to the site."""


def find_target(href: str, place: str, site: Site) -> Target:
    """Return what `href` points at in the file at `place`, a path below the docset's folder.

    >>> find_target("../a.md?view=x#y", "b/c.md", Site())
    Target(kind=<TargetKind.FILE: 2>, path='a.md', anchor='y')
    >>> find_target("/dotnet/core", "c.md", Site(locale="sl-si")).path
    'https://learn.microsoft.com/sl-si/dotnet/core'
    """
    if href.lower().startswith("xref:"):
        return Target(TargetKind.UID, unquote(href[5:]).partition("?")[0].partition("#")[0])
    if _SCHEME.match(href) or href.startswith("//"):
        return Target(TargetKind.WEB, _with_locale(href, site))
    path, _, anchor = href.partition("#")
    path = unquote(path.partition("?")[0]).replace("\\", "/")
    if not path:
        return Target(TargetKind.PAGE, "", anchor)
    if path.startswith("/") and not _is_own(path, site):
        return Target(TargetKind.WEB, f"{site.address}{_locale_part(site)}{href}")
    return _find_file(path, place, site, anchor)


def _is_own(path: str, site: Site) -> bool:
    base = site.base_path.rstrip("/").lower()
    return bool(base) and f"{path.lower().rstrip('/')}/".startswith(f"{base}/")


def _find_file(path: str, place: str, site: Site, anchor: str) -> Target:
    if path.startswith("/"):
        found = normpath(path[len(site.base_path.rstrip("/")) :].lstrip("/") or ".")
    elif path.startswith("~/"):
        found = normpath(path[2:] or ".")
    else:
        found = normpath(join(dirname(place), path))
    is_outside = found == ".." or found.startswith(("../", "/")) or "\0" in found
    return Target(TargetKind.OUTSIDE if is_outside else TargetKind.FILE, found, anchor)


def _locale_part(site: Site) -> str:
    return f"/{site.locale}" if site.locale else ""


def _with_locale(href: str, site: Site) -> str:
    """Return an address of the site with the page's locale, if links are to have it."""
    if not site.locale or not _SITES.match(href):
        return href
    if _LOCALE.match(href):
        return _LOCALE.sub(rf"\g<site>{site.locale}", href, count=1)
    return _SITES.sub(rf"\g<0>{site.locale}/", href, count=1)
