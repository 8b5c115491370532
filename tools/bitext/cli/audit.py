"""check --site: what is wrong on the pages that were built."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bitext.cli.options import open_folder
from bitext.errors import UsageError

if TYPE_CHECKING:
    from bitext.checks import CheckReport

_NOT_WITH_SITE = ("fix", "diff", "changed_since", "baseline", "write_baseline", "report")
"""The options of check that are about catalogs."""


def add_site_option(parser: argparse.ArgumentParser) -> None:
    """Let check look at a built site."""
    parser.add_argument(
        "--site",
        default="",
        metavar="DIR",
        help="check the pages that build left in DIR, such as build/html, not the catalogs",
    )


def audit_site(
    options: argparse.Namespace, checks: Sequence[str]
) -> tuple[CheckReport, Sequence[str]]:
    """Return what is found in the folder of ``--site``, and how much of it is offered."""
    from bitext.commands.audit import run_audit

    for name in _NOT_WITH_SITE:
        if getattr(options, name):
            shown = name.replace("_", "-")
            raise UsageError(f"--{shown} is about catalogs; leave it out with --site")
    report = run_audit(open_folder(options), options.site, options.languages, checks=checks)
    notes = [
        f"{site.language}: {site.per_cent:g} % of {site.words} words belong to no segment"
        for site in report.sites
    ]
    return report, notes


def require_site(checks: Sequence[str]) -> None:
    """Raise `UsageError` if all of `checks` are of a built site, and none is named."""
    if not checks:
        return
    from bitext.checks.audit import SITE_CHECKS

    if {*checks} <= {check.id for check in SITE_CHECKS}:
        raise UsageError(f"{checks[0]} looks at a built site; add --site build/html")
