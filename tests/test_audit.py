"""The pages of a built site are as they should be; each damage is found, and only it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bitext.checks.audit import SITE_CHECKS
from bitext.checks.audit.model import Site, SiteExample, View
from bitext.checks.audit.offered import measure_site
from bitext.checks.audit.page import parse_page
from bitext.checks.explain import explain
from sites import bitext, bitext_process, edit, make_project, po, succeed, translate

REPORTS = Path(__file__).resolve().parents[1] / "tools/bitext/reports"

EXAMPLES = [
    (check.id, example, is_bad)
    for check in SITE_CHECKS
    for examples, is_bad in ((check.bad, True), (check.good, False))
    for example in examples
]


def _view(example: SiteExample) -> Iterator[View]:
    """Yield the English page of an example and the other, as `View` shows them."""
    texts = {
        f"{tag}/page.html": (head or f'<html lang="{tag}">') + f"<main>{body}</main>"
        for tag, head, body in (
            ("en-US", "", example.english),
            (example.language, example.head, example.translation or example.english),
        )
    }
    pages = {path: parse_page(text, path=path) for path, text in texts.items()}
    site = Site("en-US", pages, frozenset(pages), articles={"page.html": "page.md"})
    english, other = pages.values()
    yield View(english, site, None)
    yield View(other, site, english)


def _found(example: SiteExample) -> list[str]:
    return [check.id for view in _view(example) for check in SITE_CHECKS for _ in check.find(view)]


@pytest.mark.parametrize(("name", "example", "is_bad"), EXAMPLES)
def test_an_example_is_found_by_its_check_only(
    name: str, example: SiteExample, is_bad: bool
) -> None:
    assert set(_found(example)) == ({name} if is_bad else set())


@pytest.mark.parametrize("check", SITE_CHECKS, ids=lambda check: check.id)
def test_a_check_explains_itself_with_examples(check: object) -> None:
    name = str(getattr(check, "id", ""))
    text = explain(name)
    assert "\nfound:\n" in text
    assert "\nnot found:\n" in text
    assert "ignore=" not in text, "no entry can waive it"


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ('<main>a<div itemprop="articleBody">b</div></main>', ["b"]),
        ('<div class="body" role="main"><article>c</article></div>', ["c"]),
        ("<article>d</article><main>e</main>", ["d"]),
        ("<nav>f</nav><main>g<script>h</script></main>", ["g"]),
        ("<p>nothing is an article", []),
        ("<main><p>one <b>two</b></p><p>three</p>", ["one two", "three"]),
        ("<main>a<pre>b</pre><span hidden>c</span><kbd>d</kbd></main>", ["a"]),
        ("<main><br>a</p></div></b>b", ["ab"]),
        ("<main>a<!-- c -->b&lt;</main>", ["ab<"]),
    ],
)
def test_the_article_of_a_page_is_found(page: str, texts: list[str]) -> None:
    found = [" ".join(text.text.split()) for text in parse_page(page, path="sl-SI/x.html").texts]
    assert found == texts


def test_lines_are_those_of_the_text() -> None:
    page = parse_page("<main>\n<p>\n\nTea\n<p id=x>Coffee", path="sl-SI/x.html")
    assert [(text.text.strip(), text.line) for text in page.texts] == [("Tea", 4), ("Coffee", 5)]
    assert page.ids[0].line == 5


def test_words_of_no_segment_are_counted() -> None:
    html = '<main><p data-ttu-id="1">One two three.</p><p>Four.</p><p class="label">Five</p></main>'
    coverage = measure_site("en-US", [parse_page(html, path="en-US/x.html")])
    assert (coverage.words, coverage.not_offered, coverage.per_cent) == (4, 1, 25.0)
    assert measure_site("en-US", []).per_cent == 0


ARTICLES = {
    "index.md": "# Tea\n\nBoil the water. See [the pot](pot.md#the-lid).\n\n"
    "```{toctree}\npot\n```\n\n:::{note}\nUse `x**2`.\n:::\n",
    "pot.md": "# The pot\n\nIt is 2\\*\\*3 round.\n\n## The lid\n\n- Close it.\n\n"
    "| A head |\n|---|\n| a cell |\n\n[^1]\n\n[^1]: A note.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(
        tmp_path_factory.mktemp("audit"),
        ARTICLES,
        languages=("sl-SI", "ar-EG"),
        settings='myst-extensions = ["colon_fence"]\n',
        configuration='project = "t"\nextensions = ["bitext"]\nmyst_heading_anchors = 2\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    translate(po(root, "index"), {"Boil the water.": "Zavrite vodo."})
    run = bitext_process(root, "build")
    assert run.status == 0, run.text
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "t"))


def _check(root: Path, *more: str) -> list[tuple[str, str, int]]:
    """Return path, check and line of what is found, of all severities."""
    run = bitext(root, "check", "--site", "build/html", "--format", "json", *more)
    assert run.err == ""
    found = json.loads(run.out)["findings"]
    assert run.status == int(any(one["severity"] == "error" for one in found))
    return [(one["path"], one["check"], one["line"]) for one in found]


def test_a_good_site_has_no_finding(built: Path) -> None:
    assert _check(built) == []
    out = succeed(built, "check", "--site", "build/html")
    assert out.startswith("nothing found\nen-US: 0 % of ")
    assert out.count("belong to no segment") == 3


_EDITION = '<link rel="alternate" hreflang="{}" href="../{}/{}">'
_OF_ARABIC = _EDITION.format("ar-EG", "ar-EG", "pot.html")
_INNER = '<a href="pot.html">Z <a href="pot.html">v</a></a>'
_LID = '<section id="the-lid">'
_WATER = "Zavrite vodo."

DAMAGE = [
    ("site-links", "sl-SI/index.html", 'href="pot.html#the-lid"', 'href="lid.html#the-lid"'),
    ("site-anchors", "sl-SI/index.html", 'href="pot.html#the-lid"', 'href="pot.html#pokrov"'),
    ("site-anchors", "sl-SI/pot.html", _LID, "<section>"),
    ("site-language", "sl-SI/pot.html", 'lang="sl-SI"', 'lang="sl"'),
    ("site-language", "ar-EG/pot.html", ' dir="rtl"', ""),
    ("site-hreflang", "sl-SI/pot.html", _OF_ARABIC, _OF_ARABIC.replace("pot", "index")),
    ("site-hreflang", "sl-SI/pot.html", _EDITION.format("en-US", "en-US", "pot.html"), ""),
    ("site-ids", "sl-SI/pot.html", _LID, f'{_LID}<i id="the-lid"></i>'),
    ("site-nested-links", "sl-SI/index.html", _WATER, _INNER),
    ("site-markup", "sl-SI/index.html", _WATER, "Zavrite **vodo**."),
    ("site-markup", "sl-SI/index.html", _WATER, "Zavrite [vodo](x."),
    ("site-markup", "sl-SI/index.html", _WATER, "Zavrite {term}vodo."),
    ("not-offered", "en-US/index.html", "<section ", "<p>Lost words.</p><section "),
]


@pytest.mark.parametrize(("name", "path", "old", "new"), DAMAGE)
def test_each_damage_is_found_and_only_it(
    project: Path, name: str, path: str, old: str, new: str
) -> None:
    page = project / "build/html" / path
    text = page.read_text(encoding="utf-8")
    assert old in text, text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = _check(project)
    line = text[: text.index(old)].count("\n") + 1
    assert [(place, check) for place, check, _ in found] == [(f"build/html/{path}", name)]
    assert found[0][2] in (line, _root_line(text))


def _root_line(text: str) -> int:
    return text[: text.index("<html")].count("\n") + 1


@pytest.mark.parametrize("path", ["sl-SI/index.html", "en-US/index.html"])
def test_a_sentence_that_is_lost_or_twice_is_found(project: Path, path: str) -> None:
    page = project / "build/html" / path
    text = page.read_text(encoding="utf-8")
    match = re.search(r'<span data-ttu-id="([^"]*)">(Boil the water|Zavrite vodo)\.</span>', text)
    assert match
    page.write_text(text.replace(match[0], ""), encoding="utf-8")
    assert _check(project)[0][:2] == (f"build/html/{path}", "site-segments")
    assert {check for _, check, _ in _check(project)} == {"site-segments"}
    if path.startswith("sl"):
        page.write_text(text.replace(match[0], match[0] * 2), encoding="utf-8")
        assert [check for _, check, _ in _check(project)] == ["site-segments"]


def test_sentences_that_have_no_id_yet_are_not_looked_for(project: Path) -> None:
    edit(project / "source/index.md", "Boil the water.", "Boil the water. Wait.")
    assert _check(project) == []


def test_a_fault_of_the_english_page_is_named_once(project: Path) -> None:
    for tag in ("en-US", "sl-SI", "ar-EG"):
        page = project / f"build/html/{tag}/index.html"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("pot.html#the-lid", "pan.html"), encoding="utf-8")
    assert [found[:2] for found in _check(project)] == [
        ("build/html/en-US/index.html", "site-links")
    ]
    assert _check(project, "-l", "sl-SI") == []


def test_a_page_that_is_gone_is_found_where_links_lead_to_it(project: Path) -> None:
    (project / "build/html/sl-SI/pot.html").unlink()
    found = {check for _, check, _ in _check(project)}
    assert found == {"site-links", "site-hreflang"}


def test_the_page_of_a_removed_article_is_found(project: Path) -> None:
    (project / "source/pot.md").unlink()
    (project / "source/lid.md").write_text("# Lid\n", encoding="utf-8")
    shutil.copy(project / "build/html/sl-SI/pot.html", project / "build/html/sl-SI/old.html")
    paths = {"ar-EG/pot.html", "en-US/pot.html", "sl-SI/old.html", "sl-SI/pot.html"}
    found = {path for path, check, _ in _check(project) if check == "site-leftover"}
    assert found == {f"build/html/{path}" for path in paths}
    out = succeed(project, "check", "--site", "build/html", "--select", "site-leftover")
    path, message = out.split("\n")[0].split(": ", 1)
    assert (path, message) == (
        "build/html/en-US/pot.html",
        "warning: there is no source/pot.md, which this page was made of; delete the page"
        " [site-leftover]",
    )
    with (project / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('[tool.bitext.check]\ndisable = ["site-leftover"]\n')
    assert {check for _, check, _ in _check(project)} != {"site-leftover"}


def test_the_site_of_a_removed_language_is_found(project: Path) -> None:
    edit(project / "pyproject.toml", ', "ar-EG"', "")
    (project / "build/html/fr").mkdir()
    (project / "build/html/fr/index.html").write_text("mine", encoding="utf-8")
    found = [place for place, check, _ in _check(project) if check == "site-leftover"]
    assert found == ["build/html/ar-EG"]
    assert "site-leftover" not in {check for _, check, _ in _check(project, "-l", "sl-SI")}
    out = bitext(project, "check", "--site", "build/html", "--select", "site-links").out
    assert "ar-EG" not in out


def test_severity_selection_and_formats(project: Path) -> None:
    page = project / "build/html/sl-SI/index.html"
    edit(page, "Zavrite vodo.", "Zavrite **vodo**.")
    check = ("check", "--site", "build/html")
    text = succeed(project, *check)
    assert re.match(r"build/html/sl-SI/index\.html:\d+: warning: .* \[site-markup\]\n", text)
    assert "1 warning\n" in text
    assert "**" not in succeed(project, *check, "--severity", "error")
    assert "**" not in succeed(project, *check, "--select", "site-links")
    assert "**" not in succeed(project, *check, "-l", "ar-EG")
    assert "file=build/html/sl-SI/index.html,line=" in succeed(project, *check, "--format=github")
    assert "site-markup" in succeed(project, *check, "--format", "junit")
    (run,) = json.loads(succeed(project, *check, "--format", "sarif"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["site-markup"]
    sites = json.loads(succeed(project, *check, "--format", "json"))["sites"]
    assert [site["language"] for site in sites] == ["en-US", "sl-SI", "ar-EG"]
    assert all(site["not_offered_words"] == 0 < site["words"] for site in sites)


def test_settings_switch_checks_off_and_weigh_them(project: Path) -> None:
    edit(project / "build/html/sl-SI/index.html", "Zavrite vodo.", "Zavrite **vodo**.")
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}[tool.bitext.check]\ndisable = ["site-markup"]\n', encoding="utf-8")
    assert _check(project) == []
    weighed = f'{text}[tool.bitext.check.severity]\nsite-markup = "error"\n'
    settings.write_text(weighed, encoding="utf-8")
    assert bitext(project, "check", "--site", "build/html").status == 1


def test_wrong_use_is_explained(project: Path) -> None:
    for arguments, message in (
        (("--site", "nowhere"), "there is no folder en-US in nowhere"),
        (("--site", "build/html", "--fix"), "--fix is about catalogs"),
        (("--site", "build/html", "--changed-since", "x"), "--changed-since is about"),
        (("--site", "build/html", "--select", "site-link"), "did you mean 'site-links'"),
        (("--site", "build/html", "-l", "de-DE"), "is not a language of this project"),
        (("--select", "not-offered"), "add --site build/html"),
    ):
        run = bitext(project, "check", *arguments)
        assert run.status == 2, arguments
        assert message in run.err
    shutil.rmtree(project / "build/html/ar-EG")
    run = bitext(project, "check", "--site", "build/html", "-l", "ar-EG")
    assert "there is no folder ar-EG" in run.err


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\0<main>", b"<main><p>" * 5000, b"<a href='http://["]
)
def test_a_hostile_page_is_no_traceback(project: Path, content: bytes) -> None:
    (project / "build/html/sl-SI/pot.html").write_bytes(content)
    assert _check(project)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that `dirhtml` built: each page is a folder's index."""
    root = make_project(
        tmp_path_factory.mktemp("folders"),
        {
            "index.md": "# Tea\n\n[Pot](pot.md#the-lid)\n\n```{toctree}\npot\nsub/deep\nold\n```\n",
            "pot.md": "# The pot\n\n## The lid\n\nClose it.\n",
            "sub/deep.md": "# Deep\n\nSee [the pot](../pot.md#the-lid) now.\n",
            "old.rst": "Old\n===\n\nOld words.\n",
        },
        settings='site.url = "https://example.org/tea/"\n',
        configuration='project = "t"\nextensions = ["bitext"]\nmyst_heading_anchors = 2\n',
    )
    succeed(root, "gettext")
    succeed(root, "update")
    run = bitext_process(root, "build", "-b", "dirhtml")
    assert run.status == 0, run.text
    return root


