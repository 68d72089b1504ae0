import pytest

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Pause, Script, Span
from phonoscope.script import read_script
from phonoscope.script.lines import PARAGRAPH_PAUSE_S, SENTENCE_PAUSE_S
from phonoscope.script.sentences import MAX_LINE, split_sentences


def texts(script: Script) -> list[str]:
    return [line.text for line in script.lines]


def pauses(script: Script) -> list[list[float]]:
    return [[p.duration_s for p in line.parts if isinstance(p, Pause)] for line in script.lines]


def test_sentences_are_lines_with_pauses_between_them() -> None:
    script = read_script("One. Two!\n\nThree?")
    assert texts(script) == ["One.", "Two!", "Three?"]
    assert pauses(script) == [[SENTENCE_PAUSE_S], [PARAGRAPH_PAUSE_S], []]
    assert [line.line_number for line in script.lines] == [1, 1, 3]
    assert script.characters == len("One.Two!Three?")


@pytest.mark.parametrize(
    ("mark", "duration_s"),
    [("[pause 1.5s]", 1.5), ("[PAUSE 250ms]", 0.25), ("[pause]", 0.5), ("[Pause: 2 s]", 2.0), ("[pause 0,5s]", 0.5)],
)
def test_a_mark_makes_exactly_its_pause(mark: str, duration_s: float) -> None:
    assert pauses(read_script(f"One. {mark} Two.")) == [[duration_s], []]
    assert pauses(read_script(f"One {mark} two.")) == [[duration_s]]
    assert pauses(read_script(f"One.\n\n{mark}\n\nTwo.")) == [[duration_s], []]
    assert pauses(read_script(f"{mark} One.")) == [[duration_s]]
    assert pauses(read_script(f"One. {mark}")) == [[duration_s]]


@pytest.mark.parametrize("text", ["See [1] there.", "The [pausing] man.", "[sic] yes", "a [ b", "[Paused]"])
def test_other_brackets_are_text(text: str) -> None:
    assert texts(read_script(text)) == [text]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Hi [pause abc] there", 1, 4),
        ("One.\nHi there [pause", 2, 10),
        ("[pause 61s] x", 1, 1),
        ("a\n\nb [pause 5 minutes]", 3, 3),
        ("x [pause 1s s]", 1, 3),
    ],
)
def test_a_malformed_mark_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"line {line} column {column}" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["", "  \n\t ", "[pause 1s]", "...", "🙂🙂", "\x00\x07", "\ufeff", "—"])
def test_a_script_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ScriptError, match="nothing that can be spoken"):
        read_script(text)


def test_the_characters_that_cannot_be_spoken_are_named() -> None:
    with pytest.raises(ScriptError, match="🙂"):
        read_script("🙂🙂")


def test_too_long_a_script_is_refused() -> None:
    with pytest.raises(ScriptError, match="2,000,001"):
        read_script("a" * 2_000_001)


def test_text_is_cleaned() -> None:
    assert texts(read_script("\ufeffcafe\u0301\x00 \x1bau\u200b lait\ud800\r\nNoch")) == ["café au\u200b lait", "Noch"]


def test_wrapped_lines_are_joined_and_titles_are_not() -> None:
    assert texts(read_script("This sentence was\nwrapped by hand.")) == ["This sentence was wrapped by hand."]
    long = "This rather long first part of a sentence was wrapped before\nBerlin was named."
    assert texts(read_script(long)) == [long.replace("\n", " ")]
    assert texts(read_script("My title\nThe text begins.")) == ["My title", "The text begins."]
    assert texts(read_script("- milk\n- bread")) == ["- milk", "- bread"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Smith met Dr. J. S. Bach at 3.14 p.m. in St. Paul."],
        ["He paid $3.50. ", "She did not."],
        ["The U.S. Army won. ", "It left the U.S. ", "The end."],
        ["“Stop!” he said. ", "“Why?” ", "“Because.”"],
        ["Well… maybe not. ", "Wait… ", "What?!"],
        ["We sell milk, e.g. goat's, etc. in bottles."],
        ["今日は。", "元気ですか？", "はい！"],
        ["你好。", "“再见。”", "他说。"],
        ["مرحبا؟ ", "نعم."],
        ["नमस्ते। ", "कैसे हैं?"],
        ["1. Introduction follows. ", "2. Method"],
        ["See fig. 3 and no. 5. ", "I said no. ", "He agreed."],
    ],
)
def test_sentences_end_where_they_should(sentences: list[str]) -> None:
    text = "".join(sentences)
    ends = split_sentences(text)
    assert [text[a:b] for a, b in zip([0, *ends], ends, strict=False)] == sentences


def test_ordinals_with_full_stops_follow_the_language() -> None:
    text = "Am 3. Oktober kam er."
    assert texts(read_script(text, language="de-DE")) == [text]
    assert len(read_script(text, language="en").lines) == 2


@pytest.mark.parametrize("text", ["word " * 400, "one, two three; four " * 60, "漢" * 1000, "a" * 1000])
def test_a_text_without_full_stops_still_comes_in_short_lines(text: str) -> None:
    script = read_script(text)
    assert max(len(line.text) for line in script.lines) <= MAX_LINE
    assert "".join(texts(script)).replace(" ", "") == text.replace(" ", "")


def test_a_number_is_not_cut_at_its_comma() -> None:
    script = read_script("about 1,000,000 " * 40)
    assert {word for line in script.lines for word in line.text.split()} == {"about", "1,000,000"}


def test_nothing_is_lost_between_marks_and_sentences() -> None:
    script = read_script("One [pause] two. Three [pause 1s] four")
    assert texts(script) == ["One two.", "Three four"]
    assert [type(part) for part in script.lines[0].parts] == [Span, Pause, Span, Pause]


def test_a_large_script_is_read_in_linear_time() -> None:
    # Quadratic slicing took minutes for this.
    assert len(read_script("Hello there. " * 60_000).lines) == 60_000


def test_endless_silence_is_refused() -> None:
    with pytest.raises(ScriptError, match="660 s"):
        read_script("One. " + "[pause 60s]" * 11 + " Two.")
    assert len(read_script("One. " + "[pause 60s]" * 10 + " Two.").lines) == 2
