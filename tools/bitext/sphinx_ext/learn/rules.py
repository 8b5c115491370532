"""How each construct of Learn's dialect is rendered, beside what MyST knows."""

from __future__ import annotations

from bitext.sphinx_ext.learn.code import Code
from bitext.sphinx_ext.learn.contents import Contents
from bitext.sphinx_ext.learn.divisions import Divisions
from bitext.sphinx_ext.learn.html import Html
from bitext.sphinx_ext.learn.media import Media
from bitext.sphinx_ext.learn.references import References
from bitext.sphinx_ext.learn.zones import Zones


class LearnRules(Contents, Zones, Divisions, Media, References, Html, Code):
    """What MyST's renderer lacks for Learn's dialect."""
