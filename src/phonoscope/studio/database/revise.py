"""Write the step from the tables of the newest migration to those of the code.

python -m phonoscope.studio.database.revise "what changes"

Look at what it wrote before you keep it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.upgrade import migrations, upgrade


def revise(message: str) -> None:
    """Write a migration, named after what it changes."""
    from alembic import command
    from alembic.script import ScriptDirectory

    config = migrations()
    number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
        upgrade(database)
        with database.writing.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    revise(" ".join(sys.argv[1:]))
