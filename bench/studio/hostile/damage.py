"""Files that are cut off, or in which bytes were changed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.samples import samples

CUTS, BENDS = 22, 22
"""Of each kind of file."""

LUMPS = (b"\x00" * 8, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"A" * 64)


def cut_off() -> Iterator[Attack]:
    """Cut each kind of file at many places: densely in its head, where the sizes stand."""
    for ending, content in samples().items():
        for step in range(CUTS):
            length = int(len(content) ** ((step + 0.5) / CUTS))
            yield Attack("cut off", f"{ending} after {length} bytes", content[:length], f"cut.{ending}")


def bent(seed: int) -> Iterator[Attack]:
    """Change bytes of each kind of file: single ones all over it, lumps in its head."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for ending, content in samples().items():
        for step in range(BENDS):
            changed = bytearray(content)
            if step % 2:
                place = chance.randrange(4, max(5, min(len(content), 400)))
                lump = chance.choice(LUMPS)
                changed[place : place + len(lump)] = lump
            else:
                for _ in range(1 + len(content) // 200):
                    changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield Attack("bytes changed", f"{ending} no. {step}", bytes(changed), f"bent.{ending}")


def noise(seed: int) -> Iterator[Attack]:
    """Put noise behind the first bytes of each kind of file, and behind nothing."""
    chance = random.Random(seed)  # noqa: S311
    heads = {"nothing": b"", **{ending: content[:16] for ending, content in samples().items()}}
    heads |= {"pdf": b"%PDF-1.7\n", "zip": b"PK\x03\x04", "exe": b"MZ", "elf": b"\x7fELF", "gzip": b"\x1f\x8b\x08"}
    for ending, head in heads.items():
        for length in (0, 7, 5000):
            yield Attack("noise", f"{ending} and {length} bytes", head + chance.randbytes(length), f"noise.{ending}")
