"""``python -m training.phones``: makes the corpus, trains the network, tests it, and puts it into the package."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "phonoscope" / "speech" / "hearing"
TRIAL_SHARE = 0.02
TRIAL_STEPS = 40


def main() -> int:
    """Run all steps; what an earlier run has made of the corpus is used again."""
    choices = _choices()
    missing = _missing_tools()
    if missing:
        print(f"Not installed: {', '.join(missing)}. training/phones/README.md names the packages.", file=sys.stderr)
        return 4

    from training.phones import corpus, self_test
    from training.phones.export import export
    from training.phones.train import Plan, train

    folder = choices.folder / ("trial" if choices.trial else "full")
    corpus.make(folder / "corpus", choices.seed, choices.processes, TRIAL_SHARE if choices.trial else 1.0)
    steps = TRIAL_STEPS if choices.trial else choices.steps
    plan = Plan(steps, choices.minutes, choices.seed, choices.threads, choices.start)
    network = train(folder / "corpus", folder / "run", plan)
    made = folder / "run" / "phones.onnx"
    export(network, made)
    for line in self_test.report(network, made):
        print(line)
    if choices.trial:
        print(f"A trial: {made} stays out of the package.")
    else:
        shutil.copyfile(made, PACKAGE / "phones.onnx")
        print(f"{PACKAGE / 'phones.onnx'} is replaced. Bring its figures in phones.md up to date: make bench")
    return 0


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.phones", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/training/phones"), help="corpus and checkpoints")
    parser.add_argument("--minutes", type=float, default=120.0, help="time to train (default: 120)")
    parser.add_argument("--steps", type=int, default=0, help="steps to train instead: the same network each time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="threads of the network; batches take one more")
    parser.add_argument("--processes", type=int, default=2, help="processes that make the corpus")
    parser.add_argument("--start", type=Path, help="a checkpoint of an earlier run to go on from")
    parser.add_argument("--trial", action="store_true", help="a few minutes for the whole way, on very little speech")
    return parser.parse_args()


def _missing_tools() -> list[str]:
    """Return the programs, voices and word lists that are not there."""
    from training.phones.festival import VOICES
    from training.phones.texts import WORD_LISTS

    missing = [program for program in ("flite", "festival") if shutil.which(program) is None]
    voices = {path.name for path in Path("/usr/share/festival/voices").glob("*/*")}
    missing += [f"festival's voice {voice}" for voice in VOICES if voice not in voices]
    return missing + [file for file in WORD_LISTS.values() if not (Path("/usr/share") / file).exists()]


if __name__ == "__main__":
    sys.exit(main())
