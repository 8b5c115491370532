project = "Kettle"
extensions = ["bitext"]
myst_heading_anchors = 2
