"""Faces, landmarks and people found by MediaPipe: the only module that touches it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.finder import ScoredBox
from phonoscope.core.errors import MissingPartError

FULL_RANGE_MODEL = 1
"""MediaPipe's detector for faces within 5 m: of the two, the one that takes no animal for a human."""

DETECTION_CONFIDENCE = 0.5
"""Least score of a face."""

MESH_CONFIDENCE = 0.3
"""Least score of the mesh's own detector: the gate has already seen a face here, also painted and carved ones."""

TRACKING_CONFIDENCE = 0.5
"""Below, a face that was followed is looked for anew."""

NOTHING_PX = 64
"""Side of a black picture, in which every face is lost."""

HAND_CONFIDENCE = 0.6
"""Least score of a hand: below, ears and folds of cloth are taken for hands."""


class MediaPipeFinder:
    """A `LandmarkFinder` that also follows a face; its models load on first use and then stay."""

    def __init__(self) -> None:
        # MediaPipe graphs are not re-entrant.
        self._lock = threading.Lock()
        self._graphs: dict[str, Any] = {}

    def detect_faces(self, rgb: NDArray[np.uint8]) -> tuple[ScoredBox, ...]:
        """Return the boxes of human faces, best first; uint8 (height, width, 3) in, pixels out."""
        height, width = rgb.shape[:2]
        boxes = []
        for detection in self._run("detector", rgb).detections or ():
            box = detection.location_data.relative_bounding_box
            x0, y0 = box.xmin * width, box.ymin * height
            boxes.append(ScoredBox(x0, y0, x0 + box.width * width, y0 + box.height * height, detection.score[0]))
        return tuple(sorted(boxes, key=lambda b: -b.score))

    def find_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the 478 landmarks of the clearest face, float64 (478, 3) in pixels, or None."""
        return _first_face(self._run("mesh", rgb), rgb)

    def follow_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the landmarks of the face that was seen in the last frame, or else of the clearest, or None."""
        return _first_face(self._run("track", rgb), rgb)

    def forget(self) -> None:
        """Let `follow_landmarks` take the next frame as the first of another video."""
        if "track" in self._graphs:
            # Quicker than a new graph, which takes a fifth of a second.
            self._run("track", np.zeros((NOTHING_PX, NOTHING_PX, 3), np.uint8))

    def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return how surely each pixel shows a person, float32 (height, width), 0 to 1."""
        return np.array(self._run("segmenter", rgb).segmentation_mask, np.float32)

    def find_hands(self, rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float64], ...]:
        """Return the joints of each hand, float64 (21, 2) in pixels."""
        height, width = rgb.shape[:2]
        hands = self._run("hands", rgb).multi_hand_landmarks or ()
        return tuple(np.array([[p.x * width, p.y * height] for p in hand.landmark], np.float64) for hand in hands)

    def _run(self, name: str, rgb: NDArray[np.uint8]) -> Any:
        rgb = np.ascontiguousarray(rgb)
        with self._lock, warnings.catch_warnings():
            # Notes on the old protobuf calls inside MediaPipe, which nobody here can act on.
            warnings.simplefilter("ignore")
            if name in self._graphs:
                return self._graphs[name].process(rgb)
            with _quiet_stderr():
                graph = _load(name)
                result = graph.process(rgb)
            self._graphs[name] = graph
            return result


@lru_cache(maxsize=1)
def mediapipe_finder() -> MediaPipeFinder:
    """Return the process's one finder."""
    return MediaPipeFinder()


def _first_face(result: Any, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    height, width = rgb.shape[:2]
    found = result.multi_face_landmarks
    if not found:
        return None
    return np.array([[p.x * width, p.y * height, p.z * width] for p in found[0].landmark], np.float64)


def _load(name: str) -> Any:
    """Load one of MediaPipe's graphs."""
    try:
        with nothing_plotted():
            from mediapipe import solutions
    except ImportError as error:
        raise MissingPartError(
            f"The face finder cannot be loaded: {error}.",
            "Reinstall Phonoscope, or run: pip install 'mediapipe<0.10.30'.",
        ) from error
    if name == "detector":
        return solutions.face_detection.FaceDetection(
            model_selection=FULL_RANGE_MODEL, min_detection_confidence=DETECTION_CONFIDENCE
        )
    if name in ("mesh", "track"):
        return solutions.face_mesh.FaceMesh(
            static_image_mode=name == "mesh",
            refine_landmarks=True,
            max_num_faces=1,
            min_detection_confidence=MESH_CONFIDENCE,
            min_tracking_confidence=TRACKING_CONFIDENCE,
        )
    if name == "hands":
        return solutions.hands.Hands(
            static_image_mode=True, max_num_hands=4, model_complexity=1, min_detection_confidence=HAND_CONFIDENCE
        )
    return solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)


@contextlib.contextmanager
def nothing_plotted() -> Iterator[None]:
    """Let MediaPipe do without matplotlib, which it imports for functions that nobody calls here.

    That takes a third of a second, and tells everybody about a home folder that cannot be written to.
    """
    if "matplotlib" in sys.modules:
        yield
        return
    stand_in, plots = ModuleType("matplotlib"), ModuleType("matplotlib.pyplot")
    stand_in.pyplot = plots  # type: ignore[attr-defined]
    stand_ins = {module.__name__: module for module in (stand_in, plots)}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        # Whoever wants the real one later shall have it.
        for name in stand_ins:
            sys.modules.pop(name, None)


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep the chatter of a graph's first run off stderr.

    The native library writes to file descriptor 2 itself, past `sys.stderr`; so that descriptor points elsewhere for
    the length of the call.
    """
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
        saved = os.dup(2)
    except OSError:
        # A process without stderr (a service, pythonw) has nothing to keep quiet.
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(sink)
        os.close(saved)
