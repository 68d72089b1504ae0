"""The page is built when its sources have changed, and what keeps it from being built is told."""

from __future__ import annotations

import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

BUILD = Path(__file__).parents[2] / "web" / "build.py"
spec = spec_from_file_location("page_build", BUILD)
assert spec is not None
assert spec.loader is not None
page = module_from_spec(spec)
spec.loader.exec_module(page)


class FakeNpm:
    """Makes the folders that npm would make, and remembers what it was asked."""

    def __init__(self, fails: str = "", said: str = "") -> None:
        self.asked: list[str] = []
        self.fails, self.said = fails, said

    def __call__(self, arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        self.asked.append(arguments[-1] if arguments[0] == "run" else arguments[0])
        (folder / "node_modules").mkdir(exist_ok=True)
        page.page_of(folder.parent).mkdir(parents=True, exist_ok=True)
        return subprocess.CompletedProcess(arguments, int(self.asked[-1] == self.fails), self.said)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    (tmp_path / "web" / "src" / "main.ts").write_text("1")
    return tmp_path


def test_it_is_built_again_when_a_source_has_changed_and_only_then(root: Path) -> None:
    npm = FakeNpm()
    assert page.build(root, npm)
    assert npm.asked == ["ci", "build"]
    assert not page.build(root, npm)
    (root / "web" / "src" / "main.ts").write_text("2")
    assert page.build(root, npm)
    assert npm.asked == ["ci", "build", "build"]


def test_packages_are_fetched_again_when_the_lock_file_has_changed(root: Path) -> None:
    npm = FakeNpm()
    page.build(root, npm)
    (root / "web" / "package-lock.json").write_text('{"lockfileVersion": 3}')
    page.build(root, npm)
    assert npm.asked == ["ci", "build", "ci", "build"]


def test_a_name_counts_as_much_as_what_is_in_the_file(root: Path) -> None:
    page.build(root, FakeNpm())
    (root / "web" / "src" / "main.ts").rename(root / "web" / "src" / "other.ts")
    assert not page.is_fresh(root)


def test_a_build_that_fails_leaves_nothing_that_seems_fresh(root: Path) -> None:
    with pytest.raises(page.PageError, match="'npm run build' has failed"):
        page.build(root, FakeNpm(fails="build", said="src/App.svelte: unexpected token"))
    assert not page.is_fresh(root)


def test_a_registry_that_does_not_answer_is_told_as_such(root: Path) -> None:
    npm = FakeNpm(fails="ci", said="npm error code ENOTFOUND\nnpm error network request failed")
    with pytest.raises(page.PageError, match="its registry does not answer") as caught:
        page.build(root, npm)
    assert "NPM_CONFIG_REGISTRY" in str(caught.value)


def test_the_page_lies_where_vite_writes_it() -> None:
    config = (BUILD.parent / "vite.config.ts").read_text()
    assert "outDir: '../src/phonoscope/studio/page'" in config
    assert page.page_of(BUILD.parents[1]).relative_to(BUILD.parents[1]).as_posix() == "src/phonoscope/studio/page"


def test_node_is_asked_for_as_the_project_asks_for_it() -> None:
    assert f'"{page.NODE_PACKAGE}"' in (BUILD.parents[1] / "pyproject.toml").read_text()
