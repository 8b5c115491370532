"""All languages from one Sphinx run.

A *marked* build reads, resolves and lays out every article once, as Sphinx always does, with
slots in place of all that depends on the language (`marked`, `theme_strings`). Then each
language fills the slots: its sentences are rendered (`sentences`, `values`), its pages are put
together (`slots`), and Sphinx itself writes its static files, search index and inventory in an
environment that is filled likewise (`site`).

Whatever does not fit is built the ordinary way: a page whose slots came back changed, or with a
sentence that cannot be rendered alone, is read and written by Sphinx in the environment of its
language. `verify` compares a whole site with the one that plain Sphinx builds.
"""
