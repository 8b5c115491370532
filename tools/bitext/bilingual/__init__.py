"""Side-by-side Markdown: translation and English of each sentence in one file.

Microsoft's documentation localization published this format until 2021; it is read with all the
damage that published files have, and written byte for byte. Everything here is a function on
text: nothing is read from disk.

===========  ==================================================================
`pairs`      the format itself: a file as text and pairs, lossless
`matter`     a front matter as lines, and its values as the format spells them
`anchors`    the anchors that headings get
`rebuild`    side-by-side file → English article
`body`       of that, what follows the front matter
`blanks`     what a translation may leave unknown of its English
`align`      which pair says which sentences of a ledger
`published`  what a catalog keeps of a published file
`attach`     side-by-side file + ledger → catalog
`filling`    of that, the sentences that pairs say
`fitting`    a pair's translation in the place of a sentence
`inplace`    what is translated without a pair
`keeping`    what a catalog had, and what was imported
`numbers`    which number a sentence is published under
`splice`     article + catalog → side-by-side file, or localized Markdown
`edits`      of that, what entries make of sentences
`parts`      pairs that are kept as they were published
`marginal`   anchors, text of images and front matter of an export
`spaces`     white space around sentences, and line breaks in them
`losses`     what the published pipeline changed besides
`former`     a language that was published with other English than the article
`base`       the article that a published file is attached to
`importing`  all of an import, of one file
`exporting`  all of an export, of one article
`articles`   articles that hold their pairs themselves
`structure`  localized Markdown without its English: which block says which
===========  ==================================================================
"""
