"""A stretch of sound as it is put into a mix: its part, looped, at the mix's rate, with its volume and its fades."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import cleaned, with_channels
from phonoscope.media.resampling import Resampler
from phonoscope.media.sound_graph import SoundFilter, chain_sound, filter_sound
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ, EffectTrack, MusicTrack, VoiceTrack

Planes = NDArray[np.float32]
"""Sound of shape (2, n)."""

CHANNELS = 2

LOOP_CROSSFADE_S = 0.03
"""Where a file's end meets its beginning: too short to be heard as a fade, or to shift the beat; no click."""

KEPT_S = 120.0
"""Loops up to this long are decoded once and kept: 46 MB; longer ones are decoded again each time."""


class HeldSound:
    """Sound in memory as a `SoundStream`."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._sound.rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds."""
        return self._sound.duration_s

    def __iter__(self) -> Iterator[Sound]:
        """Yield blocks of a second."""
        for start in range(0, len(self._sound.samples), self.rate_hz):
            yield Sound(self._sound.samples[start : start + self.rate_hz], self.rate_hz)


def voice_clip(track: VoiceTrack, gain_db: float) -> Iterator[Planes]:
    """Yield a voice as it is mixed."""
    return faded(resampled(stereo(track.sound), track.sound.rate_hz), track.fade_in_s, track.fade_out_s, gain_db)


def music_clip(track: MusicTrack, gain_db: float) -> Iterator[Planes]:
    """Yield music as it is mixed, before it is ducked."""
    source = track.source
    if track.loop:
        blocks = looped(source, track.offset_s, track.seamless)
    else:
        blocks = part(stereo(source), round(track.offset_s * source.rate_hz), None)
    length = round(track.end_s * MIX_RATE_HZ) - round(track.start_s * MIX_RATE_HZ)
    heard = part(resampled(blocks, source.rate_hz), 0, max(0, length))
    return faded(heard, track.fade_in_s, track.fade_out_s, gain_db)


def effect_clip(track: EffectTrack, gain_db: float) -> Iterator[Planes]:
    """Yield an effect as it is mixed."""
    rate_hz = track.source.rate_hz
    end = None if track.end_s is None else round(track.end_s * rate_hz)
    blocks = part(stereo(track.source), round(track.start_s * rate_hz), end)
    return faded(resampled(blocks, rate_hz), track.fade_in_s, track.fade_out_s, gain_db)


def own_channels(source: SoundStream) -> Iterator[Planes]:
    """Yield a source's blocks at its own rate, shape (its own channels, n)."""
    for block in source:
        if len(block.samples):
            yield np.atleast_2d(cleaned(block.samples).T)


def stereo(source: SoundStream) -> Iterator[Planes]:
    """Yield a source's blocks as two channels at its own rate; a mono sound is heard in both as loud as in one."""
    return (with_channels(block.T, CHANNELS) for block in own_channels(source))


def part(blocks: Iterable[Planes], start: int, end: int | None) -> Iterator[Planes]:
    """Yield the samples from `start` to before `end`."""
    passed = 0
    for block in blocks:
        piece = block[:, max(0, start - passed) : None if end is None else max(0, end - passed)]
        passed += block.shape[1]
        if piece.shape[1]:
            yield piece
        if end is not None and passed >= end:
            return


