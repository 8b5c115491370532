"""What of a page depends on its language, beside its sentences: each part a function of values.

`page` has the values, `bar` the reading control, `head` what machines read, `segments` the page's
sentences as JSON, `sitemap` the map of all pages, `words` the words on the control. Nothing here
touches files or Sphinx: whoever makes pages calls a part with a page and puts in what it returns.
"""
