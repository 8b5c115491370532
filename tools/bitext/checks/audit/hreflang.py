"""What a page of a built site says of its own language and of its others."""

from __future__ import annotations

from collections.abc import Iterator

from bitext.checks.audit.model import Page, SiteCheck, SiteExample, View
from bitext.checks.model import Severity
from bitext.languages import direction

_DEFAULT = "x-default"


def _find_wrong_language(view: View) -> Iterator[tuple[int, str]]:
    """Yield what the root of a page says wrongly."""
    page = view.page
    said, line = page.language[:2]
    if said.lower() != page.tag.lower():
        found = f"lang={said!r}" if said else "no lang"
        yield line, f"the page says {found}: its root must say lang={page.tag!r}"
    expected = direction(page.tag)
    if (page.direction or "ltr") not in (expected, "auto"):
        found = f"dir={page.direction!r}" if page.direction else "no dir"
        yield line, f"the page says {found}: its root must say dir={expected!r}"


def _find_wrong_editions(view: View) -> Iterator[tuple[int, str]]:
    """Yield the languages of a page that lead elsewhere, or that do not lead back."""
    page, site = view.page, view.site
    for language, address, line in page.alternates:
        target = site.resolve(page, address)
        tag = site.source if language == _DEFAULT else language
        if target is not None and target.path != f"{tag}/{page.address}":
            yield line, f"hreflang={language!r} leads to {address}, not to the page in {tag}"
        elif target is not None and target.path not in site.files:
            yield line, f"hreflang={language!r} leads to {address}, which is not there: build {tag}"
    named = {one.language for one in page.alternates}
    lacking = [tag for tag in _offering(view) if tag not in named]
    if lacking:
        names = ", ".join(lacking)
        yield (
            page.language.line,
            f"hreflang is missing for {names}: languages name each other on both pages",
        )


def _offering(view: View) -> Iterator[str]:
    """Yield the languages whose page names this one."""
    for tag in sorted({path.partition("/")[0] for path in view.site.pages}):
        other = view.site.pages.get(f"{tag}/{view.page.address}")
        if other is not None and _names(other, view.page.tag):
            yield tag


def _names(page: Page, tag: str) -> bool:
    return any(one.language == tag for one in page.alternates)


_ENGLISH = '<link rel="alternate" hreflang="en-US" href="../en-US/page.html">'
_OWN = '<link rel="alternate" hreflang="sl-SI" href="../sl-SI/page.html">'

EDITIONS = (
    SiteCheck(
        id="site-language",
        severity=Severity.ERROR,
        why="Browsers, search engines and screen readers take the page for another language.",
        find=_find_wrong_language,
        bad=(SiteExample("", head='<html lang="en-US">'), SiteExample("", head="<html>")),
        good=(SiteExample("", head='<html lang="sl-SI">'),),
    ),
    SiteCheck(
        id="site-hreflang",
        severity=Severity.ERROR,
        why="Search engines ignore languages of a page that do not name each other.",
        find=_find_wrong_editions,
        bad=(SiteExample("", head=f'<html lang="sl-SI">{_OWN}{_ENGLISH.replace("page", "tea")}'),),
        good=(SiteExample("", head=f'<html lang="sl-SI">{_OWN}'),),
    ),
)
