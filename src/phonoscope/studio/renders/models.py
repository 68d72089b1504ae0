"""Renders, as they are asked for and told."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from phonoscope.media.export_presets import EXPORT_PRESETS
from phonoscope.rendering.options import Companion
from phonoscope.studio.renders.files import Format

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
]
Preset = Annotated[str, Field(json_schema_extra={"enum": sorted(EXPORT_PRESETS)})]
State = Literal["queued", "running", "done", "error", "canceled"]
Stage = Literal["", "speech", "render", "write", "save"]


class RenderRequest(BaseModel):
    """What is to be rendered, and how."""

    model_config = ConfigDict(extra="forbid")

    project_id: str | None = Field(None, max_length=26, description="The project; or else `document`.")
    document: dict[str, Any] | None = Field(None, description="A scene document, without a project.")
    name: Name | None = Field(None, description="The project's, or the document's title, unless said otherwise.")
    format: Format = Field("mp4", description="`png-sequence` is a ZIP file of pictures, with their sound.")
    resolution: int | None = Field(
        None, ge=144, le=2160, description="Shorter side in pixels; the document's unless said otherwise."
    )
    preset: Preset | None = Field(None, description="What a place asks for.")
    companions: list[Companion] = Field(default_factory=list, max_length=8, description="Files beside the video.")

    @model_validator(mode="after")
    def _check_source(self) -> Self:
        if (self.project_id is None) == (self.document is None):
            raise ValueError("Give either project_id or document")
        if self.preset is not None and self.preset not in EXPORT_PRESETS:
            raise ValueError(f"There is no preset of this name; there are {', '.join(sorted(EXPORT_PRESETS))}")
        return self


class RenderName(BaseModel):
    """A new name."""

    model_config = ConfigDict(extra="forbid")

    name: Name


class RenderOptionsTold(BaseModel):
    """How a render was asked for."""

    format: Format
    resolution: int | None
    preset: str | None
    companions: list[Companion]


class RenderFile(BaseModel):
    """A file of a finished render; the first one is the video."""

    name: str
    media_type: str
    bytes: int
    url: str


class RenderProgress(BaseModel):
    """How far a render has come."""

    id: str
    project_id: str | None
    progress: float = Field(description="0 to 1.")
    stage: str = Field(description="`speech`, `render`, `write` or `save`; empty before it begins.")
    seconds_left: float | None = Field(description="A guess; none until there is something to go by.")


class Render(RenderProgress):
    """A video that was asked for."""

    name: str
    state: State
    error: dict[str, Any] | None = Field(description="What went wrong, as a problem (RFC 9457).")
    options: RenderOptionsTold
    created_at: AwareDatetime
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    duration_s: float | None
    files: list[RenderFile]
    thumbnail_url: str | None
    share_url: str | None
