"""What Alembic runs before the steps: over the connection that it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from phonoscope.studio.database.base import UtcDateTime
from phonoscope.studio.database.schema import METADATA


def written(kind: str, item: Any, autogenerating: AutogenContext) -> str | Literal[False]:
    """Return how a step names a type: ours by the library's, because ours may change and steps do not."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=written,
    # SQLite changes most things of a table by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
