import hashlib
import itertools
import subprocess
import sys
import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import ScriptError, UsageError
from phonoscope.core.events import Event, Note, Progress, ignore_events
from phonoscope.core.script import Line
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.script import read_script
from phonoscope.speech import SpeakOptions, Voice, list_voices, speak
from phonoscope.speech.levels import speech_rms

SENTENCE = "My mother and father were in the garden this morning"


def say(text: str, language: str = "", **options: float) -> list[Speech]:
    return list(speak(read_script(text), SpeakOptions(language=language, **options)))  # type: ignore[arg-type]


def notes(text: str, **options: str) -> list[str]:
    events: list[Event] = []
    list(speak(read_script(text), SpeakOptions(**options), events.append))  # type: ignore[arg-type]
    return [event.message for event in events if isinstance(event, Note)]


def samples(pieces: list[Speech]) -> NDArray[np.float32]:
    return np.concatenate([piece.sound.samples for piece in pieces])


def ipa(pieces: list[Speech]) -> str:
    return "".join(phone.ipa for piece in pieces for phone in piece.phones)


def words(pieces: list[Speech]) -> list[str]:
    return [word.text for piece in pieces for word in piece.words]


def pitch_hz(piece: Speech) -> float:
    """Return the median pitch, by autocorrelation of 50 ms windows."""
    x = piece.sound.samples
    found = []
    for start in range(0, len(x) - 1100, 550):
        window = x[start : start + 1100] - x[start : start + 1100].mean()
        if np.sqrt(np.mean(window**2)) > 0.03:
            correlation = np.correlate(window, window, "full")[1099:]
            lag = 55 + int(np.argmax(correlation[55:480]))
            if correlation[lag] > 0.5 * correlation[0]:
                found.append(22050 / lag)
    return float(np.median(found))


def test_one_piece_per_line_at_a_constant_rate() -> None:
    pieces = say("One. Two! Three?")
    assert len(pieces) == 3
    assert {piece.sound.rate_hz for piece in pieces} == {22050}
    assert all(piece.sound.samples.dtype == np.float32 and piece.sound.samples.ndim == 1 for piece in pieces)


def test_speaking_is_lazy() -> None:
    events: list[Event] = []
    stream = speak(read_script("One. " * 1000), None, events.append)
    list(itertools.islice(stream, 2))
    done = [event.done for event in events if isinstance(event, Progress)]
    assert done == [0, 4, 8]


def test_progress_ends_at_the_number_of_characters() -> None:
    events: list[Event] = []
    script = read_script("One two. Three 🙂 four.")
    list(speak(script, None, events.append))
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[-1] == Progress("speech", script.characters, script.characters, "characters")


def test_phones_and_words_are_in_order_and_inside_the_sound() -> None:
    text = "Papa bought many big blue boots, $3.50 each; “please” keep it — Bob! What, me? 1,234 tchotchkes."
    for piece in say(text):
        ends = 0.0
        for phone in piece.phones:
            assert 0 <= ends <= phone.start_s + 1e-9
            assert phone.start_s < phone.end_s <= piece.duration_s
            ends = phone.end_s
        assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(piece.words))
        for word in piece.words:
            assert any(phone.start_s == word.start_s for phone in piece.phones)
            assert any(phone.end_s == word.end_s for phone in piece.phones)


@pytest.mark.parametrize(
    "text",
    [
        "Papa bought many big blue boots, $3.50 each; “please” keep it — Bob!",
        "Tom & Jerry <met> the U.S. Army at 3 p.m. in [their] [[house]].",
        "Don't re-enter the well-known café; it's 100% O'Brien's.",
        "Fish &amp; chips &lt; 5",
    ],
)
def test_words_are_as_written(text: str) -> None:
    assert " ".join(words(say(text))).split() == text.split()


def test_a_number_is_one_word_for_all_that_is_said() -> None:
    (piece,) = say("It is 1999 now")
    number = piece.words[2]
    assert number.text == "1999"
    said = "".join(p.ipa for p in piece.phones if number.start_s <= p.start_s < number.end_s)
    assert said.startswith("naɪn") and said.endswith("naɪn")


def test_writing_without_spaces_is_cut_into_words() -> None:
    got = words(say("你好世界。", language="zh"))
    assert "".join(got) == "你好世界。"
    assert len(got) > 1


