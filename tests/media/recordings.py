"""Sound to test with: voices made of sines, recordings in many formats, and a loudness meter that is not ours."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound, SoundStream

if TYPE_CHECKING:
    from av.audio.stream import AudioStream


@dataclass
class StoredSound:
    """Samples, shape (n,) or (n, 2), as a stream of blocks; counts how often it was gone through."""

    samples: NDArray[np.float32]
    rate_hz: int
    block_s: float = 1.0
    begun: int = 0

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate_hz

    def __iter__(self) -> Iterator[Sound]:
        self.begun += 1
        size = max(1, round(self.block_s * self.rate_hz))
        for start in range(0, len(self.samples), size):
            yield Sound(self.samples[start : start + size].copy(), self.rate_hz)


def joined(stream: SoundStream) -> NDArray[np.float32]:
    """Return all samples of a stream."""
    return np.concatenate([block.samples for block in stream])


def voice(
    duration_s: float, rate_hz: int = 16000, pitch_hz: float = 120.0, level_db: float = -26.0
) -> NDArray[np.float32]:
    """Return something like speech: syllables of five in two seconds, harmonics under formants, esses, pauses."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    pitch = pitch_hz * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * time_s))
    phase = 2 * np.pi * np.cumsum(pitch) / rate_hz
    wave = np.zeros_like(time_s)
    for number in range(1, int(min(4000, rate_hz * 0.45) / pitch_hz)):
        frequency = number * pitch_hz
        weight = sum(
            gain / (1 + ((frequency - centre) / 90) ** 2) for centre, gain in ((600, 1), (1400, 0.5), (2600, 0.3))
        )
        wave += weight * np.sin(number * phase)
    syllables = np.maximum(0, np.sin(2 * np.pi * 2.5 * time_s)) ** 0.7
    hiss = np.random.default_rng(3).standard_normal(len(time_s))
    hiss = np.diff(hiss, prepend=0) * 0.15 * (np.sin(2 * np.pi * 2.5 * time_s) < -0.9)
    speaking = (time_s % 3) < 2.2
    sound = (wave * syllables + hiss) * speaking
    return np.asarray(sound * 10 ** (level_db / 20) / np.sqrt(np.mean(sound[speaking] ** 2)), np.float32)


def noise(length: int, level_db: float, seed: int = 5) -> NDArray[np.float32]:
    """Return white noise."""
    return np.asarray(np.random.default_rng(seed).standard_normal(length) * 10 ** (level_db / 20), np.float32)


def encode(
    path: Path,
    tracks: NDArray[np.float32] | list[NDArray[np.float32]],
    rate_hz: int = 16000,
    codec: str = "pcm_s16le",
    layout: str = "mono",
    start_s: float = 0.0,
) -> Path:
    """Write sound, each track of shape (channels, n) or (n,), to a file of the kind that its suffix tells."""
    tracks = tracks if isinstance(tracks, list) else [tracks]
    with av.open(str(path), "w") as container:
        streams = [cast("AudioStream", container.add_stream(codec, rate=rate_hz, layout=layout)) for _ in tracks]
        for number, (stream, samples) in enumerate(zip(streams, tracks, strict=True), 1):
            stream.bit_rate = 128_000
            stream.metadata["title"] = f"Track {number}"
            planes = np.atleast_2d(samples)
            for start in range(0, planes.shape[1], 4096):
                part = np.ascontiguousarray(planes[:, start : start + 4096])
                frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
                frame.sample_rate = rate_hz
                frame.time_base = Fraction(1, rate_hz)
                frame.pts = start + round(start_s * rate_hz)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def lag_of(result: NDArray[np.float32], source: NDArray[np.float32], most: int) -> int:
    """Return by how many samples `result` is later than `source`, by cross-correlation."""
    size = 1 << (len(source) + most).bit_length()
    product = np.fft.rfft(result[: len(source)], size) * np.conj(np.fft.rfft(source, size))
    likeness = np.fft.irfft(product, size)
    around = np.concatenate([likeness[-most:], likeness[: most + 1]])
    return int(np.argmax(around)) - most


@dataclass(frozen=True)
class Metered:
    """What FFmpeg's own meter tells."""

    loudness_lufs: float
    range_lu: float
    true_peak_db: float


def meter(samples: NDArray[np.float32], rate_hz: int) -> Metered:
    """Measure sound with FFmpeg's ebur128 filter."""
    planes = np.atleast_2d(samples.T)
    layout = "mono" if len(planes) == 1 else "stereo"
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="fltp", layout=layout, time_base=Fraction(1, rate_hz))
    filters = [graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")]
    for before, after in zip([source, *filters], filters, strict=False):
        before.link_to(after)
    graph.configure()
    told: dict[str, str] = {}
    highest = 0.0
    # A tenth of a second of silence pushes the last values out.
    padded = np.pad(planes, ((0, 0), (0, rate_hz // 10)))
    for start in range(0, padded.shape[1], rate_hz):
        part = np.ascontiguousarray(padded[:, start : start + rate_hz])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        frame.time_base = Fraction(1, rate_hz)
        frame.pts = start
        graph.push(frame)
        while True:
            try:
                told = dict(graph.pull().metadata) or told
            except (av.BlockingIOError, av.EOFError):
                break
            highest = max(highest, *(float(value) for name, value in told.items() if "true_peaks_ch" in name))
    peak_db = 20 * math.log10(highest) if highest else -math.inf
    return Metered(float(told["lavfi.r128.I"]), float(told["lavfi.r128.LRA"]), peak_db)
