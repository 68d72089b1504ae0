"""Write what the API offers, of which the page's client is made: `python web/openapi.py`, then `npm run types`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from phonoscope.studio.app import create_app
from phonoscope.studio.settings import Settings

DOCUMENT = Path(__file__).with_name("openapi.json")


def api_text() -> str:
    """Return the OpenAPI document as it is written."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder)))
        app.state.studio.database.close()
        return json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(api_text(), "utf-8")
