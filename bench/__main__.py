"""Run the benchmarks and print their table: ``python -m bench [--quick] [speed] [memory] [lips] [drift]``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bench.table import Figure, write_table

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure what was asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="what to measure; all by default")
    parser.add_argument("--quick", action="store_true", help="shorter videos for memory and drift")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.names or NAMES:
        print(f"Measuring {name} …", flush=True)
        figures += NAMES[name](arguments.quick)
    print(write_table(figures, RESULTS))


def _speed(quick: bool) -> list[Figure]:
    from bench.speed import drawing, making

    return drawing() + making()


def _memory(quick: bool) -> list[Figure]:
    from bench.memory import lengths

    return lengths(60 if quick else 600)


def _lips(quick: bool) -> list[Figure]:
    from bench.lips import lips

    return lips()


def _drift(quick: bool) -> list[Figure]:
    from bench.memory import drift

    return drift(5 if quick else 50)


NAMES: dict[str, Callable[[bool], list[Figure]]] = {
    "speed": _speed,
    "lips": _lips,
    "memory": _memory,
    "drift": _drift,
}

if __name__ == "__main__":
    main()
