print("included code")
