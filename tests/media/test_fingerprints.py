"""Files are read once for their hash, and again when they have changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from phonoscope.media.fingerprints import sha256_of, stamp_of


def test_a_file_is_read_again_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"one")
    assert sha256_of(file) == hashlib.sha256(b"one").hexdigest()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", lambda *args: pytest.fail("it was read again"))
        assert sha256_of(file) == hashlib.sha256(b"one").hexdigest()
    before = file.stat()
    file.write_bytes(b"two")
    # Even where somebody sets its times back.
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert sha256_of(file) == hashlib.sha256(b"two").hexdigest()


def test_files_are_told_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for file in (one, two):
        file.write_bytes(b"same")
    assert stamp_of(one) == stamp_of(one) != stamp_of(two)
    with pytest.raises(FileNotFoundError):
        stamp_of(tmp_path / "three")
