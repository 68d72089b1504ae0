"""How a drawn character of the library looks."""

from __future__ import annotations

from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.thumbnails import THUMBNAIL_QUALITY, webp

PORTRAIT_PX = 256


def portrait(bench: Bench, claim: Claim) -> Done:
    """Draw the character that a job names."""
    from phonoscope.avatars.drawn.library import find_character
    from phonoscope.avatars.drawn.portraits import draw_portrait
    from phonoscope.core.frames import Picture

    key = claim.payload["key"]
    drawn = draw_portrait(find_character(str(claim.payload["avatar"])), PORTRAIT_PX)
    bench.store.put(key, webp(Picture(drawn), quality=THUMBNAIL_QUALITY))
    return Done({"key": key})
