"""What programs written for OpenAI ask: ``POST /v1/audio/speech`` and ``GET /v1/models``."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from phonoscope.core.errors import PhonoscopeError
from phonoscope.speech.voices import find_voice
from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.limits import limit_creates
from phonoscope.studio.compat.speaking import MEDIA_TYPES, Speech, spoken
from phonoscope.studio.problems import Problem, problem_of
from phonoscope.studio.state import CurrentStudio, Studio

VOICES: Final = {
    "alloy": "en-us+f3",
    "ash": "en-us+m3",
    "ballad": "en-gb+m3",
    "cedar": "en-us+m7",
    "coral": "en-us+f5",
    "echo": "en-us+m4",
    "fable": "en-gb",
    "marin": "en-us+Andrea",
    "nova": "en-us+f2",
    "onyx": "en-us",
    "sage": "en-us+belinda",
    "shimmer": "en-us+steph",
    "verse": "en-us+m6",
}
"""Their voices, and ours that are of their kind."""

MODELS: Final = ("phonoscope", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
"""All mean the same: there is one engine."""

KINDS: Final = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}
CODES: Final = {401: "invalid_api_key", 429: "rate_limit_exceeded"}
"""What their clients make exceptions of, by status."""

PIECE_BYTES: Final = 48_000
"""Of sound in one event."""


class VoiceId(BaseModel):
    """A voice by its id."""

    id: str = Field(min_length=1, max_length=100)


class SpeechRequest(BaseModel):
    """A text that is to be spoken; what OpenAI knows besides is accepted, and changes nothing."""

    input: str = Field(min_length=1)
    model: str = Field("phonoscope", max_length=100)
    voice: Annotated[str, Field(max_length=100)] | VoiceId = Field(
        description="One of OpenAI's names, or an id, name or language of ours."
    )
    instructions: str | None = Field(None, description="Changes nothing.")
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(1.0, ge=0.25, le=4)
    stream_format: Literal["audio", "sse"] = "audio"


class OpenAIRoute(APIRoute):
    """A route whose problems are told as OpenAI tells them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers requests."""
        answer = super().get_route_handler()

        async def answer_openai(request: Request) -> Response:
            try:
                return await answer(request)
            except (Problem, PhonoscopeError, RequestValidationError, HTTPException) as error:
                return _told(problem_of(error))

        return answer_openai


router = APIRouter(prefix="/v1", tags=["OpenAI"], route_class=OpenAIRoute)


@router.post(
    "/audio/speech",
    operation_id="openai_create_speech",
    response_class=Response,
    responses={200: {"description": "The sound.", "content": {"*/*": {}}}},
    dependencies=[Depends(limit_creates)],
)
async def create_speech(asked: SpeechRequest, user: User, studio: CurrentStudio) -> Response:
    """Speak a text, as OpenAI's clients ask for it."""
    if len(asked.input) > studio.settings.max_script_characters:
        most = studio.settings.max_script_characters
        raise Problem(400, "string_above_max_length", f"The input is longer than {most} characters.", param="input")
    voice = await run_in_threadpool(_voice, asked.voice)
    speech = Speech(asked.input, voice, speed=asked.speed, format=asked.response_format)
    key = await spoken(studio, user.id, speech)
    sound = studio.store.stream(key, 0, await run_in_threadpool(_size, studio, key))
    if asked.stream_format == "sse":
        return StreamingResponse(_events(sound, len(asked.input)), media_type="text/event-stream")
    return StreamingResponse(sound, media_type=MEDIA_TYPES[asked.response_format])


@router.get("/models", operation_id="openai_list_models")
def list_models(user: User) -> dict[str, Any]:
    """List the models, as OpenAI's clients ask for them."""
    return {"object": "list", "data": [_model(name) for name in MODELS]}


@router.get("/models/{model}", operation_id="openai_get_model")
def get_model(model: str, user: User) -> dict[str, Any]:
    """Return a model, as OpenAI's clients ask for it."""
    if model not in MODELS:
        raise Problem(404, "model_not_found", f"The model {model!r} does not exist.", param="model")
    return _model(model)


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "phonoscope"}


def _voice(asked: str | VoiceId) -> str:
    """Return our voice for one that is asked for.

    Raises
    ------
    Problem
        400: there is none.
    """
    name = asked if isinstance(asked, str) else asked.id
    try:
        return find_voice(VOICES.get(name.lower(), name)).id
    except PhonoscopeError as error:
        raise Problem(400, "invalid_value", f"{error.message} {error.remedy}", param="voice") from error


def _size(studio: Studio, key: str) -> int:
    return studio.store.size(key) or 0


async def _events(sound: AsyncIterator[bytes], characters: int) -> AsyncIterator[str]:
    """Yield sound as OpenAI's events."""
    async for block in sound:
        for start in range(0, len(block), PIECE_BYTES):
            piece = base64.b64encode(block[start : start + PIECE_BYTES]).decode()
            yield _event({"type": "speech.audio.delta", "audio": piece})
    usage = {"input_tokens": characters, "output_tokens": 0, "total_tokens": characters}
    yield _event({"type": "speech.audio.done", "usage": usage})


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data)}\n\n"


def _told(problem: Problem) -> Response:
    """Return a problem as OpenAI tells it."""
    status = 400 if problem.status == 422 else problem.status
    usual = "server_error" if status >= 500 else "invalid_request_error"
    faults = problem.more.get("errors") or [{}]
    message = " ".join(part for part in (faults[0].get("message") or problem.title, problem.remedy) if part)
    error = {
        "message": message,
        "type": KINDS.get(status, usual),
        "param": problem.more.get("param") or faults[0].get("path"),
        "code": CODES.get(status, problem.kind),
    }
    return JSONResponse({"error": error}, status, problem.headers)
