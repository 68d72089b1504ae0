"""One of each kind of thing that somebody can own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.tables import Account, ApiKey
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.compat.did.tables import Talk
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import cached_key
from phonoscope.studio.uploads.keeping import part_path
from phonoscope.studio.uploads.tables import Upload
from phonoscope.studio.webhooks.tables import Webhook

SHA256 = "a" * 64
OPTIONS: dict[str, Any] = {"format": "mp4", "resolution": None, "preset": None, "companions": []}


def make_things(studio: Studio, name: str, cached: str) -> dict[str, str]:
    """Return the ids of things of a user, by the parameter of an address that names them.

    Parameters
    ----------
    cached
        Name of a still and of a sound, drawn and heard lately.
    """
    with studio.database.transaction() as session:
        owner_id, key_id = session.execute(
            select(Account.id, ApiKey.id).join(ApiKey, ApiKey.owner_id == Account.id).where(Account.name == name)
        ).one()
        project = Project(owner_id=owner_id, name="p", document={}, thumbnail_key=_picture(owner_id))
        image, audio = _asset(owner_id), _asset(owner_id)
        upload = Upload(owner_id=owner_id, name="a.jpg", length=5, expires_at=now() + timedelta(days=1))
        asset = _asset(owner_id)
        webhook = Webhook(owner_id=owner_id, url="https://example.com", events=["asset.ready"], secret="x")
        session.add_all([project, upload, asset, image, audio, webhook])
        session.flush()
        render, preview = _videos(session, project)
        talk = Talk(
            owner_id=owner_id, render_id=_videos(session, project)[0].id, asked={}, base_url="https://example.com"
        )
        session.add(talk)
    for key in (
        _picture(owner_id),
        _video(owner_id),
        *(cached_key(owner_id, f"{cached}{it}") for it in (".webp", ".m4a")),
    ):
        studio.store.put(key, b"bytes")
    studio.store.put(f"users/{owner_id}/assets/{SHA256}.rig.json", b"{}")
    part_path(studio.settings, upload).parent.mkdir(parents=True, exist_ok=True)
    part_path(studio.settings, upload).touch()
    return {
        "key_id": key_id,
        "project_id": project.id,
        "upload_id": upload.id,
        "asset_id": asset.id,
        "webhook_id": webhook.id,
        "render_id": render.id,
        "preview_id": preview.id,
        "talk_id": talk.id,
        "image_id": f"img_{image.id}",
        "audio_id": f"aud_{audio.id}",
    }


def _picture(owner_id: str) -> str:
    return f"users/{owner_id}/assets/{SHA256}.jpg"


def _video(owner_id: str) -> str:
    return f"users/{owner_id}/renders/video.mp4"


def _asset(owner_id: str) -> Asset:
    return Asset(
        owner_id=owner_id,
        name="a.jpg",
        kind="picture",
        state="ready",
        file_key=_picture(owner_id),
        sha256=SHA256,
        media_type="image/jpeg",
        bytes=5,
        width=64,
        height=64,
        thumbnail_key=_picture(owner_id),
    )


def _videos(session: Session, project: Project) -> tuple[Render, Preview]:
    owner_id = project.owner_id
    jobs = [
        Job(owner_id=owner_id, kind=kind, lane="quick", payload={}, state="done", finished_at=now())
        for kind in ("render", "preview")
    ]
    session.add_all(jobs)
    session.flush()
    file = {"name": "video.mp4", "media_type": "video/mp4", "bytes": 5, "key": _video(owner_id)}
    render = Render(
        owner_id=owner_id,
        project_id=project.id,
        job_id=jobs[0].id,
        name="r",
        document={},
        options=OPTIONS,
        files=[file],
        thumbnail_key=_picture(owner_id),
    )
    preview = Preview(
        owner_id=owner_id,
        project_id=project.id,
        job_id=jobs[1].id,
        revision=1,
        digest=SHA256,
        document={},
        file_key=_video(owner_id),
    )
    session.add_all([render, preview])
    session.flush()
    return render, preview
