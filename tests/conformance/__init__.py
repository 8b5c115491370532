"""Promises held over whole corpora: too slow for the tests, so a command, ``make conformance``.

Each part is a module with a `run(folder)` that prints its figures and returns whether its
promise holds; `folder` is empty and may be filled. To add one, list it in `__main__.PARTS`.

============  ================================================================
`extraction`  how completely articles are extracted, beside Sphinx
`corpora`     the documentation that it reads, and what its configuration needs
`messages`    what Sphinx's own gettext builder extracts
`covering`    which of its messages our sentences cover, and the converse
`doctrees`    which sentences a build sees, beside those of the POT files
`echo`        English sites of ours are those that Sphinx and MyST make alone
`seam`        a block's sentences parsed apart are the block parsed whole
`bilingual`   docsets side by side: nothing lost, every file given back, none crashes
`fuzz`        random hostile catalogs change no page's structure
============  ================================================================
"""
