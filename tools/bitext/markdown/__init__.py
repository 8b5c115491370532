"""The one grammar: how an article is read, for extraction and for the build.

Only this package imports markdown-it and MyST's parser. To teach it a directive, add a row to
`directives.DIRECTIVES`; a construct of its own goes into a markdown-it plugin in `grammar`.

==================  ==========================================================
`grammar`           the parser, as MyST configures it
`cutting`           a block cut into sentences; the seam
`marks`             what writers exclude from translation, and their notes
`segment_rule`      the core rule that finds and cuts blocks
`localize`          the tokens of a block in its language
`trust`             what a translation may use
`html_use`          an HTML tag without what a translator may change in it
`stray`             markup of a translation that is only shown
`lookup`            the English of a sentence as inert HTML
`html_block`        text inside HTML blocks
`front_matter`      translatable values of the front matter
`html_directives`   HTML that MyST turns into directives
`directives`        what each directive holds for translators
`directive_bodies`  bodies that are not plain Markdown, taken apart
`directive_reader`  a directive → its blocks
`unread`            what a page shows and no translator is offered
`reader`            tokens → blocks
`blocks`            article → blocks
==================  ==========================================================
"""
