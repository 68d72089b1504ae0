from __future__ import annotations

import socket

from phonoscope.studio.running.listening import listen
from phonoscope.studio.settings import Settings


def test_small_answers_are_sent_at_once(settings: Settings) -> None:
    with listen(settings.model_copy(update={"port": 0}), exactly=True) as bound:
        # asyncio switches Nagle's algorithm off on these only.
        assert bound.proto == socket.IPPROTO_TCP
