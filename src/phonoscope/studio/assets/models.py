"""Assets, as they are told."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from phonoscope.studio.assets.content import Kind
from phonoscope.studio.assets.naming import MOST_CHARACTERS

Share = Annotated[float, Field(description="Share of the picture's width or height.")]
Grade = Literal["good", "usable", "poor"]


class Box(BaseModel):
    """Where something is in a picture."""

    x: Share
    y: Share
    width: Share
    height: Share


class FaceFinding(BaseModel):
    """Something that makes a picture more or less suitable."""

    name: str
    grade: Grade
    value: str | float | None = None
    advice: str = ""


class Face(BaseModel):
    """A face of a picture."""

    number: int
    grade: Grade
    box: Box
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    findings: list[FaceFinding]


class FaceReport(BaseModel):
    """How well the faces of a picture can speak."""

    grade: Grade
    findings: list[FaceFinding]
    faces: list[Face]
    marked: bool = Field(description="The points were set by hand.")
    guess: dict[str, Any] | None = Field(
        None,
        description="Marks (`rig.1`) to begin with by hand; null where nothing looks like a face.",
    )


class Reason(BaseModel):
    """Why a file cannot be used."""

    type: str = Field("/problems/rejected", description="As of problems: `/problems/too-long`.")
    title: str
    detail: str
    remedy: str


class Asset(BaseModel):
    """A file that a user brought."""

    id: str
    name: str
    kind: Kind
    state: Literal["checking", "ready", "rejected"] = Field(description="Whether it was looked into already.")
    reason: Reason | None = Field(description="Why it was rejected.")
    reference: str | None = Field(description="How documents name it: `sha256:…`; once it is ready.")
    media_type: str
    bytes: int
    width: int | None
    height: int | None
    duration_s: float | None
    created_at: AwareDatetime
    content_url: str
    thumbnail_url: str | None
    faces: FaceReport | None


class AssetName(BaseModel):
    """A new name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=MOST_CHARACTERS)


class Crop(BaseModel):
    """The part of a turned picture that is kept."""

    model_config = ConfigDict(extra="forbid")

    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)
    width: float = Field(gt=0, le=1)
    height: float = Field(gt=0, le=1)


class PictureEdit(BaseModel):
    """How a picture is straightened and cropped."""

    model_config = ConfigDict(extra="forbid")

    turn_deg: float = Field(0, ge=-180, le=180, description="Clockwise, before it is cropped.")
    crop: Crop | None = Field(None, description="Shares of the turned picture.")
