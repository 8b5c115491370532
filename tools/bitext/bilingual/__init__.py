"""Side-by-side Markdown: translation and English of each sentence in one file.

Microsoft's documentation localization published this format until 2021; it is read with all the
damage that published files have, and written byte for byte. Everything here is a function on
text: nothing is read from disk.

===========  ==================================================================
`pairs`      the format itself: a file as text and pairs, lossless
`matter`     a front matter as lines, and its values as the format spells them
`anchors`    the anchors that headings get
`rebuild`    side-by-side file → English article
`align`      which pair says which sentences of a ledger
`published`  what a catalog keeps of a published file
`attach`     side-by-side file + ledger → catalog
`numbers`    which number a sentence is published under
`splice`     article + catalog → side-by-side file, or localized Markdown
`losses`     what the published pipeline changed besides
`former`     a language that was published with other English than the article
`importing`  all of an import, of one file
`exporting`  all of an export, of one article
===========  ==================================================================
"""
