"""Sphinx's configuration of the manual. What concerns translation stands in pyproject.toml."""

project = "bitext"
author = "The bitext developers"
copyright = "2026, the bitext developers"  # noqa: A001 - Sphinx's name

extensions = ["bitext"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "bitext"
