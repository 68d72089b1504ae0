"""What a viewer may choose at the end of a scene."""

from __future__ import annotations

from pydantic import Field, field_validator

from phonoscope.scene.document.model import Model, Name, Words

END = "end"
"""Stands for the end of the video where a scene is named."""


class Choice(Model):
    """A button."""

    label: Words = Field(min_length=1, description="What is written on it.")
    goto: Name | None = Field(None, description="The scene that follows; left out, or end: the end.")
    correct: bool | None = Field(None, description="In a quiz: whether this is the right answer.")
    feedback: Words = Field("", description="What is told when it has been chosen.")
    url: str = Field(
        "", max_length=500, pattern=r"^(https://[^\s\"'<>]*)?$", description="A page that opens besides, https only."
    )

    @field_validator("goto", mode="after")
    @classmethod
    def _no_end(cls, goto: str | None) -> str | None:
        return None if goto == END else goto


class Interaction(Model):
    """A question, and the buttons that answer it: shown when the scene has ended, and the video waits."""

    question: Words = ""
    choices: tuple[Choice, ...] = Field(min_length=1, max_length=12)
    wait_s: float | None = Field(None, gt=0, le=600, description="Then the first choice is made; left out: wait.")
