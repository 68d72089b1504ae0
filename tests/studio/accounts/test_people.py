from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from phonoscope.core.errors import UsageError
from phonoscope.studio.accounts.consent import STATEMENT, require_consent
from phonoscope.studio.accounts.people import create_account, create_key, list_accounts, set_password
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.cleaning.accounts import remove_account
from phonoscope.studio.database.base import Base, now
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import Problem
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.uploads.keeping import part_path
from phonoscope.studio.uploads.tables import Upload


def test_accounts_are_listed_by_name(studio: Studio) -> None:
    create_account(studio.database, "zoe")
    create_account(studio.database, "Anna Maria".replace(" ", "."), "long enough")
    create_key(studio.database, "zoe", "laptop", consent=True)
    lines = [(line.name, line.has_password, line.keys) for line in list_accounts(studio.database)]
    assert lines == [("Anna.Maria", True, 0), ("zoe", False, 1)]


@pytest.mark.parametrize("name", ["", "two words", "a/b", "..", "x" * 81, "tab\t", "_hidden"])
def test_odd_names_are_refused(studio: Studio, name: str) -> None:
    with pytest.raises(UsageError, match="no name for an account"):
        create_account(studio.database, name)


def test_what_cannot_be_done_is_told_with_a_remedy(studio: Studio) -> None:
    create_account(studio.database, "zoe")
    with pytest.raises(UsageError, match="already"):
        create_account(studio.database, "zoe")
    with pytest.raises(UsageError, match="There are: zoe"):
        set_password(studio.database, "zoé", "long enough")
    with pytest.raises(UsageError, match="7 characters"):
        set_password(studio.database, "zoe", "shorter")
    with pytest.raises(UsageError, match="not given consent"):
        create_key(studio.database, "zoe", "laptop")


def test_removing_an_account_leaves_nothing_of_it_and_all_of_others(
    studio: Studio, client: TestClient, other: TestClient
) -> None:
    ids, parts = {}, []
    for browser in (client, other):
        owner_id = browser.get("/api/v1/session").json()["user"]["id"]
        name = browser.post("/api/v1/keys", json={"name": "k", "consent": True}, headers={"Idempotency-Key": "k"})
        assert name.status_code == 201
        ids[browser.get("/api/v1/session").json()["user"]["name"]] = owner_id
        with studio.database.transaction() as session:
            project = Project(owner_id=owner_id, name="p", document={})
            job = Job(owner_id=owner_id, kind="render", lane="render", payload={})
            session.add_all([project, job])
            session.flush()
            session.add(
                Render(owner_id=owner_id, project_id=project.id, job_id=job.id, name="r", document={}, options={})
            )
            upload = Upload(owner_id=owner_id, name="a.jpg", length=5, expires_at=now() + timedelta(days=1))
            session.add(upload)
            session.flush()
            parts.append(part_path(studio.settings, upload))
            record(session, owner_id, "render.queued", {}, project.id)
        parts[-1].parent.mkdir(parents=True, exist_ok=True)
        parts[-1].write_bytes(b"par")
        studio.store.put(f"users/{owner_id}/assets/{'a' * 64}.jpg", b"picture")

    def rows() -> dict[str, int]:
        with studio.database.session() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    before = rows()
    remove_account(studio.database, studio.store, studio.settings, "anna")
    assert {name: 2 * count for name, count in rows().items()} == before
    assert not list((studio.settings.files_dir / "users" / ids["anna"]).rglob("*"))
    assert [part.exists() for part in parts] == [False, True]
    assert studio.store.size(f"users/{ids['ben']}/assets/{'a' * 64}.jpg") == 7
    assert client.get("/api/v1/session").status_code == 401
    assert other.get("/api/v1/session").status_code == 200


def test_consent_is_copied_to_the_project(studio: Studio) -> None:
    account = create_account(studio.database, "zoe")
    with studio.database.transaction() as session:
        session.add(Project(id="p", owner_id=account.id, name="p", document={}))
    with studio.database.transaction() as session, pytest.raises(Problem, match="not stated yet") as told:
        require_consent(session, account, session.get_one(Project, "p"))
    assert (told.value.status, told.value.kind) == (403, "consent-needed")
    create_key(studio.database, "zoe", "laptop", consent=True)
    with studio.database.transaction() as session:
        require_consent(session, session.get_one(Account, account.id), session.get_one(Project, "p"))
    with studio.database.session() as session:
        project = session.get_one(Project, "p")
        assert project.consent == STATEMENT
        assert project.consent_given_at == session.get_one(Account, account.id).consent_given_at
