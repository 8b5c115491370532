project = "Kettle"
extensions = ["bitext"]
