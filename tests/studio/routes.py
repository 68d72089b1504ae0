"""All addresses of the API, as its routers have them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi.routing import APIRoute

from phonoscope.studio.app import ROUTERS

PUBLIC = {
    ("POST", "/api/v1/session"),
    ("OPTIONS", "/api/v1/uploads"),
    ("GET", "/s/{token}"),
    ("GET", "/s/{token}/{name}"),
    ("HEAD", "/s/{token}/{name}"),
    ("GET", "/results/{talk_id}/{expires}/{signature}/{name}"),
    ("HEAD", "/results/{talk_id}/{expires}/{signature}/{name}"),
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/metrics"),
}
"""What anybody may ask. All else is 401 without credentials."""


def all_routes() -> Iterator[tuple[str, str]]:
    """Yield method and path of each route."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods or ()):
                yield method, route.path


PRIVATE = sorted(set(all_routes()) - PUBLIC)


def filled(path: str, **values: str) -> str:
    """Return a path with its parameters; `x` for what is not told."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: values.get(found[1], "x"), path)
