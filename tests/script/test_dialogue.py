import pytest

from phonoscope.core.script import Direction, Pause
from phonoscope.script import read_script
from phonoscope.script.lines import TURN_PAUSE_S


def said(text: str, *speakers: str) -> list[tuple[str, str]]:
    return [(line.speaker, line.text) for line in read_script(text, speakers=speakers).lines]


def test_labels_name_who_speaks_until_the_next_one() -> None:
    text = "HOST: Good evening. Welcome!\nHow are you?\n\nGUEST: Fine.\n\nVery well.\nHOST: Good."
    assert said(text) == [
        ("HOST", "Good evening."),
        ("HOST", "Welcome!"),
        ("HOST", "How are you?"),
        ("GUEST", "Fine."),
        ("GUEST", "Very well."),
        ("HOST", "Good."),
    ]
    assert read_script(text).speakers == ("HOST", "GUEST")


@pytest.mark.parametrize("label", ["DR. SMITH", "GUEST 2", "ANNA-LENA", "O'NEIL", "ÉMILE", "**HOST", "Q"])
def test_names_in_capitals(label: str) -> None:
    assert said(f"{label}: Hello.") == [(label.strip("*"), "Hello.")]


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is text.",
        "NOTE: this is text.",
        "WARNING 2: hot.",
        "10:30 is late.",
        "HTTP://EXAMPLE is a page.",
        "Bring these: milk and bread.",
        "THE QUICK BROWN FOX JUMPED OVER: it is too long.",
        "A narrator begins.\nHOST: this is one label only.",
    ],
)
def test_ordinary_text_is_not_torn(text: str) -> None:
    script = read_script(text)
    assert script.speakers == ()
    assert " ".join(line.text for line in script.lines) == text.replace("\n", " ")


def test_a_narrator_may_begin_a_dialogue() -> None:
    assert said("It was late.\nHOST: Hi.\nGUEST: Hello.")[0] == ("", "It was late.")
    assert read_script("It was late.\nHOST: Hi.\nGUEST: Hello.").speakers == ("HOST", "GUEST")


def test_listed_names_are_labels_however_they_are_written() -> None:
    assert said("host: Hi.\nAnna: Hello.\nNote: no.", "HOST", "Anna") == [
        ("HOST", "Hi."),
        ("Anna", "Hello."),
        ("Anna", "Note: no."),
    ]


def test_a_label_may_stand_alone_and_is_never_said() -> None:
    assert said("HOST:\nGood evening.\nGUEST：こんにちは。") == [("HOST", "Good evening."), ("GUEST", "こんにちは。")]


def test_speakers_answer_sooner_than_paragraphs_follow() -> None:
    lines = read_script("HOST: Hi.\n\nGUEST: Hello.\n\nHOST: [pause 2s] Well.").lines
    assert [[p.duration_s for p in line.parts if isinstance(p, Pause)] for line in lines] == [
        [TURN_PAUSE_S],
        [2.0],
        [],
    ]


def test_directions_belong_to_who_is_named() -> None:
    lines = read_script("HOST: Hi.\nGUEST: [smile] [pause 1s] Hello.\nHOST: [nod]\nGUEST: Bye.").lines
    owners = [(line.speaker, part.name) for line in lines for part in line.parts if isinstance(part, Direction)]
    assert owners == [("GUEST", "smile"), ("HOST", "nod")]


def test_remarks_behind_a_name_are_not_said() -> None:
    lines = read_script("HOST (smiling): Hi.\nGUEST (off): Hello.\nHOST: Bye.").lines
    assert [(line.speaker, line.text) for line in lines] == [("HOST", "Hi."), ("GUEST", "Hello."), ("HOST", "Bye.")]
    assert lines[0].parts[0] == Direction("smile")


@pytest.mark.parametrize("line", ["A" + " " * 100_000 + "x", "[a" + " " * 100_000, "[" * 50_000, "A (" * 20_000])
def test_hostile_lines_are_read_at_once(line: str) -> None:
    assert read_script(f"Hello.\n{line}", speakers=("B",)).lines


def test_many_marks_are_read_in_linear_time() -> None:
    text = "One [nod] two [abc1] three. " * 10_000
    assert len(read_script(text).lines) == 10_000
    assert read_script("Hi. " + "[nod] . " * 20_000).lines
