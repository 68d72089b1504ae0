"""Makes the corpus: some seventeen hours of labelled speech, in about ten minutes."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np

from training.phones import espeak, festival, flite
from training.phones.labels import SAMPLES, Labelled, save
from training.phones.music import play

ESPEAK_PARTS = 6
ESPEAK_MINUTES = 50.0
FLITE_MINUTES = 80.0
MONOTONE_MINUTES = 20.0
FESTIVAL_MINUTES = 20.0
MUSIC_MINUTES = 20.0


def make(folder: Path, seed: int, processes: int, share: float = 1.0) -> None:
    """Write every source's speech into a folder; what is there already is kept.

    Parameters
    ----------
    share
        Factor on every source's length; small for a trial.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs = {f"espeak-{part}": (espeak.speak, ESPEAK_MINUTES * share, seed + part) for part in range(ESPEAK_PARTS)}
    jobs |= {
        f"flite-{voice}": (flite.speak, voice, FLITE_MINUTES * share, seed + 50 + number)
        for number, voice in enumerate(flite.VOICES)
    }
    jobs |= {
        f"monotone-{voice}": (flite.speak, voice, MONOTONE_MINUTES * share, seed + 70 + number, True)
        for number, voice in enumerate(flite.VOICES)
    }
    jobs |= {
        f"festival-{voice}": (festival.speak, voice, FESTIVAL_MINUTES * share, seed + 100 + number)
        for number, voice in enumerate(festival.VOICES)
    }
    jobs["music"] = (_music, MUSIC_MINUTES * share, seed + 200)
    with ProcessPoolExecutor(processes) as pool:
        waiting: dict[Future[Labelled], str] = {
            pool.submit(*job): name for name, job in jobs.items() if not (folder / f"{name}.labels.npy").exists()
        }
        for future in as_completed(waiting):
            labelled = future.result()
            save(folder / waiting[future], labelled)
            print(f"{waiting[future]}: {labelled.duration_s / 60:.1f} min", flush=True)


def _music(minutes: float, seed: int) -> Labelled:
    chance = np.random.default_rng(seed)
    tunes = np.concatenate([play(20.0, chance) for _ in range(max(1, int(minutes * 3)))])
    tunes = tunes[: len(tunes) // SAMPLES * SAMPLES]
    return Labelled((np.clip(tunes, -1, 1) * 32767).astype(np.int16), np.zeros(len(tunes) // SAMPLES, np.uint8))
