"""What reads a project's articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bitext.encoding import located
from bitext.project import SETTINGS_FILE, Project

if TYPE_CHECKING:
    from bitext.markdown.blocks import Grammar


def project_grammar(project: Project) -> Grammar:
    """Return the grammar of a project; raises `SettingsError` for a wrong extension."""
    from bitext.segments import make_grammar

    with located(SETTINGS_FILE):
        return make_grammar(project.settings)
