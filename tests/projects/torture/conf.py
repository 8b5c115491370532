"""Every construct that MyST offers."""

project = "Torture"
author = "Nobody"
extensions = ["bitext"]
exclude_patterns = ["part.md"]
html_theme = "classic"
numfig = True
smartquotes = False
suppress_warnings = ["myst.strikethrough"]
myst_heading_anchors = 4
myst_substitutions = {"product": "Product", "place": "**here**"}
myst_url_schemes = {"http": None, "https": None, "mailto": None, "wiki": "https://w.org/{{path}}"}
