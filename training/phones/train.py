"""Corpus → trained network."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset

from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE, VISEME_OF_CLASS
from training.phones.augmentation import Augmenter, Batch
from training.phones.network import PhoneNetwork

LEARNING_RATE, LATER_LEARNING_RATE = 3e-3, 2e-3
"""At first, and where an earlier run is gone on from."""
WARM_UP_STEPS = 150
LAST_RATE = 0.02
"""Share of the learning rate that is left at the end of its cosine."""
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 2.0
SMOOTHING = 0.05

LIP_WEIGHT, SILENCE_WEIGHT = 1.2, 0.7
LIPS = ("p", "b", "m", "f", "v", "w")
"""Sounds that are seen best weigh more; silence less, or faint phones would be taken for it."""

AVERAGE = 0.998
"""Decay of the running average of the weights, which is what is saved."""

AVERAGED_FROM = 0.4
"""Share of the training after which checkpoints count for the mean that is kept: it hears real voices a little better
than the last one does."""

REPORT_STEPS, SAVE_STEPS = 100, 500


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train.

    Attributes
    ----------
    steps
        Number of steps; 0 to go by the time instead, which depends on the machine.
    minutes
        Time to train when no steps are given.
    seed
        Of the weights and of the batches: the same steps and seed give the same network on the same kind of processor.
    threads
        Threads of the network; the batches are drawn by one more process.
    start
        Weights of an earlier run to go on from; None for new ones.
    """

    steps: int = 0
    minutes: float = 120.0
    seed: int = 1
    threads: int = 1
    start: Path | None = None


class _Batches(IterableDataset[list[Batch]]):
    def __init__(self, corpus: Path, seed: int) -> None:
        self._corpus = corpus
        self._seed = seed

    def __iter__(self) -> Iterator[list[Batch]]:
        torch.set_num_threads(1)
        augmenter = Augmenter(self._corpus, self._seed)
        number = 0
        while True:
            yield augmenter.batches(number)
            number += 1


def train(corpus: Path, folder: Path, plan: Plan) -> PhoneNetwork:
    """Train a network, and return the mean of its later checkpoints; a log and the checkpoints go to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    torch.set_num_threads(plan.threads)
    network = PhoneNetwork()
    if plan.start is not None:
        network.load_state_dict(torch.load(plan.start)["weights"])
    average = PhoneNetwork()
    average.load_state_dict(network.state_dict())
    rate = LEARNING_RATE if plan.start is None else LATER_LEARNING_RATE
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=WEIGHT_DECAY)
    loader = DataLoader(_Batches(corpus, plan.seed), batch_size=None, num_workers=1, prefetch_factor=6)
    started = time.perf_counter()
    step = 0
    later: list[dict[str, Tensor]] = []
    with (folder / "log.jsonl").open("w", encoding="utf-8") as log:
        for views in loader:
            for batch in views:
                done = step / plan.steps if plan.steps else (time.perf_counter() - started) / 60 / plan.minutes
                if done >= 1:
                    average.load_state_dict(_mean([*later, average.state_dict()]))
                    _save(average, folder / "last.pt", step, plan)
                    return average.eval()
                for group in optimiser.param_groups:
                    group["lr"] = rate * _schedule(step, done)
                scores, loss = _learn(network, optimiser, batch)
                step += 1
                _follow(average, network, min(AVERAGE, step / (step + 10)))
                if step % REPORT_STEPS == 0:
                    row = {"step": step, "s": round(time.perf_counter() - started), "loss": round(float(loss), 4)}
                    log.write(json.dumps(row | _accuracy(scores, batch.classes)) + "\n")
                    log.flush()
                if step % SAVE_STEPS == 0:
                    _save(average, folder / f"step-{step}.pt", step, plan)
                    if done >= AVERAGED_FROM:
                        later.append({name: values.clone() for name, values in average.state_dict().items()})
    raise RuntimeError("The batches ended.")


def _learn(network: PhoneNetwork, optimiser: torch.optim.Optimizer, batch: Batch) -> tuple[Tensor, Tensor]:
    """Take one step; return the scores and the loss."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network(batch.frames)
    loss = F.cross_entropy(
        scores.float().transpose(1, 2), batch.classes, weight=_class_weights(), label_smoothing=SMOOTHING
    )
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    optimiser.step()
    return scores.detach(), loss.detach()


def _class_weights() -> Tensor:
    weights = torch.ones(len(CLASSES))
    weights[SILENCE] = SILENCE_WEIGHT
    for name in LIPS:
        weights[CLASSES.index(name)] = LIP_WEIGHT
    return weights


def _schedule(step: int, done: float) -> float:
    """Return the factor of the learning rate: a short warm-up, then a cosine (Loshchilov & Hutter 2017)."""
    return min(1, (step + 1) / WARM_UP_STEPS) * (LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * done)))


@torch.no_grad()
def _follow(average: PhoneNetwork, network: PhoneNetwork, decay: float) -> None:
    """Move the average towards the network (Polyak & Juditsky 1992)."""
    for kept, now in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(now, 1 - decay)
        else:
            kept.copy_(now)


def _mean(checkpoints: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of weights; what is no float is the last one's."""
    return {
        name: torch.stack([weights[name] for weights in checkpoints]).mean(0) if last.dtype.is_floating_point else last
        for name, last in checkpoints[-1].items()
    }


def _accuracy(scores: Tensor, classes: Tensor) -> dict[str, float]:
    """Return the share of frames whose phone, and whose viseme, is right."""
    visemes = torch.tensor(VISEME_OF_CLASS)
    guessed = scores.argmax(2)
    phones = (guessed == classes).float().mean()
    return {
        "phones": round(float(phones), 4),
        "visemes": round(float((visemes[guessed] == visemes[classes]).float().mean()), 4),
    }


def _save(network: PhoneNetwork, path: Path, step: int, plan: Plan) -> None:
    torch.save(
        {"weights": network.state_dict(), "step": step, "plan": asdict(plan) | {"start": str(plan.start or "")}}, path
    )
