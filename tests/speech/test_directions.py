from __future__ import annotations

import numpy as np
import pytest

from phonoscope.core.errors import UsageError
from phonoscope.core.speech import Speech
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, speak
from phonoscope.speech.speakers import cast_voices


def say(text: str, options: SpeakOptions | None = None) -> list[Speech]:
    return list(speak(read_script(text), options))


@pytest.mark.parametrize(
    ("plain", "marked"),
    [
        ("Hello there, my friend.", "[smile] Hello [nod] there[wink], my [sad 50%] friend [laugh]."),
        ("The U.S. Army paid $3.50.", "The U.S. [nod] Army paid [nod] $3.50."),
        ("Guten Tag, wie geht es?", "Guten [nod] Tag, [smile] wie geht es?"),
    ],
)
def test_marks_change_nothing_that_is_heard(plain: str, marked: str) -> None:
    (without,), (with_,) = say(plain), say(marked)
    np.testing.assert_array_equal(with_.sound.samples[: len(without.sound.samples)], without.sound.samples)
    assert with_.phones == without.phones
    assert with_.words == without.words


def test_directions_come_with_the_next_word_or_behind_the_last() -> None:
    (piece,) = say("[happy] One two [nod] three [laugh]")
    starts = {word.text: word.start_s for word in piece.words}
    ends = {word.text: word.end_s for word in piece.words}
    assert [(d.name, d.at_s) for d in piece.directions] == [
        ("happy", starts["One"]),
        ("nod", starts["three"]),
        ("laugh", ends["three"]),
    ]
    assert piece.duration_s > ends["three"] + 1.4


def test_directions_within_pauses() -> None:
    (piece,) = say("One [nod] [pause 1s] [smile] [pause 1s] [wink] two")
    one, two = piece.words
    assert two.start_s - one.end_s == pytest.approx(2, abs=0.08)
    assert [d.at_s for d in piece.directions] == pytest.approx([one.end_s, one.end_s + 1, two.start_s], abs=0.08)


def test_lines_without_words_are_silence_in_which_something_is_done() -> None:
    pieces = say("HOST: Hi.\nGUEST: [nod]\nHOST: Bye.")
    assert [d.name for d in pieces[1].directions] == ["nod"]
    assert pieces[1].directions[0].speaker == "GUEST"
    assert not pieces[1].sound.samples.any() and pieces[1].duration_s > 0.8
    assert [piece.speakers[0].speaker for piece in pieces] == ["HOST", "GUEST", "HOST"]
    assert all(piece.speakers[0].end_s == piece.duration_s for piece in pieces)


def test_no_direction_is_lost_where_there_are_no_pauses() -> None:
    pieces = say("One.\n[sad]\nTwo.", SpeakOptions(pauses=0.0))
    assert [[d.name for d in piece.directions] for piece in pieces] == [[], ["sad"]]


def test_words_of_labels_are_not_heard() -> None:
    assert [word.text for piece in say("HOST: Hi.\nGUEST: Bye.") for word in piece.words] == ["Hi.", "Bye."]


DIALOGUE = read_script("\n".join(f"{name}: Hi." for name in ("HOST", "GUEST", "THIRD", "HOST", "FOURTH")))


def test_speakers_have_voices_that_differ_by_turns() -> None:
    voices = cast_voices(DIALOGUE, SpeakOptions(language="en-gb"))
    assert list(voices) == ["HOST", "GUEST", "THIRD", "FOURTH"]
    assert len({voice.id for voice in voices.values()}) == 4
    assert [voice.gender for voice in voices.values()] == ["male", "female", "male", "female"]
    assert {voice.language for voice in voices.values()} == {"en-GB"}


def test_voices_can_be_chosen_by_speaker() -> None:
    options = SpeakOptions(voice="female", voices={"guest": "Olivia", "Third": "french-male"})
    voices = cast_voices(DIALOGUE, options)
    assert voices["GUEST"].name == "Olivia"
    assert voices["THIRD"].language == "fr-FR"
    assert voices["HOST"].gender == "female" and voices["HOST"] != voices["GUEST"]


def test_more_speakers_than_voices_share() -> None:
    script = read_script("\n".join(f"S {n}: Bonjour." for n in range(40)))
    voices = cast_voices(script, SpeakOptions(language="fr"))
    assert len(voices) == 40
    assert {voice.language[:2] for voice in voices.values()} == {"fr"}


def test_a_voice_for_nobody_is_refused() -> None:
    with pytest.raises(UsageError, match="GEST") as caught:
        speak(DIALOGUE, SpeakOptions(voices={"GEST": "Olivia"}))
    assert "GUEST" in caught.value.remedy
    with pytest.raises(UsageError, match="Nobody"):
        speak(DIALOGUE, SpeakOptions(voices={"GUEST": "Nobody"}))


def test_the_scripts_own_voice_goes_first() -> None:
    (piece,) = speak(read_script('<speak><voice name="Camille">Salut</voice></speak>'), SpeakOptions())
    assert piece.phones
