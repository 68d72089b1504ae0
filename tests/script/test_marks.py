import pytest

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import EXPRESSIONS, GESTURES, Direction, Line, Pause, Span
from phonoscope.script import read_script
from phonoscope.script.marks import playing_s


def lines(text: str) -> tuple[Line, ...]:
    return read_script(text).lines


def shape(text: str) -> list[list[str | float]]:
    """Return each line's parts: words, lengths of pauses, ``<names>`` of directions."""
    return [
        [p.text if isinstance(p, Span) else p.duration_s if isinstance(p, Pause) else f"<{p.name}>" for p in line.parts]
        for line in lines(text)
    ]


def directions(text: str) -> list[Direction]:
    return [part for line in lines(text) for part in line.parts if isinstance(part, Direction)]


@pytest.mark.parametrize("name", [*GESTURES, *EXPRESSIONS])
def test_every_direction_can_be_written(name: str) -> None:
    assert directions(f"One [{name}] two.") == [Direction(name)]
    assert lines(f"One [{name}] two.")[0].text == "One two."


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("[Look_Left]", "look left"),
        ("[look-away]", "look away"),
        ("[ NOD ]", "nod"),
        ("[raises eyebrows]", "raise brows"),
        ("[laughs]", "laugh"),
        ("[shakes head]", "shake"),
    ],
)
def test_marks_may_be_written_in_many_ways(mark: str, name: str) -> None:
    assert [d.name for d in directions(f"{mark} One.")] == [name]


@pytest.mark.parametrize(
    ("mark", "strength"),
    [
        ("[sad 0.5]", 0.5),
        ("[sad 50%]", 0.5),
        ("[sad 150 %]", 1.5),
        ("[Sad: 1,2]", 1.2),
        ("[sad]", 1.0),
        ("[nod .3]", 0.3),
    ],
)
def test_marks_may_have_a_strength(mark: str, strength: float) -> None:
    assert [d.strength for d in directions(f"{mark} One.")] == [pytest.approx(strength)]


@pytest.mark.parametrize(
    "text", ["See [1] there.", "[sic] yes", "[share] it", "click [link] now", "[happy birthday] to", "a [x] b"]
)
def test_other_brackets_are_text(text: str) -> None:
    assert lines(text)[0].text == text


@pytest.mark.parametrize(
    ("text", "line", "column", "remedy"),
    [
        ("[nodd] Hi", 1, 1, "[nod]"),
        ("Hi\nYou [happpy] man", 2, 5, "[happy]"),
        ("[look lefft] Hi", 1, 1, "[look left]"),
        ("[smiel] Hi", 1, 1, "[smile]"),
        ("Hi [sad 50] you", 1, 4, "50%"),
        ("Hi [sad 1.2.3] you", 1, 4, "50%"),
        ("Hi [smile", 1, 4, "]"),
    ],
)
def test_a_slip_is_refused_with_its_place(text: str, line: int, column: int, remedy: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert remedy in caught.value.remedy


def test_a_mark_between_sentences_comes_with_the_next_one() -> None:
    assert shape("One. [smile] Two.") == [["One.", 0.4], ["<smile>", "Two."]]
    assert shape("One [smile]. Two.") == [["One", "<smile>", ".", 0.4], ["Two."]]
    assert shape("One. [smile] [pause 1s] Two.") == [["One.", "<smile>", 1.0], ["Two."]]
    assert shape("One. [pause 1s] [smile] Two.") == [["One.", 1.0], ["<smile>", "Two."]]
    assert shape("One [pause 1s] [nod] [pause 2s] two.") == [["One", 1.0, "<nod>", 2.0, " two."]]


def test_a_mark_without_words_gets_time() -> None:
    laugh_s, wink_s = playing_s([Direction("laugh")]), playing_s([Direction("wink")])
    assert shape("[laugh]\n\nOne.\n\n[laugh]\n\nTwo. [wink]") == [
        ["<laugh>", laugh_s],
        ["One.", 0.7],
        ["<laugh>", laugh_s],
        ["Two.", "<wink>", wink_s],
    ]
    assert shape("[laugh] [pause 3s]\nOne.") == [["<laugh>", 3.0], ["One."]]
    assert shape("One. [laugh]\n\nTwo.") == [["One.", "<laugh>", laugh_s], ["Two."]]


def test_words_are_as_if_no_mark_were_there() -> None:
    assert lines("Well [nod], yes[wink]yes [smile]!")[0].text == "Well, yes yes!"
    assert [line.text for line in lines("This sentence was [nod]\nwrapped by hand.")] == [
        "This sentence was wrapped by hand."
    ]


def test_marks_alone_are_no_script() -> None:
    with pytest.raises(ScriptError, match="nothing that can be spoken"):
        read_script("[smile]\n[nod]")


def test_ssml_has_marks_and_expressions() -> None:
    body = 'One <mark name="nod"/> two. <mark name="chapter 1"/> <mstts:express-as style="cheerful" styledegree="0.5">'
    assert shape(f"<speak>{body}Three.</mstts:express-as> Four</speak>") == [
        ["One", "<nod>", " two.", 0.4],
        ["<happy>", "Three.", 0.4],
        ["<neutral>", "Four"],
    ]
    assert directions(f"<speak>{body}Three.</mstts:express-as></speak>")[1].strength == 0.5
    assert directions('<speak><express-as style="newscast">One</express-as></speak>') == []
