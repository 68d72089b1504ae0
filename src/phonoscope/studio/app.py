"""The application: everything that answers requests, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from phonoscope.studio import pages, problems
from phonoscope.studio.accounts import key_routes, session_routes
from phonoscope.studio.accounts.door import Door
from phonoscope.studio.assets import routes as assets
from phonoscope.studio.catalogue import routes as catalogue_routes
from phonoscope.studio.catalogue.preparing import preparing
from phonoscope.studio.cleaning.sweeping import sweeping
from phonoscope.studio.compat import openai
from phonoscope.studio.compat.did import routes as did
from phonoscope.studio.compat.did.calling_back import calling_back
from phonoscope.studio.events import routes as events
from phonoscope.studio.events.pump import pumping
from phonoscope.studio.health import routes as health
from phonoscope.studio.jobs.supervising import supervising
from phonoscope.studio.previews import routes as previews
from phonoscope.studio.projects import routes as projects
from phonoscope.studio.renders import routes as renders
from phonoscope.studio.serving.describing import describe
from phonoscope.studio.serving.headers import SecurityHeaders
from phonoscope.studio.serving.hosts import HostCheck
from phonoscope.studio.serving.metrics import Metrics
from phonoscope.studio.serving.requests import Requests
from phonoscope.studio.serving.sizes import BodyLimit
from phonoscope.studio.settings import Settings
from phonoscope.studio.sharing import routes as sharing
from phonoscope.studio.state import Studio, open_studio
from phonoscope.studio.uploads import routes as uploads
from phonoscope.studio.webhooks import routes as webhook_routes
from phonoscope.studio.webhooks.sending import sending
from phonoscope.version import __version__

ROUTERS: tuple[APIRouter, ...] = (
    session_routes.router,
    key_routes.router,
    webhook_routes.router,
    sharing.router,
    sharing.public_router,
    health.router,
    projects.router,
    assets.router,
    uploads.router,
    events.router,
    catalogue_routes.router,
    previews.router,
    renders.router,
    openai.router,
    did.router,
)
"""One of each feature, in the order in which the documentation shows them."""

SERVICES: tuple[Callable[[Studio], AbstractAsyncContextManager[None]], ...] = (
    supervising,
    preparing,
    pumping,
    sending,
    sweeping,
    calling_back,
)
"""What runs beside the answering of requests: entered when the server starts, left in reverse order when it ends."""


def create_app(settings: Settings) -> FastAPI:
    """Return the application of a studio."""
    studio = open_studio(settings)
    metrics = Metrics(studio)
    app = FastAPI(
        title="Phonoscope",
        version=__version__,
        summary="Make any portrait talk.",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_services,
        middleware=_middleware(settings, metrics),
    )
    app.state.studio, app.state.metrics = studio, metrics
    problems.install(app)
    for router in ROUTERS:
        app.include_router(router)
    pages.install(app)
    describe(app)
    return app


def _middleware(settings: Settings, metrics: Metrics) -> list[Middleware]:
    """Return what requests pass on their way in, and answers on their way out in reverse order."""
    packed_already = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream")
    return [
        Middleware(SecurityHeaders),
        Middleware(Requests, metrics=metrics),
        Middleware(HostCheck, settings=settings),
        Middleware(Door),
        Middleware(BodyLimit, max_upload_bytes=settings.max_upload_bytes),
        Middleware(GZipMiddleware, compresslevel=6, exclude_content_types=packed_already),
    ]


@asynccontextmanager
async def _services(app: FastAPI) -> AsyncIterator[None]:
    studio: Studio = app.state.studio
    async with AsyncExitStack() as running:
        running.callback(studio.database.close)
        for service in SERVICES:
            await running.enter_async_context(service(studio))
        yield
