"""The commands with --server: files go there, a video comes back, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response

from phonoscope.core.errors import InputError, MachineError
from tests.cli.conftest import Run
from tests.remote.conftest import There
from tests.studio.assets.samples import sound
from tests.studio.conftest import log_in
from tests.studio.live import serving


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def written(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def voice() -> Path:
    return written("voice.wav", sound(1.0))


def scene(there: There) -> dict[str, Any]:
    found: dict[str, Any] = there.document["scenes"][0]
    return found


def test_a_character_speaks_there(run: Run, there: There) -> None:
    ran = run("say", "avatar:anna", "Hello {{you}}!", "--server", there.url, "-o", "a.mp4")
    assert ran.code == 0, ran.err
    assert Path("a.mp4").read_bytes() == there.files["video.mp4"]
    assert ran.out.startswith("a.mp4: 1.5 s of video")
    assert scene(there)["script"] == "Hello \\{{you}}!"
    assert scene(there)["avatars"][0]["picture"] == "avatar:anna"
    assert (there.document["canvas"]["width"], there.document["canvas"]["height"]) == (1080, 1080)
    assert there.renders()[0].project_id is None


def test_options_mean_there_what_they_mean_here(run: Run, there: There) -> None:
    there.files = {"video.webm": b"w" * 50, "video.srt": b"1\n"}
    ran = run(
        "say", "avatar:anna", "HOST: Hi!\nGUEST: Ho!", "--server", f"{there.url}/", "-o", "talk.webm", "--srt",
        "--captions", "--voice", "french-female", "--rate", "1.2", "--effect", "hall", "--expression", "happy",
        "--strength", "0.5", "--style", "calm", "--gaze=10, -5", "--size", "480p", "--fit", "crop", "--fps", "25",
        "--seed", "7", "--frame", "--background", "gradient:navy,white,right", "--caption-font", "Caveat",
        "--title", "T", "--listeners", "--cast", "HOST=left:british-male", "--cast", "GUEST=off",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert Path("talk.srt").read_text() == "1\n" and "and talk.srt" in ran.out
    document, told = there.document, scene(there)
    assert document["canvas"] == {"width": 854, "height": 480, "fps": "25"}
    assert document["voice"] == {
        "name": "french-female", "language": "", "rate": 1.2, "pitch": 1.0, "pauses": 1.0, "effect": "hall",
        "speakers": {"HOST": "british-male"},
    }  # fmt: skip
    assert document["captions"] == {"shown": True, "font": "Caveat"}
    assert (document["title"], document["seed"]) == ("T", 7)
    assert told["background"] == {"kind": "gradient", "colours": ["#000080", "#ffffff"], "direction": "right"}
    assert told["avatars"] == [
        {
            "picture": "avatar:anna", "fit": "crop", "faces": {"HOST": "left", "GUEST": "off"}, "listeners": True,
            "expression": "happy", "expression_strength": 0.5, "style": "calm", "gaze": "10,-5", "close_up": True,
        }
    ]  # fmt: skip
    options = there.renders()[0].options
    assert options["format"] == "webm" and options["companions"] == ["srt"]


def test_a_photo_is_uploaded_with_its_marks(
    run: Run, there: There, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[bytes] = []
    monkeypatch.setattr(
        "phonoscope.studio.assets.routes.put_marks", lambda studio, asset, content: marked.append(content)
    )
    photo.with_suffix(".rig.json").write_text('{"schema": "rig.1"}')
    ran = run("say", photo, "Hello!", "--server", there.url, "-o", "p.mp4", "--background", str(photo))
    assert ran.code == 0, ran.err
    reference = scene(there)["avatars"][0]["picture"]
    assert reference.startswith("sha256:") and scene(there)["background"] == {"kind": "image", "image": reference}
    assert marked == [b'{"schema": "rig.1"}']
    # The whole photo, enlarged as on this computer: the studio says that it has 300 by 200 pixels.
    assert (there.document["canvas"]["width"], there.document["canvas"]["height"]) == (720, 480)


def test_a_recording_is_uploaded(run: Run, there: There, voice: Path) -> None:
    ran = run(
        "lip", "avatar:anna", voice, "--server", there.url, "-o", "l.mp4", "--text", "Hello {{x}}", "--trim", "0s:0.5s",
        "--pitch", "+3st", "--speed", "1.5", "--enhance", "--language", "fr",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    told = scene(there)["sound"]
    assert told["file"].startswith("sha256:") and told["transcript"] == "Hello \\{{x}}"
    assert (told["start_s"], told["end_s"], told["speed"], told["enhance"]) == (0.0, 0.5, 1.5, True)
    assert told["pitch"] == pytest.approx(2 ** (3 / 12)) and "script" not in scene(there)


def test_a_document_is_rendered_there(run: Run, there: There, photo: Path) -> None:
    written("face.png", photo.read_bytes())
    document = {
        "schema": "scene.1",
        "variables": {"name": {}},
        "music": "calm",
        "scenes": [
            {
                "avatars": [{"picture": "face.png"}],
                "script": "Hello {{name}}!",
                "overlays": [{"kind": "logo", "image": "face.png"}],
            }
        ],
    }
    written("s.json", json.dumps(document))
    there.files = {"video.mp4": b"film", "video.vtt": b"v", "video.described.mp4": b"d"}
    ran = run(
        "render", "s.json", "--server", there.url, "--set", "name={{Ann}}", "--draft", "--fps", "25",
        "--loudness", "-16", "--also", "vtt,description", "--preset", "web",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert [Path(name).read_bytes() for name in ("s.mp4", "s.vtt", "s.described.mp4")] == [b"film", b"v", b"d"]
    told = scene(there)
    assert told["script"] == "Hello \\{{Ann}}!" and "variables" not in there.document
    assert told["avatars"][0]["picture"] == told["overlays"][0]["image"] != "face.png"
    assert there.document["canvas"]["fps"] == "25" and there.document["loudness_lufs"] == -16
    options = there.renders()[0].options
    assert options["resolution"] == 360 and options["preset"] == "web"
    assert set(options["companions"]) == {"vtt", "description"}


def test_progress_is_told_as_it_happens(run: Run, there: There, photo: Path) -> None:
    ran = run("say", photo, "Hello!", "--server", there.url, "-o", "a.mp4", "--json")
    assert ran.code == 0
    stages = [event["stage"] for event in ran.events if event["event"] == "stage"]
    assert stages == ["upload", "remote", "download"]
    told = [event["done"] for event in ran.events if event["event"] == "progress" and event["stage"] == "remote"]
    assert told == sorted(told)
    assert ran.events[-1] == {"event": "file", "path": "a.mp4"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--volume", "0.5"], "--volume"),
        (["--mouth", "open"], "--mouth"),
        (["--enhance"], "--enhance"),
        (["--cast", "A=10,20"], "--cast with a point"),
        (["--captions", "--caption-font", "mine.ttf"], "--caption-font"),
        (["--phones"], "--phones"),
        (["--format", "webm", "-o", "a.mp4"], "WEBM"),
        (["-o", "a_%05d.png"], "a_%05d.png"),
    ],
)
def test_options_that_do_not_travel_are_refused(run: Run, there: There, arguments: list[str], told: str) -> None:
    written("mine.ttf", "x")
    ran = run("say", "avatar:anna", "Hello!", "--server", there.url, *arguments)
    assert ran.code == 2 and told in ran.err, ran.err
    assert there.renders() == []


@pytest.mark.parametrize(
    "arguments",
    [["--watch"], ["--codec", "av1"], ["--quality", "3"], ["--max-size", "1MB"], ["--jobs", "1"], ["--fresh"]],
)
def test_what_only_this_computer_does_is_refused(run: Run, there: There, arguments: list[str]) -> None:
    ran = run("render", "greeting", "--server", there.url, *arguments)
    assert ran.code == 2 and arguments[0] in ran.err and there.renders() == []


def test_words_that_nobody_knows_cannot_be_shown(run: Run, there: There, voice: Path) -> None:
    ran = run("lip", "avatar:anna", voice, "--server", there.url, "--captions")
    assert ran.code == 2 and "--transcript" in ran.err


def test_what_exists_is_not_replaced_and_nothing_is_sent_for_it(run: Run, there: There) -> None:
    written("b.credits.txt", "mine")
    assert run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "b.mp4").code == 2
    written("a.mp4", "mine")
    assert run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4").code == 2
    assert Path("a.mp4").read_text() == "mine" and there.renders() == []
    assert run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4", "--overwrite").code == 0
    assert Path("a.mp4").read_bytes() == there.files["video.mp4"]


def test_who_has_no_key_or_no_consent_is_told(
    run: Run, there: There, photo: Path, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(app, "ben")
    monkeypatch.delenv("PHONOSCOPE_API_KEY")
    ran = run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4")
    assert ran.code == 2 and "--api-key" in ran.err
    ran = run("say", photo, "Hello!", "--server", there.url, "-o", "a.mp4", "--api-key", "psk_ben-key-for-tests")
    assert ran.code == 2 and "have not stated" in ran.err
    ran = run(
        "say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4", "--api-key", "psk_ben-key-for-tests"
    )
    assert ran.code == 0, ran.err


def test_faults_of_a_file_are_told_with_what_to_do(run: Run, there: There) -> None:
    written("b.png", b"\x89PNG\r\n\x1a\n broken")
    ran = run("say", "b.png", "Hello!", "--server", there.url, "-o", "a.mp4")
    assert ran.code == 3 and "b.png" in ran.err and "Mend it." in ran.err
    ran = run("say", "avatar:nobody-at-all", "Hello!", "--server", there.url, "-o", "a.mp4")
    assert ran.code == 3 and "nobody-at-all" in ran.err
    assert not list(Path().glob("*.mp4")) and not list(Path().glob(".*"))


@pytest.mark.parametrize(("fault", "code"), [(InputError("No face.", "Another photo."), 3), (MachineError("Full."), 4)])
def test_what_goes_wrong_there_is_told_here(run: Run, there: There, fault: Exception, code: int) -> None:
    there.fault = fault
    ran = run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4")
    assert ran.code == code and str(fault).split()[0] in ran.err and not Path("a.mp4").exists()


def test_a_file_that_does_not_come_whole_does_not_appear(run: Run, there: There) -> None:
    there.files = {"video.mp4": b"film", "video.srt": b"never"}
    put = there.studio.store.put

    def cut(key: str, content: Any) -> None:
        put(key, content[:2] if key.endswith(".srt") else content)

    object.__setattr__(there.studio.store, "put", cut)
    ran = run("say", "avatar:anna", "Hello!", "--server", there.url, "-o", "a.mp4", "--srt")
    assert ran.code == 4 and "whole" in ran.err, ran.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("url", ["studio", "ftp://x", "http://", "http://a b:x", "http://anna:pw@x"])
def test_what_is_no_address_is_told(run: Run, url: str) -> None:
    ran = run("say", "avatar:anna", "Hello!", "--server", url)
    assert ran.code == 2 and "address" in ran.err


def test_a_server_that_is_not_there_is_told(run: Run, there: There) -> None:
    ran = run("say", "avatar:anna", "Hello!", "--server", "http://127.0.0.1:9", "-o", "a.mp4")
    assert ran.code == 4 and "does not answer" in ran.err and "phonoscope studio" in ran.err


@pytest.mark.parametrize("status", [200, 404, 302])
def test_a_server_of_another_kind_is_told(run: Run, there: There, status: int) -> None:
    strange = FastAPI()
    strange.add_api_route("/{path:path}", lambda path: Response("<html>", status, media_type="text/html"))
    with serving(strange) as url:
        ran = run("say", "avatar:anna", "Hello!", "--server", url, "-o", "a.mp4")
    assert ran.code == 2 and "no Phonoscope studio" in ran.err
