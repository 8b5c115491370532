"""A translation may use only what its English uses; what it may change, it may."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles import EXTENSIONS, grammar
from bitext.markdown.html_use import html_use
from bitext.markdown.lookup import inert_html
from bitext.markdown.trust import find_surplus


def parse(text: str) -> list[Token]:
    env: EnvType = {
        "references": {"X": {"href": "x.md", "title": ""}},
        "footnotes": {"refs": {":1": -1, ":2": -1}, "list": {}},
    }
    md = grammar(*EXTENSIONS).parser
    tokens: list[Token] = []
    md.inline.parse(text, md, env, tokens)
    return tokens


RAW = "role {raw-html} with '<script>x</script><b>'"


def surplus(english: str, translation: str) -> str:
    return find_surplus(parse(translation), parse(english))


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("One", "Ena *poudarjena* **zelo** `koda`"),
        ("[one](a.md)", "[ena](a.md) in [še ena](a.md)"),
        ("[one](a.md) two", "ena dve"),
        ("[one](https://a.org/en)", "[ena](https://a.org/sl)"),
        ("[one](http://a.org)", "[ena](mailto:a@b.si)"),
        ("[one](a.md 'Title')", "[ena](a.md 'Naslov')"),
        ("[one][X]", "[ena](x.md)"),
        ("![one](a.png)", "![ena](a.png)"),
        ("![one](a.png 'T')", "![ena](a.png 'N')"),
        ("{ref}`one <a>`", "{ref}`ena <a>`"),
        ("{ref}`a`", "{ref}`a`"),
        ("{{ name }}", "ime {{ name }}"),
        ("{{name}}", "{{ name }}"),
        ("<b>one</b>", "<B >ena</B>"),
        ('<img src="a" alt="one">', '<img alt="ena" src="a">'),
        ('<a href="x" title="one">a</a>', '<a href="x" title="ena" aria-label="b">a</a>'),
        ("one[^1]", "[^1]ena"),
        ("[one]{.red}", "[ena]{.red}"),
        ("<br>", "ena<br>dve<br>tri"),
        ("<b>one", "<b>ena"),
        ("$a$", "$b$"),
        ("$\\text{if } a$", "$\\text{če } a$"),
        ("{guilabel}`Save`", "{guilabel}`Shrani`"),
        ("{abbr}`HTML (language)`", "{abbr}`HTML (jezik)`"),
        ("<script>a</script>", "<script>a</script> ena"),
        ("~~one~~ two", "ena ~~dve~~"),
        ("'a@b.org' one", "» <a@b.org> « ena"),
        ("one (x)[https://a.org/x].", "ena <https://a.org/x>"),
        ("https://a.org/\\<x\\>", "<https://a.org/> \\<x\\>"),
        ("`https://a.org`", "<https://a.org> ena"),
    ],
)
def test_what_a_translation_may_do(english: str, translation: str) -> None:
    if "aria-label" in translation:
        english = english.replace(">a", ' aria-label="c">a')
    assert surplus(english, translation) == ""


@pytest.mark.parametrize(
    ("english", "translation", "named"),
    [
        ("one", "[ena](a.md)", "link to 'a.md'"),
        ("[one](a.md)", "[ena](b.md)", "link to 'b.md'"),
        ("[one](https://a.org)", "[ena](tel:1)", "link to 'tel:1'"),
        ("[one](a.md)", "[ena](https://a.org)", "link to the web"),
        ("one", "<https://a.org>", "link to the web"),
        ("a.org one", "<https://a.org>", "link to the web"),
        ("https://a.org/x", "<https://a.org/>", "link to the web"),
        ("xa@b.org", "<a@b.org>", "link to the web"),
        ("tel:1", "<tel:1>", "link to 'tel:1'"),
        ("https://a.org", "[https://a.org](https://a.org)", "link to the web"),
        ("one", "[ena][X]", "link to 'x.md'"),
        ("[one](a.md)", "[ena](//evil.org)", "link to '//evil.org'"),
        ("one", "![ena](a.png)", "image 'a.png'"),
        ("![one](a.png)", "![ena](b.png)", "image 'b.png'"),
        ("![one](a.png)", "![{ref}`x`](a.png)", "role {ref} with 'x'"),
        ("{ref}`one <a>`", "{ref}`ena <b>`", "role {ref} with 'b'"),
        ("{ref}`a`", "{download}`a`", "role {download} with 'a'"),
        ("{ref}`a`", "{ref}`ena <a> <b>`", "role {ref} with 'ena <a> <b>'"),
        ("{ref}`x <a>`", "{ref}`ena\n<b>`", "role {ref} with 'b'"),
        ("one", "{{ name }}", "substitution 'name'"),
        ("{{ a }}", "{{ a|upper }}", "substitution 'a|upper'"),
        ("one", "<b>ena</b>", "HTML <b>"),
        ("<b>one</b>", "<b onclick=x>ena</b>", "HTML <b onclick=x>"),
        ("<b>one</b>", "<b\nONCLICK='x'>ena</b>", "HTML <b onclick='x'>"),
        ("<b>one</b>", "<b>ena", "HTML tags that do not pair"),
        ("<b>one</b>", "</b>ena<b>", "HTML tags that do not pair"),
        ("<b><i>one</i></b>", "<b><i>ena</b></i>", "HTML tags that do not pair"),
        ("<b>one</b>", "<b/>ena", "HTML <b />"),
        ("one", "<!-- ena -->", "HTML '<!-- ena -->'"),
        ('<a href="x">a</a>', '<a href="javascript:y">a</a>', 'HTML <a href="javascript:y">'),
        ('<a href="x">a</a>', '<a href="x" style="y">a</a>', 'HTML <a href="x" style="y">'),
        ("one", "ena[^1]", "footnote '1'"),
        ("one[^1]", "ena[^2]", "footnote '2'"),
        ("one", "[ena]{.red}", "attribute class=red"),
        ("[one](a.md)", "[ena](a.md){#id}", "attribute id=id"),
        ("one", "`ena`{l=python}", "attribute l=python"),
        ("[one]{#id}", "[ena]{#id} [dve]{#id}", "attribute id=id more often"),
        ('<b id="a">one</b>', '<b id="a">e</b><b id="a">f</b>', 'HTML <b id="a"> more often'),
        ("one", "$x$", "math"),
        ("$x$", "$\\href{javascript:x}{y}$", "'\\\\href' in math"),
        ("$x$", "$\\input{/etc/passwd}$", "'\\\\input' in math"),
        ("$x$", "$^^5cinput{a}$", "'^^' in math"),
        ("$\\href{a}{x}$", "$\\href{b}{x}$", "math '\\\\href{b}{x}'"),
        ("$x$", "$x}$", "math 'x}'"),
        ("one", "~~ena~~", "strikethrough"),
        ("{raw-html}`<b>`", "{raw-html}`<script>x</script><b>`", RAW),
        ("{guilabel}`one`", "{kbd}`ena`", "role {kbd}"),
        ("{guilabel}`one`", "{guilabel}`ena &`", "role {guilabel} with 'ena &'"),
        ("<script>a</script>", "<script>b</script>", "HTML '<script>b</script>'"),
        ("<b>one", "<b>ena</b>", "HTML </b>"),
        ("one", "*a " * 30 + "a*" * 30, "markup nested too deep"),
    ],
)
def test_what_a_translation_may_not_do(english: str, translation: str, named: str) -> None:
    assert surplus(english, translation) == named


PIECES = (
    *("ena ", "<b>", "</b>", "<script>", "{ref}`", "`", "<a>", "{{ a }}", "[", "](a.md)", "](b)"),
    *("![", "[^1]", "{.red}", "<!--", "-->", "*", "https://a.org", "\\", "&lt;", "{", "}", "\n"),
)


@settings(
    deadline=None, max_examples=500, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_plain_english_admits_only_text_and_emphasis(translation: str) -> None:
    tokens = parse(translation)
    if surplus("One.", translation) == "":
        assert {token.type for token in tokens} <= {
            *("text", "text_special", "code_inline", "softbreak", "hardbreak"),
            *("em_open", "em_close", "strong_open", "strong_close"),
        }
    assert find_surplus(tokens, tokens) == "", "what English may use, its translation may"


@pytest.mark.parametrize(
    ("tag", "use"),
    [
        ("<b>", "HTML <b>"),
        ("</B>", "HTML </b>"),
        ("<br/>", "HTML <br>"),
        ('<a b="1" A=2>', 'HTML <a a=2 b="1">'),
        ('<a title="x" href=y>', "HTML <a href=y title>"),
        ("<b", "HTML '<b'"),
        ("<!-- a -->", "HTML '<!-- a -->'"),
        ("<span class=x />", "HTML <span class=x />"),
    ],
)
def test_html_use(tag: str, use: str) -> None:
    assert html_use(tag) == use


# The English beside a translation


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & \"c\" 'd'", "a &lt; b &amp; \"c\" 'd'"),
        ("*a* **b** ~~c~~", "<em>a</em> <strong>b</strong> <s>c</s>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("$a < b$", "<code>a &lt; b</code>"),
        ("[*one*](javascript:x) <https://a.org>", "[<em>one</em>](javascript:x) https://a.org"),
        ("[one](a.md 'T')", "one"),
        ("![alt *text*](a.png)", "alt <em>text</em>"),
        ("<b onclick=x>one</b>", "one"),
        ("one\ntwo  \nthree", "one two<br>three"),
        ("{ref}`one <two>` {doc}`~a.b` {x}`!c`", "one a.b c"),
        ("{ref}`a <`", "a &lt;"),
        ("{{ <b> }}", "{{&lt;b&gt;}}"),
        ("one[^1]", "one"),
        ("\\* &lt;b&gt;", "* &lt;b&gt;"),
        ("[one]{#id .red}", "one"),
    ],
)
def test_the_lookup_is_inert(text: str, html: str) -> None:
    assert inert_html(parse(text)) == html
