"""Requests about what there is to choose from."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from phonoscope.scene.document.schema import json_schema
from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.importing import PHOTO, import_pictures, photo_path, photo_thumbnail_path
from phonoscope.studio.catalogue import avatars, sounds, templates, voices
from phonoscope.studio.catalogue.answering import answer, page, send_package_file
from phonoscope.studio.catalogue.choices import Choices, choices
from phonoscope.studio.catalogue.fonts import FontTold, fonts
from phonoscope.studio.catalogue.making import send_made
from phonoscope.studio.documents.arriving import JsonObject, body_of
from phonoscope.studio.documents.checking import find_faults
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page
from phonoscope.studio.problems import not_found
from phonoscope.studio.state import CurrentStudio, Studio
from phonoscope.studio.storage.keys import piece_key, portrait_key, voice_sample_key
from phonoscope.studio.storage.sending import SentFile, file_route

router = APIRouter(prefix="/api/v1", tags=["catalogue"])

Search = Annotated[str, Query(max_length=200, description="Words, all of which have to fit.")]


@router.get("/voices", operation_id="list_voices", response_model=Page[voices.VoiceTold])
def list_voices(
    request: Request,
    _: User,
    search: Search = "",
    language: Annotated[str, Query(max_length=60, description="Tag, name or accent: fr, fr-BE, French.")] = "",
    gender: Annotated[str, Query(max_length=20, description="female or male.")] = "",
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """List who can speak."""
    return answer(request, page(voices.found_voices(search, language, gender), limit, cursor))


@file_route(router, "/voices/{voice_id}/sample", operation_id="get_voice_sample")
async def voice_sample(request: Request, studio: CurrentStudio, account: User, voice_id: str) -> Response:
    """Return a voice saying a sentence in its language, as MP3."""
    voice = voices.voice_by_id(voice_id)
    file = SentFile(voice_sample_key(voice.id), "audio/mpeg", f"{voice.name}.mp3", lasting=_lasts(request))
    return await send_made(request, studio, account.id, file, "voice-sample", voice=voice.id)


@router.get("/languages", operation_id="list_languages", response_model=Page[voices.LanguageTold])
def list_languages(request: Request, _: User) -> Response:
    """List the languages that somebody speaks, with their accents."""
    return answer(request, Page(items=list(voices.languages())))


@router.get("/avatars", operation_id="list_avatars", response_model=avatars.AvatarPage)
def list_avatars(
    request: Request,
    _: User,
    search: Search = "",
    style: Annotated[str, Query(max_length=60)] = "",
    tag: Annotated[list[str] | None, Query(max_length=20, description="Repeat it for several.")] = None,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """List the drawn characters of the library."""
    found, hint = avatars.found_avatars(search, style, tag or [])
    part = page(found, limit, cursor)
    return answer(request, avatars.AvatarPage(items=part.items, next_cursor=part.next_cursor, hint=hint))


@file_route(router, "/avatars/{name}/thumbnail", operation_id="get_avatar_thumbnail")
async def avatar_thumbnail(request: Request, studio: CurrentStudio, account: User, name: str) -> Response:
    """Return a picture of a drawn character."""
    character = avatars.avatar_by_name(name)
    key = portrait_key(character.name)
    file = SentFile(key, "image/webp", f"{character.name}.webp", lasting=_lasts(request))
    return await send_made(request, studio, account.id, file, "portrait", avatar=character.name)


@router.get("/samples", operation_id="list_samples", response_model=Page[avatars.Sample])
def list_samples(request: Request, _: User) -> Response:
    """List a few pictures and characters to begin with."""
    return answer(request, Page(items=avatars.samples()))


@file_route(router, "/samples/{name}/content", operation_id="get_sample_content")
def sample_content(_: User, name: str) -> Response:
    """Return a picture to begin with."""
    if name != PHOTO:
        raise not_found("picture")
    return send_package_file(photo_path(), "image/jpeg")


@file_route(router, "/samples/{name}/thumbnail", operation_id="get_sample_thumbnail")
def sample_thumbnail(_: User, name: str) -> Response:
    """Return a small picture of one to begin with."""
    if name != PHOTO:
        raise not_found("picture")
    return send_package_file(photo_thumbnail_path(), "image/webp")


@router.get("/templates", operation_id="list_templates", response_model=Page[templates.TemplateTold])
def list_templates(
    request: Request,
    _: User,
    format: templates.FormatName = "landscape",
    category: Annotated[str, Query(max_length=60)] = "",
    search: Search = "",
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Response:
    """List the templates."""
    return answer(request, page(templates.found_templates(format, category, search), limit, cursor))


@file_route(router, "/templates/{name}/thumbnail", operation_id="get_template_thumbnail")
def template_thumbnail(_: User, name: str, format: templates.FormatName = "landscape") -> Response:
    """Return a picture of a template in one of its shapes."""
    template = templates.template_by_name(name, format)
    return send_package_file(template.folder / f"{template.format}.webp", "image/webp")


@router.post(
    "/templates/{name}/documents",
    operation_id="fill_template",
    openapi_extra=body_of(templates.Filling.model_json_schema(), required=False),
)
def fill_template(studio: CurrentStudio, account: User, name: str, body: JsonObject) -> templates.FilledTemplate:
    """Make a document of a template. Nothing is saved, but the template's pictures become assets."""
    filling = _filling(body)
    template = templates.template_by_name(name, filling.format)
    with studio.database.transaction() as session:
        pictures = import_pictures(session, studio.store, account.id, template)
    document = templates.filled(template, filling, pictures)
    with studio.database.session() as session:
        faults = find_faults(session, account.id, document, studio.settings.max_script_characters)
    return templates.FilledTemplate(document=document, faults=faults)


