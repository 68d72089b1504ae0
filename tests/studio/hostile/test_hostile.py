"""A sample of the hostile uploads; ``python -m bench hostile`` sends all of them to a real server with its workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from bench.studio.hostile.attack import Attack
from bench.studio.hostile.collecting import collect, sample
from bench.studio.hostile.sending import is_harmless, send, state_of
from bench.studio.hostile.watching import expecting_nobody, misplaced, tree
from fastapi import FastAPI
from fastapi.testclient import TestClient

from phonoscope.studio.state import Studio
from tests.studio.live import serving

Work = Callable[..., list[str]]

EACH = 5
SLOW = ("GIF of", "path of a million")
"""What is harmless, but takes seconds."""


def test_there_are_more_than_a_thousand() -> None:
    attacks = collect("http://127.0.0.1:1", quick=True)
    assert len({(attack.content, attack.name, tuple(attack.headers.items())) for attack in attacks}) > 1000
    assert len(sample(attacks, EACH)) == EACH * len({attack.kind for attack in attacks})


def test_nothing_hostile_does_harm(app: FastAPI, client: TestClient, studio: Studio, work: Work) -> None:
    headers = {"Authorization": client.headers["authorization"]}
    states: Counter[str] = Counter()
    with expecting_nobody() as visitors, serving(app) as address:
        with httpx.Client(base_url=address, headers=headers, timeout=30) as real:
            before = tree(studio.settings.data_dir)
            for attack in _chosen(visitors.address):
                answer = send(real, attack)
                assert answer.status < 500, attack.what
                if answer.asset_id:
                    work("ingest")
                    state = state_of(real, answer.asset_id)
                    assert state in ("ready", "rejected"), f"{attack.what}: {state}"
                    assert is_harmless(real, answer.asset_id), attack.what
                    states[state] += 1
            assert real.get("/health").status_code == 200
        assert misplaced(studio.settings.data_dir, before) == []
        assert list(visitors) == []
    assert min(states["ready"], states["rejected"]) > 5


def test_what_is_misplaced_is_found(studio: Studio) -> None:
    data_dir = studio.settings.data_dir
    (data_dir.parent / "evil.sh").write_text("")
    (data_dir / "files").mkdir(exist_ok=True)
    (data_dir / "files" / "link").symlink_to("/etc/passwd")
    assert misplaced(data_dir) == ["../evil.sh", "files/link"]


@pytest.mark.parametrize("kind", ["text/html", "image/png"])
def test_active_content_is_found(kind: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        policy = "sandbox" if kind == "text/html" else "default-src 'self'"
        return httpx.Response(
            200,
            headers={"Content-Type": kind, "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"},
        )

    with httpx.Client(transport=httpx.MockTransport(answer), base_url="http://x") as client:
        assert not is_harmless(client, "1")


def _chosen(elsewhere: str) -> list[Attack]:
    return [it for it in sample(collect(elsewhere, quick=True), EACH) if not any(slow in it.what for slow in SLOW)]
