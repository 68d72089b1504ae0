"""What becomes of uploads is told as events, when a worker has looked into them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from phonoscope.studio.assets.reading import told
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.telling import Change, tells

GIVEN_UP = {
    "title": "The file cannot be used.",
    "detail": "Whatever tried to open it broke down.",
    "remedy": "Save it in another format, and upload it again.",
}


@tells("edit")
@tells("ingest")
def tell_looked_into(session: Session, job: Job, change: Change) -> None:
    """Tell that an asset is ready or rejected; one over which every worker broke down is rejected, too."""
    if change not in ("done", "error", "canceled"):
        return
    asset = session.get(Asset, job.payload["asset_id"])
    if asset is None:
        return
    if asset.state == "checking":
        asset.state, asset.reason = "rejected", GIVEN_UP
    # A picture was told to be ready as soon as it was, before anybody looked for its faces.
    has_faces = job.kind == "ingest" and asset.state == "ready" and asset.faces is not None
    tell_asset(session, asset, "faces" if has_faces else asset.state)


def tell_asset(session: Session, asset: Asset, what: str = "") -> None:
    """Add the event of an asset: that it is ready or rejected, or `what` else."""
    session.flush()
    record(session, asset.owner_id, f"asset.{what or asset.state}", told(asset).model_dump(mode="json"))
