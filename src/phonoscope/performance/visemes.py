"""Viseme targets: where the mouth wants to be in each speech sound."""

from __future__ import annotations

from typing import NamedTuple


class Viseme(NamedTuple):
    """One row of `VISEMES`.

    Attributes
    ----------
    jaw
        Lowering of the jaw, in [0, 1].
    gap_mm
        Opening between the inner lips in mm, on a face of 175 mm (forehead top to chin).
    round
        Share of the opening that has the round profile, in [0, 1].
    wide
        Spreading of the mouth's corners; negative is narrower, in [-1, 1].
    pucker
        Lips pushed forward, in [0, 1].
    upper_mm
        Raising of the upper lip in mm.
    tongue
        Raising of the tongue tip towards the upper teeth, in [0, 1].
    dominance
        Weight against the neighbouring sounds (Cohen & Massaro 1993), in [0, 1].
    """

    jaw: float
    gap_mm: float
    round: float
    wide: float
    pucker: float
    upper_mm: float
    tongue: float
    dominance: float


ARTICULATORS = 7
"""Columns of a viseme that are targets; the dominance follows them."""

JAW, GAP, ROUND, WIDE, PUCKER, UPPER, TONGUE = range(ARTICULATORS)

# The gaps lie roughly half-way between a hand-made table and the mean gaps of real
# speakers by viseme, in thousandths of the distance between the eyes' outer corners: E 136, ih 128, kk 122, aa 122,
# SS 100, nn 89, DD 84, TH 82, RR 49, silence 48, ou 35, PP 5 (at 0.07 mm each). Hand-made tables shut s, i and k too
# far: in s the teeth meet, the lips do not. Real means include coarticulation and weak syllables, so they were used as
# ratios, and the open vowels kept at the hand-made table's width, clearly the widest. Where lips are round and
# close (u, y, w) they nearly meet, as those means say: a hole of two millimetres, not a slit of four.
_CONSONANTS = {
    #                               jaw   gap   round  wide  pucker upper tongue dominance
    "bilabial": Viseme(0.10, 0.0, 0.00, 0.00, 0.05, 0.0, 0.0, 1.00),
    "bilabial fricative": Viseme(0.10, 1.7, 0.25, 0.00, 0.20, 0.0, 0.0, 1.00),
    "labiodental": Viseme(0.12, 2.2, 0.00, 0.10, 0.00, 1.2, 0.0, 1.00),
    "dental": Viseme(0.19, 5.4, 0.00, 0.10, 0.00, 0.3, 0.9, 0.70),
    "alveolar": Viseme(0.18, 5.5, 0.00, 0.12, 0.00, 0.3, 0.7, 0.45),
    "sibilant": Viseme(0.09, 5.6, 0.00, 0.38, 0.00, 0.8, 0.2, 0.70),
    "postalveolar": Viseme(0.11, 4.8, 0.45, -0.10, 0.55, 0.9, 0.1, 0.80),
    "retroflex": Viseme(0.14, 4.8, 0.25, 0.00, 0.30, 0.6, 0.2, 0.60),
    "alveolo-palatal": Viseme(0.10, 5.0, 0.10, 0.25, 0.15, 0.8, 0.3, 0.75),
    "palatal": Viseme(0.18, 5.8, 0.00, 0.45, 0.00, 0.5, 0.3, 0.60),
    "velar": Viseme(0.24, 7.2, 0.00, 0.00, 0.00, 0.1, 0.0, 0.30),
    "uvular": Viseme(0.28, 7.4, 0.00, 0.00, 0.00, 0.1, 0.0, 0.30),
    "pharyngeal": Viseme(0.36, 7.4, 0.00, 0.00, 0.00, 0.1, 0.0, 0.25),
    "glottal": Viseme(0.30, 6.0, 0.00, 0.00, 0.00, 0.0, 0.0, 0.12),
    "rhotic": Viseme(0.18, 3.9, 0.40, 0.00, 0.45, 0.1, 0.1, 0.65),
    "lateral": Viseme(0.26, 6.0, 0.00, 0.10, 0.00, 0.2, 0.9, 0.50),
    "labial-velar": Viseme(0.10, 1.3, 1.00, 0.00, 1.00, 0.0, 0.0, 0.95),
    "labial-palatal": Viseme(0.10, 1.4, 0.95, 0.00, 0.95, 0.1, 0.2, 0.95),
}
_VOWELS = {
    #                               jaw   gap   round  wide  pucker upper tongue dominance
    "i": Viseme(0.19, 6.6, 0.00, 0.75, 0.00, 0.8, 0.3, 0.85),
    "ih": Viseme(0.28, 7.4, 0.00, 0.38, 0.00, 0.5, 0.2, 0.72),
    "e": Viseme(0.34, 8.0, 0.00, 0.50, 0.00, 0.7, 0.2, 0.80),
    "eh": Viseme(0.44, 9.4, 0.00, 0.35, 0.00, 0.7, 0.1, 0.82),
    "ae": Viseme(0.64, 11.8, 0.00, 0.40, 0.00, 0.9, 0.0, 0.90),
    "aa": Viseme(0.80, 13.2, 0.00, 0.05, 0.00, 0.8, 0.0, 0.92),
    "uh": Viseme(0.60, 11.4, 0.00, 0.10, 0.00, 0.6, 0.0, 0.82),
    "schwa": Viseme(0.34, 7.0, 0.00, 0.08, 0.00, 0.3, 0.0, 0.50),
    "er": Viseme(0.30, 5.8, 0.30, 0.00, 0.35, 0.2, 0.1, 0.75),
    "close central": Viseme(0.22, 6.2, 0.00, 0.35, 0.00, 0.4, 0.1, 0.75),
    "ao": Viseme(0.60, 9.8, 0.55, 0.00, 0.55, 0.3, 0.0, 0.90),
    "o open": Viseme(0.68, 11.0, 0.35, 0.00, 0.35, 0.4, 0.0, 0.90),
    "o": Viseme(0.40, 7.0, 0.75, 0.00, 0.75, 0.0, 0.0, 0.90),
    "u lax": Viseme(0.25, 3.0, 0.80, 0.00, 0.75, 0.0, 0.0, 0.85),
    "u": Viseme(0.18, 1.8, 1.00, 0.00, 1.00, 0.0, 0.0, 0.95),
    "y": Viseme(0.15, 1.9, 0.95, 0.00, 0.90, 0.2, 0.3, 0.95),
    "oe": Viseme(0.30, 5.4, 0.75, 0.00, 0.70, 0.1, 0.1, 0.88),
    "oe open": Viseme(0.44, 7.8, 0.55, 0.00, 0.50, 0.3, 0.0, 0.88),
}
# A breath between two words: the lips neither shut nor hold the last sound.
_PAUSE = Viseme(0.08, 3.2, 0.00, 0.05, 0.00, 0.0, 0.0, 0.35)

VISEMES: dict[str, Viseme] = {**_CONSONANTS, **_VOWELS, "pause": _PAUSE}
"""Targets by name."""

VOWELS = frozenset(_VOWELS)
"""Visemes that open with the voice's loudness."""

CLOSED = "bilabial"
"""The viseme in which the lips must touch."""

TEETH_ON_LIP = "labiodental"
"""The viseme in which the lower lip must touch the upper teeth."""

CHANNEL_WEIGHT: dict[str, tuple[float, ...]] = {
    "bilabial": (0.6, 0.5, 0.3, 0.2, 0.2, 0.5, 0.5),
    "alveolar": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "dental": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "sibilant": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "velar": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "uvular": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "lateral": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "glottal": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
    "pharyngeal": (1.0, 1.0, 0.25, 0.6, 0.25, 1.0, 1.0),
}
"""Share of a viseme's dominance per articulator, where it is not all: what a sound does not need, its neighbours may
shape ("stew" is rounded from its s on). The gap of p, b, m is left to the gate that shuts the lips, or a short vowel
between two of them would hardly open."""
