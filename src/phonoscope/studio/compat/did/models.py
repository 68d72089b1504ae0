"""Requests, as programs written for D-ID send them; what is not known here is accepted, and changes nothing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, field_validator

from phonoscope.studio.renders.models import Name

Factor = Annotated[float, Field(gt=0, le=10)]


class VoiceConfig(BaseModel):
    """How a voice speaks."""

    rate: Factor = 1.0
    pitch: Factor = 1.0

    @field_validator("rate", "pitch", mode="before")
    @classmethod
    def _as_factor(cls, told: Any) -> Any:
        """Understand ``+10%`` and ``1.1``."""
        text = str(told).strip()
        if text.endswith("%"):
            return 1 + float(text[:-1]) / 100
        return {"x-slow": 0.6, "slow": 0.8, "medium": 1.0, "fast": 1.25, "x-fast": 1.5}.get(text, told)


class Provider(BaseModel):
    """Whose voice speaks."""

    type: str = Field("microsoft", max_length=40)
    voice_id: str = Field("", max_length=200)
    language: str = Field("", max_length=60)
    voice_config: VoiceConfig | None = None


class TextScript(BaseModel):
    """A text that is to be spoken."""

    type: Literal["text"]
    input: str = Field(min_length=1)
    provider: Provider = Field(default_factory=Provider)
    ssml: bool = False


class AudioScript(BaseModel):
    """A recorded voice."""

    type: Literal["audio"]
    audio_url: str = Field(min_length=1, max_length=4000)


class Expression(BaseModel):
    """A face that is made."""

    expression: str = Field(max_length=40)
    intensity: float = Field(1.0, ge=0, le=1)
    start_frame: int = 0


class DriverExpressions(BaseModel):
    """Faces that are made."""

    expressions: list[Expression] = Field(default_factory=list, max_length=100)


class Config(BaseModel):
    """How the video is made."""

    stitch: bool = Field(False, description="The whole picture, and not the face alone.")
    result_format: Literal["mp4", "gif", "mov", "webm"] = "mp4"
    pad_audio: float = Field(0.0, ge=0, le=60, description="Seconds of silence at the end.")
    driver_expressions: DriverExpressions | None = None


class TalkRequest(BaseModel):
    """A video of somebody who talks."""

    source_url: str = Field(
        "avatar:anna",
        min_length=1,
        max_length=4000,
        description="Of POST /images, of an asset, on the web; or `avatar:NAME`.",
    )
    script: Annotated[TextScript | AudioScript, Discriminator("type")]
    config: Config = Field(default_factory=Config)
    name: Name | None = None
    user_data: str | None = Field(None, max_length=10_000)
    webhook: str | None = Field(None, max_length=2000)
