"""A table of figures, with the machine and the versions that they were measured on, as Markdown and JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

RESULTS = Path(__file__).parent / "results"

LIBRARIES = (
    "phonoscope",
    "av",
    "mediapipe",
    "numba",
    "numpy",
    "onnxruntime",
    "opencv-contrib-python",
    "espeakng-loader",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and the bound that it should keep.

    Attributes
    ----------
    bound
        As text: ``<= 24``; empty where nothing is promised.
    """

    name: str
    value: float
    unit: str
    bound: str = ""

    @property
    def kept(self) -> bool | None:
        """Tell whether the bound holds; None where there is none."""
        if not self.bound:
            return None
        sign, limit = self.bound.split()
        return self.value <= float(limit) if sign == "<=" else self.value >= float(limit)


def machine() -> dict[str, str]:
    """Return what the figures depend on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def write_table(figures: list[Figure], folder: Path) -> str:
    """Write ``bench.md`` and ``bench.json`` into `folder`, and return the Markdown."""
    marks = {None: "", True: "yes", False: "**no**"}
    rows = ["| figure | value | unit | bound | kept |", "|---|---:|---|---|---|"]
    rows += [f"| {f.name} | {f.value:.4g} | {f.unit} | {f.bound} | {marks[f.kept]} |" for f in figures]
    rows += ["", *(f"- {name}: {value}" for name, value in machine().items()), ""]
    text = "\n".join(rows)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(text, encoding="utf-8")
    document = {"machine": machine(), "figures": [asdict(f) | {"kept": f.kept} for f in figures]}
    (folder / "bench.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    return text


def grid(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """Return a Markdown table with a row for each name."""
    lines = [f"| {title} | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
