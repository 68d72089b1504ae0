"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.media.output import atomic_path, check_output, output_error, text_file


def _written(path: Path, text: str, overwrite: bool = False) -> Path:
    with text_file(path, overwrite) as file:
        file.write(text)
    return path


def test_the_file_appears_at_the_end_only(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with atomic_path(target) as part:
        part.write_text("content")
        assert not target.exists()
        assert part.parent == tmp_path
        assert part.name.startswith(".a.part-")
        assert part.suffix == ".txt"
    assert target.read_text() == "content"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_nothing_is_left_after_a_failure(tmp_path: Path, interruption: type[BaseException]) -> None:
    with pytest.raises(interruption), atomic_path(tmp_path / "a.txt") as part:
        part.write_text("half")
        raise interruption
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), atomic_path(target, overwrite=True) as part:
        part.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_existing_file_is_only_replaced_when_told(tmp_path: Path) -> None:
    target = _written(tmp_path / "a.txt", "old")
    with pytest.raises(UsageError, match="exists already"):
        _written(target, "new")
    assert target.read_text() == "old"
    _written(target, "new", overwrite=True)
    assert target.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with pytest.raises(UsageError), atomic_path(target) as part:
        part.write_text("ours")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    _written(link, "new", overwrite=True)
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_places_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="it is a folder"):
        check_output(tmp_path)
    with pytest.raises(OutputError, match="folder does not exist"):
        check_output(tmp_path / "missing" / "a.txt")
    with pytest.raises(OutputError, match="folder is a file"):
        check_output(tmp_path / "file" / "a.txt")
    with pytest.raises(OutputError, match="no file name"):
        check_output("a\0b.txt")
    with pytest.raises(OutputError, match="too long"):
        check_output(tmp_path / ("n" * 300))


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(OutputError, match="not an ordinary file"):
        check_output(os.devnull, overwrite=True)
    assert not Path(os.devnull).is_file()


def test_a_closed_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by its mode: tests may run as root, who may write anywhere.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="permission was denied") as caught:
        check_output(tmp_path / "a.txt")
    assert caught.value.remedy


def test_a_full_disk_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the disk is full"), atomic_path(tmp_path / "a.txt"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []
    assert "strange" in str(output_error(Path("a"), OSError(9999, "strange")))


def test_long_and_odd_names_are_possible(tmp_path: Path) -> None:
    for name in ("é" * 120 + ".txt", "100% {a}: b?.txt", ".hidden", "no suffix"):
        assert _written(tmp_path / name, "x") == tmp_path / name
    assert len(list(tmp_path.iterdir())) == 4


def test_a_text_that_no_longer_fits_is_told_by_its_own_name(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"/a\.txt': the file grew larger"), text_file(tmp_path / "a.txt") as file:
            for _ in range(1000):
                file.write("x" * 99 + "\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
