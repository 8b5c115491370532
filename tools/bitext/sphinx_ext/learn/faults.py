"""What of a docset is not as it is meant: kept with Sphinx's environment, told once per kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from bitext.characters import visible
from bitext.markdown.learn.faults import PlacedFault, group_faults

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_FAULTS = "bitext_learn_faults"
SUBTYPES = {
    "image that is not in the docset": "image",
    "video that has no address": "image",
    "video that is not in the docset": "image",
    "code that is not in the docset": "code",
    "code that is not in its file": "code",
    "included file that is not in the docset": "include",
    "included file that is no article": "include",
    "file that includes itself": "include",
    "too many included files": "include",
    "link to a file that has no page in the docset": "link",
    "link to an anchor that its page does not have": "anchor",
    "UID that no article has": "uid",
    "map of UIDs that cannot be read": "uid",
    "group of pivots that no file names": "pivot",
    "pivot that its group does not have": "pivot",
}
"""What ``suppress_warnings`` calls a kind of fault, after ``learn.``; ``markup`` is the rest."""

_LOGGER = logging.getLogger(__name__)


def faults_by_page(env: BuildEnvironment) -> dict[str, list[PlacedFault]]:
    """Return the faults of each page, by docname; kept with `env`."""
    if not hasattr(env, _FAULTS):
        setattr(env, _FAULTS, {})
    found: Any = getattr(env, _FAULTS)
    return found  # type: ignore[no-any-return]


def note_fault(env: BuildEnvironment, fault: PlacedFault) -> None:
    """Note a fault of the page that is being read."""
    faults_by_page(env).setdefault(env.current_document.docname, []).append(fault)


def tell_faults(faults: Iterable[PlacedFault]) -> None:
    """Warn of each kind of fault once, at the first place that has it."""
    for first, message in group_faults(faults):
        _LOGGER.warning(
            "%s",
            visible(message),
            location=f"{first.path}:{first.line}",
            type="learn",
            subtype=SUBTYPES.get(first.kind, "markup"),
        )
