import pytest

from phonoscope.speech.reading_aloud import respell


def spoken(text: str, language: str = "en-US") -> str:
    return "".join(said for said, _, _ in respell(text, language))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$3.50", "3 dollars 50"),
        ("$1", "1 dollar"),
        ("£1,000.", "1000 pounds."),
        ("€20.00!", "20 euros!"),
        ("$2.5 million", "2.5 million dollars"),
        ("$3.505", "$3.505"),
        ("a$b $x", "a$b $x"),
    ],
)
def test_money_is_said_in_order(text: str, said: str) -> None:
    assert spoken(text) == said
    assert spoken(text, "fr-FR") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“Go!” *now*", " Go!   now "),
        ("[[a]]", "  a  "),
        ("U.S. Army", "U.S  Army"),
        ("the U.S.", "the U.S."),
        ("on 2024-05-01.", "on 2024 05 01."),
        ("555-0100 x-ray", "555-0100 x-ray"),
        ("2 * 3", "2 * 3"),
    ],
)
def test_what_must_not_be_read_becomes_as_many_spaces(text: str, said: str) -> None:
    assert spoken(text) == said
    assert len(said) == len(text)


def test_positions_point_into_the_text() -> None:
    text = "pay $3.50 now"
    parts = list(respell(text, "en"))
    assert [(start, same) for _, start, same in parts] == [(0, True), (4, False), (9, True)]
    assert all(text[start:].startswith(said) for said, start, same in parts if same)
