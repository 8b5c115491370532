"""How completely articles are extracted, measured against Sphinx on real documentation.

``make conformance`` runs it; it is no part of ``make test``, for it needs the extensions of other
projects.

============  ================================================================
`corpora`     the documentation, and what its configuration needs
`messages`    what Sphinx's own gettext builder extracts
`covering`    which of its messages our sentences cover, and the converse
`doctrees`    which sentences a build sees, beside those of the POT files
============  ================================================================
"""
