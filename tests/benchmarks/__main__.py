"""Run benchmarks: all, or those named."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .corpora import CORPORA, ROOT

sys.path.insert(0, str(ROOT / "tests"))

from . import (
    at_once,
    build_cost,
    build_kills,
    check_cost,
    gettext_speed,
    growth,
    kills,
    memory_cost,
    moves,
    peers,
    pipeline,
    replay,
    serving,
)

BENCHMARKS: dict[str, Callable[[Path], dict[str, float]]] = {
    "gettext": gettext_speed.run,
    "build": build_cost.run,
    "at-once": at_once.run,
    "check": check_cost.run,
    "growth": growth.run,
    "replay": replay.run,
    "memory": memory_cost.run,
    "moves": moves.run,
    "kills": kills.run,
    "build-kills": build_kills.run,
    "pipeline": pipeline.run,
    "peers": peers.run,
    "serve": serving.run,
}


def main(names: list[str]) -> int:
    """Run the benchmarks `names`, print their figures and write them as JSON."""
    if not CORPORA.is_dir():
        print(f"benchmarks need the real documents in {CORPORA}", file=sys.stderr)
        return 2
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        print(
            f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr
        )
        return 2
    results: dict[str, dict[str, float]] = {}
    for name in names or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="bitext-bench-") as scratch:
            results[name] = BENCHMARKS[name](Path(scratch))
        table = Table("figure", "value", title=name, title_justify="left", box=None)
        for figure, value in results[name].items():
            table.add_row(figure, f"{value:,.2f}")
        Console().print(table)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