def test_phones_are_ipa_with_stress_apart() -> None:
    phones = [phone for piece in say("Robert likes chocolate judges") for phone in piece.phones]
    assert {"aɪ", "tʃ", "dʒ", "ɑː"} <= {phone.ipa for phone in phones}
    assert not any(set(phone.ipa) & set("ˈˌ_:;'") for phone in phones)
    assert [p.ipa for p in phones if p.stress == 1][:2] == ["ɑː", "aɪ"]


@pytest.mark.parametrize("rate", [0.5, 1.0, 3.0])
def test_phones_cover_what_is_heard(rate: float) -> None:
    (piece,) = say(SENTENCE, rate=rate)
    x = piece.sound.samples
    inside = np.zeros(len(x), bool)
    for phone in piece.phones:
        inside[round(phone.start_s * 22050) : round(phone.end_s * 22050)] = True
    assert np.sum(x[~inside] ** 2) < 0.001 * np.sum(x**2)


def test_stops_begin_with_their_closure() -> None:
    (piece,) = say("a paper copper table")
    x = np.abs(piece.sound.samples)
    stops = [p for p in piece.phones if p.ipa in {"p", "k"}]
    assert len(stops) >= 3
    for stop in stops:
        first = round(stop.start_s * 22050)
        assert x[first + 110 : first + 440].max() < 0.02 * x.max()
        assert 0.04 < stop.end_s - stop.start_s < 0.15


def test_pauses_are_as_long_as_asked() -> None:
    for text in ("One two [pause 1s] three four", "One two. [pause 1s] Three four.", "One two, [pause 1s] three four"):
        pieces = say(text)
        x = np.abs(samples(pieces))
        loud = np.flatnonzero(x > 0.01)
        assert np.diff(loud).max() / 22050 == pytest.approx(1.0, abs=0.04), text
    plain, doubled, none = (say("One. Two.", pauses=factor) for factor in (1.0, 2.0, 0.0))
    assert doubled[0].duration_s - plain[0].duration_s == pytest.approx(0.4, abs=0.001)
    assert none[0].duration_s < plain[0].duration_s


def test_the_same_line_sounds_the_same_in_any_order() -> None:
    first = say("Mother bought shoes. Another sentence here!")
    say("Etwas anderes. Noch etwas.", language="de", rate=1.7, pitch=1.3)
    again = say("Another sentence here!")
    assert np.array_equal(first[1].sound.samples, again[0].sound.samples)
    assert first[1].phones == again[0].phones


