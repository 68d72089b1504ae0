"""The description of the API (OpenAPI 3.1): what the framework gathers, with our own errors and credentials in it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from phonoscope.studio.accounts.current import COOKIE
from phonoscope.studio.problems import MEDIA_TYPE, ProblemDetails

METHODS = ("get", "put", "post", "delete", "patch", "options", "head")
PROBLEM = {"$ref": "#/components/schemas/ProblemDetails"}
FRAMEWORK_SCHEMAS = ("HTTPValidationError", "ValidationError")

INTRODUCTION = """\
Everything that the studio's page does, programs can do, too. Begin with an API key
(`phonoscope studio key create NAME`), and send it as `Authorization: Bearer psk_…`.

- **Ids** rise with time. **Times** are ISO 8601 in UTC; names ending in `_s` are seconds.
- **Lists** come in pages: pass `next_cursor` as `cursor` until it is null.
- **Creating twice by accident** cannot happen to who sends an `Idempotency-Key`.
- **Problems** are RFC 9457: `title` tells what is wrong, `remedy` what to do, `type` is for programs, `errors` lists
  what is wrong with each field, `instance` is the request's number in the log.
- **Progress** comes by server-sent events or by webhooks, so that nobody has to poll.

What is somebody else's is answered with 404, as what is not there.
"""

TAGS = {
    "projects": "A project is a scene document with a name. One with faults can be kept; they are told with it.",
    "assets": "Pictures, sounds and videos that you bring. Send one in a single request, and name it by its reference.",
    "uploads": "Large files in parts, resumed after an interruption: tus 1.0.0.",
    "previews": "How a project looks and sounds, quickly: stills, the timeline, drafts.",
    "renders": "Videos are made, watched, stopped, tried again, and shared.",
    "events": "What happens, as it happens: server-sent events.",
    "webhooks": "The same, sent to an address of yours: Standard Webhooks, signed and retried.",
    "catalogue": "What there is to choose from: voices, avatars, templates, music, effects, fonts.",
    "session": "Who is logged in, what they may do, and their consent.",
    "keys": "API keys for programs.",
    "sharing": "What anybody sees who has the link of a shared video.",
    "OpenAI": "`POST /v1/audio/speech` as OpenAI's clients speak it: change their base URL.",
    "D-ID": "Talks as D-ID's clients speak them: change their base URL.",
    "health": "For whoever runs the studio.",
}
"""In the order in which they are shown."""

ANSWERS = {
    "401": ("Unauthenticated", "unauthenticated", "Nobody is logged in.", "Log in, or send an API key."),
    "404": ("NotFound", "not-found", "There is no such project.", "Check its address; perhaps it was deleted."),
    "413": ("TooLarge", "too-large", "More than 8 MB cannot be sent here.", "Send less."),
    "422": ("Invalid", "invalid", "The request is not as it must be.", "Correct what is listed."),
    "429": ("TooOften", "too-many-requests", "This was asked too often.", "Wait for 12 s."),
}
"""By status: the name of the answer, and an example of it."""

CREDENTIALS = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key: `psk_…`."},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser that has logged in."},
}
OPEN = (("post", "/api/v1/session"), ("get", "/health"), ("get", "/ready"), ("get", "/metrics"))
"""What can be asked without credentials, besides what is shared and what a server can do (OPTIONS)."""

_TEXT = {"type": "string"}
FOREIGN: dict[str, dict[str, Any]] = {
    "OpenAI": {"application/json": {"schema": {"type": "object", "properties": {"error": {"type": "object"}}}}},
    "D-ID": {
        "application/json": {"schema": {"type": "object", "properties": {"kind": _TEXT, "description": _TEXT}}},
        MEDIA_TYPE: {"schema": PROBLEM},
    },
}
"""By tag: what problems look like to clients of others."""


def describe(app: FastAPI) -> None:
    """Let an application describe itself: every operation may answer with a problem, and most need credentials."""
    gathered = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(gathered())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _completed(schema: dict[str, Any]) -> dict[str, Any]:
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in FRAMEWORK_SCHEMAS:
        parts.pop(name, None)
    ours = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    parts |= ours.pop("$defs", {}) | {"ProblemDetails": ours}
    schema["info"]["description"] = INTRODUCTION
    schema["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    schema["components"]["responses"] = {name: _answer(status, *told) for status, (name, *told) in ANSWERS.items()}
    schema["components"]["securitySchemes"] = CREDENTIALS
    schema["security"] = [{name: []} for name in CREDENTIALS]
    for address, path in schema["paths"].items():
        for method in METHODS:
            if method in path:
                operation = path[method]
                foreign = next((FOREIGN[tag] for tag in operation.get("tags", ()) if tag in FOREIGN), None)
                _add_problems(operation["responses"], foreign or {MEDIA_TYPE: {"schema": PROBLEM}})
                if (method, address) in OPEN or method == "options" or address.startswith(("/s/", "/results/")):
                    operation["security"] = []
                if foreign is None:
                    _add_usual(operation)
    return schema


def _add_problems(responses: dict[str, Any], told: dict[str, Any]) -> None:
    # The framework tells of its own error, which is never sent.
    if "HTTPValidationError" in str(responses.get("422")):
        responses.pop("422")
    for status, response in responses.items():
        if status[0] in "45" and "text/html" not in response.get("content", ()):
            response["content"] = told
    responses.setdefault("default", {"description": "What is wrong, and what to do about it.", "content": told})


def _add_usual(operation: dict[str, Any]) -> None:
    """Tell of the problems that follow from what an operation takes, unless it tells more of them itself."""
    parameters, has_body = operation.get("parameters", []), "requestBody" in operation
    usual = {
        "401": operation.get("security") != [],
        "404": any(it["in"] == "path" for it in parameters),
        "413": has_body,
        "422": has_body or bool(parameters),
        "429": operation.get("security") != [],
    }
    told = operation["responses"]
    for status in (status for status, applies in usual.items() if applies):
        told.setdefault(status, {"$ref": f"#/components/responses/{ANSWERS[status][0]}"})
    operation["responses"] = dict(sorted(told.items()))


def _answer(status: str, kind: str, title: str, remedy: str) -> dict[str, Any]:
    example = {
        "type": f"/problems/{kind}",
        "title": title,
        "status": int(status),
        "detail": title,
        "remedy": remedy,
        "instance": "01j9z3k8w5x7c2v4b6n8m0q1r3",
    }
    return {"description": title, "content": {MEDIA_TYPE: {"schema": PROBLEM, "example": example}}}
