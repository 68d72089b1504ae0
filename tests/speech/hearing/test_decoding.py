from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing import decoding
from phonoscope.speech.hearing.decoding import PhoneDecoder, Stretch
from phonoscope.speech.hearing.phoneset import CLASS, CLASSES, SILENCE

Rows = NDArray[np.float32]


def heard(*spans: tuple[str, int], sure: float = 0.9) -> Rows:
    """Return rows in which each named class (several share by ``+``) is heard for so many frames."""
    rows = []
    for names, frames in spans:
        row = np.full(len(CLASSES), (1 - sure) / len(CLASSES), np.float32)
        members = names.split("+")
        row[[CLASS[name] for name in members]] += sure / len(members)
        rows.append(np.tile(row, (frames, 1)))
    return np.concatenate(rows)


def decode(rows: Rows, block: int = 10_000) -> list[Stretch]:
    decoder = PhoneDecoder()
    found = [s for at in range(0, len(rows), block) for s in decoder.push(rows[at : at + block])]
    return found + decoder.end()


def names(stretches: list[Stretch]) -> list[str]:
    return [CLASSES[s.phone] for s in stretches]


def spread(rng: np.random.Generator, frames: int) -> Rows:
    """Return rows as uncertain as those of difficult speech, smooth over time."""
    walk = rng.normal(0, 1.2, (frames, len(CLASSES)))
    for t in range(1, frames):
        walk[t] += 0.88 * walk[t - 1]
    powers = np.exp(walk - walk.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def test_phones_are_found_where_they_are() -> None:
    stretches = decode(heard(("sil", 30), ("b", 6), ("A", 15), ("s", 9), ("sil", 40)))
    assert names(stretches) == ["sil", "b", "A", "s", "sil"]
    assert [s.start for s in stretches] == [0, 30, 36, 51, 60]
    assert stretches[-1].end == 100


def test_stretches_are_consecutive_and_cover_everything(rng: np.random.Generator) -> None:
    rows = spread(rng, 1500)
    stretches = decode(rows)
    assert stretches[0].start == 0
    assert stretches[-1].end == len(rows)
    assert all(a.end == b.start and a.phone != b.phone for a, b in itertools.pairwise(stretches))


def test_the_same_is_found_however_the_rows_are_cut(rng: np.random.Generator) -> None:
    rows = spread(rng, 1200)
    whole = decode(rows)
    assert len(whole) > 50
    assert decode(rows, 1) == whole
    assert decode(rows, 77) == whole


def test_the_path_is_the_best_of_all(rng: np.random.Generator) -> None:
    # The same search over all paths at once, written the plain way.
    decoder = PhoneDecoder()
    rows = spread(rng, 60)
    scores = np.concatenate((np.zeros((1, len(CLASSES))), np.cumsum(decoding.emissions(rows), axis=0)))

    def total(stretches: list[Stretch]) -> float:
        gain = sum(scores[s.end, s.phone] - scores[s.start, s.phone] for s in stretches)
        return float(gain - sum(decoder._prices[s.phone] for s in stretches if s.phone != SILENCE or s.start))

    best = np.full(len(rows) + 1, -np.inf)
    best[0] = 0.0
    for end in range(1, len(rows) + 1):
        for start in range(end):
            for phone in range(len(CLASSES)):
                gain = scores[end, phone] - scores[start, phone]
                # Silence may have begun before the recording.
                if phone == SILENCE and start == 0:
                    best[end] = max(best[end], gain)
                elif end - start >= decoder._least[phone]:
                    best[end] = max(best[end], best[start] + gain - decoder._prices[phone])
    assert abs(total(decode(rows)) - best[-1]) < 1e-6


def test_a_flash_of_another_phone_is_passed_over() -> None:
    assert names(decode(heard(("A", 20), ("k", 1), ("A", 20)))) == ["A"]


def test_a_closure_is_found_though_its_three_phones_share_it() -> None:
    # Each alone is less likely than n, together they are not.
    stretches = decode(heard(("A", 20), ("p+b+m+p+b+m+n", 6), ("A", 20)) + heard(("n", 46), sure=0.2) * 0.1)
    assert [name for name in names(stretches) if name in "pbmn"] in (["p"], ["b"], ["m"])


def test_pauses_come_out_as_pauses() -> None:
    stretches = decode(heard(("m", 10), ("o", 20), ("sil", 30), ("m", 10), ("o", 20)))
    assert Stretch(SILENCE, 30, 60) in stretches


def test_a_held_vowel_is_one_phone() -> None:
    stretches = decode(heard(("l", 8), ("A", 600), ("sil", 20), sure=0.6))
    assert names(stretches) == ["l", "A", "sil"]


def test_where_everything_is_possible_nobody_speaks(rng: np.random.Generator) -> None:
    powers = rng.uniform(0.8, 1, (500, len(CLASSES)))
    powers[:, SILENCE] *= 0.1
    rows = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    assert names(decode(rows)) == ["sil"]


def test_memory_stays_constant_through_long_silence_and_long_vowels() -> None:
    decoder = PhoneDecoder()
    found = []
    most = 0
    for name in ("sil", "A", "sil"):
        for _ in range(60):
            found += decoder.push(heard((name, 100)))
            most = max(most, len(decoder._ends))
    found += decoder.end()
    assert most <= decoding.LONGEST + decoding.MERGE_EVERY
    assert found[-1].end == 18_000
    # Parts of one stretch carry the same phone, and the borders are where they should be.
    changes = [b.start for a, b in itertools.pairwise(found) if a.phone != b.phone]
    assert changes == [6000, 12_000]


def test_most_is_decided_soon(rng: np.random.Generator) -> None:
    decoder = PhoneDecoder()
    late = []
    for _ in range(60):
        decoder.push(spread(rng, 20))
        late.append(decoder._frame - decoder.decided)
    assert np.median(late) < 60


def test_a_guess_goes_on_where_the_decided_ends(rng: np.random.Generator) -> None:
    decoder = PhoneDecoder()
    for at in range(0, 400, 40):
        decoder.push(spread(rng, 40))
        guess = decoder.guess()
        assert (guess[0].start if guess else at + 40) == decoder.decided
        assert not guess or guess[-1].end == at + 40


def test_nothing_gives_nothing() -> None:
    decoder = PhoneDecoder()
    assert decoder.push(np.zeros((0, len(CLASSES)), np.float32)) == []
    assert decoder.end() == []


def test_one_frame_is_silence_or_a_rest_of_it() -> None:
    assert decode(heard(("A", 1))) == [Stretch(SILENCE, 0, 1)]
