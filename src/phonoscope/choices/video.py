"""What a user may choose about a video, checked when it is chosen, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from phonoscope.choices.acting import ActingChoices
from phonoscope.choices.roles import Role, check_roles
from phonoscope.choices.voice import VoiceChoices
from phonoscope.core.avatar import MOUTH_HINTS, MouthHint
from phonoscope.core.errors import UsageError
from phonoscope.media.options import parse_fps
from phonoscope.media.output import place_of
from phonoscope.scene.background import parse_background
from phonoscope.scene.layout import FITS, Fit, parse_size
from phonoscope.sidecars import SIDECARS, Sidecar, sidecar_plan
from phonoscope.sound.effects import VoiceChanges
from phonoscope.speech import SpeakOptions


@dataclass(frozen=True, slots=True)
class VideoChoices:
    """What a user may choose; each has a default that makes a good video.

    Attributes
    ----------
    speech
        Voice, language, rate, pitch, volume of a script that is spoken.
    voice
        What is known of a recording, and done to it.
    enhance
        Clean the voice: less noise, rumble and hiss, even loudness.
    acting
        Expression, liveliness, gaze.
    roles
        Which face speaks for which speaker of a script; those left out take the faces left over, from the left.
    effect
        Name of an effect on the voice, such as ``telephone``; empty for none.
    size
        ``720p``, ``1080p`` or ``WIDTHxHEIGHT``; empty for the whole photo at its own size.
    fit
        How the photo fills a canvas of another shape: ``crop``, ``pad`` or ``blur``.
    fps
        Frames a second, as a number or as text (``"30000/1001"``); None for 30 (GIF: 20).
    seed
        Chooses blinks and head movement; the same seed gives the same video.
    face
        Which face speaks, counted from the left from 1; None for the largest.
    format
        ``mp4``, ``webm``, ``mov``, ``gif`` or ``png``; empty to go by the output's name.
    captions
        Burn the words into the picture.
    caption_font
        For captions: a family that ships with the package (`scene.text.families`), or a font file; None for the usual
        one, which has the letters of all scripts.
    background
        What stands behind the people, as `scene.background.parse_background` reads it; empty for the photo's own.
    marks
        A rig file that tells where the faces are; None for the one beside the photo, if there is one.
    mouth
        How the mouth was photographed: ``open``, ``closed``, or ``auto`` to find out.
    frame
        Show head and shoulders only, straightened and centred.
    sidecars
        Files to write beside the video: ``srt``, ``vtt``, ``performance``, ``phones``, ``textgrid``, ``cues``,
        ``arkit``.
    title
        Title in the file's metadata; empty for the script's first words, or the recording's name.
    overwrite
        Replace files that exist.
    """

    speech: SpeakOptions = field(default_factory=SpeakOptions)
    voice: VoiceChoices = field(default_factory=VoiceChoices)
    acting: ActingChoices = field(default_factory=ActingChoices)
    roles: tuple[Role, ...] = ()
    enhance: bool = False
    effect: str = ""
    size: str = ""
    fit: Fit = "blur"
    fps: Fraction | float | str | None = None
    seed: int = 0
    face: int | None = None
    format: str = ""
    captions: bool = False
    caption_font: Path | str | None = None
    background: str = ""
    marks: Path | None = None
    mouth: MouthHint = "auto"
    frame: bool = False
    sidecars: frozenset[Sidecar] = frozenset()
    title: str = ""
    overwrite: bool = False

    def __post_init__(self) -> None:
        if self.fit not in FITS:
            raise UsageError(f"There is no fit '{self.fit}'.", f"Use one of: {', '.join(FITS)}.")
        VoiceChanges(effect=self.effect)
        check_roles(self.roles)
        if self.roles and self.face is not None:
            raise UsageError("A face is chosen, and parts are cast too.", "Give either --face or --cast.")
        unknown = sorted(set(self.sidecars) - set(SIDECARS))
        if unknown:
            raise UsageError(f"There is no file '{unknown[0]}' beside a video.", f"Ask for: {', '.join(SIDECARS)}.")
        if not isinstance(self.seed, int) or self.seed < 0:
            raise UsageError(f"The seed {self.seed} is no whole number from 0.", "Use a number such as 7.")
        if self.caption_font is not None and not self.captions:
            raise UsageError("A font for captions is given, but no captions.", "Ask for captions too: --captions.")
        if self.fps is not None:
            object.__setattr__(self, "fps", parse_fps(self.fps))
        if self.mouth not in MOUTH_HINTS:
            raise UsageError(f"There is no mouth '{self.mouth}'.", f"Use one of: {', '.join(MOUTH_HINTS)}.")
        parse_background(self.background)
        if self.size:
            parse_size(self.size)

    def outputs(self, video: Path, speakers: Sequence[str] = ()) -> tuple[Path, ...]:
        """Return every file that is written: the video, then what lies beside it.

        Parameters
        ----------
        speakers
            As for `sidecars.sidecar_plan`.
        """
        return (video, *(file.path for file in sidecar_plan(video, self.sidecars, speakers)))


@dataclass(frozen=True, slots=True)
class Video:
    """What was made.

    Attributes
    ----------
    path
        The video.
    sidecars
        The files beside it.
    duration_s, frames, size_px
        Its length, number of frames, and (width, height).
    wall_s
        How long the making took.
    poster_s
        A moment that stands for the whole, early in it; None where nobody has looked for one.
    """

    path: Path
    sidecars: tuple[Path, ...]
    duration_s: float
    frames: int
    size_px: tuple[int, int]
    wall_s: float
    poster_s: float | None = None


def refuse_to_overwrite(sources: Iterable[object], outputs: Iterable[Path]) -> None:
    """Raise a UsageError when an output would take the place of what it is made from, or of another output."""
    targets = [place for path in outputs if (place := place_of(path))]
    if len(set(targets)) < len(targets):
        raise UsageError("Two of the output files would have the same name.", "Choose another output name.")
    for source in sources:
        if isinstance(source, Path | str) and place_of(source) in targets:
            raise UsageError(f"'{source}' would be overwritten by the output.", "Choose another output name.")
