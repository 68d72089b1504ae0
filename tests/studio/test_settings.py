from __future__ import annotations

from pathlib import Path

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.studio.settings import Settings
from phonoscope.studio.settings_file import MASK, find_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which the environment names."""
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path))
    return tmp_path


def source(name: str, config: Path | None = None, **options: object) -> tuple[str, str]:
    """Return value and source of a setting as they are shown."""
    return next((row.value, row.source) for row in find_settings(config, **options).shown() if row.name == name)


def test_options_win_over_the_environment_and_that_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert source("port") == ("8470", "default")
    (folder / "studio.toml").write_text("port = 1001")
    assert source("port") == ("1001", str(folder / "studio.toml"))
    monkeypatch.setenv("PHONOSCOPE_PORT", "1002")
    assert source("port") == ("1002", "PHONOSCOPE_PORT")
    assert source("port", port=1003) == ("1003", "option")
    assert source("port", port=None) == ("1002", "PHONOSCOPE_PORT")


def test_a_file_elsewhere_may_name_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PHONOSCOPE_DATA_DIR")
    file = tmp_path / "mine.toml"
    file.write_text(f"data_dir = '{tmp_path / 'there'}'\nallowed_hosts = ['a.example', 'B.example']")
    settings = find_settings(file).settings
    assert settings.data_dir == tmp_path / "there"
    assert settings.allowed_hosts == ["a.example", "b.example"]


def test_lists_in_the_environment_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_ALLOWED_HOSTS", "a.example, b.example")
    assert find_settings().settings.allowed_hosts == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 80", "Did you mean port"),
        ("port = 'many'", "port in"),
        ("port = ", "no TOML"),
        ("request_limit = 'often'", "request_limit"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(folder: Path, text: str, said: str) -> None:
    (folder / "studio.toml").write_text(text)
    with pytest.raises(UsageError, match=said) as told:
        find_settings()
    assert told.value.remedy


def test_what_is_wrong_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_WORKERS", "1000")
    with pytest.raises(UsageError, match="PHONOSCOPE_WORKERS"):
        find_settings()


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml"):
        find_settings(tmp_path / "none.toml")


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_PASSWORD", "hunter2hunter2")
    monkeypatch.setenv("PHONOSCOPE_DATABASE_URL", "postgresql+psycopg://anna:hunter2@db/studio")
    found = find_settings()
    assert "hunter2" not in str(found.shown())
    assert "hunter2" not in repr(found)
    assert source("password")[0] == MASK
    assert "anna" in source("database_url")[0]


def test_secrets_are_not_told_where_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_LOG_FORMAT", "hunter2")
    with pytest.raises(UsageError) as told:
        find_settings()
    assert "hunter2" not in str(told.value)


def test_every_setting_says_what_it_means() -> None:
    assert all((field.description or "").endswith(".") for field in Settings.model_fields.values())
