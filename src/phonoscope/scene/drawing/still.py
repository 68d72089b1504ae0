"""A layer that does not change."""

from __future__ import annotations

from phonoscope.scene.drawing.layer import Patch


class StillLayer:
    """A layer that always shows the same patch; None for nothing."""

    def __init__(self, patch: Patch | None) -> None:
        self._patch = patch

    def patch(self, number: int) -> Patch | None:
        """See `Layer`."""
        return self._patch

    def close(self) -> None:
        """Hold nothing open."""
