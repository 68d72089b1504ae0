"""A video that is to be rendered, as what several processes can be told: a folder with one JSON file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from phonoscope.core.errors import SceneError
from phonoscope.media.fingerprints import sha256_of
from phonoscope.media.options import VideoOptions
from phonoscope.media.output import text_file
from phonoscope.scene.document.backgrounds import TransparentBackground
from phonoscope.scene.document.video import SceneDocument
from phonoscope.version import __version__

FILE = "job.json"


@dataclass(frozen=True, slots=True)
class AssetTable:
    """Files by the names that the document gives them, all checked before."""

    paths: Mapping[str, str] = field(default_factory=dict)

    def path(self, asset: str) -> Path:
        """See `scene.document.assets.Assets`."""
        if asset not in self.paths:
            raise SceneError(f"'{asset[:80]}' is no file of this document.", "Check its path.")
        return Path(self.paths[asset])


@dataclass(frozen=True, slots=True)
class Job:
    """A video that is to be rendered.

    Attributes
    ----------
    document
        What is rendered, without variables.
    assets
        Its files.
    video
        How the file is written.
    loudness_lufs
        How loud it becomes.
    every
        Of so many frames, one is drawn.
    """

    document: SceneDocument
    assets: AssetTable
    video: VideoOptions
    loudness_lufs: float
    every: int = 1

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the video."""
        return self.video.size_px

    @property
    def fps(self) -> Fraction:
        """Frames a second of its timeline: those that are not drawn count, too."""
        return self.video.fps * self.every

    def drawn(self, frames: int) -> int:
        """Return how many of the first so many frames are drawn."""
        return -(-frames // self.every)

    def key(self) -> str:
        """Return what changes whenever the video would: a hash of document, files, marks, and how it is written."""
        digest = hashlib.sha256(f"{__version__}\n{self.to_json()}".encode())
        for name, path in sorted(self.assets.paths.items()):
            digest.update(f"\n{name}\n".encode())
            for part in _files(Path(path)):
                digest.update(sha256_of(part).encode())
        return digest.hexdigest()

    def to_json(self) -> str:
        """Return it as JSON text."""
        video = asdict(self.video) | {"fps": str(self.video.fps), "overwrite": True}
        data = {
            "document": self.document.model_dump(mode="json", by_alias=True),
            "assets": dict(self.assets.paths),
            "video": video,
            "loudness_lufs": self.loudness_lufs,
            "every": self.every,
        }
        return json.dumps(data, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Read what `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        video = data["video"]
        video |= {"size_px": tuple(video["size_px"]), "fps": Fraction(video["fps"])}
        return cls(
            SceneDocument.model_validate(data["document"]),
            AssetTable(data["assets"]),
            VideoOptions(**video),
            data["loudness_lufs"],
            data["every"],
        )

    def save(self, folder: Path) -> None:
        """Write it into its folder."""
        with text_file(folder / FILE, overwrite=True) as file:
            file.write(self.to_json())

    @classmethod
    def load(cls, folder: Path) -> Job:
        """Read it from its folder."""
        return cls.from_json((folder / FILE).read_text("utf-8"))


def is_transparent(document: SceneDocument) -> bool:
    """Tell whether a document asks for holes: a scene, or the whole, has a transparent background."""
    backgrounds = (document.background, *(scene.background for scene in document.scenes))
    return any(isinstance(background, TransparentBackground) for background in backgrounds)


def _files(path: Path) -> list[Path]:
    """Return a file, with the marks of a photo beside it, or the files of a folder of layers."""
    if path.is_dir():
        return sorted(part for part in path.rglob("*") if part.is_file())
    from phonoscope.avatars.photo.marks.document import find_marks

    marks = find_marks(path)
    return [path] if marks is None else [path, marks]
