from __future__ import annotations

import hashlib
import os
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from tests.scene.document.scenes import document, faults, picture, read, scene

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.assets import FolderAssets
from phonoscope.scene.document.naming import WANTED
from phonoscope.scene.document.video import SceneDocument


def with_logo(image: str) -> dict[str, Any]:
    return document(scene(overlays=[{"kind": "logo", "image": image}]))


LOGO = "scenes[0].overlays[0].image"


def test_files_are_found_in_the_folder(tmp_path: Path) -> None:
    place = picture(tmp_path / "in" / "logo.png")
    found = read(with_logo("in/logo.png"), tmp_path)
    assert found.assets.path("in/logo.png") == place.resolve()
    assert found.folder == tmp_path.resolve()


@pytest.mark.parametrize(
    ("image", "told"),
    [
        ("/etc/passwd", "does not begin at the document's folder"),
        ("~/x.png", "does not begin at the document's folder"),
        ("../x.png", "leaves the document's folder"),
        ("in/../../x.png", "leaves the document's folder"),
        ("in/..", "leaves the document's folder"),
        ("C:/x.png", "drive"),
        ("c:x.png", "drive"),
        ("in\\x.png", "backslash"),
        ("\\\\server\\x.png", "backslash"),
        ("//server/x.png", "address"),
        ("https://example.org/x.png", "address"),
        ("file:///etc/passwd", "address"),
        ("data:image/png;base64,AAAA", "address"),
        ("avatr:anna", "is no path of a file. Did you mean avatar:?"),
        ("avatar:anna", "is no path of a file."),
        ("a\u202eb.png", "no file name has"),
        ("sha256:12", "no hash"),
        ("sha256:" + "0" * 64, "no file 000000000000"),
        ("none.png", "there is no file"),
        ("logoo.png", "Did you mean logo.png"),
        ("nowhere/x.png", "Its folder does not exist"),
        ("in", "is a folder"),
        (".", "is a folder"),
        ("empty.png", "is empty"),
        ("notes.png", "is text, but a picture is needed"),
        ("pipe", "not an ordinary file"),
        ("out.png", "a link that leaves"),
        ("circle.png", "circle"),
        ("away/x.png", "a link that leaves"),
        ("x" * 300, "cannot be read"),
        ("logo.png/x", "there is no file"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, image: str, told: str) -> None:
    folder = tmp_path / "doc"
    picture(folder / "logo.png")
    picture(tmp_path / "x.png")
    (folder / "in").mkdir()
    (folder / "empty.png").touch()
    (folder / "notes.png").write_text("notes")
    os.mkfifo(folder / "pipe")
    (folder / "out.png").symlink_to(tmp_path / "x.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")
    (folder / "away").symlink_to(tmp_path)
    found = faults(with_logo(image), folder)
    assert told in found[LOGO]


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    place = picture(tmp_path / "a.png")
    (tmp_path / "b.png").symlink_to(place)
    assert read(with_logo("b.png"), tmp_path).assets.path("b.png") == place.resolve()


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be read by this user")
def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    picture(tmp_path / "a.png").chmod(0)
    assert "may not be read" in faults(with_logo("a.png"), tmp_path)[LOGO]


def test_files_named_by_hash(tmp_path: Path) -> None:
    content = picture(tmp_path / "a.png").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / "assets").mkdir()
    place = tmp_path / "assets" / f"{digest}.webp"
    place.write_bytes(content)
    place.with_suffix(".rig.json").write_text("{}")
    assert read(with_logo(f"sha256:{digest.upper()}"), tmp_path).assets.path(f"sha256:{digest}") == place.resolve()
    place.write_bytes(content + b"x")
    assert "another content than its hash" in faults(with_logo(f"sha256:{digest}"), tmp_path)[LOGO]


def test_a_hash_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    content = picture(tmp_path / "a.png").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / "doc" / "assets").mkdir(parents=True)
    (tmp_path / "doc" / "assets" / digest).symlink_to(tmp_path / "a.png")
    assert "a link that leaves" in faults(with_logo(f"sha256:{digest}"), tmp_path / "doc")[LOGO]


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "tune.mp3").write_bytes(b"ID3" + bytes(100))
    (tmp_path / "a.cube").write_text("LUT_3D_SIZE 2\n" + "0 0 0\n" * 8)
    (tmp_path / "bad.cube").write_text("hello")
    picture(tmp_path / "pic.png")
    data = document(
        scene(sound="tune.mp3", background={"kind": "video", "video": "pic.png"}),
        scene(sound={"file": "pic.png"}, avatars=[{"picture": "avatar:nobody"}, {"picture": "avatar:anna"}]),
        scene(
            background={"kind": "image", "image": "tune.mp3"},
            avatars=[{"picture": "tune.mp3"}],
            filters=[{"kind": "lut", "file": "a.cube"}, {"kind": "lut", "file": "bad.cube"}],
            effects=["pop", "popp", "none.wav"],
            overlays=[{"kind": "text", "text": "x", "look": {"font": "Comic Sans"}},
                      {"kind": "text", "text": "x", "look": {"font": "Noto Sans"}},
                      {"kind": "text", "text": "x", "look": {"font": "pic.ttf"}}],
        ),
        music=["calm", "clam", "tune.mp3", "pic.png"],
    )  # fmt: skip
    found = faults(data, tmp_path)
    told = {
        "music[1]": "Did you mean calm?",
        "music[3]": "a picture (PNG), but a sound file",
        "scenes[0].background.video": "a video is needed",
        "scenes[1].sound.file": "a sound file is needed",
        "scenes[1].avatars[0].picture": "There is no avatar 'nobody'.",
        "scenes[2].background.image": "a picture is needed",
        "scenes[2].avatars[0].picture": "a photo or a drawn avatar is needed",
        "scenes[2].filters[1].file": "bad.cube",
        "scenes[2].effects[1]": "Did you mean pop",
        "scenes[2].effects[2]": "there is no file",
        "scenes[2].overlays[0].look.font": "There is no font 'Comic Sans'.",
        "scenes[2].overlays[2].look.font": "there is no file",
    }
    assert found.keys() == told.keys()
    for path, words in told.items():
        assert words in found[path]


