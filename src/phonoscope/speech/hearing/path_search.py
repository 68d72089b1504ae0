"""The likeliest path through an `ExpectedGraph` as a stream: given out once nothing that follows can change it."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.expected_graph import MISS_PRICE, MOST_MISS_PRICE, ExpectedGraph
from phonoscope.speech.hearing.features import FRAME_RATE_HZ
from phonoscope.speech.hearing.viterbi import AT_JOINT, NEVER, Block, advance, join, new_front, trace

BLOCK_FRAMES = FRAME_RATE_HZ // 4
"""Frames after which it is looked anew which words are in play."""

BEAM = 200.0
"""How far behind the best a way may fall, as a natural logarithm. Foreign speech costs about 1.2 per frame, a word that
is not said about 4: so wide, a sentence that only one of both has is got over."""

AHEAD = 12
"""Words behind the last in play that may come into play within a block."""

LONGEST = 40 * FRAME_RATE_HZ
"""Frames after which what is still open is decided: memory stays constant."""

BROKEN_OFF_PRICE = 4.0
"""What it costs that the sound ends within a word."""


class PathSearch:
    """Takes scores of frames, gives the state of each."""

    def __init__(self, graph: ExpectedGraph) -> None:
        self._graph = graph
        self._front = new_front(graph)
        self._blocks: deque[Block] = deque()
        self._open = 0
        self._since = 0
        self._low, self._high = 0, self._last_live(0)
        self._front.joint[self._high + 1 :] = NEVER

    def push(self, scores: NDArray[np.float32]) -> NDArray[np.int32]:
        """Take scores of frames, shape (n, columns); return the states of the next frames that are decided."""
        decided = [np.zeros(0, np.int32)]
        for start in range(0, len(scores), BLOCK_FRAMES):
            self._advance(scores[start : start + BLOCK_FRAMES])
            if self._since >= FRAME_RATE_HZ:
                decided.append(self._decide())
        return np.concatenate(decided)

    def end(self) -> NDArray[np.int32]:
        """Return the states of all frames that are still open."""
        if not self._blocks:
            return np.zeros(0, np.int32)
        return self._trace(self._final_position(), len(self._blocks))

    def _advance(self, scores: NDArray[np.float32]) -> None:
        frames = len(scores)
        block = self._block(frames)
        advance(self._graph, self._front, block, np.ascontiguousarray(scores), BEAM)
        self._blocks.append(block)
        self._open += frames
        self._since += frames
        # What counts is the difference: small numbers stay exact through an hour.
        states = slice(self._graph.first[self._low], self._graph.first[self._high + 1])
        joints = slice(self._low, self._high + 1)
        best = self._front.state[states].max()
        for score in self._front[:4]:
            part = score[states if score is self._front.state else joints]
            np.maximum(part - best, NEVER, out=part)
        self._choose_words()

    def _block(self, frames: int) -> Block:
        """Return room for the ways to the states in play."""
        states = self._graph.first[self._high + 1] - self._graph.first[self._low]
        joints = self._high + 1 - self._low
        ways = np.empty((frames, states), np.int8), np.empty((frames, joints), np.int16)
        return Block(self._low, self._high, *ways, np.empty((frames, joints), np.bool_))

    def _choose_words(self) -> None:
        """Find the words that are in play for the next block; the best score is 0."""
        first = self._graph.first
        words, joints = (part[self._low : self._high + 1] for part in (self._front.word, self._front.joint))
        live = np.flatnonzero(np.maximum(words, joints) >= -BEAM)
        old = self._high
        self._high = self._last_live(self._low + int(live[-1]))
        self._low += int(live[0])
        if old > self._high:
            self._front.state[first[self._high + 1] : first[old + 1]] = NEVER
            for part in (self._front.joint, self._front.miss, self._front.word):
                part[self._high + 1 : old + 1] = NEVER

    def _last_live(self, joint: int) -> int:
        """Return the last joint to look at when one is in play: words behind it may be left out."""
        prices = np.cumsum(self._graph.miss_price[joint + 1 :])
        allowed = BEAM - MISS_PRICE if joint == 0 else 0.0
        return min(joint + AHEAD + int(np.searchsorted(prices, allowed)), len(self._graph.miss_price) - 1)

    def _decide(self) -> NDArray[np.int32]:
        """Return the states up to the frame where this was last asked, where all ways in play agree on them."""
        first = self._graph.first[self._low]
        last = self._graph.first[self._high + 1]
        scores, origins = self._front.state[first:last], self._front.state_origin[first:last]
        best = int(scores.argmax())
        alive = scores >= -BEAM
        if not (origins[alive] == origins[best]).all():
            if self._open < LONGEST:
                return np.zeros(0, np.int32)
            scores[origins != origins[best]] = NEVER
        decided = np.zeros(0, np.int32)
        agreed = self._open - self._since
        if agreed > 0:
            path = self._trace(int(first) + best, len(self._blocks))
            decided = path[:agreed]
            while agreed > 0:
                agreed -= len(self._blocks.popleft().states)
        self._open = self._since
        self._since = 0
        self._front.state_origin[first:last] = np.arange(first, last)
        # The joints' origins follow from those of the states.
        join(self._graph, self._front, self._block(1), 0)
        return decided

    def _trace(self, position: int, blocks: int) -> NDArray[np.int32]:
        """Return the states of all open frames on the way to a position at the last one."""
        paths = []
        for block in reversed(list(self._blocks)[:blocks]):
            path = np.empty(len(block.states), np.int32)
            position = trace(self._graph, block, position, path)
            paths.append(path)
        return np.concatenate(paths[::-1])

    def _final_position(self) -> int:
        """Return where the best way ends: behind the text, or before words that the sound does not have."""
        block = self._blocks[-1]
        rest = np.append(np.cumsum(self._graph.miss_price[::-1])[-2::-1], 0.0)
        price = np.where(rest > 0, np.minimum(rest + MISS_PRICE, MOST_MISS_PRICE), 0.0)
        ends = self._front.joint[block.low : block.high + 1] - price[block.low : block.high + 1]
        joint = int(ends.argmax())
        first = self._graph.first[block.low]
        states = self._front.state[first : self._graph.first[block.high + 1]]
        words = self._graph.joint[first : self._graph.first[block.high + 1]]
        broken = states - price[words] - BROKEN_OFF_PRICE
        state = int(broken.argmax())
        return int(first) + state if broken[state] > ends[joint] else AT_JOINT - (block.low + joint)
