"""The options that all commands that make a video have in common, declared once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from phonoscope.cli.spread_options import spread

if TYPE_CHECKING:
    from phonoscope.choices import VideoChoices
    from phonoscope.sidecars import Sidecar

ACTING, PICTURE, BESIDE, REPORTS = "Acting", "The picture", "Files beside the video", "Output"
"""Panels of the help."""


class FitName(StrEnum):
    """How the photo fills a canvas of another shape."""

    CROP = "crop"
    PAD = "pad"
    BLUR = "blur"


class ExpressionName(StrEnum):
    """What the face expresses."""

    NEUTRAL = "neutral"
    HAPPY = "happy"
    SAD = "sad"
    ANGRY = "angry"
    SURPRISED = "surprised"
    CALM = "calm"
    EXCITED = "excited"


class StyleName(StrEnum):
    """How lively head and eyes are."""

    STILL = "still"
    CALM = "calm"
    PRESENTER = "presenter"
    LIVELY = "lively"


class MouthName(StrEnum):
    """How the mouth was photographed."""

    AUTO = "auto"
    OPEN = "open"
    CLOSED = "closed"


class FormatName(StrEnum):
    """Containers."""

    MP4 = "mp4"
    WEBM = "webm"
    GIF = "gif"
    MOV = "mov"
    PNG = "png"


PictureArgument = Annotated[
    Path,
    typer.Argument(
        metavar="PICTURE",
        help="A photo (JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP), a drawn character (avatar:NAME; see: phonoscope"
        " avatars), an avatar document (.json), or a drawing of your own (.svg, or a folder of PNG layers).",
        show_default=False,
    ),
]
"""Who speaks."""


@dataclass(frozen=True, slots=True)
class VideoFlags:
    """What was given on the command line; each field is an option, its type tells its help."""

    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The video: .mp4, .webm, .mov, .gif, or NAME_%05d.png for single pictures.",
            show_default="the picture's name with .mp4",
        ),
    ] = None
    enhance: Annotated[
        bool, typer.Option("--enhance", help="Clean the voice: less noise, rumble and hiss, even loudness.")
    ] = False
    effect: Annotated[str, typer.Option(help="An effect on the voice: robot, chipmunk, deep, telephone or hall.")] = ""
    expression: Annotated[ExpressionName, typer.Option(help="What the face expresses.", rich_help_panel=ACTING)] = (
        ExpressionName.NEUTRAL
    )
    strength: Annotated[
        float, typer.Option(min=0.0, max=1.5, help="How strongly; 1 is natural.", rich_help_panel=ACTING)
    ] = 1.0
    style: Annotated[StyleName, typer.Option(help="How lively the head and the eyes are.", rich_help_panel=ACTING)] = (
        StyleName.PRESENTER
    )
    gaze: Annotated[
        str,
        typer.Option(
            help="Where it looks: viewer, left, right, up, down, or degrees right and up, as in 10,-5.",
            rich_help_panel=ACTING,
        ),
    ] = "viewer"
    listeners: Annotated[
        bool,
        typer.Option("--listeners", help="Let the other faces of the photo listen.", rich_help_panel=ACTING),
    ] = False
    size: Annotated[
        str,
        typer.Option(
            help="480p, 720p, 1080p or WIDTHxHEIGHT.", show_default="the whole photo's", rich_help_panel=PICTURE
        ),
    ] = ""
    fit: Annotated[
        FitName,
        typer.Option(
            help="When --size has another shape than the photo: crop it, pad or blur the bars.", rich_help_panel=PICTURE
        ),
    ] = FitName.BLUR
    fps: Annotated[str, typer.Option(help="Frames a second.", show_default="30; GIF: 20", rich_help_panel=PICTURE)] = ""
    seed: Annotated[
        int,
        typer.Option(min=0, help="Another number gives other blinks and head movements.", rich_help_panel=PICTURE),
    ] = 0
    face: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Which face speaks, counted from the left.",
            show_default="the largest",
            rich_help_panel=PICTURE,
        ),
    ] = None
    frame: Annotated[
        bool,
        typer.Option("--frame", help="Show head and shoulders only, straight and centred.", rich_help_panel=PICTURE),
    ] = False
    background: Annotated[
        str,
        typer.Option(
            help="blur, blur:0.8, a colour, gradient:#112233,#445566, transparent, or a picture or video.",
            show_default="the photo's own",
            rich_help_panel=PICTURE,
        ),
    ] = ""
    marks: Annotated[
        Path | None,
        typer.Option(
            help="Where the faces are, from phonoscope mark.",
            show_default="NAME.rig.json beside the photo",
            rich_help_panel=PICTURE,
        ),
    ] = None
    mouth: Annotated[
        MouthName,
        typer.Option(help="How the mouth was photographed, if that is seen wrongly.", rich_help_panel=PICTURE),
    ] = MouthName.AUTO
    format_: Annotated[
        FormatName | None,
        typer.Option(
            "--format", help="Kind of the video.", show_default="by the output's name", rich_help_panel=PICTURE
        ),
    ] = None
    captions: Annotated[
        bool, typer.Option("--captions", help="Burn the words into the picture.", rich_help_panel=PICTURE)
    ] = False
    caption_font: Annotated[
        str,
        typer.Option(
            help="The captions' letters: a family of phonoscope fonts, or a .ttf or .otf file.",
            show_default="letters of all scripts",
            rich_help_panel=PICTURE,
        ),
    ] = ""
    srt: Annotated[bool, typer.Option("--srt", help="Subtitles.", rich_help_panel=BESIDE)] = False
    vtt: Annotated[bool, typer.Option("--vtt", help="Web subtitles.", rich_help_panel=BESIDE)] = False
    performance: Annotated[
        bool,
        typer.Option("--performance", help="The face's curves (ARKit names) as JSON.", rich_help_panel=BESIDE),
    ] = False
    phones: Annotated[
        bool, typer.Option("--phones", help="The timed phones (IPA) and words as JSON.", rich_help_panel=BESIDE)
    ] = False
    textgrid: Annotated[
        bool, typer.Option("--textgrid", help="The timed phones and words for Praat.", rich_help_panel=BESIDE)
    ] = False
    cues: Annotated[
        bool, typer.Option("--cues", help="Mouth shapes A to H and X, as Rhubarb's JSON.", rich_help_panel=BESIDE)
    ] = False
    arkit: Annotated[
        bool, typer.Option("--arkit", help="The face's curves as Live Link Face's CSV.", rich_help_panel=BESIDE)
    ] = False
    title: Annotated[str, typer.Option(help="Title in the video's metadata.", rich_help_panel=REPORTS)] = ""
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that exist.", rich_help_panel=REPORTS)
    ] = False
    json_lines: Annotated[
        bool, typer.Option("--json", help="Print events and errors as JSON lines.", rich_help_panel=REPORTS)
    ] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.", rich_help_panel=REPORTS)] = False

    def target(self, picture: Path) -> Path:
        """Return where the video goes."""
        name = picture.name.partition(".")[0] if picture.suffix == ".json" else picture.stem
        return self.output or Path(f"{name.removeprefix('avatar:')}.{self.format_.value if self.format_ else 'mp4'}")

    def choices(self, **more: Any) -> VideoChoices:
        """Return the choices that these options make, and `more` of them.

        Raises
        ------
        UsageError
            Some option's value is not possible.
        """
        from phonoscope.choices import ActingChoices, VideoChoices

        return VideoChoices(
            acting=ActingChoices(
                self.expression.value, self.strength, self.style.value, self.gaze, listeners=self.listeners
            ),
            enhance=self.enhance,
            effect=self.effect,
            size=self.size,
            fit=self.fit.value,
            fps=self.fps or None,
            seed=self.seed,
            face=self.face,
            format=self.format_.value if self.format_ else "",
            captions=self.captions,
            background=self.background,
            marks=self.marks,
            mouth=self.mouth.value,
            frame=self.frame,
            caption_font=self.caption_font or None,
            sidecars=self._sidecars(),
            title=self.title,
            overwrite=self.overwrite,
            **more,
        )

    def _sidecars(self) -> frozenset[Sidecar]:
        from phonoscope.sidecars import SIDECARS

        return frozenset(name for name in SIDECARS if getattr(self, name))


with_video_options = spread("video", VideoFlags)
"""Lets a command's parameter `video` be made of the options of `VideoFlags`."""


def video_options_without(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Do the same, but for the options with these names, which keep their defaults."""
    return spread("video", VideoFlags, names)
