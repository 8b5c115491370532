"""Side-by-side Markdown over whole docsets: nothing lost, and every file given back."""

from __future__ import annotations

import os
import re
import resource
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import bilingual
from bitext.bilingual.align import make_key
from bitext.bilingual.pairs import parse
from bitext.cli import main
from bitext.encoding import decode_article
from bitext.errors import BitextError
from bitext.po import parse as parse_catalog
from bitext.segments import make_grammar, read_article
from bitext.settings import Settings

from .corpora import unpack

ALCHEMY = ("sl-SI", "de-DE", "ja-JP")
WITH_ENGLISH = (
    ("nuget", "de-DE", 97.0, 98.0),
    ("nuget", "zh-CN", 97.0, 98.0),
    ("quantum", "ja-JP", 99.0, 99.8),
)
"""Corpus, language, per cent of files that an export must give back, and of files of which the
English alone gives the published sentences with their numbers."""

SENTENCES = 99.8
"""Per cent of sentences that the English alone must give."""

LEAST = 99.9
ROUNDS = 2_000
_SETTINGS = """\
[tool.bitext]
languages = ["{tag}"]
segmentation = "published"
dialect = "learn"
"""


def run(scratch: Path) -> bool:
    """Import and export the corpora, and mutated files; print the figures."""
    holds = _without_english(scratch)
    for corpus, tag, least, extracted in WITH_ENGLISH:
        root = scratch / f"{corpus}-{tag}"
        holds &= _with_english(root, corpus, tag, least)
        holds &= _count_sentences(
            root / corpus / tag, root / "source", f"{corpus} {tag}", extracted
        )
    return _fuzz(scratch) and holds


def _bitext(root: Path, *words: str) -> int:
    return main(["-C", str(root), *words, "--quiet"])


def _user_seconds() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (0, resource.RUSAGE_CHILDREN))


def _without_english(scratch: Path) -> bool:
    unpack("alchemy.tar.xz", scratch)
    root = scratch / "project"
    root.mkdir()
    start = _user_seconds()
    for tag in ALCHEMY:
        _bitext(root, "import", "bilingual", str(scratch / "alchemy" / tag), "-l", tag)
    print(f"alchemy: imported in {_user_seconds() - start:.1f} s of user time")
    holds = True
    for tag in ALCHEMY:
        _bitext(root, "export", "bilingual", "-l", tag, "-o", str(scratch / "out" / tag))
        folder = scratch / "alchemy" / tag
        holds &= _compare(folder, scratch / "out" / tag, f"alchemy {tag}") >= LEAST
        holds &= _count_lost(folder, root / "locale" / tag / "LC_MESSAGES") == 0
    return holds


def _with_english(root: Path, corpus: str, tag: str, least: float) -> bool:
    unpack(f"{corpus}.tar.xz", root)
    shutil.move(root / corpus / "en-US", root / "source")
    (root / "pyproject.toml").write_text(_SETTINGS.format(tag=tag), encoding="utf-8")
    _bitext(root, "import", "bilingual", str(root / corpus / tag), "-l", tag)
    _bitext(root, "export", "bilingual", "-l", tag, "-o", str(root / "out"), "--normalize")
    share = _compare(root / corpus / tag, root / "out", f"{corpus} {tag}")
    lost = _count_lost(root / corpus / tag, root / "locale" / tag / "LC_MESSAGES")
    return share >= least and not lost


def _compare(published: Path, exported: Path, name: str) -> float:
    """Return the per cent of side-by-side files that were given back; print each other one."""
    same = others = 0
    for path in sorted(published.rglob("*.md")):
        text = path.read_bytes()
        own = exported / path.relative_to(published)
        if b"data-ttu-id" not in text:
            continue
        if own.is_file() and own.read_bytes() == text:
            same += 1
            continue
        others += 1
        written = own.read_text("utf-8").split("\n") if own.is_file() else []
        pairs = enumerate(zip(text.decode().split("\n"), written, strict=False), 1)
        line = next((number for number, (a, b) in pairs if a != b), len(written))
        print(f"  {name}: {path.relative_to(published)}:{line} differs")
    share = 100 * same / (same + others)
    print(f"{name}: {same} of {same + others} files byte for byte ({share:.2f} %)")
    return share


def _count_lost(published: Path, catalogs: Path) -> int:
    """Return how many targets of a docset are in no catalog."""
    lost = total = 0
    for path in sorted(published.rglob("*.md")):
        file = parse(path.read_bytes().decode())
        own = catalogs / path.relative_to(published).with_suffix(".po")
        if not file.pairs:
            continue
        catalog = parse_catalog(own.read_text("utf-8"))
        said = "\n".join([*(e.msgstr for e in catalog.entries), *catalog.header.comments])
        total += len(file.pairs)
        for pair in file.pairs:
            target = pair.target.strip()
            if target not in said and target.replace("\\|", "|") not in said:
                lost += 1
                print(f"  lost: {path.name} {pair.id} {target[:60]}")
    print(f"{published.name}: {total} targets, {lost} in no catalog")
    return lost


def _count_sentences(published: Path, english: Path, name: str, least: float) -> bool:
    """Tell whether the English alone gives the published sentences; print each other file."""
    grammar = make_grammar(Settings(segmentation="published", dialect="learn"))
    counts: Counter[str] = Counter()
    for path in sorted(published.rglob("*.md")):
        article = english / path.relative_to(published)
        pairs = parse(path.read_bytes().decode()).pairs
        if not pairs or not article.is_file():
            continue
        read = read_article(path.name, decode_article(article.read_bytes(), path.name), grammar)
        texts = [_words(text) for text in read.texts]
        numbered = dict(enumerate(texts, 101))
        wanted = [(pair.id.number, _words(pair.source)) for pair in pairs]
        other = next((n for n, text in wanted if numbered.get(n) != text), 0)
        counts["files"] += 1
        counts["exact files"] += not other
        if other:
            print(f"  {name}: {path.relative_to(published)} is cut otherwise from {other} on")
        counts["sentences"] += len(wanted)
        same = Counter(texts) & Counter(text for _, text in wanted)
        counts["exact sentences"] += same.total()
    shares = {part: 100 * counts[f"exact {part}"] / counts[part] for part in ("files", "sentences")}
    for part, share in shares.items():
        print(
            f"{name}: {counts[f'exact {part}']} of {counts[part]} {part} ({share:.2f} %) extracted"
        )
    return shares["files"] >= least and shares["sentences"] >= SENTENCES


def _words(text: str) -> str:
    """Return a sentence without what the published pipeline lost."""
    label = re.fullmatch(r"\[(.*)\]\([^()]*\)", make_key(text))
    return re.sub(r"[\s*`]+", "", label[1] if label else make_key(text))


def _fuzz(scratch: Path) -> bool:
    """Import mutated files; nothing may crash, and no target may be lost."""
    random = Random(int(os.environ.get("FUZZ_SEED", "0")))
    files = sorted((scratch / "alchemy").rglob("*.md"))
    lost = refused = 0
    for _ in range(ROUNDS):
        text = bilingual.mutate(random.choice(files).read_bytes().decode(), random)
        try:
            imported = bilingual.import_text(text.encode(errors="replace"))
        except BitextError:
            refused += 1
            continue
        found = parse(text.replace("\0", "\ufffd"))
        lost += len(bilingual.lost_targets(found, imported))
        bilingual.export_text(imported)
    print(f"fuzz: {ROUNDS} mutated files, {refused} refused, {lost} targets lost")
    return not lost
