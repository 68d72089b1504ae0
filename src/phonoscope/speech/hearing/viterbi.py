"""The likeliest way through an `ExpectedGraph`: compiled loops that go on by a few frames at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.speech.hearing.expected_graph import FROM_JOINT, MISS_PRICE, NONE, ExpectedGraph

NEVER = -1e30
"""Score of what cannot be: finite, since the compiled loops know no infinity."""

STAYED, ENTERED, SKIPPED = 0, 1, 2
"""How a state was reached: from itself, from where it is entered, over a phone left out."""

MISSED = -1
"""How a joint was reached, where not from an end of a branch: over a word left out."""

AT_JOINT = -10
"""A way's position is a state, or ``AT_JOINT - joint``."""


class Front(NamedTuple):
    """The best ways to each state and joint at the last frame; the compiled loops change it in place.

    Attributes
    ----------
    state, joint, miss
        Scores; `miss` of ways that have just left out a word. float32, shapes (states,), (joints,), (joints,).
    word
        For each joint, the best of the states of its branches; float32, shape (joints,).
    state_origin, joint_origin, miss_origin
        The state in which these ways were at the frame that is next to be decided.
    """

    state: NDArray[np.float32]
    joint: NDArray[np.float32]
    miss: NDArray[np.float32]
    word: NDArray[np.float32]
    state_origin: NDArray[np.int32]
    joint_origin: NDArray[np.int32]
    miss_origin: NDArray[np.int32]


class Block(NamedTuple):
    """How the states and joints in play were reached at some consecutive frames.

    Attributes
    ----------
    low, high
        First and last joint in play.
    states
        `STAYED`, `ENTERED` or `SKIPPED`; int8, shape (frames, states in play).
    joints
        Place among the joint's ends, or `MISSED`; int16, shape (frames, joints in play).
    misses
        Whether the word before was left out together with this one; shape (frames, joints in play).
    """

    low: int
    high: int
    states: NDArray[np.int8]
    joints: NDArray[np.int16]
    misses: NDArray[np.bool_]


def new_front(graph: ExpectedGraph) -> Front:
    """Return the front before the first frame: at the first joint, or behind words that are never heard."""
    states, joints = len(graph.column), len(graph.miss_price)
    joint = (-np.cumsum(graph.miss_price) - MISS_PRICE).astype(np.float32)
    joint[0] = 0
    return Front(
        np.full(states, NEVER, np.float32),
        joint,
        np.full(joints, NEVER, np.float32),
        np.full(joints, NEVER, np.float32),
        np.full(states, NONE, np.int32),
        np.full(joints, NONE, np.int32),
        np.full(joints, NONE, np.int32),
    )


@compiled
def advance(graph: ExpectedGraph, front: Front, block: Block, scores: NDArray[np.float32], beam: float) -> None:
    """Go on by the frames of a block.

    Parameters
    ----------
    scores
        How well each frame fits each column of the graph, shape (frames, columns), at most about 0.
    beam
        How far behind the best a word may fall before it is out of play.
    """
    never = np.float32(NEVER)
    best = never
    for joint in range(block.low, block.high + 1):
        best = max(best, front.word[joint], front.joint[joint])
    for frame in range(len(scores)):
        least = best - np.float32(beam)
        best = never
        # Backwards, so that what a state is entered from is still that of the frame before.
        for joint in range(block.high, block.low - 1, -1):
            if front.word[joint] >= least or front.joint[joint] >= least:
                front.word[joint] = _advance_word(graph, front, block, scores[frame], frame, joint)
                best = max(best, front.word[joint])
            elif front.word[joint] > never:
                front.word[joint] = never
                for state in range(graph.first[joint], graph.first[joint + 1]):
                    front.state[state] = never
        join(graph, front, block, frame)


@compiled
def _advance_word(
    graph: ExpectedGraph, front: Front, block: Block, scores: NDArray[np.float32], frame: int, joint: int
) -> np.float32:
    """Go on by a frame within the branches that begin at a joint; return the best score among them."""
    never = np.float32(NEVER)
    best = never
    state_score, state_origin = front.state, front.state_origin
    enters, skip = graph.enters, graph.skip
    joint_score, joint_origin = front.joint[joint], front.joint_origin[joint]
    ways = block.states[frame]
    first = graph.first[block.low]
    for state in range(graph.first[joint + 1] - 1, graph.first[joint] - 1, -1):
        score = state_score[state] if graph.stays[state] else never
        origin = state_origin[state]
        way = STAYED
        source = enters[state]
        came = (joint_score if source == FROM_JOINT else state_score[source]) - graph.enter_price[state]
        if came > score:
            score = came
            origin = joint_origin if source == FROM_JOINT else state_origin[source]
            way = ENTERED
        source = skip[state]
        if source != NONE:
            came = (joint_score if source == FROM_JOINT else state_score[source]) - graph.skip_price[state]
            if came > score:
                score = came
                origin = joint_origin if source == FROM_JOINT else state_origin[source]
                way = SKIPPED
        score = max(score + scores[graph.column[state]], never)
        state_score[state] = score
        state_origin[state] = origin
        ways[state - first] = way
        best = max(best, score)
    return best


@compiled
def join(graph: ExpectedGraph, front: Front, block: Block, frame: int) -> None:
    """Bring ways together at the joints between words."""
    never = np.float32(NEVER)
    for joint in range(block.low, block.high + 1):
        missed = never
        miss_origin = NONE
        both = False
        if joint > block.low:
            missed = front.joint[joint - 1] - np.float32(MISS_PRICE)
            miss_origin = front.joint_origin[joint - 1]
            if front.miss[joint - 1] > missed:
                missed = front.miss[joint - 1]
                miss_origin = front.miss_origin[joint - 1]
                both = True
            missed = max(missed - graph.miss_price[joint], never)
        front.miss[joint] = missed
        front.miss_origin[joint] = miss_origin
        block.misses[frame, joint - block.low] = both
        score = missed
        origin = miss_origin
        way = MISSED
        for place in range(graph.first_end[joint], graph.first_end[joint + 1]):
            state = graph.ends[place]
            if state < graph.first[block.low]:
                # Out of play, or the beginning of a word whose only phone is left out.
                continue
            came = front.state[state] - graph.end_price[place]
            if came > score:
                score = came
                origin = front.state_origin[state]
                way = place - graph.first_end[joint]
        front.joint[joint] = score
        front.joint_origin[joint] = origin
        block.joints[frame, joint - block.low] = way


@compiled
def trace(graph: ExpectedGraph, block: Block, position: int, path: NDArray[np.int32]) -> int:
    """Follow a way back through a block.

    Parameters
    ----------
    position
        Where it is at the block's last frame: a state, or ``AT_JOINT - joint``.
    path
        Takes the state of each frame, shape (frames,).

    Returns
    -------
    int
        Its position at the frame before the block.
    """
    first = graph.first[block.low]
    for frame in range(len(path) - 1, -1, -1):
        if position <= AT_JOINT:
            joint = AT_JOINT - position
            while joint > block.low and block.joints[frame, joint - block.low] == MISSED:
                while block.misses[frame, joint - block.low]:
                    joint -= 1
                joint -= 1
            position = graph.ends[graph.first_end[joint] + max(block.joints[frame, joint - block.low], 0)]
        path[frame] = position
        way = block.states[frame, position - first]
        if way != STAYED:
            source = graph.enters[position] if way == ENTERED else graph.skip[position]
            position = AT_JOINT - graph.joint[position] if source == FROM_JOINT else source
    return position