@router.get("/music", operation_id="list_music", response_model=Page[sounds.MusicTold])
def list_music(request: Request, _: User, search: Search = "") -> Response:
    """List the music that comes along."""
    return answer(request, Page(items=sounds.found_music(search)))


@router.get("/effects", operation_id="list_effects", response_model=Page[sounds.EffectTold])
def list_effects(request: Request, _: User, search: Search = "") -> Response:
    """List the sound effects that come along."""
    return answer(request, Page(items=sounds.found_effects(search)))


@file_route(router, "/music/{name}/content", operation_id="get_music_content")
async def music_content(request: Request, studio: CurrentStudio, account: User, name: str) -> Response:
    """Return a piece of music, as MP3."""
    return await _sound_content(request, studio, account, "music", name)


@file_route(router, "/effects/{name}/content", operation_id="get_effect_content")
async def effect_content(request: Request, studio: CurrentStudio, account: User, name: str) -> Response:
    """Return a sound effect, as MP3."""
    return await _sound_content(request, studio, account, "effects", name)


@router.get("/fonts", operation_id="list_fonts", response_model=Page[FontTold])
def list_fonts(request: Request, _: User) -> Response:
    """List the fonts that come along."""
    return answer(request, Page(items=fonts()))


@router.get("/choices", operation_id="get_choices", response_model=Choices)
def get_choices(request: Request, _: User) -> Response:
    """Return everything that can be chosen, with the limits and defaults of every field of documents."""
    return answer(request, choices())


_SCHEMA = {"application/schema+json": {"schema": {"type": "object"}}}


@router.get(
    "/schema",
    operation_id="get_scene_schema",
    response_class=Response,
    responses={200: {"description": "A JSON Schema.", "content": _SCHEMA}},
)
def get_schema(request: Request, _: User) -> Response:
    """Return the JSON Schema of scene documents."""
    return answer(request, _schema(), "application/schema+json")


async def _sound_content(
    request: Request, studio: Studio, account: Account, library: sounds.Library, name: str
) -> Response:
    sounds.check_sound(library, name)
    file = SentFile(piece_key(library, name), "audio/mpeg", f"{name}.mp3", lasting=_lasts(request))
    return await send_made(request, studio, account.id, file, "piece", library=library, name=name)


def _filling(body: dict[str, Any]) -> templates.Filling:
    try:
        return templates.Filling.model_validate(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def _lasts(request: Request) -> bool:
    """Tell whether an address names the version of the package, so that it always means the same file."""
    return "v" in request.query_params


@cache
def _schema() -> dict[str, Any]:
    return json_schema()
