"""All tables, gathered from the features."""

from __future__ import annotations

import phonoscope.studio.accounts.tables
import phonoscope.studio.assets.tables
import phonoscope.studio.compat.did.tables
import phonoscope.studio.events.tables
import phonoscope.studio.jobs.tables
import phonoscope.studio.previews.tables
import phonoscope.studio.projects.tables
import phonoscope.studio.renders.tables
import phonoscope.studio.uploads.tables
import phonoscope.studio.webhooks.tables  # noqa: F401 - imported for their tables, as all of these
from phonoscope.studio.database.base import Base

METADATA = Base.metadata
