"""Promises held over whole corpora: too slow for the tests, so a command, ``make conformance``.

Each module is a part with a `run(folder)` that prints its figures and returns whether its
promise holds; `folder` is empty and may be filled. To add one, list it in `__main__.PARTS`.
"""
