"""All hostile uploads against a real studio, and what became of them."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.collecting import collect, sample
from bench.studio.hostile.sending import Answer, is_harmless, send, state_of
from bench.studio.hostile.watching import expecting_nobody, misplaced, tree
from bench.studio.serving import serving
from bench.table import Figure

LOOKED_INTO_S = 90
"""How long an upload may take until a worker has made up its mind: three that break down over it take their time."""

QUICK = 10
"""Of each kind, when time is short."""


def hostile(quick: bool) -> list[Figure]:
    """Send all of them one after the other, and return what may and what may not have happened."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder, expecting_nobody() as visitors:
        data_dir = Path(folder) / "home" / "data"
        attacks = collect(visitors.address, quick)
        with serving(data_dir, Path(folder) / "log.txt") as client:
            before = tree(data_dir)
            answers, states = _all(client, sample(attacks, QUICK) if quick else attacks)
            harmful = [answer for answer in answers if answer.asset_id and not is_harmless(client, answer.asset_id)]
            alive = client.get("/ready").status_code == 200
        strays = misplaced(data_dir, before)
        _print_table(answers, states)
        for title, found in (("Misplaced", strays), ("Visitors", visitors), ("Active", harmful)):
            for it in found:
                print(f"{title}: {it}")
        slowest = max(answers, key=lambda answer: answer.took_s)
        return [
            Figure("hostile uploads", len(answers), "", ">= 1000" if not quick else ""),
            Figure("hostile: answered with 5xx", sum(answer.status >= 500 for answer in answers), "", "<= 0"),
            Figure("hostile: never looked into", states["checking"], "", "<= 0"),
            Figure("hostile: broke every worker", states["lost"], "", "<= 0"),
            Figure("hostile: files elsewhere", len(strays), "", "<= 0"),
            Figure("hostile: strangers asked", len(visitors), "", "<= 0"),
            Figure("hostile: sent back as active content", len(harmful), "", "<= 0"),
            Figure("hostile: server ready afterwards", int(alive), "", ">= 1"),
            Figure("hostile: slowest answer", slowest.took_s, "s", "<= 5"),
        ]


def _all(client: httpx.Client, attacks: Sequence[Attack]) -> tuple[list[Answer], Counter[str]]:
    """Send attacks, each when the one before was looked into; the states are kept by kind, too."""
    answers: list[Answer] = []
    states: Counter[str] = Counter()
    for number, attack in enumerate(attacks):
        answer = send(client, attack)
        answers.append(answer)
        if answer.status >= 500:
            print(f"{answer.status}: {attack.kind}: {attack.what}", flush=True)
        if answer.asset_id:
            state, took_s = _state(client, answer.asset_id)
            states.update((state, f"{attack.kind}: {state}"))
            if state in ("checking", "lost") or took_s > 5:
                print(f"{state} after {took_s:.1f} s: {attack.kind}: {attack.what}", flush=True)
        if number % 100 == 99:
            print(f"{number + 1} of {len(attacks)} …", flush=True)
    return answers, states


def _state(client: httpx.Client, asset_id: str) -> tuple[str, float]:
    began = time.monotonic()
    while (state := state_of(client, asset_id)) == "checking" and time.monotonic() < began + LOOKED_INTO_S:
        client.get(f"/api/v1/assets/{asset_id}", params={"wait_s": 10})
    return state, time.monotonic() - began


def _print_table(answers: Sequence[Answer], states: Counter[str]) -> None:
    print(f"\n{'':22}{'sent':>6}{'5xx':>6}{'refused':>9}{'rejected':>10}{'taken':>7}{'lost':>6}{'slowest':>9}")
    for kind in sorted({answer.attack.kind for answer in answers}):
        mine = [answer for answer in answers if answer.attack.kind == kind]
        errors = sum(answer.status >= 500 for answer in mine)
        refused = sum(answer.status < 500 and answer.asset_id is None for answer in mine)
        lost = states[f"{kind}: lost"] + states[f"{kind}: checking"]
        row = f"{len(mine):6}{errors:6}{refused:9}{states[f'{kind}: rejected']:10}{states[f'{kind}: ready']:7}{lost:6}"
        print(f"{kind:22}{row}{max(answer.took_s for answer in mine):8.2f}s")
