"""Tables and documents for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phonoscope.batch import BatchOptions, Report, load_template, make_videos, read_table
from phonoscope.core.events import Event, Note
from phonoscope.scene.document.reading import ReadScene
from phonoscope.scene.document.writing import to_json

DOCUMENT = """{"schema": "scene.1",
 "variables": {"name": {}, "colour": {"kind": "colour", "default": "navy"}},
 "scenes": [{"script": "Hello {{name}}!", "background": "{{colour}}"}]}"""


def render_text(read: ReadScene, output: Path) -> float:
    """Stand for the renderer: the document itself is the video."""
    if "BROKEN" in read.document.scenes[0].script:
        raise RuntimeError("no more film")
    output.write_text(to_json(read.document), "utf-8")
    return 1.5


@dataclass
class Studio:
    """A folder with a table, a document and videos."""

    folder: Path
    document: str = DOCUMENT
    rendered: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before: Callable[[ReadScene, Path], None] = lambda read, output: None

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def render(self, read: ReadScene, output: Path) -> float:
        self.before(read, output)
        length_s = render_text(read, output)
        self.rendered.append(output.name)
        return length_s

    def hear(self, event: Event) -> None:
        if isinstance(event, Note):
            self.notes.append(event.message)

    def make(self, rows: str, fixed: dict[str, str] | None = None, **options: Any) -> Report:
        """Make videos of a table, and return what has become of its rows."""
        self.rendered.clear()
        self.notes.clear()
        path = self.folder / "rows.csv"
        path.write_text(rows, "utf-8")
        template = load_template(self.document, self.folder, fixed)
        chosen = BatchOptions(**{"name": "{{name}}.mp4", **options})
        return make_videos(template, (read_table(path), self.folder), self.out, self.render, chosen, self.hear)

    def names(self) -> set[str]:
        return {path.name for path in self.out.iterdir()} - {"report.json", "report.csv", ".batch.jsonl"}
