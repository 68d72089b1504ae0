"""The page: what it tells the player, and that nothing in a document becomes code."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from phonoscope.interactive.labels import LABELS, direction_of, labels_for
from phonoscope.interactive.page import BLOCK_BYTES, PlayedScene, next_scene, write_page
from phonoscope.media.subtitles import Cue
from phonoscope.scene.document.video import SceneDocument
from tests.interactive.pages import Page
from tests.rendering.documents import opened, scene_document

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 \u2029 & \" '"


def silent(name: str, **more: Any) -> dict[str, Any]:
    """Return a scene in which nothing is said."""
    return {"id": name, "duration_s": 1, **more}


def document_of(folder: Path, **more: Any) -> SceneDocument:
    """Return a document that asks, and has two ways."""
    choices = [{"label": "Left", "goto": "left", "correct": True, "feedback": "Yes!"}, {"label": "Out"}]
    scenes = [
        silent("ask", interaction={"question": "Where?", "choices": choices, "wait_s": 4}),
        silent("left", description="A field."),
        silent("last"),
    ]
    return opened(scene_document(*scenes, **more), folder).document


def page_of(document: SceneDocument, folder: Path, at: str | None = None, data: bytes = b"video") -> Page:
    """Return the page of a document whose videos all are the same."""
    played = []
    for name in document.scene_ids:
        file = folder / f"{name}.mp4"
        file.write_bytes(data + name.encode())
        played.append(PlayedScene(name, file, (Cue("Hello.", 0.5, 1.25, "ANNA"),)))
    text = io.StringIO()
    write_page(text, document, played, at)
    return Page(text.getvalue())


def test_the_story_tells_where_every_scene_leads(tmp_path: Path) -> None:
    story = page_of(document_of(tmp_path, title="Ways", language="fr"), tmp_path).story
    assert (story["title"], story["language"], story["start"]) == ("Ways", "fr", "ask")
    ask, left, last = story["scenes"]
    assert ask["interaction"]["question"] == "Where?"
    assert ask["interaction"]["wait_s"] == 4
    assert [choice["goto"] for choice in ask["interaction"]["choices"]] == ["left", None]
    assert ask["interaction"]["choices"][0]["correct"] is True
    assert ask["interaction"]["choices"][1]["correct"] is None
    assert (left["next"], last["next"]) == ("last", None)
    assert left["description"] == "A field."
    assert left["cues"] == [[0.5, 1.25, "Hello.", "ANNA"]]
    assert story["labels"]["next"] == "Continuer"


def test_a_next_scene_that_is_told_comes_before_the_list(tmp_path: Path) -> None:
    scenes = [silent("a", next="c"), silent("b", next="end"), silent("c", next="b")]
    document = opened(scene_document(*scenes), tmp_path).document
    assert [next_scene(document, index) for index in range(3)] == ["c", None, "b"]


def test_videos_in_the_page_are_the_files_to_the_byte(tmp_path: Path) -> None:
    # Longer than one block, and no multiple of three.
    data = bytes(range(256)) * (BLOCK_BYTES // 256 + 1) + b"x"
    page = page_of(document_of(tmp_path), tmp_path, data=data)
    assert page.video("left") == data + b"left"
    assert [scene["video"] for scene in page.story["scenes"]] == [None] * 3


def test_videos_in_a_folder_are_named(tmp_path: Path) -> None:
    page = page_of(document_of(tmp_path), tmp_path, at="videos")
    assert [scene["video"] for scene in page.story["scenes"]] == [
        "videos/ask.mp4", "videos/left.mp4", "videos/last.mp4"
    ]  # fmt: skip
    assert not [told for told, _ in page.scripts if (told.get("id") or "").startswith("video-")]


def test_nothing_in_a_document_becomes_code(tmp_path: Path) -> None:
    choices = [{"label": HOSTILE, "feedback": HOSTILE}]
    scenes = [silent("one", description=HOSTILE, interaction={"question": HOSTILE, "choices": choices})]
    document = opened(scene_document(*scenes, title=HOSTILE, description=HOSTILE), tmp_path).document
    page, plain = page_of(document, tmp_path), page_of(document_of(tmp_path), tmp_path)
    assert page.texts["cover-title"] == HOSTILE
    assert page.metas["description"] == HOSTILE
    assert page.tags.count("script") == plain.tags.count("script") - 2  # two scenes less
    assert page.program == plain.program
    (scene,) = page.story["scenes"]
    assert scene["description"] == scene["interaction"]["question"] == HOSTILE
    assert scene["interaction"]["choices"][0]["label"] == HOSTILE


def test_fields_in_words_are_not_filled_in(tmp_path: Path) -> None:
    page = page_of(document_of(tmp_path, title="\\{{script}} and \\{{videos}}"), tmp_path)
    assert page.texts["cover-title"] == page.story["title"] == "{{script}} and {{videos}}"


def test_only_its_own_script_may_run_and_nothing_is_fetched(tmp_path: Path) -> None:
    page = page_of(document_of(tmp_path), tmp_path)
    policy = page.metas["Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(page.program.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:", policy)
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|eval|innerHTML)\b", page.program)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("de", "ltr"), ("", "ltr")])
def test_pages_run_in_the_direction_of_their_language(language: str, direction: str, tmp_path: Path) -> None:
    page = page_of(document_of(tmp_path, language=language), tmp_path)
    assert page.texts["dir"] == direction_of(language) == direction
    assert page.texts["lang"] == (language or "en")


def test_all_languages_say_the_same_things() -> None:
    for labels in LABELS.values():
        assert labels.keys() == LABELS["en"].keys()
        assert all(labels.values())
        assert "{seconds}" in labels["in"]
        assert "{right}" in labels["score"] and "{all}" in labels["score"]
    assert labels_for("pt-BR") is LABELS["pt"]
    assert labels_for("tlh") is LABELS["en"]


def test_the_player_says_only_what_there_are_words_for(tmp_path: Path) -> None:
    page = page_of(document_of(tmp_path), tmp_path)
    assert set(re.findall(r"\bsay\.(\w+)", page.program)) <= LABELS["en"].keys()
