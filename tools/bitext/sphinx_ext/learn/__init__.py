"""Pages of Microsoft Learn's dialect: files are found, links lead somewhere, faults are told.

============  ===============================================================
`rules`       how each construct is rendered: all of these
`base`        what all of them need
`contents`    tables of contents
`divisions`   rows, zones, tabs
`zones`       what lets readers pick pivots
`pivots`      what files say of pivots
`media`       images, videos
`references`  links
`html`        links and images in HTML
`code`        code
`includes`    articles in articles
`configuration`  what Sphinx has to know before
`uids`        what maps say of UIDs of other sites
`docset`      the files, pages and UIDs of a docset
`nodes`       the doctree node of a division, and how it is written
`links`       links between pages: made while reading, resolved while writing
`redirections`  pages that moved
`faults`      what is not as it is meant, told once per kind
`events`      Sphinx's events
============  ===============================================================
"""
