"""The frame of the HTML report: its style, its script and what stands around the content."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from string import Template

STYLE = """
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1b1b1f; --soft: #55555e; --line: #d4d4da; --card: #f6f6f8;
  --error: #a8001c; --warning: #7a4600; --info: #0b4f94; --mark: #ffe08a; --mark-text: #1b1b1f;
  --link: #0b4f94; --good: #18701c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15161a; --text: #e9e9ee; --soft: #b3b3bd; --line: #3d3e46; --card: #1f2026;
    --error: #ff9c9c; --warning: #f2c14e; --info: #8fc4ff; --mark: #6b5200; --mark-text: #fff;
    --link: #8fc4ff; --good: #7fd483;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem;
  font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
a { color: var(--link); }
code, .place { font-family: ui-monospace, monospace; font-size: .875em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; }
.summary { color: var(--soft); margin: 0; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
.severity { font-weight: 650; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; text-align: end; border-bottom: 1px solid var(--line); }
th:first-child { text-align: start; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 500; font-size: .875rem; }
tbody th { font-weight: 400; }
meter { width: 6rem; height: .75rem; vertical-align: middle; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .35rem 0; }
.below { color: var(--error); font-weight: 650; }
.filters {
  display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; padding: .75rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .4rem;
}
.filters[hidden], [hidden] { display: none; }
.filters label { display: grid; gap: .2rem; font-size: .875rem; color: var(--soft); }
.filters .search { flex: 1 1 14rem; }
input, select, button {
  font: inherit; color: var(--text); background: var(--page); max-width: 100%;
  border: 1px solid var(--soft); border-radius: .3rem; padding: .35rem .5rem;
}
.count { margin: .75rem 0 0; color: var(--soft); }
ol { list-style: none; margin: 0; padding: 0; }
.finding {
  border: 1px solid var(--line); border-inline-start-width: 4px; border-radius: .3rem;
  padding: .6rem .8rem; margin: .5rem 0; overflow-wrap: anywhere;
  content-visibility: auto; contain-intrinsic-size: auto 8rem;
}
.finding.is-error { border-inline-start-color: var(--error); }
.finding.is-warning { border-inline-start-color: var(--warning); }
.finding.is-info { border-inline-start-color: var(--info); }
.finding p { margin: 0; }
.head { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
.place { color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(4rem, max-content) 1fr; gap: .15rem .75rem; }
dl { margin: .5rem 0 0; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; white-space: pre-wrap; }
mark { background: var(--mark); color: var(--mark-text); border-radius: .2rem; padding: 0 .1em; }
.checks dl { display: block; }
.checks dt { margin-top: .6rem; }
@media (max-width: 40rem) {
  .wide { display: none; }
  .finding dl { display: block; }
  .finding dt { margin-top: .35rem; }
}
@media print { .filters, .skip { display: none; } .finding { break-inside: avoid; } }
"""

SCRIPT = """
(function () {
  "use strict";
  var form = document.querySelector(".filters");
  if (!form) { return; }
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  var groups = Array.prototype.slice.call(document.querySelectorAll(".group"));
  var count = document.querySelector(".count");
  var names = ["severity", "language", "check", "article"];
  var texts = findings.map(function (finding) { return finding.textContent.toLowerCase(); });
  function apply() {
    var words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    findings.forEach(function (finding, place) {
      var isShown = names.every(function (name) {
        var wanted = form.elements[name].value;
        return !wanted || finding.dataset[name] === wanted;
      }) && words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      finding.hidden = !isShown;
      shown += isShown ? 1 : 0;
    });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
    });
    count.textContent = shown + " of " + findings.length + " findings shown";
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { window.setTimeout(apply, 0); });
  apply();
})();
"""


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY = f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)}"
"""Only our own style and script work, whatever a catalog holds; and nothing is asked for."""

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="generator" content="bitext $version">
<title>$title</title>
<style>$style</style>
</head>
<body>
<a class="skip" href="#findings">Go to the findings</a>
<header>
<h1>$title</h1>
<p class="summary">$summary</p>
</header>
<main>
$content
</main>
<script>$script</script>
</body>
</html>
""")
