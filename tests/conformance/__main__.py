"""Hold the promises over the corpora: all parts, or those named."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from . import (  # noqa: E402 - the tests' own modules are found first
    bilingual,
    echo,
    extraction,
    fuzz,
    import_po,
    learn,
    onebuild,
    reading,
    recall,
    round_trips,
    seam,
)
from .corpora import CORPORA  # noqa: E402

PARTS: dict[str, Callable[[Path], bool]] = {
    "bilingual": bilingual.run,
    "extraction": extraction.run,
    "echo": echo.run,
    "fuzz": fuzz.run,
    "import-po": import_po.run,
    "learn": learn.run,
    "onebuild": onebuild.run,
    "round-trips": round_trips.run,
    "axe": reading.run_axe,
    "validity": reading.run_validity,
    "seam": seam.run,
    "recall": recall.run,
}

_OF_THE_MANUAL = {"axe", "validity"}
"""What needs no other documents."""


def main(names: list[str]) -> int:
    """Run the parts `names`; return 1 if a promise does not hold."""
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        print(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    if not CORPORA.is_dir() and set(names or PARTS) - _OF_THE_MANUAL:
        print(f"this needs the real documents in {CORPORA}", file=sys.stderr)
        return 2
    holds = True
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix="bitext-conformance-") as scratch:
            holds &= PARTS[name](Path(scratch))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
