"""The timeline of a video for editing programs: NAME.otio (https://opentimelineio.readthedocs.io).

The scenes are clips of the finished file, cut in the middle of their transitions, and its sound is one clip. Voices,
music and effects have tracks of their own, which are off, as they are heard in the finished sound already; what
overlaps lies on several tracks. Captions are markers. Our own fields are metadata under ``phonoscope``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from phonoscope.exports.outline import SceneSpan, SoundSpan, VideoOutline
from phonoscope.media.subtitles import Cue, one_line

if TYPE_CHECKING:
    import opentimelineio as otio

NAMESPACE: Final = "phonoscope"

DISSOLVE: Final = "SMPTE_Dissolve"
"""The one transition that OpenTimelineIO names; others have names of ours."""

_DISSOLVES: Final = frozenset({"dissolve"})


def otio_text(outline: VideoOutline, media_url: str) -> str:
    """Return a timeline as OpenTimelineIO's JSON.

    Parameters
    ----------
    media_url
        The finished file, as the timeline shall tell it: its name, where both lie in one folder.
    """
    import opentimelineio as otio

    clock = _Clock(outline.fps)
    timeline = otio.schema.Timeline(outline.title or media_url, metadata=_told(outline))
    media = _Media(media_url, clock.range(0.0, outline.duration_s))
    timeline.tracks.append(_scene_track(outline.scenes, media, clock))
    timeline.tracks.append(_sound_track(media))
    for name, spans in (("Voices", outline.voices), ("Music", outline.music), ("Effects", outline.effects)):
        for number, lane in enumerate(_lanes(spans), 1):
            timeline.tracks.append(_span_track(name if number == 1 else f"{name} {number}", lane, clock))
    timeline.tracks.markers.extend(_marker(cue, clock) for cue in outline.cues)
    return str(otio.adapters.write_to_string(timeline, "otio_json")) + "\n"


@dataclass(frozen=True, slots=True)
class _Clock:
    """Seconds to OpenTimelineIO's times, in whole frames."""

    fps: Fraction

    def frame(self, time_s: float) -> int:
        return round(time_s * self.fps)

    def time(self, frames: int) -> otio.opentime.RationalTime:
        import opentimelineio as otio

        return otio.opentime.RationalTime(frames, float(self.fps))

    def range(self, start_s: float, end_s: float) -> otio.opentime.TimeRange:
        return self.frames(self.frame(start_s), self.frame(end_s))

    def frames(self, first: int, end: int) -> otio.opentime.TimeRange:
        import opentimelineio as otio

        return otio.opentime.TimeRange(self.time(first), self.time(max(0, end - first)))


@dataclass(frozen=True, slots=True)
class _Media:
    """The finished file."""

    url: str
    whole: otio.opentime.TimeRange

    def reference(self) -> otio.schema.ExternalReference:
        import opentimelineio as otio

        return otio.schema.ExternalReference(self.url, self.whole)


def _told(outline: VideoOutline) -> dict[str, Any]:
    width, height = outline.size_px
    return {NAMESPACE: {"description": outline.description, "width": width, "height": height, "fps": str(outline.fps)}}


def _scene_track(scenes: tuple[SceneSpan, ...], media: _Media, clock: _Clock) -> otio.schema.Track:
    """Return the scenes, which follow on each other without a gap."""
    import opentimelineio as otio

    track = otio.schema.Track("Scenes", kind=otio.schema.TrackKind.Video)
    cuts = [_cut(scene, clock) for scene in scenes]
    ends = [*cuts[1:], clock.frame(scenes[-1].end_s)] if scenes else []
    for number, (scene, first, end) in enumerate(zip(scenes, cuts, ends, strict=True)):
        if number and (way := _transition(scene, first, clock)) is not None:
            track.append(way)
        about = {"id": scene.id, "description": scene.description, "start_s": scene.start_s, "end_s": scene.end_s}
        track.append(
            otio.schema.Clip(
                one_line(scene.title) or scene.id, media.reference(), clock.frames(first, end), {NAMESPACE: about}
            )
        )
    return track


def _cut(scene: SceneSpan, clock: _Clock) -> int:
    """Return the frame in the middle of a scene's transition."""
    return (clock.frame(scene.start_s) + clock.frame(scene.start_s + scene.overlap_s)) // 2


def _transition(scene: SceneSpan, cut: int, clock: _Clock) -> otio.schema.Transition | None:
    import opentimelineio as otio

    before = cut - clock.frame(scene.start_s)
    after = clock.frame(scene.start_s + scene.overlap_s) - cut
    if before + after <= 0:
        return None
    kind = DISSOLVE if scene.transition in _DISSOLVES else "Custom_Transition"
    told = {NAMESPACE: {"kind": scene.transition}}
    return otio.schema.Transition(scene.transition, kind, clock.time(before), clock.time(after), told)


def _sound_track(media: _Media) -> otio.schema.Track:
    import opentimelineio as otio

    track = otio.schema.Track("Sound", kind=otio.schema.TrackKind.Audio)
    track.append(otio.schema.Clip("Sound", media.reference(), media.whole))
    return track


def _lanes(spans: Iterable[SoundSpan]) -> list[list[SoundSpan]]:
    """Share spans among as few tracks as hold them without overlap."""
    lanes: list[list[SoundSpan]] = []
    for span in sorted(spans, key=lambda s: (s.start_s, s.end_s)):
        free = next((lane for lane in lanes if lane[-1].end_s <= span.start_s), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _span_track(name: str, spans: list[SoundSpan], clock: _Clock) -> otio.schema.Track:
    import opentimelineio as otio

    track = otio.schema.Track(name, kind=otio.schema.TrackKind.Audio)
    track.enabled = False
    reached = 0
    for span in spans:
        first = max(reached, clock.frame(span.start_s))
        end = max(first, clock.frame(span.end_s))
        if first > reached:
            track.append(otio.schema.Gap(source_range=clock.frames(0, first - reached)))
        track.append(_span_clip(span, end - first, clock))
        reached = end
    return track


def _span_clip(span: SoundSpan, frames: int, clock: _Clock) -> otio.schema.Clip:
    import opentimelineio as otio

    reference = otio.schema.ExternalReference(span.path) if span.path else _generated(span)
    begin = clock.frame(span.source_start_s)
    about = {"volume_db": span.volume_db, "ducking_db": span.ducking_db}
    return otio.schema.Clip(span.name, reference, clock.frames(begin, begin + frames), {NAMESPACE: about})


def _generated(span: SoundSpan) -> otio.schema.GeneratorReference:
    import opentimelineio as otio

    return otio.schema.GeneratorReference(span.name, NAMESPACE, parameters={"name": span.name})


def _marker(cue: Cue, clock: _Clock) -> otio.schema.Marker:
    import opentimelineio as otio

    about = {"kind": "caption", "speaker": cue.speaker, "text": cue.text}
    return otio.schema.Marker(
        one_line(cue.text),
        clock.range(cue.start_s, cue.end_s),
        otio.schema.MarkerColor.GREEN,
        {NAMESPACE: about},
    )
