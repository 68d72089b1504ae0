import pytest

from phonoscope.core.errors import ScriptError
from phonoscope.core.script import Line, Pause, Span, Style
from phonoscope.script import read_script


def lines(body: str) -> tuple[Line, ...]:
    return read_script(f"<speak>{body}</speak>").lines


def spans(body: str) -> list[Span]:
    return [part for line in lines(body) for part in line.parts if isinstance(part, Span)]


def style(body: str) -> Style:
    return spans(body)[0].style


@pytest.mark.parametrize(
    "start",
    ["", "\ufeff", "  \n", '<?xml version="1.0"?>', '\n<?xml version="1.0" encoding="UTF-16"?>\n', "<!-- hi -->"],
)
def test_ssml_is_recognised(start: str) -> None:
    script = read_script(f'{start}<speak version="1.1" xml:lang="en-GB">Hello</speak>')
    assert [(line.text, line.language) for line in script.lines] == [("Hello", "en-GB")]


def test_text_with_an_angle_bracket_is_plain() -> None:
    assert read_script("a <b> c").lines[0].text == "a <b> c"
    assert read_script("<speaker> says hi").lines[0].text == "<speaker> says hi"


def test_paragraphs_and_sentences() -> None:
    got = lines("<p><s>One</s> <s>Two</s></p><p>Three</p>")
    assert [line.text for line in got] == ["One", "Two", "Three"]
    assert [[p.duration_s for p in line.parts if isinstance(p, Pause)] for line in got] == [[0.4], [0.7], []]


@pytest.mark.parametrize(
    ("element", "duration_s"),
    [
        ('<break time="1s"/>', 1.0),
        ('<break time="250ms"/>', 0.25),
        ('<break strength="strong"/>', 0.7),
        ("<break/>", 0.4),
    ],
)
def test_breaks(element: str, duration_s: float) -> None:
    for body in (f"One {element} two.", f"One. {element} Two.", f"<p>One.</p>{element}<p>Two.</p>"):
        found = [p.duration_s for line in lines(body) for p in line.parts if isinstance(p, Pause)]
        assert found == [duration_s], body


def test_a_break_of_none_takes_the_pause_away() -> None:
    assert not any(isinstance(p, Pause) for line in lines('One. <break strength="none"/> Two.') for p in line.parts)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('rate="fast"', Style(rate=1.25)),
        ('rate="50%"', Style(rate=0.5)),
        ('rate="+20%"', Style(rate=1.2)),
        ('rate="1.5"', Style(rate=1.5)),
        ('rate="9000%"', Style(rate=4.0)),
        ('rate="nonsense"', Style()),
        ('pitch="high"', Style(pitch=1.2)),
        ('pitch="-10%"', Style(pitch=0.9)),
        ('pitch="+12st"', Style(pitch=2.0)),
        ('pitch="200Hz"', Style()),
        ('pitch="+30Hz"', Style(pitch=1.2)),
        ('volume="-6dB"', Style(volume_db=-6)),
        ('volume="+500dB"', Style(volume_db=12)),
        ('volume="50"', Style(volume_db=-6.0206)),
        ('volume="loud"', Style(volume_db=4)),
        ('volume="silent"', Style(volume_db=-100)),
    ],
)
def test_prosody(attributes: str, expected: Style) -> None:
    got = style(f"<prosody {attributes}>x</prosody>")
    assert (got.rate, got.pitch, got.volume_db) == pytest.approx((expected.rate, expected.pitch, expected.volume_db))


def test_prosody_nests() -> None:
    assert style('<prosody rate="50%"><prosody rate="150%">x</prosody></prosody>').rate == pytest.approx(0.75)


def test_styles_are_spans_of_one_line() -> None:
    got = spans('This is <emphasis level="strong">very</emphasis> good.')
    assert [(s.text, s.style.emphasis) for s in got] == [("This is", ""), (" very", "strong"), (" good.", "")]
    assert lines("un<emphasis>believ</emphasis>able")[0].text == "unbelievable"


def test_sub_phoneme_and_say_as() -> None:
    sub, phoneme, say_as = spans(
        '<sub alias="World  Wide Web">WWW</sub> <phoneme alphabet="ipa" ph="təˈmɑːtəʊ">tomato</phoneme>'
        ' <say-as interpret-as="characters">U.S. A</say-as>'
    )
    assert (sub.text, sub.spoken) == ("WWW", "World  Wide Web")
    assert (phoneme.text.strip(), phoneme.phonemes) == ("tomato", "təˈmɑːtəʊ")
    assert (say_as.text.strip(), say_as.style.say_as) == ("U.S. A", "characters")


