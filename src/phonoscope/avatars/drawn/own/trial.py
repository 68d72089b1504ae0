"""A stranger's drawing is drawn in a process of its own first: what would hang or crash a renderer does so there."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree.ElementTree import Element

from phonoscope.avatars.drawn.svg.measuring import view_box
from phonoscope.avatars.drawn.svg.tree import to_text
from phonoscope.core.errors import InputError, MissingPartError

CPU_LIMIT_S = 2
"""Time of the processor that one drawing of everything may take; detailed characters take a tenth of it."""

WALL_LIMIT_S = 30.0
"""Time on the clock: a busy computer is slower."""

MEMORY_LIMIT_BYTES = 2 << 30
SIZE_PX = 540
"""Longer side of the trial."""

_PROGRAM = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
sys.path.append(sys.argv[3])
import resvg_py
resvg_py.svg_to_bytes(svg_string=sys.stdin.buffer.read().decode("utf-8"), skip_system_fonts=True)
"""


def draw_on_trial(root: Element, name: str, cpu_limit_s: int = CPU_LIMIT_S) -> None:
    """Draw an SVG where it can do no harm.

    Raises
    ------
    InputError
        It takes too long, too much memory, or breaks the renderer.
    MissingPartError
        The renderer is not installed.
    """
    library = find_spec("resvg_py")
    if library is None or library.origin is None:
        raise MissingPartError("The SVG renderer is not installed.", "Run: pip install resvg-py")
    limits = (cpu_limit_s, MEMORY_LIMIT_BYTES)
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and program; the drawing goes through stdin)
            [sys.executable, "-I", "-c", _PROGRAM, *map(str, limits), str(Path(library.origin).parents[1])],
            input=to_text(_sized(root, name)).encode("utf-8"),
            capture_output=True,
            timeout=WALL_LIMIT_S,
            check=False,
            env={key: os.environ[key] for key in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if key in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy(name, cpu_limit_s) from None
    if done.returncode in (-9, -24):
        # Killed, or out of its processor time.
        raise _too_heavy(name, cpu_limit_s)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InputError(
            f"{name} cannot be rendered{': ' + said[:160] if said else ''}.",
            "Check it in a browser or an SVG editor, and simplify what looks odd.",
        )


def _sized(root: Element, name: str) -> Element:
    """Return a drawing at the size of the trial, in pixels: the renderer takes no millimetres, such as Inkscape's."""
    box = view_box(root, name)
    sized = copy.copy(root)
    sized.attrib = dict(root.attrib)
    sized.set("viewBox", " ".join(f"{number:.6f}" for number in box))
    for side, number in zip(("width", "height"), box[2:], strict=True):
        sized.set(side, str(max(1, round(SIZE_PX * number / max(box[2:])))))
    return sized


def _too_heavy(name: str, limit_s: int) -> InputError:
    return InputError(
        f"{name} takes more than {limit_s} s to draw once.",
        "Simplify its paths, masks, blurs and patterns.",
    )
