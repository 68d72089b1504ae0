"""``phonoscope lip``: a photo, or a drawn character, says what is heard in a recording."""

from __future__ import annotations

from typing import Annotated

import typer

from phonoscope.cli import recording_options as rec
from phonoscope.cli.remote_options import RemoteFlags, report_made, with_remote_options
from phonoscope.cli.reports import event_sink, report_video
from phonoscope.cli.video_options import PictureArgument, VideoFlags, with_video_options

EXAMPLES = """\
Examples:

phonoscope lip portrait.jpg voice.wav -o talk.mp4

phonoscope lip portrait.jpg voice.m4a --text "What I say in it." --captions --enhance

phonoscope lip singer.png song.mp3 --trim 45s:1m15s --size 1080p

phonoscope lip portrait.jpg interview.mkv --track 2 --transcript interview.txt --language fr --srt
"""


@with_remote_options
@with_video_options
def lip(
    picture: PictureArgument,
    voice: rec.Voice,
    video: VideoFlags,
    remote: RemoteFlags,
    text: rec.Text = None,
    transcript: rec.TranscriptFile = None,
    language: rec.Language = "",
    track: rec.Track = 1,
    trim: rec.Trim = "",
    pitch: Annotated[str, typer.Option(help="Pitch: a factor from 0.5 to 2, or semitones such as +3st.")] = "1",
    speed: Annotated[float, typer.Option(min=0.5, max=2.0, help="Speed, at the same pitch.")] = 1.0,
) -> None:
    """Make a photo, or a drawn character, say or sing what is heard in a recording, and write the video."""
    from phonoscope.choices import VoiceChoices, refuse_to_overwrite
    from phonoscope.pipeline import lip_video
    from phonoscope.sound.effects import parse_pitch

    words = rec.read_transcript(text, transcript)
    choices = video.choices(voice=VoiceChoices(words, language, track, trim, parse_pitch(pitch), speed))
    target = video.target(picture)
    refuse_to_overwrite((transcript,), choices.outputs(target))
    login = remote.login()
    if login is not None:
        from phonoscope.remote.commands import talk_there
        from phonoscope.remote.talking import Spoken

        with event_sink(video.json_lines, video.quiet) as events:
            there = talk_there(login, picture, Spoken(recording=voice), target, choices, events)
        report_made(there, video.json_lines or video.quiet)
        return
    with event_sink(video.json_lines, video.quiet) as events:
        made = lip_video(picture, voice, target, choices, events)
    report_video(made, video.json_lines or video.quiet)
