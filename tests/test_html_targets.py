"""What HTML in a docset's articles points at is found as in Markdown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bitext.markdown.learn.html_targets import replace_targets
from sites import bitext, bitext_process, make_project, read_page, succeed

CASES = {
    '<a href="x.md">': '<a href="[x.md]">',
    "<a href='x.md'>": "<a href='[x.md]'>",
    "<A  HREF = x.md >": "<A  HREF = [x.md] >",
    "<a href=x.md?a&amp;b>": '<a href="[x.md?a&amp;b]">',
    '<a\n href="a&amp;b.md"\n title="href=no">': '<a\n href="[a&amp;b.md]"\n title="href=no">',
    '<a title="a > b" href="x.md">': '<a title="a > b" href="[x.md]">',
    '<img alt="src=no" src="x.png"/>': '<img alt="src=no" src="(x.png)"/>',
    '<img src="x.png" href="no.md">': '<img src="(x.png)" href="no.md">',
    '<video><source src="x.mp4"></video>': '<video><source src="(x.mp4)"></video>',
    '<!-- <a href="no.md"> --><a href="x.md">': '<!-- <a href="no.md"> --><a href="[x.md]">',
    '<script>"<a href=no.md>"</script>': '<script>"<a href=no.md>"</script>',
    '<code><a href="x.md">x</a></code>': '<code><a href="[x.md]">x</a></code>',
    '<a data-href="no.md">': '<a data-href="no.md">',
    "<a href>": "<a href>",
    '<a href="">': '<a href="[]">',
    '<abbr href="no.md">': '<abbr href="no.md">',
    '<a href="no.md"': '<a href="no.md"',
    'a < b and href="no.md" > c': 'a < b and href="no.md" > c',
}


@pytest.mark.parametrize("html", CASES)
def test_addresses_are_replaced_and_nothing_else(html: str) -> None:
    def find(address: str, is_link: bool) -> str:
        return f"[{address}]" if is_link else f"({address})"

    assert replace_targets(html, find) == CASES[html]
    assert replace_targets(html, lambda address, _: address) == html


@pytest.mark.parametrize(
    "part", ["<a ", '<a "', "<script ", "<!-- ", "<a href=", "<a x='", "<img src"]
)
def test_long_hostile_html_takes_no_longer_than_its_length(part: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        replace_targets(part * count, lambda address, _: address)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(100_000) < 100 * max(seconds(10_000), 0.001)


ARTICLES: dict[str, str | bytes] = {
    "index.md": """\
# Home

<a href='guide/ONE.md#two'>One</a> and <img src=Pics/a%20b.png alt='A lamp'>
with <a href='index.md'>here</a>, <a href='#home'>there</a> and <a href='/dotnet/x'>core</a>.

<div>
<p><a href="~/guide/one.md">Words</a></p>
<a href="gone.md">Gone</a>
</div>

[!INCLUDE [part](~/Includes/part.md)]
""",
    "guide/one.md": "# One\n\n## Two\n\nWords.\n",
    "includes/part.md": "Shared <a href='../guide/one.md'>words</a>.\n",
    "pics/a b.png": b"\x89PNG\r\n\x1a\n",
}


def test_pages_files_and_included_html_lead_where_markdown_would(tmp_path: Path) -> None:
    root = make_project(tmp_path, ARTICLES, settings='dialect = "learn"\n')
    succeed(root, "gettext")
    succeed(root, "update")
    assert "not-extracted" not in bitext(root, "check").out, "names are found in any case"
    run = bitext_process(root, "build")
    assert run.status == 0, run.text
    assert run.text.count("gone.md") == 1
    for tag in ("en-US", "sl-SI"):
        page = read_page(root / f"build/html/{tag}/index.html")
        links = [link.attributes.get("href") for link in page.find("a")]
        for wanted, count in {
            "guide/one.html#two": 1,
            "guide/one.html": 2,
            "#home": 2,
            "gone.md": 1,
            "https://learn.microsoft.com/dotnet/x": 1,
        }.items():
            assert links.count(wanted) >= count, (wanted, links)
        (image,) = (
            str(own.attributes["src"])
            for own in page.find("img")
            if "A lamp" in str(own.attributes)
        )
        assert (root / f"build/html/{tag}" / image.replace("%20", " ")).is_file()
