"""Random histories of a project on two branches, and what must be true after each step.

The ordinary tests play a few; `BITEXT_STORIES=500 pytest tests/test_stories.py` plays many.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bitext.cli import main
from bitext.ledger import is_same_sentence
from bitext.merge import merge_catalogs
from bitext.po import Catalog, Entry, parse, serialize
from bitext.threeway import OTHER

TAGS = ("sl-SI", "de-DE")
_WORDS = (
    "server request token page build sentence catalog writer reader language file folder"
    " setting value error answer network client message article entry memory window button"
).split()


@dataclass
class Story:
    """A project whose past is kept, played from one seed."""

    root: Path
    random: random.Random
    written: dict[str, set[str]] = field(default_factory=lambda: {tag: set() for tag in TAGS})
    """Every translation a person ever wrote that no revert took back, by language."""

    count: int = 0
    """Sentences and translations made: each has its own number."""

    past: list[dict[str, bytes]] = field(default_factory=list)
    """Articles and POT files after each step."""

    steps: list[str] = field(default_factory=list)

    def play(self, steps: int) -> None:
        """Make a project and take so many steps."""
        listed = ", ".join(f'"{tag}"' for tag in TAGS)
        self._write("pyproject.toml", f"[tool.bitext]\nlanguages = [{listed}]\n")
        for number in range(3):
            self._write(f"source/a{number}.md", f"# T{number}\n\n{self._paragraphs(2)}")
        self.refresh()
        moves = [self.edit, self.insert, self.remove, self.move, self.rename, self.join_articles]
        for _ in range(steps):
            step = self.random.choice([*moves, self.translate, self.translate, self.branch])
            step = self.revert if self.random.random() < 0.15 else step
            self.steps.append(step.__name__)
            self.past.append(self._english())
            step()
            self.refresh()

    # What writers do

    def edit(self) -> None:
        """Change a word of a sentence."""
        path, sentences = self._article()
        place = self.random.randrange(len(sentences))
        words = sentences[place].split(" ")
        words[self.random.randrange(1, len(words) - 1)] = self.random.choice(_WORDS)
        sentences[place] = " ".join(words)
        self._save(path, sentences)

    def insert(self) -> None:
        """Add a sentence; now and then one that stands elsewhere."""
        path, sentences = self._article()
        _, others = self._article()
        again = self.random.random() < 0.2
        new = self.random.choice(others) if again else self._sentence()
        sentences.insert(self.random.randrange(len(sentences) + 1), new)
        self._save(path, sentences)

    def remove(self) -> None:
        """Take a sentence away."""
        path, sentences = self._article()
        if len(sentences) > 2:
            sentences.pop(self.random.randrange(len(sentences)))
        self._save(path, sentences)

    def move(self) -> None:
        """Move a sentence, in its article or to another."""
        path, sentences = self._article()
        if len(sentences) < 3:
            return
        moved = sentences.pop(self.random.randrange(len(sentences)))
        self._save(path, sentences)
        path, sentences = self._article()
        sentences.insert(self.random.randrange(len(sentences) + 1), moved)
        self._save(path, sentences)

    def rename(self) -> None:
        """Give an article another path."""
        path, _ = self._article()
        self.count += 1
        target = self.root / "source" / self.random.choice([".", "in"]) / f"b{self.count}.md"
        target.parent.mkdir(exist_ok=True)
        path.rename(target)

    def join_articles(self) -> None:
        """Append one article to another."""
        (one, own), (two, others) = self._article(), self._article()
        if one != two:
            self._save(one, [*own, *others])
            two.unlink()
            self._write(f"source/n{self.count}.md", f"# N{self.count}\n\n{self._paragraphs(1)}")

    # What translators do

    def translate(self, share: float = 0.4) -> None:
        """Translate what needs it, in all languages."""
        for path in sorted(self.root.glob("locale/*/LC_MESSAGES/**/*.po")):
            tag = path.relative_to(self.root / "locale").parts[0]
            found = parse(path.read_text(encoding="utf-8"))
            entries = tuple(self._translated(entry, tag, share) for entry in found.entries)
            path.write_text(serialize(replace(found, entries=entries)), encoding="utf-8")

    def _translated(self, entry: Entry, tag: str, share: float) -> Entry:
        needs = entry.is_fuzzy or not entry.msgstr
        if entry.is_obsolete or not needs or self.random.random() > share:
            return entry
        self.count += 1
        text = f"{tag} {self.count}: {entry.msgid}"
        self.written[tag].discard(entry.msgstr)
        self.written[tag].add(text)
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        settled = replace(entry, msgstr=text, flags=flags, previous_msgid=None)
        return replace(settled, previous_msgctxt=None, raw=None)

    # Branches

    def branch(self) -> None:
        """Change and translate on two branches, and merge them by file."""
        before, start = self._snapshot(), self.written
        sides: list[dict[str, bytes]] = []
        written: list[dict[str, set[str]]] = []
        for steps in ((self.edit, self.insert), (self.insert, self.move)):
            self._restore(before)
            self.written = {tag: set(texts) for tag, texts in start.items()}
            for step in (*steps, self.translate):
                step()
                self.refresh()
            sides.append(self._snapshot())
            written.append(self.written)
        self._restore(merge_files(before, *sides))
        self.written = {
            tag: (start[tag] & ours[tag] & theirs[tag]) | ((ours[tag] | theirs[tag]) - start[tag])
            for ours, theirs in (written,)
            for tag in TAGS
        }

    def revert(self) -> None:
        """Undo one step in articles and POT files, or go back to how they were before it."""
        if len(self.past) < 2:
            return
        place = self.random.randrange(len(self.past) - 1)
        before, after = self.past[place], self.past[place + 1]
        now = self._snapshot()
        kept = {name: content for name, content in now.items() if name.endswith(".po")}
        if self.random.random() < 0.5:
            before = merge_files(after, self._english(), before)
        self._restore({**before, **kept})

    def _english(self) -> dict[str, bytes]:
        return {name: text for name, text in self._snapshot().items() if not name.endswith(".po")}

    # What must be true

    def refresh(self) -> None:
        """Run gettext and update, twice; check what they leave."""
        numbered = self._numbered()
        for command in ("gettext", "update"):
            assert main(["-C", str(self.root), command, "-q"]) == 0, self.steps
        before = self._snapshot()
        for command in ("gettext", "update"):
            assert main(["-C", str(self.root), command, "-q"]) == 0
        assert self._snapshot() == before, f"a second run changes nothing: {self.steps}"
        self._check_ids(numbered)
        self._check_translations()

    def _numbered(self) -> dict[str, set[str]]:
        """Return all English that the catalogs have for each ID, retired and former too."""
        found: dict[str, set[str]] = {}
        for path in self.root.glob("locale/*/LC_MESSAGES/**/*.po"):
            for entry in parse(path.read_text(encoding="utf-8"), is_merged=True).entries:
                own = found.setdefault(entry.msgctxt or "", {entry.msgid})
                own |= {entry.msgid, entry.previous_msgid or entry.msgid}
        return found

    def _check_ids(self, numbered: Mapping[str, set[str]]) -> None:
        ids: Counter[str] = Counter()
        for path in self.root.glob("locale/pot/**/*.pot"):
            for entry in parse(path.read_text(encoding="utf-8")).entries:
                ids[entry.msgctxt or ""] += 1
                before = numbered.get(entry.msgctxt or "", {entry.msgid})
                is_same = any(is_same_sentence(old, entry.msgid) for old in before)
                assert is_same, f"reissued: {entry.msgctxt} {entry.msgid} {before} {self.steps}"
        twice = [identifier for identifier, count in ids.items() if count > 1]
        assert not twice, f"an ID for each sentence: {twice} {self.steps}"

    def _check_translations(self) -> None:
        for tag in TAGS:
            held = set(self._held(tag))
            lost = self.written[tag] - held
            carried = {text for text in lost if any(_is_made_of(text, own) for own in held)}
            assert not lost - carried, f"lost: {lost - carried} {self.steps}"

    def _held(self, tag: str) -> Iterator[str]:
        for path in self.root.glob(f"locale/{tag}/LC_MESSAGES/**/*.po"):
            for entry in parse(path.read_text(encoding="utf-8")).entries:
                yield entry.msgstr
                yield from (comment.removeprefix(OTHER) for comment in entry.comments)

    # Files

    def _article(self) -> tuple[Path, list[str]]:
        path = self.random.choice(sorted((self.root / "source").rglob("*.md")))
        body = path.read_text(encoding="utf-8").partition("\n\n")[2]
        return path, [line for line in body.split("\n") if line]

    def _save(self, path: Path, sentences: list[str]) -> None:
        title = path.read_text(encoding="utf-8").partition("\n")[0]
        path.write_text(f"{title}\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")

    def _paragraphs(self, count: int) -> str:
        return "\n\n".join(self._sentence() for _ in range(3 * count)) + "\n"

    def _sentence(self) -> str:
        self.count += 1
        words = " ".join(self.random.choices(_WORDS, k=self.random.randint(5, 9)))
        return f"The {words} is number{self.count}x."

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _snapshot(self) -> dict[str, bytes]:
        names = (p for f in ("source", "locale") for p in (self.root / f).rglob("*"))
        return {str(p.relative_to(self.root)): p.read_bytes() for p in names if p.is_file()}

    def _restore(self, files: Mapping[str, bytes]) -> None:
        for folder in ("source", "locale"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        for name, content in files.items():
            self._write(name, content.decode())


class JoinedStory(Story):
    """One whose sentences stand in paragraphs, which translators join and split."""

    def translate(self, share: float = 0.4) -> None:
        """Translate what needs it, and join or split some blocks."""
        super().translate(share)
        for path in sorted(self.root.glob("locale/*/LC_MESSAGES/**/*.po")):
            tag = path.relative_to(self.root / "locale").parts[0]
            found = parse(path.read_text(encoding="utf-8"), is_merged=True)
            ids = [entry.msgctxt or "" for entry in found.entries if not entry.is_obsolete]
            word = self.random.choice(["join", "join", "split"])
            chosen = self.random.choice(ids)
            status = main(["-C", str(self.root), word, chosen, "-l", tag, "-q"])
            assert status in (0, 2), self.steps  # a sentence alone cannot be joined

    def _save(self, path: Path, sentences: list[str]) -> None:
        super()._save(path, sentences)
        title, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        blocks = body.split("\n\n")
        gaps = [self.random.choice(["\n", "\n", "\n\n"]) for _ in blocks]
        joined = "".join(text + gap for text, gap in zip(blocks, gaps, strict=True))
        path.write_text(f"{title}\n\n{joined}", encoding="utf-8")


class LargeStory(Story):
    """One of a project that does not fit in memory: what its commands leave is the same."""

    def refresh(self) -> None:
        """Refresh with little room, and compare with what much room leaves."""
        before = self._snapshot()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bitext.commands.gettext._ROOM", self.random.choice([0, 500, 2000]))
            patch.setattr("bitext.commands.stored.ROOM", self.random.choice([0, 2000, 6000]))
            patch.setattr("bitext.commands.update._BATCH", 1)
            patch.setattr("bitext.memory._PART", 5)
            for command in ("gettext", "update"):
                assert main(["-C", str(self.root), command, "-q"]) == 0, self.steps
        bounded = self._snapshot()
        self._restore(before)
        super().refresh()
        assert self._snapshot() == bounded, self.steps


def _is_made_of(lost: str, held: str) -> bool:
    """Tell whether a translation is another with a mechanical change: its number says so."""
    return lost.partition(":")[0] == held.partition(":")[0]


def merge_files(
    base: Mapping[str, bytes], ours: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return what git would: catalogs merged by our driver, articles sentence by sentence."""
    merged: dict[str, bytes] = {}
    for name in sorted({*ours, *theirs}):
        sides = [side.get(name) for side in (base, ours, theirs)]
        text = _merge_file(name, *sides)
        if text is not None:
            merged[name] = text
    return merged


def _merge_file(
    name: str, base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> bytes | None:
    if ours == base:
        return theirs
    if theirs in (base, ours):
        return ours
    if ours is None or theirs is None:
        return ours or theirs
    if name.endswith(".md"):
        return _merge_articles((base or b"").decode(), ours.decode(), theirs.decode()).encode()
    catalogs = (_parse(side) for side in (base or b"", ours, theirs))
    return serialize(merge_catalogs(*catalogs).catalog).encode()


def _parse(content: bytes) -> Catalog:
    return parse(content.decode(), is_merged=True)


def _merge_articles(base: str, ours: str, theirs: str) -> str:
    """Return our article with the paragraphs that they added, without those they took away."""
    before, own, other = (text.strip("\n").split("\n\n") for text in (base, ours, theirs))
    gone = Counter(before) - Counter(other)
    added = Counter(other) - Counter(before)
    kept = [text for text in own if not gone[text]] or own[:1]
    return "\n\n".join([*kept, *(text for text in other if added[text])]) + "\n"
