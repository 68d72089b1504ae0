from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.speech.hearing import path_search
from phonoscope.speech.hearing.expected_graph import (
    CHANCE,
    FROM_JOINT,
    MISS_PRICE,
    MOST_MISS_PRICE,
    NONE,
    OTHER,
    ExpectedGraph,
    build_graph,
)
from phonoscope.speech.hearing.path_search import BROKEN_OFF_PRICE, PathSearch
from phonoscope.speech.hearing.phoneset import SILENCE
from phonoscope.speech.hearing.transcript import ExpectedWord, expect

COLUMNS = CHANCE + 1


def searched(graph: ExpectedGraph, scores: NDArray[np.float32], block: int = 100) -> NDArray[np.int32]:
    search = PathSearch(graph)
    parts = [search.push(scores[at : at + block]) for at in range(0, len(scores), block)]
    return np.concatenate([*parts, search.end()])


def joints_reached(graph: ExpectedGraph, states: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the best score at each joint, by trying every number of missed words."""
    count = len(graph.miss_price)
    reached = np.full(count, -np.inf)
    for joint in range(count):
        for place in range(graph.first_end[joint], graph.first_end[joint + 1]):
            reached[joint] = max(reached[joint], states[graph.ends[place]] - graph.end_price[place])
    missed = np.concatenate(([0.0], np.cumsum(graph.miss_price[1:])))
    best = reached.copy()
    for joint in range(count):
        for before in range(joint):
            best[joint] = max(best[joint], reached[before] - MISS_PRICE - (missed[joint] - missed[before]))
    return best


def plain_viterbi(graph: ExpectedGraph, scores: NDArray[np.float32]) -> float:
    """Return the score of the best way, found without any pruning."""
    missed = np.concatenate(([0.0], np.cumsum(graph.miss_price[1:])))
    joints = -missed - np.where(missed > 0, MISS_PRICE, 0.0)
    states = np.full(len(graph.column), -np.inf)
    for row in scores:
        new = np.where(graph.stays, states, -np.inf)
        for state in range(len(states)):
            for source, price in ((graph.enters, graph.enter_price), (graph.skip, graph.skip_price)):
                if source[state] != NONE:
                    came = joints[graph.joint[state]] if source[state] == FROM_JOINT else states[source[state]]
                    new[state] = max(new[state], came - price[state])
        states = new + row[graph.column]
        joints = joints_reached(graph, states)
    rest = missed[-1] - missed
    price = np.where(rest > 0, np.minimum(rest + MISS_PRICE, MOST_MISS_PRICE), 0.0)
    return float(max((joints - price).max(), (states - price[graph.joint] - BROKEN_OFF_PRICE).max()))


def cost_of(graph: ExpectedGraph, path: NDArray[np.int32], scores: NDArray[np.float32]) -> float:
    """Return the score of a path, prices included, by the rules alone."""
    missed = np.concatenate(([0.0], np.cumsum(graph.miss_price[1:])))

    def between(low: int, high: int) -> float:
        return 0.0 if low == high else MISS_PRICE + float(missed[high] - missed[low])

    def leaves(state: int) -> list[tuple[int, float]]:
        return [
            (joint, float(graph.end_price[place]))
            for joint in range(len(graph.miss_price))
            for place in range(graph.first_end[joint], graph.first_end[joint + 1])
            if graph.ends[place] == state
        ]

    def moves(before: int | None, state: int) -> float:
        """Return the least price of going from one state to the next."""
        prices = [0.0] if before == state and graph.stays[state] else []
        for source, price in ((graph.enters, graph.enter_price), (graph.skip, graph.skip_price)):
            if source[state] == FROM_JOINT:
                joint = int(graph.joint[state])
                starts = [(0, 0.0)] if before is None else leaves(before)
                prices += [float(price[state]) + end + between(at, joint) for at, end in starts if at <= joint]
            elif source[state] == before and before is not None:
                prices.append(float(price[state]))
        return min(prices)

    total = float(scores[np.arange(len(path)), graph.column[path]].sum())
    steps = zip([None, *path[:-1].tolist()], path.tolist(), strict=True)
    total -= sum(moves(before, state) for before, state in steps)
    rest = missed[-1] - missed
    price = np.where(rest > 0, np.minimum(rest + MISS_PRICE, MOST_MISS_PRICE), 0.0)
    last = int(path[-1])
    ends = [float(price[joint]) + end for joint, end in leaves(last)]
    return total - min([*ends, float(price[graph.joint[last]]) + BROKEN_OFF_PRICE])


def random_scores(rng: np.random.Generator, frames: int, sharpness: float) -> NDArray[np.float32]:
    walk = rng.normal(0, sharpness, (frames, COLUMNS))
    for frame in range(1, frames):
        walk[frame] += 0.8 * walk[frame - 1]
    scores = walk - walk[:, :OTHER].max(axis=1, keepdims=True)
    scores[:, OTHER:] = (-1.2, -0.9, -1.2)
    return np.asarray(np.maximum(scores, -7), np.float32)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_path_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = build_graph(
        (*expect("that is a very small barrel and it", "en"), ExpectedWord("漢", ()), *expect("so", "en"))
    )
    scores = random_scores(rng, 130, rng.uniform(0.5, 2.0))
    path = searched(graph, scores)
    assert len(path) == len(scores)
    assert cost_of(graph, path, scores) == pytest.approx(plain_viterbi(graph, scores), abs=0.05)


def test_the_way_a_recording_is_cut_changes_nothing(rng: np.random.Generator) -> None:
    graph = build_graph(expect("Mary rolled the barrel, and Bobby ripped the ledger of the other person.", "en"))
    scores = random_scores(rng, 900, 1.0)
    whole = searched(graph, scores, 900)
    assert (searched(graph, scores, 25) == whole).all()


def test_frames_are_decided_while_the_sound_goes_on() -> None:
    graph = build_graph(expect("Mary. " * 30, "en"))
    scores = np.full((6000, COLUMNS), -6.0, np.float32)
    scores[:, SILENCE] = 0
    search = PathSearch(graph)
    decided = [len(search.push(scores[at : at + 100])) for at in range(0, 6000, 100)]
    assert sum(decided) > 1000
    assert sum(decided) + len(search.end()) == 6000


def test_what_stays_open_is_decided_in_the_end(monkeypatch: pytest.MonkeyPatch, rng: np.random.Generator) -> None:
    monkeypatch.setattr(path_search, "LONGEST", 500)
    monkeypatch.setattr(path_search, "BEAM", 1e6)
    graph = build_graph(expect("Mary rolled the barrel. " * 10, "en"))
    search = PathSearch(graph)
    still_open = 0
    for _ in range(20):
        still_open += 100 - len(search.push(random_scores(rng, 100, 1.0)))
        assert still_open <= 700
    assert len(search.end()) == still_open


def test_no_frames_have_no_path() -> None:
    assert len(PathSearch(build_graph(expect("word", "en"))).end()) == 0
