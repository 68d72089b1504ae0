"""From a number to a grade: two limits and what is said beyond each."""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.avatars.photo.check.report import Finding, Grade


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a measure turns from good to usable, and from usable to poor.

    Attributes
    ----------
    usable, poor
        Limits. With `usable` below `poor`, larger numbers are worse; otherwise smaller ones are.
    """

    usable: float
    poor: float

    def grade(self, measure: float) -> Grade:
        """Return the grade of a measure."""
        sign = 1 if self.usable < self.poor else -1
        if sign * measure >= sign * self.poor:
            return Grade.POOR
        return Grade.USABLE if sign * measure >= sign * self.usable else Grade.GOOD


def finding(name: str, grade: Grade, value: str, advice: str, measure: float | None = None) -> Finding:
    """Return a finding; its advice is kept only where something is to be done."""
    return Finding(name, grade, value, "" if grade is Grade.GOOD else advice, measure)
