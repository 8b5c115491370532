"""A real project of Sphinx and sphinx-intl comes over: fpm-docs with PO files in nine languages.

Each of its translations is in ours, nearly all paragraphs of several sentences are cut, and the
French and Chinese sites show at least as much translated text as those that Sphinx builds of its
own catalogs. With BITEXT_SAMPLE, a file, paragraphs that were cut are written there, to be read.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bitext.alignment import align
from bitext.foreign import read_foreign
from bitext.markdown.cutting import cut_block
from bitext.segments import make_grammar
from bitext.sentences.foreign import find_candidates
from bitext.settings import Settings
from foreign_po import TAGS, find_lost
from sites import bitext, bitext_process, make_project, plain, read_body, sphinx, write

from .corpora import FPM, unpack
from .echo import CONFIGURATION

SITES = ("fr", "zh_CN")
SAMPLE = 100
LEAST_CUT = 0.95

_PLAIN = """
html_theme, html_theme_options = "classic", {{}}
locale_dirs = [{locale!r}]
gettext_compact = "index"
"""
_WORD = re.compile(r"[㐀-鿿]|[^\W\d_]+")
"""A Chinese character, or a word."""


def run(folder: Path) -> bool:
    """Import, count, build and compare; print the figures."""
    unpack("myst.tar.xz", folder / "unpacked")
    theirs = folder / "unpacked" / Path(FPM.folder).parent
    root = _make(folder / "project", theirs)
    _import(root)
    languages = sorted(path.name for path in (root / "theirs").iterdir())
    found = [_count_lost(root, language) for language in languages]
    holds = all(found) & _count_cut(root / "theirs")
    return holds & _compare_sites(root)


def _make(root: Path, theirs: Path) -> Path:
    """Make a project of the articles, with their catalogs beside ours."""
    tags = [TAGS.get(path.name, path.name) for path in sorted((theirs / "locale").iterdir())]
    configuration = _configuration(root, "bitext")
    settings = f"myst-extensions = {list(FPM.extensions)!r}\n".replace("'", '"')
    make_project(root, {}, languages=tags, settings=settings, configuration=configuration)
    write(root / "plain/conf.py", _configuration(root, "myst_parser"))
    for path, text in FPM.files.items():
        write(root / path, text)
    shutil.copytree(theirs / "pages", root / "source")
    shutil.copytree(theirs / "locale", root / "theirs")
    return root


def _configuration(root: Path, extension: str) -> str:
    """Return the configuration, which still names their catalogs: `sphinx.po` is of the theme."""
    own = CONFIGURATION.format(source=str(root / "source"), extension=extension, dropped="")
    return own + _PLAIN.format(locale=str(root / "theirs"))


def _import(root: Path) -> None:
    """Import all catalogs; one in the Dutch folder says it is French, and has to be named."""
    run = bitext(root, "import", "po", str(root / "theirs"))
    print(run.out, end="")
    for line in run.err.splitlines():
        path = line.partition(":")[0]
        named = bitext(root, "import", "po", path, "-l", Path(path).parts[-3])
        assert named.status == 0, named.err
        print(f"{Path(path).relative_to(root)}: named by hand")


def _count_lost(root: Path, language: str) -> bool:
    found = list(find_lost(root, root / "theirs" / language))
    lost = [text for text, is_lost in found if is_lost]
    print(f"{language}: {len(found)} translations, {len(lost)} lost")
    for text in lost:
        print(f"  {text}")
    return not lost


def _count_cut(theirs: Path) -> bool:
    """Count the paragraphs of several sentences that are cut."""
    outcomes: Counter[str] = Counter()
    shown: dict[str, list[str]] = {language: [] for language in SITES}
    for path in sorted(theirs.rglob("*.po")):
        language = path.parts[-3]
        for english, translation, pairs in _align_all(path, TAGS.get(language, language)):
            outcomes["cut" if pairs else "whole"] += 1
            is_sure = all(is_sure for *_, is_sure in pairs)
            outcomes["unsure"] += bool(pairs) and not is_sure
            if language in shown and pairs:
                shown[language].append(_show(english, translation, pairs))
    several = outcomes["cut"] + outcomes["whole"]
    ratio = outcomes["cut"] / several
    print(f"of several sentences: {several}, cut {ratio:.1%}, {outcomes['unsure']} of these unsure")
    _write_sample(shown)
    return ratio >= LEAST_CUT


_Aligned = tuple[str, str, bool]
"""English, translation, and whether their place is sure."""


def _align_all(path: Path, tag: str) -> Iterator[tuple[str, str, list[_Aligned]]]:
    """Yield English, translation and pairs of each message of several sentences."""
    grammar = make_grammar(Settings())
    cut = partial(cut_block, md=grammar.parser, env={})
    for message in read_foreign(path.read_bytes()).messages:
        english = cut(message.english, find_cuts=grammar.find_cuts)
        if len(english.segments) > 1 and not message.is_fuzzy:
            find_cuts = partial(find_candidates, tag=tag)
            pairs = align(english, cut(message.translation, find_cuts=find_cuts))
            found = [(pair.english, pair.translation, pair.is_sure) for pair in pairs]
            yield message.english, message.translation, found


def _show(english: str, translation: str, pairs: list[_Aligned]) -> str:
    lines = [f"  {'sure' if sure else 'FUZZY'}\n    {a}\n    {b}" for a, b, sure in pairs]
    return "\n".join(["", *lines])


def _write_sample(shown: dict[str, list[str]]) -> None:
    name = os.environ.get("BITEXT_SAMPLE")
    if name:
        choice = random.Random(1)
        chosen = [
            text
            for own in shown.values()
            for text in choice.sample(own, min(SAMPLE // 2, len(own)))
        ]
        Path(name).write_text("\n".join(chosen) + "\n", encoding="utf-8")


def _compare_sites(root: Path) -> bool:
    """Compare how much of the pages is not the English that their own English pages have."""
    tags = [TAGS.get(language, language) for language in SITES]
    done = bitext_process(root, "build", "-l", "en-US", *(f"-l{tag}" for tag in tags), seconds=900)
    assert done.status == 0, done.text
    english = root / "build/html/en-US"
    holds = True
    for language, tag in zip(SITES, tags, strict=True):
        theirs = root / "build/theirs" / language
        done = sphinx(
            *(root, "-q", "-c", "plain", "-D", f"language={language}", "source", str(theirs)),
            seconds=600,
        )
        assert done.status == 0, done.text
        counts = _count_words(english, theirs), _count_words(english, root / "build/html" / tag)
        print(f"{language}: translated words, Sphinx {counts[0].total()}, ours {counts[1].total()}")
        for page in sorted(counts[0].keys() | counts[1].keys()):
            if counts[1][page] < counts[0][page]:
                print(f"  {page}: Sphinx {counts[0][page]}, ours {counts[1][page]}")
        holds &= counts[1].total() >= counts[0].total() > 1000
    return holds


def _count_words(english: Path, other: Path) -> Counter[str]:
    """Return how many words of each page its English page does not have."""
    found: Counter[str] = Counter()
    for path in sorted(english.rglob("*.html")):
        name = path.relative_to(english).as_posix()
        if (other / name).is_file() and 'class="body"' in path.read_text(encoding="utf-8"):
            found[name] = (_words(other / name) - _words(path)).total()
    return found


def _words(path: Path) -> Counter[str]:
    return Counter(_WORD.findall(plain(read_body(path)).text))
