"""What a new project begins with: something that works already."""

from __future__ import annotations

from typing import Any, Final

NAME: Final = "My first video"
UNNAMED: Final = "Untitled video"

AVATAR: Final = "anna"


def example() -> dict[str, Any]:
    """Return a document in which a friendly drawn avatar says one line, with captions."""
    return {
        "schema": "scene.1",
        "canvas": {"format": "16:9", "resolution": 720},
        "captions": {"shown": True, "style": "block"},
        "scenes": [
            {
                "avatars": [{"picture": f"avatar:{AVATAR}", "expression": "happy"}],
                "script": "Hello! I can say whatever you type. Change my words, or put your own picture in my place.",
            }
        ],
    }
