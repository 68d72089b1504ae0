"""The acoustic model: log-mel frames → probabilities of phones. The only module that touches onnxruntime.

A network of causal dilated convolutions that `training/` makes; what it was made from and what it reaches stands in
its model card, `phones.md`, beside it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MissingPartError
from phonoscope.speech.hearing.features import BANDS
from phonoscope.speech.hearing.phoneset import CLASSES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DELAY = 8
"""Frames by which the network's outputs come late: output t + DELAY tells the phone of frame t."""

STEP = 2
"""The network takes frames in pairs."""

_FILE = "phones.onnx"


class PhoneModel:
    """The network with its memory of the last two seconds: frames go in as they come, outputs come out one for one."""

    def __init__(self) -> None:
        self._session = _session()
        self._state = np.zeros(self._session.get_inputs()[1].shape, np.float32)

    def push(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return log probabilities for normalised frames.

        Parameters
        ----------
        frames
            float32, shape (n, BANDS), n a multiple of `STEP`.

        Returns
        -------
        ndarray
            float32, shape (n, len(CLASSES)); the first `DELAY` outputs of a recording mean nothing.
        """
        if not len(frames):
            return np.zeros((0, len(CLASSES)), np.float32)
        inputs = {"frames": frames.reshape(1, -1, BANDS), "state": self._state}
        outputs, self._state = self._session.run(["log_probabilities", "next_state"], inputs)
        return np.asarray(outputs[0], np.float32)


@lru_cache(maxsize=1)
def _session() -> InferenceSession:
    """Load the network, once; it runs on the calling thread, so that a video is the same on one core or many."""
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingPartError(
            "The model runtime onnxruntime is not installed.", "Install it: pip install onnxruntime"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    data = files("phonoscope.speech.hearing").joinpath(_FILE).read_bytes()
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
