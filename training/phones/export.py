"""Trained weights → the ONNX file that the package carries."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from phonoscope.speech.hearing.features import BANDS
from training.phones.network import PhoneNetwork

if TYPE_CHECKING:
    import onnx

SMALLEST_HALVED = 1000
"""Values of the smallest weight that is stored as 16-bit floats."""


class _Step(nn.Module):
    """The network's step as a module of its own, which is what can be exported."""

    def __init__(self, network: PhoneNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, frames: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.step(frames, state)


def export(network: PhoneNetwork, path: Path) -> None:
    """Write the network as ONNX, its weights as 16-bit floats that are widened when it is loaded."""
    import onnx

    # The exporter folds the norms into the convolutions of what it is given.
    network = deepcopy(network).eval()
    torch.onnx.export(
        _Step(network),
        (torch.zeros(1, 8, BANDS), torch.zeros(1, network.state_size())),
        str(path),
        input_names=["frames", "state"],
        output_names=["log_probabilities", "next_state"],
        dynamic_axes={"frames": {1: "time"}, "log_probabilities": {1: "time"}},
        opset_version=17,
        dynamo=False,
    )
    onnx.save(_halve_weights(onnx.load(str(path))), str(path))


def _halve_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large weights as float16, each widened by a Cast that the runtime folds when it loads the file."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < SMALLEST_HALVED:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(casts + nodes)
    return model
