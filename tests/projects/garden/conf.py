project = "The garden book"
extensions = ["bitext"]
html_theme = "classic"
suppress_warnings = ["myst.strikethrough"]
myst_heading_anchors = 3
