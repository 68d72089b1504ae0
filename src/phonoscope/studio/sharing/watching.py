"""The page on which a shared video is watched: plain, without scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from typing import Any

from phonoscope.studio.renders.tables import Render
from phonoscope.studio.sharing.links import shared_captions, shared_poster, shared_video
from phonoscope.studio.sharing.words import Words

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1rem; padding: 1rem;
  box-sizing: border-box; background: Canvas; color: CanvasText; font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 0.5rem; font-size: 1.25rem; overflow-wrap: anywhere; }
video, .moving { display: block; max-width: 100%; max-height: 80vh; border-radius: 0.5rem; background: #0001; }
footer { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; justify-content: space-between; }
"""

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = "; ".join(
    (
        "default-src 'none'",
        "media-src 'self'",
        "img-src 'self'",
        f"style-src 'sha256-{_STYLE_HASH}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def watch_page(render: Render, url: str, words: Words) -> str:
    """Return the page of a render that is shared at an address."""
    video = shared_video(render)
    if video is None:
        return missing_page(words)
    title, address = escape(render.name), escape(url)
    file = f"{address}/{video.name}"
    meta = [
        f'<meta property="og:title" content="{title}">',
        '<meta property="og:type" content="video.other">',
        f'<meta property="og:url" content="{address}">',
    ]
    poster = shared_poster(render)
    if poster is not None:
        meta.append(f'<meta property="og:image" content="{address}/{poster.name}">')
    if video.media_type.startswith("image/"):
        shown = f'<img class="moving" src="{file}" alt="{title}">'
    else:
        meta.append(f'<meta property="og:video" content="{file}">')
        before = f' poster="{address}/{poster.name}"' if poster else ""
        captions = shared_captions(render)
        # Not twice: those that are drawn into the picture are enough.
        chosen = "" if _draws_captions(render.document) else " default"
        track = f'<track kind="captions" src="{address}/{captions.name}"{chosen}>' if captions else ""
        shown = f'<video src="{file}"{before} controls playsinline preload="metadata">{track}</video>'
    footer = f'<footer><a href="{file}?download=1" download>{words.download}</a><span>{words.made_with}</span></footer>'
    heading = f'<h1 dir="auto">{title}</h1>'
    return _page(title, "\n".join(meta), f"<main>\n{heading}\n{shown}\n</main>\n{footer}", words)


def missing_page(words: Words) -> str:
    """Return the page of what is not shared."""
    return _page(words.missing_title, "", f"<main><h1>{words.missing}</h1></main>", words)


def _draws_captions(document: Mapping[str, Any]) -> bool:
    """Tell whether captions are drawn into a video, or into some scenes of it."""
    told = (part.get("captions") for part in (document, *document["scenes"]))
    return any(one.get("shown", True) if isinstance(one, Mapping) else one for one in told)


def _page(title: str, meta: str, body: str, words: Words) -> str:
    return f"""<!doctype html>
<html lang="{words.language}" dir="{words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="/icon.svg">
{meta}
<style>{STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""
