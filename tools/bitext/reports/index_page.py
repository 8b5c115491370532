"""The page above the sites of all languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from string import Template

from bitext.languages import direction, short_name

_PAGE = Template("""<!DOCTYPE html>
<html lang="$source">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>
body {
  font: 1.1rem/1.6 system-ui, sans-serif;
  max-width: 32rem; margin: 12vh auto 0; padding: 0 1.25rem;
}
h1 { font-size: 1.6rem; font-weight: 600; }
ul { list-style: none; padding: 0; }
li { margin: .25rem 0; }
a {
  display: block; padding: .6rem .8rem;
  border: 1px solid #8886; border-radius: .4rem;
  color: inherit; text-decoration: none;
}
a:hover, a:focus-visible { border-color: currentColor; }
a.is-yours { border-width: 2px; border-color: currentColor; font-weight: 600; }
</style>
</head>
<body>
<h1>$title</h1>
<ul>
$items
</ul>
<script>
// Offer the reader's language; never force it.
(function () {
  var tags = $tags;
  function best(wanted) {
    wanted = wanted.toLowerCase();
    var base = wanted.split("-")[0];
    return tags.find(function (tag) { return tag.toLowerCase() === wanted; }) ||
      tags.find(function (tag) { return tag.toLowerCase().split("-")[0] === base; });
  }
  var found = (navigator.languages || [navigator.language]).map(best).find(Boolean);
  var link = found && document.querySelector('a[hreflang="' + found + '"]');
  if (link) {
    link.classList.add("is-yours");
    link.parentNode.parentNode.prepend(link.parentNode);
  }
})();
</script>
</body>
</html>
""")


def index_page(tags: Sequence[str], source: str, *, title: str) -> str:
    """Return the HTML of a page that links to each language's site and offers the reader's own."""
    items = "\n".join(
        f'<li><a href="{escape(tag)}/index.html" hreflang="{escape(tag)}" lang="{escape(tag)}"'
        f' dir="{direction(tag)}">{escape(short_name(tag, among=tags))}</a></li>'
        for tag in tags
    )
    return _PAGE.substitute(
        title=escape(title), items=items, tags=json.dumps(list(tags)), source=escape(source)
    )
