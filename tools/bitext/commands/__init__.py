"""What each command does with a project on disk: read, call pure functions, write last.

One module a command. Each returns what it did as a value; `bitext.cli` prints it.
"""
