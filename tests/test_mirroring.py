"""Style sheets with left and right exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from bitext.sphinx_ext.mirroring import is_one_sided, mirror_style
from sites import make_project, sphinx, succeed


@pytest.mark.parametrize(
    ("style", "mirrored"),
    [
        ("a{left:0}", "a{right:0}"),
        ("a{float:left;clear:both}", "a{float:right;clear:both}"),
        ("a { margin-left : 1px ; color: red }", "a { margin-right : 1px ; color: red }"),
        ("a{border-top-left-radius:1px}", "a{border-top-right-radius:1px}"),
        ("a{margin:1px 2px 3px 4px}", "a{margin:1px 4px 3px 2px}"),
        ("a{margin:1px 2px 3px}", "a{margin:1px 2px 3px}"),
        ("a{padding:0 1px 0 0!important}", "a{padding:0 0 0 1px!important}"),
        ("a{padding:0 1px 0 0 !important}", "a{padding:0 0 0 1px !important}"),
        ("a{padding:0 calc(1px + var(--x)) 0 1em}", "a{padding:0 1em 0 calc(1px + var(--x))}"),
        ("a{border-radius:1px 2px 3px 4px}", "a{border-radius:2px 1px 4px 3px}"),
        ("a{border-radius:1px 2px}", "a{border-radius:2px 1px}"),
        ("a{transition:left .3s,margin-right 1s}", "a{transition:right .3s,margin-left 1s}"),
        ("a{transform:translateX(-50%)}", "a{transform:translateX(50%)}"),
        ("a{transform:translate(.5em,-1px)}", "a{transform:translate(-.5em,-1px)}"),
        ("a{transform:translateY(-50%)}", "a{transform:translateY(-50%)}"),
        (
            "@media (min-width:9em){a{left:0}b{right:0}}",
            "@media (min-width:9em){a{right:0}b{left:0}}",
        ),
        ("a:not(b,c){right:0}", "a:not(b,c){left:0}"),
        ('@charset "x";a{left:0}', '@charset "x";a{right:0}'),
    ],
)
def test_sides_are_exchanged_and_back(style: str, mirrored: str) -> None:
    assert mirror_style(style) == mirrored
    assert mirror_style(mirrored) == style


@pytest.mark.parametrize(
    "style",
    [
        "a.left{color:red}",
        "#left-bar{width:1px}",
        'a{content:"left:0;}{float:left"}',
        "a{background:url(left.png)}",
        "a{background:url('data:image/svg+xml;x,left')}",
        "/* a{left:0} */",
        "a{--left:right;float:var(--left)}",
        "pre{margin-left:1px}",
        ".highlight span.linenos{padding-left:1px}",
        "td.text-left{text-align:left}",
        "img.align-right{float:right}",
        r".text-align\:left>p{text-align:left}",
        "a{left:0",
        "}{",
        "",
    ],
)
def test_what_says_no_side_stays(style: str) -> None:
    assert mirror_style(style) == style


def test_code_among_others_stays() -> None:
    style = "p,pre,:is(ul,code){margin-left:1px}"
    assert mirror_style(style) == "pre,:is(ul,code){margin-left:1px}p{margin-right:1px}"


def test_long_and_broken_sheets_take_no_time() -> None:
    for style in ("a{" * 50_000, "(" * 100_000, "a{margin:" + "(" * 50_000 + "}", "," * 100_000):
        assert mirror_style(style) == style


def test_a_sheet_that_knows_directions_is_left_alone() -> None:
    assert not is_one_sided("html[dir=rtl] a{left:0}")
    assert not is_one_sided("a:dir(rtl){left:0}")
    assert is_one_sided("a{left:0}")


def test_only_pages_from_right_to_left_have_a_mirrored_theme(tmp_path: Path) -> None:
    root = make_project(
        tmp_path / "site",
        {"index.md": "# Kettle\n"},
        languages=["ar-SA", "sl-SI"],
        configuration='extensions = ["bitext"]\nhtml_theme = "own"\nhtml_theme_path = ["themes"]\n'
        'html_static_path = ["static"]\n',
    )
    theme = root / "themes/own"
    (theme / "static").mkdir(parents=True)
    (root / "static").mkdir()
    (theme / "theme.conf").write_text("[theme]\ninherit = basic\nstylesheet = own.css\n")
    (theme / "static/own.css").write_bytes(b"/* \xff */ nav{float:left}")
    (theme / "static/both.css").write_text("[dir=rtl] nav{float:right}")
    (theme / "static/user.css").write_text("nav{float:left}")
    (root / "static/user.css").write_text("nav{float:none;left:0}")
    succeed(root, "gettext")
    succeed(root, "update")
    for language, said in (("ar", b"right"), ("sl", b"left")):
        out = root / f"out-{language}"
        run = sphinx(root, "-q", "-D", f"language={language}", "source", str(out), "-c", ".")
        assert run.status == 0, run.text
        assert (out / "_static/own.css").read_bytes() == b"/* \xff */ nav{float:" + said + b"}"
        assert (out / "_static/both.css").read_text() == "[dir=rtl] nav{float:right}"
        assert (out / "_static/user.css").read_text() == "nav{float:none;left:0}"
