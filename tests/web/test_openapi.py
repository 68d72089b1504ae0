"""The page's client is made from what the API offers now."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"


def test_the_document_in_web_is_the_one_that_the_studio_serves() -> None:
    spec = spec_from_file_location("page_openapi", WEB / "openapi.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (WEB / "openapi.json").read_text("utf-8") == module.api_text(), (
        "write it: python web/openapi.py, then npm run types in web/"
    )
