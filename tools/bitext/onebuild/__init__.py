"""All languages from one Sphinx run.

A *marked* build reads, resolves and lays out every article once, as Sphinx always does, with
slots in place of all that depends on the language. Then each language fills the slots: its
sentences are rendered, its pages are put together, and Sphinx itself writes its static files,
search index and inventory in an environment that is filled likewise.

Whatever does not fit is built the ordinary way: a page whose slots came back changed, or with a
sentence that cannot be rendered alone, is read and written by Sphinx in the environment of its
language.

==================  ==========================================================
`changes`           what a theme does to a text, told by a canary
`slots`             what stands for that which depends on the language
`filling`           texts put into slots
`sentence_parts`    a sentence as pieces of HTML
`fragments`         what Sphinx wrote for its links, roles and images
`sentences`         the proof of how Sphinx writes it; a translation likewise
`education`         typographic quotation marks
`record`            what a marked build leaves for the languages
`environment`       Sphinx's environment, dumped with slots, loaded filled
`templates`         templates, compiled once
`theme_strings`     strings of Sphinx and themes
`search_texts`      what a search index takes from a page
`marked_nodes`      slots in a doctree
`marked_reading`    articles with slots
`marked_builder`    pages with slots, and the record of each
`marked_sphinx`     Sphinx, set up for a marked build
`sources`           what a marked build is made of, and which pages that makes outdated
`configuration`     what conf.py says
`opened`            the files that a process reads
`outlines`          what pages show of one another
`marked_build`      the run, and what it tells of the whole site
`prepared`          what all languages need of an article alike
`page_values`       what fills the slots of one page
`elements`          the element of a sentence
`settled_values`    the values of an article whose catalog only translates
`values`            those of any other
`word_index`        a search index that takes words
`state`             what the last build was made of
`context`           what only the builder of a language knows
`language_builder`  pages made of slots
`language_values`   values and environment, before any page is written
`site`              the site of one language
`placing`           a finished site in the place of the one before
`whole_site`        what all languages are built from
`renewal`           the last marked build, renewed or begun anew
`run`               all languages
`verify`            the judge: each site beside the one of plain Sphinx
==================  ==========================================================
"""
