"""A drawn avatar is laid out at the size of the video, and given its part and its voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from phonoscope import VideoChoices, make_video
from phonoscope.avatars.drawn.framing import head_box
from phonoscope.avatars.drawn.source import DrawnSource, drawn_source, load_puppet
from phonoscope.casting import Cast, cast, with_fitting_voice
from phonoscope.choices import Role
from phonoscope.core.errors import UsageError
from phonoscope.core.events import ignore_events
from phonoscope.core.performance import pose
from phonoscope.media.probe import probe
from phonoscope.speech import SpeakOptions

HOST = Role("HOST", "off")


def laid_out(name: str, speakers: tuple[str, ...] = (), container: str = "mp4", **choices: Any) -> Cast:
    """Cast a character of the library."""
    return cast(f"avatar:{name}", container, VideoChoices(**choices), speakers, ignore_events)


def drawing(name: str, **choices: Any) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return where something is drawn that is not background."""
    picture = laid_out(name, background="transparent", **choices).avatar.picture
    assert picture.alpha is not None
    return np.asarray(picture.alpha > 128)


def test_a_video_has_the_size_that_was_asked_for_and_is_square_otherwise() -> None:
    assert laid_out("bolt", size="200x120").avatar.size_px == (200, 120)
    assert laid_out("bolt", container="gif").avatar.size_px == (480, 480)
    assert laid_out("bolt").avatar.size_px == (1080, 1080)


