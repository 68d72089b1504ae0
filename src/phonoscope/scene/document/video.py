"""The whole video as one document: schema ``scene.1``."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from phonoscope.core.errors import UsageError
from phonoscope.media.options import parse_fps
from phonoscope.scene.document.backgrounds import Background, ColourBackground
from phonoscope.scene.document.captions import Captions, CaptionsChoice
from phonoscope.scene.document.interaction import Interaction
from phonoscope.scene.document.looks import FilterChoice, Transition, TransitionChoice
from phonoscope.scene.document.model import Model, Name, Words
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.document.sounds import EffectChoice, MusicChoice
from phonoscope.scene.document.speaking import Avatar, RecordedVoice, Voice, VoiceChoice

SCHEMA: Final = "scene.1"

FORMATS: Final[dict[str, tuple[int, int]]] = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1), "4:5": (4, 5)}
"""Width and height of the shapes that have a name."""

SMALLEST_PX, LARGEST_PX = 64, 4096
MOST_SCENES: Final = 500

LONGEST_SCENE_S: Final = 6 * 3600.0


class CanvasSize(Model):
    """Shape and size of the video."""

    format: Literal["16:9", "9:16", "1:1", "4:5"] = "16:9"
    resolution: int = Field(720, ge=144, le=2160, description="The shorter side in pixels: 720, 1080, 2160 for 4K.")
    width: int | None = Field(None, ge=SMALLEST_PX, le=LARGEST_PX, description="With height: any size in pixels.")
    height: int | None = Field(None, ge=SMALLEST_PX, le=LARGEST_PX)
    fps: str = Field(
        "30", max_length=12, description="Frames a second, 5 to 120.", json_schema_extra={"type": ["number", "string"]}
    )

    @field_validator("fps", mode="before")
    @classmethod
    def _fps(cls, given: Any) -> Any:
        if not isinstance(given, int | float | str) or isinstance(given, bool):
            return given
        try:
            return str(parse_fps(given))
        except UsageError as error:
            raise ValueError(str(error)) from error

    @model_validator(mode="after")
    def _both_sides(self) -> CanvasSize:
        if (self.width is None) != (self.height is None):
            raise ValueError("give both width and height, or a format")
        return self

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height), even."""
        if self.width is not None and self.height is not None:
            return self.width - self.width % 2, self.height - self.height % 2
        across, down = FORMATS[self.format]
        short = min(across, down)
        width, height = (round(self.resolution * side / short / 2) * 2 for side in (across, down))
        return width, height

    @property
    def rate(self) -> Fraction:
        """Frames a second."""
        return Fraction(self.fps)


class Scene(Model):
    """A part of the video with one picture and one script."""

    id: Name | None = Field(None, description="What other scenes and music call it; left out: scene-1, scene-2 …")
    avatars: tuple[Avatar, ...] = Field((), max_length=8)
    script: str = Field("", max_length=200_000, description="What is said, with marks such as [pause 0.5s] and [nod].")
    sound: RecordedVoice | None = Field(None, description="A recorded voice instead of a script.")
    voice: VoiceChoice | None = Field(None, description="Left out: the document's.")
    duration_s: float | None = Field(
        None, gt=0, le=LONGEST_SCENE_S, description="Left out: as long as is spoken. Speech is never cut off."
    )
    background: Background | None = Field(
        None, description="Left out: the photo's own, or the drawn avatar's, or else dark grey."
    )
    overlays: tuple[Overlay, ...] = Field((), max_length=100)
    captions: CaptionsChoice | None = Field(None, description="Left out: the document's.")
    effects: tuple[EffectChoice, ...] = Field((), max_length=100, description="Sound effects.")
    filters: tuple[FilterChoice, ...] = Field((), max_length=12)
    transition: TransitionChoice = Field(Transition(), description="From the scene before.")
    interaction: Interaction | None = None
    next: Name | Literal["end"] | None = Field(
        None, description="In interactive videos: the scene that follows; left out: the next in the list."
    )
    description: Words = Field("", description="What is seen, for those who do not see it; it is read out.")

    @model_validator(mode="after")
    def _one_voice(self) -> Scene:
        if self.script.strip() and self.sound is not None:
            raise ValueError("it has both a script and a sound; keep one of them")
        if not self.script.strip() and self.sound is None and self.duration_s is None:
            raise ValueError("nothing is said in it, so its length is not known: give a script, a sound or duration_s")
        if self.interaction is not None and self.next is not None:
            raise ValueError("it has both an interaction and a next scene; the choices tell where to go")
        return self


def _music(given: Any) -> Any:
    return given if isinstance(given, list | tuple) or given is None else [given]


class Variable(Model):
    """Something that is filled in where ``{{name}}`` stands."""

    kind: Literal["text", "picture", "image", "video", "sound", "colour", "number", "choice"] = "text"
    description: str = Field("", max_length=300)
    default: str | float | None = Field(None, description="Left out: it has to be given.")
    choices: tuple[str, ...] = ()
    max_length: int = Field(5000, ge=1, le=200_000)

    @model_validator(mode="after")
    def _has_choices(self) -> Variable:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice, and nothing else, has choices")
        if self.kind == "choice" and self.default is not None and self.default not in self.choices:
            raise ValueError(f"its default {self.default!r} is none of its choices")
        return self


class SceneDocument(Model):
    """A whole video."""

    schema_: Literal["scene.1"] = Field("scene.1", alias="schema")
    title: Words = ""
    description: Words = Field("", description="What it is about, for its page and for screen readers.")
    language: str = Field("", max_length=40, description="Of scripts and captions, such as en, fr or hi.")
    canvas: CanvasSize = CanvasSize()
    variables: dict[Name, Variable] = Field(default_factory=dict)
    voice: VoiceChoice = Voice()
    captions: CaptionsChoice = Captions(shown=False)
    music: Annotated[tuple[MusicChoice, ...], BeforeValidator(_music)] = Field((), max_length=20)
    voice_db: float = Field(0.0, ge=-40, le=20, description="How much louder all voices are, in dB.")
    loudness_lufs: float = Field(-14.0, ge=-36, le=-5, description="Of the whole: -14 for the web, -16, -23 for TV.")
    background: Background = Field(ColourBackground(), description="Of scenes that have none of their own.")
    overlays: tuple[Overlay, ...] = Field((), max_length=100, description="Over the whole video.")
    scenes: tuple[Scene, ...] = Field(min_length=1, max_length=MOST_SCENES)
    seed: int = Field(0, ge=0, le=2**31, description="Another number blinks and nods otherwise.")

    def scene_id(self, index: int) -> str:
        """Return what a scene is called."""
        return self.scenes[index].id or f"scene-{index + 1}"

    @property
    def scene_ids(self) -> tuple[str, ...]:
        """What all scenes are called, in order."""
        return tuple(self.scene_id(index) for index in range(len(self.scenes)))

    @property
    def is_interactive(self) -> bool:
        """Viewers choose where it goes."""
        return any(scene.interaction is not None or scene.next is not None for scene in self.scenes)