def looped(source: SoundStream, offset_s: float, seamless: bool) -> Iterator[Planes]:
    """Yield a source again and again, without end, at its own rate.

    Raises
    ------
    MediaError
        It is empty.
    """
    # Exactly as many samples as there are come round again: what fades over is shared by two turns.
    kept = list(stereo(source)) if source.duration_s is not None and source.duration_s <= KEPT_S else None
    length = sum(block.shape[1] for block in kept if block.shape[1]) if kept is not None else _length(source)
    if not length:
        raise MediaError("The music is empty.", "Give a sound file that has sound.")
    fade = 0 if seamless else min(round(LOOP_CROSSFADE_S * source.rate_hz), length // 4)
    start = round(offset_s * source.rate_hz) % length
    tail = np.zeros((CHANNELS, 0), np.float32)
    while True:
        blocks = part(kept if kept is not None else stereo(source), start, None)
        head, blocks = _taken(blocks, tail.shape[1])
        if tail.shape[1]:
            yield from _crossfaded(tail, head, source.rate_hz)
        tail = yield from _held_back(blocks, fade)
        start = 0


def resampled(blocks: Iterable[Planes], from_hz: int) -> Iterator[Planes]:
    """Yield the sound at the mix's rate."""
    resampler = Resampler(from_hz, MIX_RATE_HZ, CHANNELS)
    for block in blocks:
        ready = resampler.push(block)
        if ready.shape[1]:
            yield ready
    rest = resampler.flush()
    if rest.shape[1]:
        yield rest


def faded(
    blocks: Iterable[Planes], fade_in_s: float, fade_out_s: float, gain_db: float = 0.0
) -> Generator[Planes, None, None]:
    """Let sound at the mix's rate come and go, with another volume; its end need not be known before."""
    steps = [("volume", f"volume={gain_db:.4f}dB:precision=float")]
    arriving = round(fade_in_s * MIX_RATE_HZ)
    if arriving > 0:
        steps.append(("afade", f"t=in:ss=0:ns={arriving}:curve=qsin"))
    blocks = chain_sound(blocks, steps, MIX_RATE_HZ)
    tail = yield from _held_back(blocks, max(0, round(fade_out_s * MIX_RATE_HZ)))
    if tail.shape[1]:
        yield from chain_sound([tail], [("afade", f"t=out:ss=0:ns={tail.shape[1]}:curve=qsin")], MIX_RATE_HZ)


def _length(source: SoundStream) -> int:
    return sum(len(block.samples) for block in source)


def _taken(blocks: Iterator[Planes], samples: int) -> tuple[Planes, Iterator[Planes]]:
    """Return the first samples, and the rest as a stream."""
    first = [np.zeros((CHANNELS, 0), np.float32)]
    missing = samples
    while missing > 0 and (block := next(blocks, None)) is not None:
        first.append(block[:, :missing])
        if block.shape[1] > missing:
            blocks = chain([block[:, missing:]], blocks)
        missing -= block.shape[1]
    return np.concatenate(first, axis=1), blocks


def _held_back(blocks: Iterable[Planes], samples: int) -> Generator[Planes, None, Planes]:
    """Yield all but the last samples, and return those."""
    waiting: deque[Planes] = deque()
    held = 0
    for block in blocks:
        waiting.append(block)
        held += block.shape[1]
        while held - waiting[0].shape[1] >= samples:
            ready = waiting.popleft()
            held -= ready.shape[1]
            yield ready
            if not waiting:
                break
    rest: Planes = np.concatenate([np.zeros((CHANNELS, 0), np.float32), *waiting], axis=1)
    if held > samples:
        yield rest[:, : held - samples]
    return rest[:, max(0, held - samples) :]


def _crossfaded(tail: Planes, head: Planes, rate_hz: int) -> Iterator[Planes]:
    """Yield two sounds of one length, the first going while the second comes, as loud as either."""
    length = tail.shape[1]
    if head.shape[1] < length:
        yield head
        return
    # Fades rather than FFmpeg's acrossfade, which takes one sound after the other.
    filters = (
        SoundFilter("going", "afade", f"t=out:ss=0:ns={length}:curve=qsin", ("tail",)),
        SoundFilter("coming", "afade", f"t=in:ss=0:ns={length}:curve=qsin", ("head",)),
        SoundFilter("both", "amix", "inputs=2:normalize=0", ("going", "coming")),
    )
    yield from filter_sound([{"tail": tail, "head": head}], filters, rate_hz)
