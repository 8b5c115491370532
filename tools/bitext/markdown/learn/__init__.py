"""Microsoft Learn's Markdown (``dialect = "learn"``) as markdown-it plugins, one rule one module.

The rules that read lines make flat tokens; the rules that pair them run once over the tokens
of an article. Both extraction and build run all of them. What is wrong with a construct is
noted in the environment (`faults`), and its text stays. Nothing here touches a file: what a
token names is read where the page is made.

==============  ==============================================================
`dialect`       the parser: MyST's own syntax off, these rules on
`attributes`    ``name="value"`` lists
`markers`       lines of ``:::``: blocks that open and close, images, code
`commands`      lines of ``[!INCLUDE …]``, ``[!code-… ]``, ``[!VIDEO …]``
`indents`       what stands between markers may be indented
`containers`    pairs the markers: rows, columns, zones, moniker ranges
`quotes`        alerts, ``[!div …]`` and ``[!VIDEO …]`` in quotes
`tables`        the pipes in code, tags and links of a table's cells
`tabs`          ``# [Title](#tab/id)`` to the next rule
`inline`        inline images and includes, ``:::no-loc``, ``@uid``
`nesting`       token streams that are taken apart and joined
`holders`       what blocks hold for translators
`targets`       what a link or a file's name points at
`snippets`      which lines of a file of code are shown
`media`         which images are videos
`monikers`      which versions a range names
`languages`     names of languages in fences
`xref_maps`     maps of UIDs of other sites
`yaml_pages`    tables of contents and landing pages in YAML, as Markdown
`docfx`         settings and redirections of a docset
`faults`        what is wrong, with its line
==============  ==============================================================
"""
