"""All hostile uploads, and a sample of each kind of them."""

from __future__ import annotations

import random

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.bombs import bombs
from bench.studio.hostile.damage import bent, cut_off, noise
from bench.studio.hostile.disguises import disguises, names
from bench.studio.hostile.drawings import drawings
from bench.studio.hostile.media import media
from bench.studio.hostile.talk import talk

SEED = 1891


def collect(elsewhere: str, quick: bool = False) -> list[Attack]:
    """Return all attacks; `elsewhere` is an address where somebody notices whoever comes."""
    attacks = [*cut_off(), *bent(SEED), *noise(SEED), *bombs(quick), *drawings(elsewhere), *media(elsewhere)]
    return [*attacks, *disguises(), *names(), *talk()]


def sample(attacks: list[Attack], each: int) -> list[Attack]:
    """Return some attacks of each kind, always the same ones."""
    chance = random.Random(SEED)  # noqa: S311
    kinds = sorted({attack.kind for attack in attacks})
    by_kind = {kind: [attack for attack in attacks if attack.kind == kind] for kind in kinds}
    return [attack for group in by_kind.values() for attack in chance.sample(group, min(each, len(group)))]
