from __future__ import annotations

import itertools
import re

from phonoscope.core.speech import Phone, Word
from phonoscope.exports import Timing, textgrid
from phonoscope.exports.timing import Interval, intervals

PHONES = (Phone("m", 0.1, 0.18), Phone("æ", 0.18, 0.3, 1), Phone("p", 0.3, 0.42))
WORDS = (Word('say "map",', 0.1, 0.42),)


def parse(text: str) -> dict[str, list[tuple[float, float, str]]]:
    """Read a TextGrid in Praat's long text format, strictly: what a tier says of itself must be so."""
    assert text.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = ')
    header = re.search(r"^xmin = (\S+)\nxmax = (\S+)\ntiers\? <exists>\nsize = (\d+)\nitem \[\]:\n", text, re.MULTILINE)
    assert header
    tiers: dict[str, list[tuple[float, float, str]]] = {}
    for number, block in enumerate(re.split(r"^    item \[\d+\]:\n", text, flags=re.MULTILINE)[1:], 1):
        assert f"    item [{number}]:\n" in text
        head = re.match(
            r'        class = "IntervalTier"\n        name = "(\w+)"\n        xmin = (\S+)\n        xmax = (\S+)\n'
            r"        intervals: size = (\d+)\n",
            block,
        )
        assert head
        assert head[2] == header[1]
        assert head[3] == header[2]
        rows = re.findall(
            r"        intervals \[(\d+)\]:\n            xmin = (\S+)\n            xmax = (\S+)\n"
            r'            text = "((?:[^"]|"")*)"\n',
            block,
        )
        assert [int(row[0]) for row in rows] == list(range(1, int(head[4]) + 1))
        tiers[head[1]] = [(float(a), float(b), label.replace('""', '"')) for _, a, b, label in rows]
        assert len(block.splitlines()) == 5 + 4 * len(rows)
    assert len(tiers) == int(header[3])
    for tier in tiers.values():
        assert tier[0][0] == float(header[1])
        assert tier[-1][1] == float(header[2])
        assert all(a[1] == b[0] for a, b in itertools.pairwise(tier))
        assert all(a < b for a, b, _ in tier)
    return tiers


def test_what_is_written_is_read() -> None:
    tiers = parse("".join(textgrid(Timing(PHONES, WORDS, 1.0))))
    assert tiers["phones"] == [
        (0, 0.1, ""),
        (0.1, 0.18, "m"),
        (0.18, 0.3, "æ"),
        (0.3, 0.42, "p"),
        (0.42, 1, ""),
    ]
    assert tiers["words"] == [(0, 0.1, ""), (0.1, 0.42, 'say "map",'), (0.42, 1, "")]


def test_nothing_heard_is_one_empty_interval_a_tier() -> None:
    assert parse("".join(textgrid(Timing((), (), 2.5)))) == {"words": [(0, 2.5, "")], "phones": [(0, 2.5, "")]}


def test_phones_that_overlap_or_run_over_the_end_still_cover_the_time_once() -> None:
    marks = [Phone("b", 0.3, 0.6), Phone("a", 0.1, 0.4), Phone("c", 0.9, 1.2), Phone("d", 0.95, 0.96)]
    assert intervals(marks, 1.0) == [
        Interval(0, 0.1, ""),
        Interval(0.1, 0.4, "a"),
        Interval(0.4, 0.6, "b"),
        Interval(0.6, 0.9, ""),
        Interval(0.9, 1.0, "c"),
    ]


def test_labels_are_one_line_and_long_times_have_no_exponent() -> None:
    timing = Timing((Phone("a", 35999.12345, 35999.5),), (Word("two\nlines", 0.00001, 1),), 36000)
    text = "".join(textgrid(timing))
    assert parse(text)["words"][0] == (0, 1, "two lines")
    assert "xmax = 36000\n" in text
    assert "xmin = 35999.1234\n" in text or "xmin = 35999.1235\n" in text
