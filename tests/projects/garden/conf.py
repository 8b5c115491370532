project = "The garden book"
extensions = ["bitext"]
html_theme = "classic"
myst_heading_anchors = 3
