from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from phonoscope.core.errors import MachineError, OutputError
from phonoscope.studio.problems import Problem
from phonoscope.studio.storage import store as store_module
from phonoscope.studio.storage.store import Store
from tests.studio.storage.fake_s3 import fake_s3

KEY = "users/01/assets/abc.png"


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A storage in a bucket."""
    with fake_s3() as (address, _):
        point_to(address, monkeypatch)
        yield Store("s3://bucket/studio", tmp_path / "copies")


@pytest.fixture
def folder(tmp_path: Path) -> Store:
    """A storage in a folder."""
    return Store("", tmp_path / "files")


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    """Either of them: nobody else notices which."""
    store: Store = request.getfixturevalue(request.param)
    return store


def point_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", address)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def test_what_is_put_is_there(store: Store, tmp_path: Path) -> None:
    assert store.size(KEY) is None
    store.put(KEY, b"picture")
    assert (store.size(KEY), store.read(KEY)) == (7, b"picture")
    (tmp_path / "film.mp4").write_bytes(b"film")
    store.put("users/01/film.mp4", tmp_path / "film.mp4")
    assert store.read("users/01/film.mp4") == b"film"
    store.check()


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(Problem) as told:
        store.read(KEY)
    assert told.value.status == 404


def test_it_comes_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "CHUNK_BYTES", 4)
    store.put(KEY, b"0123456789")

    async def pieces() -> list[bytes]:
        return [piece async for piece in store.stream(KEY, 1, 8)]

    assert asyncio.run(pieces()) == [b"1234", b"567"]


def test_a_file_is_on_this_machine_where_a_worker_needs_it(store: Store) -> None:
    store.put(KEY, b"picture")
    assert store.local(KEY).read_bytes() == b"picture"
    assert store.local(KEY).parent == store.local_folder("01") / "assets"
    store.delete(KEY)
    assert not store.local_folder("01").joinpath("assets", "abc.png").exists()


def test_several_may_need_it_at_once(s3: Store) -> None:
    content = bytes(range(256)) * 10_000
    s3.put(KEY, content)
    read: list[bytes] = []
    threads = [threading.Thread(target=lambda: read.append(s3.local(KEY).read_bytes())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [content] * 4
    assert [path.name for path in s3.local(KEY).parent.iterdir()] == ["abc.png"]


def test_what_is_adopted_stays_where_it_was(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "part"
    source.write_bytes(b"picture")
    store.adopt(KEY, source)
    store.adopt(KEY, source)
    assert store.read(KEY) == source.read_bytes()


def test_folders_are_those_of_the_storage_and_of_its_copies_here(store: Store) -> None:
    assert store.folders("users") == []
    for key in (KEY, "users/01/more.png", "users/02/a/b.png", "shared/c.png"):
        store.put(key, b"x")
    store.local_folder("03")
    assert store.folders("users") == ["users/01", "users/02", "users/03"]


def test_files_are_deleted_one_by_one_and_by_folder(store: Store) -> None:
    for key in (KEY, "users/01/a.png", "users/011/b.png"):
        store.put(key, b"picture")
    store.delete("users/01/a.png")
    store.delete("users/01/a.png")
    assert [(key, size) for key, size, _ in store.files("users/01")] == [(KEY, 7)]
    store.delete_folder("users/01")
    assert not list(store.files("users/01"))
    assert store.read("users/011/b.png") == b"picture"


@pytest.mark.parametrize("key", ["../evil", "users/../../evil", "/etc/passwd", "a\\..\\b", "a\x00b"])
def test_keys_lead_nowhere_else(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        store.put(key, b"evil")
    with pytest.raises(ValueError, match="no key"):
        store.local(key)


def test_a_server_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to("http://127.0.0.1:1", monkeypatch)
    store = Store("s3://bucket", tmp_path)
    with pytest.raises(MachineError, match="does not answer"):
        store.check()
    with pytest.raises(OutputError, match="cannot be kept") as told:
        store.put(KEY, b"picture")
    assert "\n" not in told.value.message
