"""Run the benchmarks and print their table: ``python -m bench [--quick] [NAME …]``; all of them by default.

``python -m bench plots -o FOLDER`` draws what is heard in recordings, for the eye.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bench.table import RESULTS, Figure, write_table


def main() -> None:
    """Measure what was asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, PLOTS, []], help="all but plots by default")
    parser.add_argument("--quick", action="store_true", help="shorter videos for memory and drift")
    parser.add_argument("-o", "--output", type=Path, default=RESULTS / PLOTS, help="folder for the plots")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.names or NAMES:
        if name == PLOTS:
            _plots(arguments.output)
            continue
        print(f"Measuring {name} …", flush=True)
        figures += NAMES[name](arguments.quick)
    if figures:
        print(write_table(figures, RESULTS))


def _speed(quick: bool) -> list[Figure]:
    from bench.speed import drawing, making

    return drawing() + making()


def _memory(quick: bool) -> list[Figure]:
    from bench.memory import lengths, listening

    return lengths(60 if quick else 600) + listening(300 if quick else 3600)


def _lips(quick: bool) -> list[Figure]:
    from bench.lips import lips

    return lips()


def _drift(quick: bool) -> list[Figure]:
    from bench.memory import drift

    return drift(5 if quick else 50)


def _faces(quick: bool) -> list[Figure]:
    from bench.faces import faces

    return faces(quick)


def _recognition(quick: bool) -> list[Figure]:
    from bench.recognition import recognition

    return recognition(quick)


def _voices(quick: bool) -> list[Figure]:
    from bench.voices import voices

    return voices()


def _mimic(quick: bool) -> list[Figure]:
    from bench.mimic import mimic

    return mimic()


def _drawn(quick: bool) -> list[Figure]:
    from bench.drawn import drawn
    from bench.drawn_lips import drawn_lips

    return drawn() + drawn_lips()


def _scenes(quick: bool) -> list[Figure]:
    from bench.scenes import scenes

    return scenes(quick)


def _hostile(quick: bool) -> list[Figure]:
    from bench.studio.hostile.running import hostile

    return hostile(quick)


def _waiting(quick: bool) -> list[Figure]:
    from bench.studio.waiting import waiting

    return waiting(quick)


def _kills(quick: bool) -> list[Figure]:
    from bench.studio.kills import kills

    return kills(quick)


def _load(quick: bool) -> list[Figure]:
    from bench.studio.load import load

    return load(quick)


def _plots(folder: Path) -> None:
    from bench.plots import draw_plots

    print("Drawing …", flush=True)
    draw_plots(folder)


PLOTS = "plots"
NAMES: dict[str, Callable[[bool], list[Figure]]] = {
    "speed": _speed,
    "lips": _lips,
    "mimic": _mimic,
    "drawn": _drawn,
    "scenes": _scenes,
    "hostile": _hostile,
    "waiting": _waiting,
    "kills": _kills,
    "load": _load,
    "faces": _faces,
    "recognition": _recognition,
    "voices": _voices,
    "memory": _memory,
    "drift": _drift,
}

if __name__ == "__main__":
    main()
