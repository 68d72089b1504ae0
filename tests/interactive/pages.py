"""Reading pages as a browser does."""

from __future__ import annotations

import base64
import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """A page that has been read.

    Attributes
    ----------
    scripts
        The text of each script, with its attributes.
    texts
        By id: what stands in an element.
    metas
        By name: what the page's head tells.
    tags
        The name of each element that begins.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.texts: dict[str, str] = {}
        self.metas: dict[str, str] = {}
        self.tags: list[str] = []
        self._inside = ""
        self._id = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        told = dict(attrs)
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append((told, ""))
        if tag == "meta":
            self.metas[told.get("name") or told.get("http-equiv") or ""] = told.get("content") or ""
        if tag == "html":
            self.texts["lang"], self.texts["dir"] = told.get("lang") or "", told.get("dir") or ""
        self._inside, self._id = tag, told.get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends."""
        self._inside = self._id = ""

    def handle_data(self, data: str) -> None:
        """Note the text of an element that holds nothing else."""
        if self._inside == "script":
            told, text = self.scripts[-1]
            self.scripts[-1] = told, text + data
        elif self._id:
            self.texts[self._id] = self.texts.get(self._id, "") + data

    @property
    def program(self) -> str:
        """The script that runs."""
        (text,) = [text for told, text in self.scripts if not told]
        return text

    @property
    def story(self) -> dict[str, Any]:
        """What the player is told."""
        (text,) = [text for told, text in self.scripts if told.get("id") == "story"]
        story: dict[str, Any] = json.loads(text)
        return story

    def video(self, name: str) -> bytes:
        """Return a video that lies in the page."""
        (text,) = [text for told, text in self.scripts if told.get("id") == f"video-{name}"]
        return base64.b64decode(text, validate=True)