def test_an_upright_video_is_filled_by_the_head_but_cuts_nothing_off() -> None:
    whole, nearer = drawing("grumble", size="180x320", fit="pad"), drawing("grumble", size="180x320")
    assert nearer.sum() > 1.15 * whole.sum()
    assert not nearer[:4].any()
    head = nearer[: nearer.shape[0] // 2]
    assert not head[:, :2].any()
    assert not head[:, -2:].any()


@pytest.mark.parametrize("name", ["bolt", "moss", "sunny", "anna"])
@pytest.mark.parametrize("choices", [{"frame": True}, {"fit": "crop"}], ids=["frame", "crop"])
@pytest.mark.parametrize("size", ["240x136", "136x240"])
def test_nearer_pictures_keep_hair_and_ears(name: str, choices: dict[str, Any], size: str) -> None:
    seen = drawing(name, size=size, **choices)
    assert seen.any()
    assert not seen[0].any()


def test_a_wide_picture_is_whole_unless_it_is_to_be_cropped() -> None:
    whole, cropped = drawing("sunny", size="240x136"), drawing("sunny", size="240x136", fit="crop")
    assert (whole == drawing("sunny", size="240x136", fit="pad")).all()
    assert cropped.sum() > 1.05 * whole.sum()


def test_the_mouth_moves_where_the_face_is_after_framing() -> None:
    framed = laid_out("diego", size="240x136", frame=True, background="transparent").avatar
    source = drawn_source("avatar:diego")
    assert isinstance(source, DrawnSource)
    rest, open_ = (framed.draw(pose(lipGap=gap, jawOpen=8 * gap)).astype(int) for gap in (0.0, 0.09))
    rows, columns = np.nonzero(np.abs(open_ - rest).max(-1) > 60)
    x0, y0, x1, y1 = head_box(load_puppet(source, (240, 136)))
    assert rows.size > 10
    # Lower half of a head in the middle, larger than in the whole picture.
    assert 100 < columns.mean() < 140
    assert rows.mean() > 68
    assert np.ptp(columns) < 2 * (x1 - x0)
    assert y1 > y0


def test_a_head_reaches_from_hair_to_chin() -> None:
    source = drawn_source("avatar:anna")
    assert source is not None
    puppet = load_puppet(source, (256, 256))
    x0, y0, x1, y1 = head_box(puppet)
    build = puppet.build
    assert y1 == build.centre_px[1] + build.face_height_px / 2
    assert 0 < y0 < build.centre_px[1] - build.face_height_px / 2
    assert 0 < x0 < build.centre_px[0] < x1 < 256


def test_a_blurred_background_is_the_drawings_own_colour(tmp_path: Path) -> None:
    own = laid_out("sunny", size="64x64")
    blurred = laid_out("sunny", size="64x64", background="blur")
    assert blurred.avatar.picture.alpha is not None
    assert own.avatar.picture.rgb[0, 0].tolist() == blurred.canvas.picture.rgb[0, 0].tolist()
    assert np.abs(own.canvas.picture.rgb.astype(int) - blurred.canvas.picture.rgb).max() <= 24


def test_whoever_is_called_like_the_character_is_to_be_seen() -> None:
    with pytest.raises(UsageError) as refused:
        laid_out("bolt", ("HOST", "BOLT", "GUEST"))
    assert refused.value.remedy == "Let the others be heard only: --cast HOST=off --cast GUEST=off."
    part = laid_out("bolt", ("HOST", "BOLT"), roles=(HOST,), size="64x64").parts[0]
    assert part.speaker == "BOLT"


def test_a_single_speaker_needs_no_part() -> None:
    assert laid_out("bolt", ("BOLT",), size="64x64").parts[0].speaker == ""
    assert laid_out("bolt", size="64x64").parts[0].speaker == ""


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({"face": 2}, "only one"),
        ({"marks": Path("a.rig.json")}, "no rig file"),
        ({"roles": (Role("NOBODY", "off"),)}, "Nobody called 'NOBODY'"),
        ({"roles": (HOST, Role("GUEST", 2))}, "another face"),
        ({"roles": (HOST, Role("GUEST", (10, 10)))}, "another face"),
        ({"roles": (HOST, Role("GUEST", "off"))}, "anything to say"),
    ],
)
def test_what_only_photos_have_is_refused(choices: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        laid_out("bolt", ("HOST", "GUEST"), **choices)


@pytest.mark.parametrize(
    ("name", "told"),
    [("boltt", "Did you mean bolt"), ("", "no name"), ("micah", "is a style"), ("zzzzzz", "no character")],
)
def test_wrong_names_are_told(name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        drawn_source(f"avatar:{name}")


def test_a_name_alone_is_told_how_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as refused:
        drawn_source("Anna")
    assert "avatar:anna" in refused.value.remedy
    assert drawn_source("nobodyiscalledso") is None
    assert drawn_source("x" * 500) is None
    (tmp_path / "anna").write_bytes(b"a picture, perhaps")
    assert drawn_source("anna") is None


def test_the_voice_suits_whoever_is_seen() -> None:
    def voice(*speakers: str, **choices: Any) -> SpeakOptions:
        return with_fitting_voice("avatar:anna", VideoChoices(**choices), speakers).speech

    assert voice().voice == "female"
    assert voice("ANNA").voice == "female"
    assert voice(speech=SpeakOptions(voice="fr")).voice == "fr"
    dialogue = voice("HOST", "GUEST", roles=(HOST,))
    assert (dialogue.voice, dict(dialogue.voices)) == ("", {"GUEST": "female"})
    chosen = voice("HOST", "GUEST", roles=(HOST,), speech=SpeakOptions(voices={"GUEST": "french"}))
    assert dict(chosen.voices) == {"GUEST": "french"}
    assert with_fitting_voice("avatar:diego", VideoChoices(), ()).speech.voice == "male"
    assert with_fitting_voice("avatar:bolt", VideoChoices(), ()).speech.voice == ""


def test_makers_are_named_beside_the_video_and_in_it(tmp_path: Path) -> None:
    video = make_video("avatar:anna", "Hi.", tmp_path / "a.mp4", VideoChoices(size="64x64", fps=10))
    assert video.sidecars == (tmp_path / "a.credits.txt",)
    assert "CC BY 4.0" in (tmp_path / "a.credits.txt").read_text()
    assert "CC BY 4.0" in probe(tmp_path / "a.mp4").tags["copyright"]
    pictures = make_video(
        "avatar:anna", "Hi.", tmp_path / "b_%04d.png", VideoChoices(size="64x64", fps=10, sidecars=frozenset({"srt"}))
    )
    assert [path.name for path in pictures.sidecars] == ["b.srt", "b.credits.txt"]


def test_two_runs_give_the_same_file(tmp_path: Path) -> None:
    for name in "ab":
        make_video("avatar:anna", "Hello [nod] there.", tmp_path / f"{name}.mp4", VideoChoices(size="96x96", fps=10))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
