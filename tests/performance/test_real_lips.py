"""Real speakers: their lips, tracked, against the lips that are made from their sound."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.performance.acting import act

from phonoscope.core.speech import Speech
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames
from phonoscope.media.sound_file import open_sound
from phonoscope.performance import PerformOptions
from phonoscope.speech import HearOptions, hear

INNER_LIPS = ((82, 87), (13, 14), (312, 317))
TRANSCRIPTS = {
    "grid_bbaf2n.mpg": "bin blue at f two now",
    "grid_lbax4n_glasses.mpg": "lay blue at x four now",
    "grid_sbwe5n.mpg": "set blue with e five now",
}


def real_gap(video: Path) -> NDArray[np.float64]:
    """Return the opening between a real speaker's lips in face widths between the eyes, shape (frames,)."""
    face_mesh = pytest.importorskip("mediapipe").solutions.face_mesh
    gaps = []
    with face_mesh.FaceMesh(refine_landmarks=True, min_detection_confidence=0.3, min_tracking_confidence=0.3) as mesh:
        for rgb in read_frames(video):
            face = mesh.process(rgb).multi_face_landmarks[0].landmark
            points = np.array([(p.x * rgb.shape[1], p.y * rgb.shape[0]) for p in face])
            lips = np.mean([np.linalg.norm(points[a] - points[b]) for a, b in INNER_LIPS])
            gaps.append(lips / np.linalg.norm(points[33] - points[263]))
    return np.array(gaps)


def agreement(gap: NDArray[np.float64], real: NDArray[np.float64]) -> tuple[float, int]:
    """Return the best correlation, and by how many frames the made lips then come late."""
    found = []
    for lag in range(-3, 4):
        a, b = (gap[lag:], real) if lag >= 0 else (gap, real[-lag:])
        count = min(len(a), len(b))
        found.append((float(np.corrcoef(a[:count], b[:count])[0, 1]), lag))
    return max(found)


def acted_gap(pieces: list[Speech], fps: Fraction, real: NDArray[np.float64]) -> NDArray[np.float64]:
    rests_open = bool(real[0] > 0.03)
    played = act(pieces, PerformOptions(fps=fps, return_in_pauses=not rests_open))
    rest = played.curve("mouthRest")
    # A face is about 2.2 times as high as its eyes' outer corners are apart.
    return np.asarray(rest * real[0] + (1 - rest) * 2.2 * played.curve("lipGap"))


@pytest.mark.parametrize(("told", "least"), [(False, 0.6), (True, 0.64)])
def test_lips_of_recorded_voices_move_as_the_speakers_did(media: Path, told: bool, least: float) -> None:
    found = []
    for name, transcript in TRANSCRIPTS.items():
        video = media / "video" / name
        stream = probe(video).video
        assert stream is not None and stream.fps is not None
        options = HearOptions(transcript=transcript, language="en-gb") if told else HearOptions()
        real = real_gap(video)
        gap = acted_gap(list(hear(open_sound(video), options)), Fraction(stream.fps), real)
        found.append(agreement(gap, real))
    assert np.mean([r for r, _ in found]) >= least
    assert max(abs(lag) for _, lag in found) <= 1