def test_a_sentence_end_inside_a_substitution_does_not_cut_it() -> None:
    assert [line.text for line in lines('<sub alias="x">One. Two.</sub> yes')] == ["One. Two. yes"]


def test_a_foreign_alphabet_is_passed_over() -> None:
    assert spans('<phoneme alphabet="x-sampa" ph="t@">to</phoneme>') == [Span("to")]


def test_voice_and_language_begin_a_line() -> None:
    got = lines('She said <voice name="Emma Olivia">Hi!</voice> and <lang xml:lang="fr">bonjour</lang> again.')
    assert [(line.text, line.voice, line.language) for line in got] == [
        ("She said", "", ""),
        ("Hi!", "Emma", ""),
        ("and", "", ""),
        ("bonjour", "", "fr"),
        ("again.", "", ""),
    ]
    (line,) = lines('<voice gender="female" languages="fr:fr-CA en">Salut</voice>')
    assert (line.voice, line.language) == ("female", "fr")


def test_unknown_elements_keep_their_text_and_metadata_does_not() -> None:
    assert lines("<metadata>who</metadata>a <foo:bar x='1'>b</foo:bar> <audio src='x'>c</audio>")[0].text == "a b c"


def test_white_space_is_one_space() -> None:
    assert lines("\n  Hello\n   <emphasis> big </emphasis>\n world ")[0].text == "Hello big world"


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("<speak>\n<p>\n    <emphasis>b</p></speak>", 3, 5, "<emphasis> opened at line 3 column 5 is never closed"),
        ("<speak>\n <p>abc", 2, 2, "<p> opened at line 2 column 2 is never closed"),
        ("<speak>abc", 1, 1, "<speak> opened"),
        ("<speak><p></b></p></speak>", 1, 13, "</b> at line 1 column 13 closes nothing"),
        ("<speak>a & b</speak>", 1, 10, "bare &"),
        ("<speak>é a < b</speak>", 1, 12, "bare <"),
        ("<speak>a &nbsp; b</speak>", 1, 10, "&nbsp;"),
        ("<speak>x</speak>y", 1, 17, "behind the end"),
        ("<speak>x</speak></speak>", 1, 18, "behind the end"),
        ("<speak>AT&T rocks</speak>", 1, 10, "bare &"),
        ("<speak>R&D.</speak>", 1, 9, "bare &"),
        ("<speak>&#0;</speak>", 1, 8, "no character"),
        ("<SPEAK>x</SPEAK>", 1, 1, "not how SSML begins"),
        ("<p>x</p>", 1, 1, "not how SSML begins"),
        ("\n\n<speak>a & b</speak>", 3, 10, "bare &"),
        ("<speak>\n a <p", 2, 4, "breaks off"),
        ('<speak><break time="soon"/>a</speak>', 1, 8, "“soon”"),
        ('<speak>a<break time="500s"/></speak>', 1, 9, "500 s"),
        ('<?xml version="1.0"?><html>x</html>', 1, 22, "<html>"),
        ("<speak>" + "<p>" * 100 + "</speak>", 1, 197, "64 elements deep"),
    ],
)
def test_errors_say_where(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("start", ["", '<?xml version="1.0"?>\n'])
def test_document_types_are_refused(start: str) -> None:
    bomb = '<!DOCTYPE speak [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><speak>&b;</speak>'
    with pytest.raises(ScriptError, match="DOCTYPE") as caught:
        read_script(start + bomb)
    assert (caught.value.line, caught.value.column) == (1 + start.count("\n"), 1)


def test_markup_alone_is_refused() -> None:
    with pytest.raises(ScriptError, match="nothing"):
        read_script('<speak><p> <break time="1s"/> </p></speak>')


@pytest.mark.parametrize(
    "body",
    [
        f'<sub alias="{"a" * 301}">x</sub>',
        f'<sub alias="x">{"a " * 301}</sub>',
        f'<phoneme ph="{"a" * 301}">x</phoneme>',
    ],
)
def test_what_cannot_be_cut_may_not_be_long(body: str) -> None:
    with pytest.raises(ScriptError, match="more than 300 characters") as caught:
        lines(body)
    assert (caught.value.line, caught.value.column) == (1, 8)


def test_a_long_say_as_is_cut() -> None:
    got = lines(f'<say-as interpret-as="characters">{"ab " * 400}</say-as>')
    assert len(got) > 3
    assert {span.style.say_as for line in got for span in line.parts if isinstance(span, Span)} == {"characters"}
