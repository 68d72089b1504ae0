"""A filmed face → Performance, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.calibration import Neutral, deviations
from phonoscope.capture.curves import face_curves
from phonoscope.capture.features import BROWS, COLUMN, FEATURES, GAZE, LIDS, MOUTH, measure_features
from phonoscope.capture.head_fit import fit_head, head_movement
from phonoscope.capture.losses import LossBridge
from phonoscope.capture.mouth_rest import MouthRest
from phonoscope.capture.one_euro import OneEuroFilter
from phonoscope.capture.sampling import Row, at_even_times
from phonoscope.capture.tracking import Sighting
from phonoscope.core.performance import CHANNEL, HEAD, Performance

SMOOTHING: Final = (
    # names, cutoff at rest (Hz), hertz more per unit a second
    (HEAD[:3], 1.0, 0.3),
    (HEAD[3:], 1.0, 12.0),
    (MOUTH, 4.0, 60.0),
    (LIDS, 5.0, 20.0),
    (GAZE, 2.0, 15.0),
    (BROWS, 1.5, 60.0),
)
"""The One-Euro filter's tuning: a head is heavy (it lags by half a frame, at a third of the mesh's unrest), lips shut
within a frame, lids fall within two. Angles in degrees, lengths in face heights, lids and looks over an eye's width."""

CENTRING_S: Final = 8.0
"""Time constant by which a new place of the head becomes its usual one: people shift on their chairs, and films made
by hand drift; degrees are left as they are."""

LOOKING: Final = 0.62
"""Lids that are open less than this, of the usual, hide where the eye looks: it keeps looking where it did."""

FRAMES_AT_A_TIME: Final = 64
"""Most frames in one piece of performance."""


@dataclass(frozen=True, slots=True)
class ActOptions:
    """How a filmed face becomes a performance.

    Attributes
    ----------
    fps
        Frames a second, exactly.
    frame_s
        How long the film shows a frame.
    rests
        The mouth comes back to the photographed one while the actor's is shut and still; not where that stands open.
    """

    fps: Fraction
    frame_s: float = 1 / 30
    rests: bool = True


class FaceActor:
    """Turns what is seen of a face into a performance, in constant memory.

    Parameters
    ----------
    neutral
        The face at rest.
    options
        How.
    """

    def __init__(self, neutral: Neutral, options: ActOptions) -> None:
        self._neutral = neutral
        self._options = options
        names = (*HEAD, *FEATURES)
        tuning = {name: (cutoff, speed) for group, cutoff, speed in SMOOTHING for name in group}
        cutoff_hz, per_speed = np.array([tuning[name] for name in names], np.float64).T
        self._filter = OneEuroFilter(cutoff_hz, per_speed)
        self._bridge = LossBridge(len(names))
        self._usual: NDArray[np.float64] | None = None
        self._looks = np.zeros(len(GAZE))
        self._before_s = 0.0

    def act(self, sightings: Iterable[Sighting]) -> Iterator[Performance]:
        """Yield consecutive pieces of performance; frame n shows time n / fps."""
        options = self._options
        rest = MouthRest(float(1 / options.fps))
        first = 0
        rows = (Row(sighting.time_s, self._row(sighting)) for sighting in sightings)
        for values in at_even_times(rows, options.fps, options.frame_s, FRAMES_AT_A_TIME):
            head, moved = values[:, : len(HEAD)], values[:, len(HEAD) :]
            curves = face_curves(moved, self._neutral.features, self._neutral.lid_shut)
            if options.rests:
                curves[:, CHANNEL["mouthRest"]] = rest(curves)
            yield Performance(options.fps, curves.astype(np.float32), head.astype(np.float32), first)
            first += len(values)

    def losses_s(self) -> list[tuple[float, float]]:
        """Return from when to when the face was out of sight so far."""
        return self._bridge.losses_s()

    def _row(self, sighting: Sighting) -> NDArray[np.float64]:
        """Return head and features of a sighting, as they differ from rest, smoothed."""
        step_s, self._before_s = max(0.0, sighting.time_s - self._before_s), sighting.time_s
        if sighting.landmarks_px is None:
            self._filter.reset()
            return self._bridge.show(sighting.time_s, None)
        neutral = self._neutral
        fit = fit_head(neutral.shape, sighting.landmarks_px)
        head = head_movement(fit, neutral.head, neutral.shape)
        moved = deviations(neutral, measure_features(fit.into_face(sighting.landmarks_px)))
        self._centre(head, step_s)
        self._keep_look(moved)
        values = self._filter(sighting.time_s, np.concatenate([head, moved]))
        return self._bridge.show(sighting.time_s, values)

    def _centre(self, head: NDArray[np.float64], step_s: float) -> None:
        """Take the head's usual place from where it is; in place."""
        place = slice(HEAD.index("x"), HEAD.index("y") + 1)
        usual = head[place].copy() if self._usual is None else self._usual
        self._usual = usual + (1 - np.exp(-step_s / CENTRING_S)) * (head[place] - usual)
        head[place] -= self._usual

    def _keep_look(self, moved: NDArray[np.float64]) -> None:
        """Let eyes look where they did while they are shut; in place."""
        looks = [COLUMN[name] for name in GAZE]
        lids = [COLUMN["open_left"], COLUMN["open_right"]]
        opening = 1 + moved[lids] / np.maximum(self._neutral.features[lids], 1e-3)
        if opening.min() < LOOKING:
            moved[looks] = self._looks
        self._looks = moved[looks]
