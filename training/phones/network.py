"""The network: causal dilated depthwise convolutions at 50 frames a second, after Tan & Le's and WaveNet's blocks.

It is trained on whole stretches of frames, and exported as a step that carries its memory along, so that a recording
is heard in blocks and a live voice frame by frame, with the same result.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from phonoscope.speech.hearing.features import BANDS
from phonoscope.speech.hearing.model import DELAY, STEP
from phonoscope.speech.hearing.phoneset import CLASSES

CHANNELS = 224
KERNEL = 5
DILATIONS = (1, 1, 2, 4, 1, 2, 4, 8, 1)
STEM = 5
"""Frames that the first convolution sees at once, every second time."""


class Block(nn.Module):
    """A depthwise convolution over time, then a gated mix of channels, added to what came in."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.history = (KERNEL - 1) * dilation
        self.dilation = dilation
        self.depthwise = nn.Conv1d(channels, channels, KERNEL, dilation=dilation, groups=channels)
        self.norm = nn.BatchNorm1d(channels)
        self.gate = nn.Conv1d(channels, 2 * channels, 1)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, x: Tensor, history: Tensor | None = None) -> Tensor:
        """Return the output for x, shape (batch, channels, time); `history` is what came before, else zeros."""
        before = F.pad(x, (self.history, 0)) if history is None else torch.cat((history, x), 2)
        y = self.norm(self._convolve(before, x.shape[2]))
        return x + self.mix(F.glu(self.gate(y), 1))

    def _convolve(self, x: Tensor, length: int) -> Tensor:
        return self.depthwise(x)


class PhoneNetwork(nn.Module):
    """Normalised log-mel frames → scores of the phone classes."""

    def __init__(self, channels: int = CHANNELS) -> None:
        super().__init__()
        self.stem = nn.Conv1d(BANDS, channels, STEM, stride=STEP)
        self.stem_norm = nn.BatchNorm1d(channels)
        self.blocks = nn.ModuleList(Block(channels, dilation) for dilation in DILATIONS)
        self.norm = nn.BatchNorm1d(channels)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Conv1d(channels, STEP * len(CLASSES), 1)

    def forward(self, frames: Tensor) -> Tensor:
        """Score frames.

        Parameters
        ----------
        frames
            Shape (batch, time, BANDS), an even number of frames.

        Returns
        -------
        Tensor
            Shape (batch, time, len(CLASSES)), before the softmax; already moved forward by `DELAY`.
        """
        x = F.pad(frames.transpose(1, 2), (STEM - STEP, DELAY))
        x = F.relu(self.stem_norm(self.stem(x)))
        for block in self.blocks:
            x = block(x)
        return self._scores(x[..., DELAY // STEP :])

    def step(self, frames: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Score frames as they come.

        Parameters
        ----------
        frames
            Shape (1, time, BANDS), an even number of frames.
        state
            Shape (1, state_size()): what the last step returned; zeros at first.

        Returns
        -------
        tuple
            Log probabilities, shape (1, time, len(CLASSES)), late by `DELAY`; the next state.
        """
        channels = self.stem.out_channels
        sizes = [BANDS * (STEM - STEP)] + [channels * block.history for block in self.blocks]
        before = torch.split(state, sizes, dim=1)
        x = torch.cat((before[0].view(1, BANDS, -1), frames.transpose(1, 2)), 2)
        after = [x[..., -(STEM - STEP) :].flatten(1)]
        x = F.relu(self.stem_norm(self.stem(x)))
        for block, history in zip(self.blocks, before[1:], strict=True):
            past = history.view(1, channels, -1)
            after.append(torch.cat((past, x), 2)[..., -block.history :].flatten(1))
            x = block(x, past)
        return F.log_softmax(self._scores(x), 2), torch.cat(after, 1)

    def state_size(self) -> int:
        """Return the number of values that a step hands on to the next."""
        return BANDS * (STEM - STEP) + sum(self.stem.out_channels * block.history for block in self.blocks)

    def _scores(self, x: Tensor) -> Tensor:
        y = self.out(self.drop(self.norm(x)))
        return y.view(y.shape[0], STEP, len(CLASSES), -1).permute(0, 3, 1, 2).flatten(1, 2)
