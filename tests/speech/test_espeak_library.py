"""The synthesiser's library behaves inside a Python program."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from phonoscope.core.errors import MissingPartError
from phonoscope.speech import espeak_library
from phonoscope.speech.espeak_library import RawSpeech, render


def test_ctrl_c_while_it_speaks_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes where espeak-ng calls us, and an error there would be swallowed."""

    def interrupted(raw: Any) -> Iterator[Any]:
        signal.raise_signal(signal.SIGINT)
        return iter(())

    monkeypatch.setattr(espeak_library, "_read_events", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            render("Hello there", "en-us")
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_goes_wrong_is_told_on_any_thread() -> None:
    with pytest.raises(MissingPartError, match="no voice nobody"):
        render("Hello", "nobody")
    spoken: list[RawSpeech] = []
    thread = threading.Thread(target=lambda: spoken.append(render("Hello", "en-us")))
    thread.start()
    thread.join()
    assert spoken[0].samples.tobytes() == render("Hello", "en-us").samples.tobytes()


def test_breath_does_not_hang_on_the_time_of_day() -> None:
    first = render("Hello.", "en-us+f2").samples
    time.sleep(1.1)
    assert (render("Hello.", "en-us+f2").samples == first).all()
