"""What is found while a document is checked, each fault at the place that people see in their text."""

from __future__ import annotations

from dataclasses import dataclass, field

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.faults import Step, path_of
from phonoscope.scene.document.fields import find_spot

MOST_FOUND = 200
"""Faults after which nobody looks for more: a document that has so many is another than was meant."""

MOST_GUESSED = 100
"""Names of scenes among which one is looked for that may have been meant."""


class Enough(Exception):  # noqa: N818 - no error: it only ends the search
    """As many faults have been found as are told."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects faults of a document.

    Attributes
    ----------
    data
        The document as it is written, with its short forms; None to name places as the models do.
    faults
        What has been found.
    """

    data: object = None
    faults: list[SceneError] = field(default_factory=list)

    def add(self, steps: tuple[Step, ...], message: str, remedy: str) -> None:
        """Take one fault.

        Raises
        ------
        Enough
            It is the last one that is told.
        """
        place = find_spot(steps, self.data).steps if self.data is not None else steps
        self.faults.append(SceneError(message, remedy, path_of(place)))
        if len(self.faults) >= MOST_FOUND:
            raise Enough
