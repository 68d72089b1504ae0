"""A worker whose jobs are of tests: it starts quickly, and does what a job's payload says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from phonoscope.core.errors import PhotoError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.work import holding, process
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.process import main


def step(bench: Bench, claim: Claim) -> Done:
    """Take steps, each of which is kept in a file, and go on from there when it is begun again."""
    folder = Path(claim.payload["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "begun").open("a") as begun:
        begun.write(f"{claim.attempt} {os.getpid()}\n")
    for number in range(claim.payload["steps"]):
        kept = folder / f"step-{number}"
        if not kept.exists():
            time.sleep(0.01)
            kept.touch()
        bench.report((number + 1) / claim.payload["steps"], f"step {number}")
    return Done(
        {"attempt": claim.attempt}, lambda session: session.add(Account(name=f"{claim.job_id}-{claim.attempt}"))
    )


def wait(bench: Bench, claim: Claim) -> Done:
    """Wait until it is stopped."""
    while True:
        time.sleep(0.02)
        bench.report(0.1, "waiting")


def meet(bench: Bench, claim: Claim) -> Done:
    """Wait for the other worker, who has a job of the same kind."""
    folder = Path(claim.payload["folder"])
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.02)
        bench.report(0.1, "waiting")
    return Done({})


def hang(bench: Bench, claim: Claim) -> Done:
    """Never tell anything."""
    time.sleep(60)
    return Done({})


def swell(bench: Bench, claim: Claim) -> Done:
    """Let another process, in a group of its own, take more memory than there is to be had."""
    swollen = "import time; taken = bytearray(400 << 20); time.sleep(60)"
    subprocess.run([sys.executable, "-c", swollen], start_new_session=True, check=True)
    return Done({})


def die(bench: Bench, claim: Claim) -> Done:
    """Take the whole process along, as a fault in a library would."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Done({})


def refuse(bench: Bench, claim: Claim) -> Done:
    """Refuse what was given."""
    raise PhotoError("The picture shows no face.", "Choose another one.")


def stumble(bench: Bench, claim: Claim) -> Done:
    """Fail in a way that nobody foresaw."""
    raise KeyError("secret detail")


holding.LOOK_EVERY_S = 0.05

HANDLERS = {
    "render": step,
    "wait": wait,
    "meet": meet,
    "hang": hang,
    "swell": swell,
    "die": die,
    "refuse": refuse,
    "stumble": stumble,
}

if __name__ == "__main__":
    if sys.argv[1] == "quick":  # does nothing unless it is woken
        process.POLL_S = 3600.0
    main(sys.argv[1], HANDLERS, lambda bench, lane: bench)
