"""What people and machines read of a run: text, JSON, and the index page of the sites."""