_HERE = "https://example.org/tea"


@pytest.mark.parametrize(
    ("name", "path", "old", "new"),
    [
        ("", "index.html", "", ""),
        ("site-links", "sub/deep/index.html", 'href="../../pot/#', 'href="../pot/#'),
        ("site-anchors", "sub/deep/index.html", "/pot/#the-lid", "/pot/#pokrov"),
        ("site-anchors", "pot/index.html", _LID, "<section>"),
        ("site-language", "sub/deep/index.html", '<html lang="sl-SI"', '<html lang="sl"'),
        (
            *("site-hreflang", "sub/deep/index.html"),
            *(f'"{_HERE}/en-US/sub/deep/"', f'"{_HERE}/en-US/sub/"'),
        ),
        ("site-segments", "sub/deep/index.html", "data-ttu-id", "data-tea"),
    ],
)
def test_a_site_of_folders(
    folders: Path, tmp_path: Path, name: str, path: str, old: str, new: str
) -> None:
    root = Path(shutil.copytree(folders, tmp_path / "t"))
    page = root / "build/dirhtml/sl-SI" / path
    text = page.read_text(encoding="utf-8")
    assert old in text, text
    page.write_text(text.replace(old, new), encoding="utf-8")
    run = bitext(root, "check", "--site", "build/dirhtml", "--format", "json")
    found = {(one["path"], one["check"]) for one in json.loads(run.out)["findings"]}
    assert found == ({(f"build/dirhtml/sl-SI/{path}", name)} if name else set())


@pytest.mark.parametrize("is_damaged", [False, True])
def test_json_of_a_site_is_as_documented(project: Path, *, is_damaged: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    if is_damaged:
        for name, path, old, new in DAMAGE[:2] + DAMAGE[-2:]:
            assert name
            page = project / "build/html" / path
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = bitext(project, "check", "--site", "build/html", "--format", "json")
    report = json.loads(run.out)
    schema = json.loads((REPORTS / "check.schema.json").read_text(encoding="utf-8"))
    schema["properties"]["languages"] = {"maxItems": 0}  # a site has no coverage of catalogs
    errors = jsonschema.Draft202012Validator(schema).iter_errors(report)
    assert [error.message for error in errors] == []
    assert bool(report["findings"]) is is_damaged
    assert len(report["sites"]) == 3
