"""What the page asks for first is made ready while the server starts: the lists of the catalogue take half a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from phonoscope.studio.catalogue.choices import choices
from phonoscope.studio.catalogue.fonts import fonts
from phonoscope.studio.catalogue.templates import found_templates
from phonoscope.studio.catalogue.voices import languages
from phonoscope.studio.documents.names import known_names
from phonoscope.studio.state import Studio


@asynccontextmanager
async def preparing(studio: Studio) -> AsyncIterator[None]:
    """Fill what is kept of the catalogue, beside the first requests."""
    task = asyncio.create_task(asyncio.to_thread(_prepare), name="catalogue")
    yield
    await task


def _prepare() -> None:
    choices()
    languages()
    fonts()
    found_templates("landscape", "", "")
    known_names()
