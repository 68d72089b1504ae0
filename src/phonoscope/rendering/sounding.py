"""The sound of a video: the voices of its scenes, music under them, and effects."""

from __future__ import annotations

from collections.abc import Sequence

from phonoscope.core.events import EventSink
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.sound_file import open_sound
from phonoscope.rendering.hearing import Heard
from phonoscope.rendering.job import Job
from phonoscope.rendering.plan import WorkFolder, timeline_of
from phonoscope.scene.document.sounds import Effect, Music
from phonoscope.scene.timeline import Timeline, moment_s
from phonoscope.sound.mixing.mixdown import mix_to_file
from phonoscope.sound.mixing.tracks import EffectTrack, Mix, MusicTrack, VoiceTrack
from phonoscope.sound.music.library import music_loop, music_names
from phonoscope.sound.sfx.library import sfx, sfx_names
from phonoscope.voice import Stream


def mix_video(job: Job, work: WorkFolder, heard: Sequence[Heard], events: EventSink) -> None:
    """Mix all sound of a video into its work folder; nothing is written for a silent one."""
    mix = video_mix(job, work, heard)
    if mix.voices or mix.music or mix.effects:
        mix_to_file(mix, work.mixed, events, overwrite=True)


def video_mix(job: Job, work: WorkFolder, heard: Sequence[Heard]) -> Mix:
    """Return all that is heard in a video whose scenes have been rehearsed."""
    timeline = timeline_of(job.document, [each.length_s for each in heard], job.fps)
    return Mix(
        duration_s=timeline.duration_s,
        voices=_voices(job, work, heard, timeline),
        music=tuple(_music(told, job, timeline) for told in job.document.music),
        effects=_effects(job, heard, timeline),
        loudness_lufs=job.loudness_lufs,
    )


def _voices(job: Job, work: WorkFolder, heard: Sequence[Heard], timeline: Timeline) -> tuple[VoiceTrack, ...]:
    return tuple(
        VoiceTrack(
            sound=open_sound(work.sound(index)),
            start_s=timeline.start_s(index),
            gain_db=job.document.voice_db,
            speech=tuple((spoken.word.start_s, spoken.word.end_s) for spoken in heard[index].words) or None,
        )
        for index in range(len(heard))
        if work.sound(index).exists()
    )


def _music(told: Music, job: Job, timeline: Timeline) -> MusicTrack:
    first, last = _scenes_of(told, job)
    end_s = timeline.start_s(last) + timeline.length_s(last)
    # Music that comes next is met by the end of this one, instead of a hole.
    following = [next_one.fade_in_s for next_one in job.document.music if _scenes_of(next_one, job)[0] == last + 1]
    if following:
        end_s = max(end_s, timeline.start_s(last + 1) + max(following))
    ours = told.source in music_names()
    return MusicTrack(
        source=_stream(music_loop(told.source)) if ours else open_sound(job.assets.path(told.source)),
        start_s=timeline.start_s(first),
        end_s=end_s,
        volume_db=told.volume_db,
        ducking_db=told.ducking_db,
        loop=told.loop,
        seamless=ours,
        offset_s=told.offset_s,
        fade_in_s=told.fade_in_s,
        fade_out_s=told.fade_out_s,
    )


def _scenes_of(told: Music, job: Job) -> tuple[int, int]:
    """Return the first and the last scene in which a piece is heard."""
    ids = job.document.scene_ids
    first = ids.index(told.from_scene) if told.from_scene else 0
    return first, ids.index(told.to_scene) if told.to_scene else len(ids) - 1


def _effects(job: Job, heard: Sequence[Heard], timeline: Timeline) -> tuple[EffectTrack, ...]:
    tracks = []
    for index, scene in enumerate(job.document.scenes):
        words = [spoken.word for spoken in heard[index].words]
        for told in scene.effects:
            at_s = moment_s(told.at, timeline.length_s(index), words)
            if at_s is not None:
                tracks.append(_effect(told, timeline.start_s(index) + at_s, job))
    return tuple(tracks)


def _effect(told: Effect, at_s: float, job: Job) -> EffectTrack:
    ours = told.source in sfx_names()
    return EffectTrack(
        source=_stream(sfx(told.source)) if ours else open_sound(job.assets.path(told.source)),
        at_s=at_s,
        volume_db=told.volume_db,
        start_s=told.start_s,
        end_s=told.end_s,
        fade_in_s=told.fade_in_s,
        fade_out_s=told.fade_out_s,
    )


def _stream(sound: Sound) -> SoundStream:
    return Stream(lambda: iter((sound,)), sound.rate_hz, sound.duration_s)
