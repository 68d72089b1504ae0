"""How well phones are heard in real voices: figures for each recording, pooled, and for degraded recordings."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from bench.degrading import DEGRADATIONS, without_voice
from bench.ears import Tape, evidence, joined, listen, load
from bench.labels import Recording, clips, recordings
from bench.scoring import Tally, closures_in, pair_phones, score, spoken_in
from bench.table import RESULTS, Figure, grid
from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone
from phonoscope.performance import PerformOptions, perform

HOUR_S = 3600.0
VIDEO_FPS = 30

_COLUMNS = (
    "p/b/m strict", "p/b/m loose", "visemes", "of speech", "silence", "boundary", "< 50 ms", "paired",
)  # fmt: skip

_BOUNDS = {
    True: (("loose_recall", 0.95), ("loose_precision", 0.92), ("visemes_of_speech", 0.74), ("boundaries_near", 0.80)),
    False: (("loose_recall", 0.70), ("loose_precision", 0.60), ("visemes_of_speech", 0.57)),
}
"""What is to be reached at least, with a transcript and without."""

BOUNDARY_MS = 18.0


def recognition(quick: bool) -> list[Figure]:
    """Compare what is heard with what phoneticians marked; write all rows to ``recognition.md``; return the pool."""
    marked = [(recording, load(recording.path)) for recording in recordings() if recording.phones]
    if not marked:
        return []
    figures: list[Figure] = []
    tables = []
    for known in (True, False):
        title = _title(known)
        tallies = {recording.name: _tally(recording, sound, known) for recording, sound in marked}
        tallies["all"] = sum(tallies.values(), Tally())
        tables.append(grid(title, _COLUMNS, {name: _cells(tally) for name, tally in tallies.items()}))
        figures += _pooled(title, tallies["all"], known)
        rows = {
            name: _cells(sum((_tally(r, degrade(sound), known) for r, sound in marked), Tally()))
            for name, degrade in DEGRADATIONS.items()
        }
        tables.append(grid(f"{title}, degraded", _COLUMNS, rows))
    tables += [_against_alignment(), _without_voice()]
    text = "\n\n".join(tables)
    print(text, flush=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "recognition.md").write_text(text + "\n", encoding="utf-8")
    return figures + cost(marked) + ([] if quick else drift(*max(marked, key=lambda pair: pair[1].duration_s)))


def _against_alignment() -> str:
    """Compare what is heard freely with what is aligned, where a text is known but nobody marked phones."""
    rows = {}
    for recording in [*recordings(), *clips()]:
        if recording.transcript and not recording.phones:
            sound = load(recording.path)
            aligned, _ = joined(listen(Tape(sound), recording.transcript, recording.language))
            rows[recording.name] = score(aligned, joined(listen(Tape(sound)))[0], sound.duration_s)
    rows["all"] = sum(rows.values(), Tally())
    return grid("without transcript, against alignment", _COLUMNS, {name: _cells(row) for name, row in rows.items()})


def _without_voice() -> str:
    """Tell how much lips move where nobody speaks."""
    rows = {}
    for name, sound in without_voice().items():
        pieces = list(listen(Tape(sound)))
        heard, _ = joined(pieces)
        acts = list(perform(pieces, PerformOptions(head_motion=False, blinks=False)))
        gap = np.concatenate([act.curve("lipGap") for act in acts])
        spoken = float(np.mean(spoken_in(heard, sound.duration_s)))
        rows[name] = (f"{spoken:.2f}", f"{len(closures_in(heard))}", f"{gap.max():.4f}", f"{gap.std():.4f}")
    columns = ("share of time with phones", "p/b/m", "largest lip gap", "its spread, face heights")
    return grid("no voice, 12 s", columns, rows)


def cost(marked: Sequence[tuple[Recording, Sound]]) -> list[Figure]:
    """Measure processor time, of all threads together, against the length of what is listened to."""
    recording, sound = max(marked, key=lambda pair: pair[1].duration_s)
    tape = Tape(sound, times=4)
    length_s = sound.duration_s * 4
    evidence(Tape(sound))
    figures = []
    for name, work, bound in (
        ("recogniser: share of real time, one thread", lambda: evidence(tape), "<= 0.01"),
        ("listening without transcript: share of real time", lambda: joined(listen(tape)), ""),
        (
            "listening with transcript: share of real time",
            lambda: joined(listen(tape, " ".join([recording.transcript] * 4), recording.language)),
            "",
        ),
    ):
        started_s = time.process_time()
        work()
        figures.append(Figure(name, (time.process_time() - started_s) / length_s, "", bound))
    return figures


def drift(recording: Recording, sound: Sound, length_s: float = HOUR_S) -> list[Figure]:
    """Play a recording over and over; the last time, phones must come exactly as late as the second time."""
    times = max(4, round(length_s / sound.duration_s))
    tape = Tape(sound, times)
    figures = []
    for known in (False, True):
        transcript = " ".join([recording.transcript] * times) if known else ""
        heard, samples = joined(listen(tape, transcript, recording.language))
        late_s = [abs(a.start_s - b.start_s) for a, b in _pairs(_play(heard, sound, 1), _play(heard, sound, times - 2))]
        title = f"{_title(known)}, {times * sound.duration_s / 60:.0f} min"
        figures += [
            Figure(f"{title}: drift, median", float(np.median(late_s)) * VIDEO_FPS, "frames", "<= 1"),
            Figure(f"{title}: phones off by more than a frame", float(np.mean(np.array(late_s) > 1 / VIDEO_FPS)), ""),
            Figure(f"{title}: samples lost", float(abs(samples - times * len(sound.samples))), "", "<= 0"),
        ]
    return figures


def _play(heard: Sequence[Phone], sound: Sound, number: int) -> tuple[Phone, ...]:
    """Return the phones of one time that the recording was played, timed from its start."""
    start_s = number * sound.duration_s
    return tuple(
        Phone(phone.ipa, phone.start_s - start_s, phone.end_s - start_s)
        for phone in heard
        if start_s <= phone.start_s < start_s + sound.duration_s
    )


def _pairs(first: Sequence[Phone], second: Sequence[Phone]) -> list[tuple[Phone, Phone]]:
    return [(first[i], second[j]) for i, j in pair_phones(first, second)]


def _tally(recording: Recording, sound: Sound, known: bool) -> Tally:
    try:
        heard, _ = joined(listen(Tape(sound), recording.transcript if known else "", recording.language))
    except PhonoscopeError as error:
        # A degraded voice may be refused with its own transcript: then nothing is heard.
        print(f"{recording.name}: {error}", flush=True)
        heard = ()
    return score(recording.phones, heard, sound.duration_s)


def _pooled(title: str, tally: Tally, known: bool) -> list[Figure]:
    names = dict(_BOUNDS[known])
    rates = ["strict_recall", "strict_precision", "loose_recall", "loose_precision", "visemes", "visemes_of_speech"]
    if known:
        rates.append("boundaries_near")
    figures = [
        Figure(f"{title}: {rate}", getattr(tally, rate), "", f">= {names[rate]}" if rate in names else "")
        for rate in (*rates, "silence")
    ]
    if known:
        median_ms = tally.boundary_median_s * 1000
        figures.append(Figure(f"{title}: boundaries, median error", median_ms, "ms", f"<= {BOUNDARY_MS}"))
    return figures


def _cells(tally: Tally) -> tuple[str, ...]:
    return (
        f"{tally.strict_recall:.2f} / {tally.strict_precision:.2f}",
        f"{tally.loose_recall:.2f} / {tally.loose_precision:.2f}",
        f"{tally.visemes:.2f}",
        f"{tally.visemes_of_speech:.2f}",
        f"{tally.silence:.2f}",
        f"{tally.boundary_median_s * 1000:.0f} ms",
        f"{tally.boundaries_near:.2f}",
        f"{tally.paired:.2f}",
    )


def _title(known: bool) -> str:
    return "with transcript" if known else "without transcript"
