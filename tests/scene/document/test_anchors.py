from __future__ import annotations

import pytest

from phonoscope.scene.document.anchors import Moment, parse_moment
from phonoscope.scene.document.sounds import Effect


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2.5", Moment("start", 2.5)),
        ("2.5s", Moment("start", 2.5)),
        (3, Moment("start", 3.0)),
        ("end", Moment("end")),
        ("end-1.5s", Moment("end", -1.5)),
        ("50%", Moment("share", share=0.5)),
        ("50%+1s", Moment("share", 1.0, share=0.5)),
        ("word:costs", Moment("word", word="costs")),
        ("word:costs#2", Moment("word", word="costs", occurrence=2)),
        ("word:costs+0.3s", Moment("word", 0.3, word="costs")),
        ("word:low prices.end-0.3", Moment("word", -0.3, word="low prices", at_end=True)),
        ("word:covid-19+0", Moment("word", 0.0, word="covid-19")),
    ],
)
def test_moments(text: str | float, moment: Moment) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize("text", ["", "ends", "soon", "-1", "101%", "50%s", "word:", "word:#2", "1e5", "nan", "end+x"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match="is no moment"):
        parse_moment(text)


@pytest.mark.parametrize(("given", "offset_s"), [(12345.678, 12345.678), (0.00001, 0.00001), (100, 100.0), (2.5, 2.5)])
def test_numbers_keep_their_digits(given: float, offset_s: float) -> None:
    assert parse_moment(Effect.model_validate({"source": "pop", "at": given}).at).offset_s == offset_s
