"""Stills, timelines and drafts, as they are told."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

Share = Annotated[float, Field(description="Share of the canvas's width or height.")]


class StageBox(BaseModel):
    """Something on the canvas that can be taken hold of."""

    path: str = Field(description="Where in the document it is: `scenes[0].overlays[1]`.")
    kind: str = Field(description="`avatar`, `captions`, or the kind of an overlay.")
    label: str
    x: Share
    y: Share
    width: Share
    height: Share
    rotation_deg: float = Field(description="Clockwise, about its middle.")


class Still(BaseModel):
    """A picture of a project at a time."""

    time_s: float = Field(description="As asked for, or the end of the video where that is earlier.")
    image_url: str = Field(description="WebP; it always shows the same.")
    width: int
    height: int
    boxes: list[StageBox] = Field(description="From the bottom to the top.")


class SceneSpan(BaseModel):
    """When a scene is seen, its transitions included."""

    index: int
    id: str
    start_s: float
    end_s: float


class PlacedWord(BaseModel):
    """A word, and when it is said."""

    text: str
    start_s: float
    end_s: float
    speaker: str = Field(description="Empty for the only one.")
    scene: int = Field(description="Number of the scene, from 0.")


class LeftOut(BaseModel):
    """Words that are written, but not said: the voice cannot read them."""

    scene: int = Field(description="Number of the scene, from 0.")
    speaker: str = Field(description="Who should say them; empty for the only one.")
    voice: str = Field(description="Name of the voice.")
    words: list[str]


class Timeline(BaseModel):
    """When what happens in a project."""

    duration_s: float
    scenes: list[SceneSpan]
    words: list[PlacedWord]
    peaks: list[float] = Field(description="How loud it is, 25 a second, 0 to 1; none where nothing is heard.")
    left_out: list[LeftOut] = Field([], description="What is written, but not said.")
    sound_url: str | None = Field(description="All that is heard; none where nothing is.")


class PreviewProgress(BaseModel):
    """How far a draft has come."""

    id: str
    project_id: str
    progress: float = Field(description="0 to 1.")


class Preview(PreviewProgress):
    """A draft of a project as it was at a revision."""

    revision: int
    state: Literal["queued", "running", "done", "error", "canceled"]
    error: dict[str, Any] | None = Field(description="What went wrong, as a problem (RFC 9457).")
    url: str | None = Field(description="MP4; once it is done.")
    duration_s: float | None
    created_at: AwareDatetime