def test_drawings_and_avatar_documents_are_taken(tmp_path: Path) -> None:
    (tmp_path / "me.avatar.json").write_text("{}")
    (tmp_path / "me.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    read(document(scene(avatars=[{"picture": "me.avatar.json"}, {"picture": "me.svg"}])), tmp_path)


def test_what_the_user_names_may_lie_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = picture(tmp_path / "mine" / "me.png")
    picture(tmp_path / "doc" / "me.png")
    monkeypatch.chdir(tmp_path / "mine")
    data = document(
        scene(avatars=[{"picture": "{{photo}}"}], overlays=[{"kind": "logo", "image": "me.png"}]),
        variables={"photo": {"kind": "picture"}},
    )
    for value in ("me.png", str(own), "../mine/me.png"):
        found = read(data, tmp_path / "doc", {"photo": value}, own_files=True)
        assert found.assets.path(found.document.scenes[0].avatars[0].picture).samefile(own)
        assert found.assets.path("me.png") == (tmp_path / "doc" / "me.png").resolve()
    assert faults(data, tmp_path / "doc", {"photo": str(own)}).keys() == {"scenes[0].avatars[0].picture"}
    assert (
        "no file"
        in faults(data, tmp_path / "doc", {"photo": "none.png"}, own_files=True)["scenes[0].avatars[0].picture"]
    )


def test_documents_do_not_reach_out_by_means_of_values(tmp_path: Path) -> None:
    picture(tmp_path / "x.png")
    (tmp_path / "doc").mkdir()
    part = with_logo("../{{name}}.png")
    assert "leaves" in faults(part, tmp_path / "doc", {"name": "x"}, own_files=True)[LOGO]
    default = {**with_logo("{{name}}"), "variables": {"name": {"default": str(tmp_path / "x.png")}}}
    assert "does not begin" in faults(default, tmp_path / "doc", own_files=True)[LOGO]


def test_a_value_may_be_an_avatar_or_a_piece_of_ours(tmp_path: Path) -> None:
    data = document(scene(avatars=[{"picture": "{{who}}"}]), music="{{tune}}")
    found = read(data, tmp_path, {"who": "avatar:anna", "tune": "calm"}, own_files=True).document
    assert (found.scenes[0].avatars[0].picture, found.music[0].source) == ("avatar:anna", "calm")


def test_assets_refuse_what_was_not_read(tmp_path: Path) -> None:
    with pytest.raises(SceneError):
        FolderAssets(tmp_path.resolve()).path("../x")


def test_what_was_read_goes_to_other_processes(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    found = read(with_logo("a.png"), tmp_path)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 (our own)
    assert again == found


def test_every_field_that_names_a_file_is_known() -> None:
    known = {(model.__name__, field) for model, field in WANTED}
    schema = SceneDocument.model_json_schema()
    for part, definition in schema["$defs"].items():
        for field, about in definition["properties"].items():
            formats = set(re.findall(r"'format': '([a-z]+)'", str(about))) - {"color", "moment"}
            if formats or field == "font":
                assert (part, field) in known
