"""Projects, as they are told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from phonoscope.studio.problems import Fault
from phonoscope.studio.projects.tables import Project

ProjectName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Rename(BaseModel):
    """A new name."""

    name: ProjectName


class ProjectSummary(BaseModel):
    """A project, without its document."""

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    revision: int
    thumbnail_url: str | None = Field(description="A picture of it; none until one has been drawn.")


class ProjectResource(ProjectSummary):
    """A project."""

    document: dict[str, Any] = Field(description="The scene document; see /api/v1/schema.")
    faults: list[Fault] = Field(description="What keeps the document from being rendered.")
    consent: str | None = Field(description="What its owner has stated about faces and voices in it.")


def summary(project: Project) -> ProjectSummary:
    """Return what lists tell of a project."""
    return ProjectSummary(**_told(project))


def resource(project: Project, faults: list[Fault]) -> ProjectResource:
    """Return all that is told of a project."""
    return ProjectResource(**_told(project), document=project.document, faults=faults, consent=project.consent)


def _told(project: Project) -> dict[str, Any]:
    # The key changes with every picture, so that browsers may keep each for good.
    drawn = project.thumbnail_key and project.thumbnail_key.rpartition("/")[2].partition(".")[0][:32]
    return {
        "id": project.id,
        "name": project.name,
        "created_at": project.created_at,
        "updated_at": project.updated_at,
        "revision": project.revision,
        "thumbnail_url": f"/api/v1/projects/{project.id}/thumbnail?drawn={drawn}" if drawn else None,
    }
