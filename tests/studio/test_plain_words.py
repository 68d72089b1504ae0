"""The engine's sentences about commands, as the page says them."""

import pytest

from phonoscope.studio.plain_words import in_plain_words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("List them: phonoscope avatars.", "Choose a character in the step Picture."),
        (
            "Try french-male. “phonoscope voices” lists all of them.",
            "Try french-male. Choose one from the list of voices.",
        ),
        (
            "Give a code such as hi; 'phonoscope voices' lists them.",
            "Give a code such as hi. Choose one from the list of voices.",
        ),
        ("Choose one of its own: phonoscope avatars --style open-peeps.", "Choose a character in the step Picture."),
        (
            "It leans 9.5 degrees: phonoscope crop a.jpg straightens it. Try.",
            "Crop and straighten it in the step Picture. Try.",
        ),
        (
            "Choose a language that is written so, for example --language ru.",
            "Choose a language that is written so.",
        ),
        ("Upload it again.", "Upload it again."),
    ],
)
def test_commands_become_places_on_the_page(said: str, told: str) -> None:
    assert in_plain_words(said) == told
