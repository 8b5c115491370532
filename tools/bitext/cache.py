"""What the last run knew, by content hash: never by time stamp, and never needed.

Each command keeps one small JSON file in a folder that git ignores. A missing, broken or
foreign file is an empty cache.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from bitext.disk import write_files
from bitext.errors import BitextError
from bitext.project import CACHE_FOLDER


def digest(*contents: bytes) -> str:
    """Return a hash of contents, 16 bytes in hex; where one ends matters."""
    hashed = blake2b(digest_size=16)
    for content in contents:
        hashed.update(len(content).to_bytes(8, "big"))
        hashed.update(content)
    return hashed.hexdigest()


def load_cache(root: Path, name: str, fingerprint: str) -> dict[str, str]:
    """Return what `store_cache` stored under the same fingerprint; empty if nothing."""
    try:
        stored = json.loads((root / CACHE_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        entries = stored["entries"] if stored["fingerprint"] == fingerprint else {}
        return {str(key): str(value) for key, value in entries.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def store_cache(root: Path, name: str, fingerprint: str, entries: Mapping[str, str]) -> None:
    """Store `entries`; a folder that cannot be written to costs speed, not the command."""
    folder = root / CACHE_FOLDER
    text = json.dumps({"fingerprint": fingerprint, "entries": entries})
    try:
        if not folder.is_dir():
            folder.mkdir()
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        write_files({folder / f"{name}.json": text}, root)
    except (OSError, BitextError):
        return