def test_threads_do_not_disturb_each_other() -> None:
    expected = samples(say(SENTENCE))
    results: list[bool] = []

    def work(language: str) -> None:
        for _ in range(5):
            got = samples(say(SENTENCE if not language else "Guten Tag", language=language))
            results.append(bool(language) or np.array_equal(got, expected))

    threads = [threading.Thread(target=work, args=(language,)) for language in ("", "de", "")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 15


@pytest.mark.parametrize("voice", ["en-us", "en-us+f2", "de", "ru", "cmn+f3", "en-gb-x-gbcwmd"])
def test_voices_are_equally_loud_and_never_clip(voice: str) -> None:
    sample = next(v.sample for v in list_voices() if v.id == voice)
    x = samples(list(speak(read_script(sample), SpeakOptions(voice=voice))))
    assert 20 * np.log10(speech_rms(x, 22050)) == pytest.approx(-20, abs=1.5)
    assert np.abs(x).max() <= 0.89


def test_rate_pitch_and_volume() -> None:
    (plain,) = say(SENTENCE)
    for factor in (0.5, 2.0):
        (piece,) = say(SENTENCE, rate=factor)
        assert plain.duration_s / piece.duration_s == pytest.approx(factor, rel=0.15)
    for factor in (0.8, 1.4):
        (piece,) = say(SENTENCE, pitch=factor)
        assert pitch_hz(piece) / pitch_hz(plain) == pytest.approx(factor, rel=0.08)
    (piece,) = say(SENTENCE, volume=0.5)
    assert speech_rms(piece.sound.samples, 22050) / speech_rms(plain.sound.samples, 22050) == pytest.approx(0.5, 0.05)
    (piece,) = say(SENTENCE, volume=2.0)
    assert np.abs(piece.sound.samples).max() <= 0.89


@pytest.mark.parametrize("option", [{"rate": 0.4}, {"pitch": 3.0}, {"volume": -1.0}, {"pauses": float("nan")}])
def test_options_out_of_range_are_refused(option: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=next(iter(option))):
        SpeakOptions(**option)  # type: ignore[arg-type]


def ssml(body: str) -> Speech:
    (piece,) = say(f"<speak>{body}</speak>")
    return piece


def test_ssml_prosody_is_heard() -> None:
    plain = ssml(SENTENCE)
    slow = ssml(f'<prosody rate="50%">{SENTENCE}</prosody>')
    high = ssml(f'<prosody pitch="+5st">{SENTENCE}</prosody>')
    soft = ssml(f'<prosody volume="-6dB">{SENTENCE}</prosody>')
    assert slow.duration_s / plain.duration_s == pytest.approx(2, rel=0.15)
    assert pitch_hz(high) / pitch_hz(plain) == pytest.approx(2 ** (5 / 12), rel=0.08)
    assert speech_rms(soft.sound.samples, 22050) / speech_rms(plain.sound.samples, 22050) == pytest.approx(
        0.5, abs=0.06
    )


def test_ssml_prosody_of_one_word_leaves_the_others() -> None:
    piece = ssml('One two <prosody rate="50%">seven</prosody> nine ten')
    plain = ssml("One two seven nine ten")
    lengths = [(a.end_s - a.start_s) / (b.end_s - b.start_s) for a, b in zip(piece.words, plain.words, strict=True)]
    assert lengths[2] > 1.6
    assert max(lengths[:2] + lengths[3:4]) < 1.3


def test_ssml_emphasis_is_longer_and_louder_by_level() -> None:
    def loudness(level: str) -> tuple[float, float]:
        piece = ssml(f'<emphasis level="{level}">{SENTENCE}</emphasis>')
        return piece.duration_s, speech_rms(piece.sound.samples, 22050)

    levels = [loudness(level) for level in ("reduced", "none", "moderate", "strong")]
    assert levels == sorted(levels)
    assert [rms for _, rms in levels] == sorted(rms for _, rms in levels)


def test_ssml_say_as_sub_phoneme_break_and_voice_are_heard() -> None:
    assert ipa([ssml('<say-as interpret-as="characters">cat</say-as>')]) == "siːeɪtiː"
    assert ipa([ssml('<say-as interpret-as="digits">12</say-as>')]) == "wʌntuː"
    assert ipa([ssml('<say-as interpret-as="ordinal">3</say-as>')]) == "θɜːd"
    assert ipa([ssml('<sub alias="two">II</sub>')]) == "tuː"
    tomato = ssml('say <phoneme ph="təˈmɑːtəʊ">tomato</phoneme> now')
    assert "mɑː" in ipa([tomato])
    assert [word.text for word in tomato.words] == ["say", "tomato", "now"]
    assert ssml('One<break time="2s"/>two').duration_s - ssml("One two").duration_s > 1.8
    assert pitch_hz(ssml(f'<voice gender="female">{SENTENCE}</voice>')) > 1.5 * pitch_hz(ssml(SENTENCE))
    assert ipa([ssml('<lang xml:lang="fr">Bonjour</lang>')]) == "bɔ̃ʒuʁ"
    assert ipa([ssml("<p>One</p>")]) == "wʌn"


def test_a_pronunciation_that_cannot_be_said_is_told() -> None:
    assert "⟨x⟩" in notes('<speak><phoneme ph="⟨x⟩">yes</phoneme></speak>')[0]


@pytest.mark.parametrize(
    ("text", "language", "remedy"),
    [
        ("Привет, как дела?", "en", "--language ru"),
        ("你好世界", "", "--language cmn"),
        ("Καλημέρα κόσμε", "fr", "--language el"),
        ("漢字漢字漢字", "ja", "kana"),
    ],
)
def test_a_voice_that_cannot_read_the_script_is_refused_at_once(text: str, language: str, remedy: str) -> None:
    with pytest.raises(ScriptError, match="cannot read") as caught:
        speak(read_script(text), SpeakOptions(language=language))
    assert text[0] in caught.value.message
    assert remedy in caught.value.remedy


def test_what_is_skipped_is_told_and_nothing_else_is() -> None:
    told = notes("Hello 🙂 dear Москва friends, π is © 3.14 – naïve ½ №5")
    assert len(told) == 2
    assert "М о с к в а" in told[0] and "π" not in told[0]
    assert "🙂" in told[1] and "©" not in told[1]
    assert words(say("Hello 🙂👍🏽 there")) == ["Hello 🙂👍🏽", "there"]
    assert notes("Привет, мир! Hello.", language="ru") == []


def test_an_unknown_voice_or_language_is_refused_at_once_with_its_place() -> None:
    with pytest.raises(ScriptError, match=r"Nobody.*line 2") as caught:
        speak(read_script('<speak>Hi\n<voice name="Nobody">there</voice></speak>'))
    assert caught.value.line == 2
    with pytest.raises(ScriptError, match="“xx”"):
        speak(read_script('<speak>Hi <lang xml:lang="xx">there</lang></speak>'))
    with pytest.raises(UsageError, match="Nobody"):
        speak(read_script("Hi"), SpeakOptions(voice="Nobody"))


@pytest.mark.parametrize(
    ("body", "options", "voice_id"),
    [
        ("Hi", SpeakOptions(), "en-us"),
        ("Hi", SpeakOptions(voice="Olivia"), "en-us+f3"),
        ("Hi", SpeakOptions(language="de"), "de"),
        ('<lang xml:lang="en-GB">Hi</lang>', SpeakOptions(), "en-gb"),
        ('<lang xml:lang="en-GB">Hi</lang>', SpeakOptions(voice="Olivia"), "en-us+f3"),
        ('<lang xml:lang="fr">Salut</lang>', SpeakOptions(voice="Olivia"), "fr-fr+f2"),
        ('<voice gender="female">Hi</voice>', SpeakOptions(voice="James"), "en-us+f2"),
        ('<voice gender="female">Hallo</voice>', SpeakOptions(language="de"), "de+f2"),
        ('<voice name="Camille">Salut</voice>', SpeakOptions(), "fr-fr+f2"),
    ],
)
def test_the_script_and_the_options_choose_the_voice(body: str, options: SpeakOptions, voice_id: str) -> None:
    heard: list[str] = []

    class Listener:
        rate_hz = 8000

        def synthesize(self, line: Line, voice: Voice, options: SpeakOptions, events: object) -> Speech:
            heard.append(voice.id)
            return Speech(Sound(np.zeros(1, np.float32), 8000))

    list(speak(read_script(f"<speak>{body}</speak>"), options, ignore_events, Listener()))
    assert heard == [voice_id]


@pytest.mark.parametrize(
    "hostile", ["<prosody rate='1%'>", "]]>", "[[a", "\\", "|", "&#0;", "<mark name='9'/>", "%s%n", "_" * 200]
)
def test_markup_in_plain_text_is_only_text(hostile: str) -> None:
    (piece,) = say(f"Hello {hostile} there")
    assert words([piece])[0].split()[0] == "Hello"
    assert "ðɛɹ" in ipa([piece])


def test_another_engine_can_be_given() -> None:
    class Beep:
        rate_hz = 8000

        def synthesize(self, line: Line, voice: Voice, options: SpeakOptions, events: object) -> Speech:
            return Speech(Sound(np.full(len(line.text), 0.5, np.float32), 8000))

    pieces = list(speak(read_script("One. Two."), None, ignore_events, Beep()))
    assert [len(piece.sound.samples) for piece in pieces] == [4, 4]


def test_another_process_says_the_same() -> None:
    code = (
        "import hashlib; from phonoscope.script import read_script; from phonoscope.speech import speak;"
        f"print(hashlib.sha256(next(speak(read_script('{SENTENCE}'))).sound.samples.tobytes()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == hashlib.sha256(samples(say(SENTENCE)).tobytes()).hexdigest()


@pytest.mark.parametrize("voice", list_voices()[::37], ids=lambda voice: voice.id)
def test_voices_speak_their_sample(voice: Voice) -> None:
    pieces = list(speak(read_script(voice.sample), SpeakOptions(voice=voice.id)))
    assert sum(len(piece.phones) for piece in pieces) > 3
    assert speech_rms(samples(pieces), 22050) > 0.05
