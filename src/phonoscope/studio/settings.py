"""How a studio is set up: the only module that reads the environment."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PHONOSCOPE_"
FILE_NAME = "studio.toml"

RATE = r"^[1-9][0-9]{0,6}/(second|minute|hour|day)$"


class Settings(BaseSettings):
    """Settings of a studio: what is given, else ``PHONOSCOPE_…`` in the environment, else what is usual."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen at.")
    port: int = Field(8470, ge=0, le=65535, description="Port to listen at; 0 takes a free one.")
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+/?)?$",
        examples=["https://studio.example.org"],
        description="Address at which browsers reach it, where a proxy stands before it.",
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        [], description="Further names by which browsers reach it, such as studio.example.org; several by commas."
    )
    trusted_proxies: str = Field(
        "", description="Addresses of proxies that tell who asks (X-Forwarded-For), by commas; * for any."
    )
    user: str = Field("local", min_length=1, max_length=80, description="Name of the first user.")
    password: SecretStr = Field(SecretStr(""), description="Password of the first user, set at each start.")
    data_dir: Path = Field(Path.home() / ".local/share/phonoscope", description="Where everything is kept.")
    database_url: str = Field(
        "", repr=False, description="postgresql://user:password@host/name; empty for SQLite in the data folder."
    )
    storage_url: str = Field(
        "",
        pattern=r"^(s3://[^/\s]+(/\S*)?)?$",
        examples=["s3://bucket/prefix"],
        description="s3://bucket/prefix; empty for files in the data folder.",
    )
    workers: int = Field(1, ge=1, le=16, description="Processes that render.")
    quick_workers: int = Field(
        1,
        ge=1,
        le=16,
        description="Processes that make previews and look at uploads, beside the one that draws the stage.",
    )
    max_upload_bytes: int = Field(500_000_000, ge=1, description="Largest file that may be uploaded.")
    account_bytes: int = Field(20_000_000_000, ge=1, description="What the uploads and videos of one account may take.")
    max_picture_pixels: int = Field(60_000_000, ge=1, description="Largest picture.")
    max_media_length_s: float = Field(3600, gt=0, description="Longest sound or video.")
    max_script_characters: int = Field(100_000, ge=1, description="Longest script.")
    request_limit: str = Field(
        "6000/minute", pattern=RATE, examples=["120/minute"], description="Requests of one account."
    )
    upload_limit: str = Field(
        "300/minute", pattern=RATE, examples=["120/minute"], description="Uploads that one account begins."
    )
    create_limit: str = Field(
        "120/minute",
        pattern=RATE,
        examples=["120/minute"],
        description="Renders, previews and speech asked by one account.",
    )
    login_limit: str = Field(
        "30/minute", pattern=RATE, examples=["120/minute"], description="Log-ins tried from one address."
    )
    login_name_limit: str = Field(
        "30/hour", pattern=RATE, examples=["120/minute"], description="Log-ins tried with one name from one address."
    )
    sharing: bool = Field(False, description="Videos may be shared with anybody who has the link.")
    private_addresses: bool = Field(
        False, description="Webhooks may go to addresses of the own network, and pictures come from there."
    )
    log_format: Literal["text", "json"] = Field("text", description="How the log is written.")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @field_validator("allowed_hosts")
    @classmethod
    def _lower(cls, value: list[str]) -> list[str]:
        wrong = next((name for name in value if not re.fullmatch(r"[^\s/:@]+|[0-9a-fA-F:.]+", name)), None)
        if wrong is not None:
            raise ValueError(f"{wrong[:80]!r} is more than a name such as studio.example.org: no https://, no port")
        return [name.lower() for name in value]

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for address in value.split(","):
            if value and address.strip() != "*":
                ip_network(address.strip(), strict=False)  # a ValueError says what is wrong
        return value

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, value: str) -> str:
        """Name the driver that comes with ``phonoscope[postgres]``: elsewhere such addresses are written without."""
        known = re.fullmatch(r"(?:postgres|postgresql|postgresql\+psycopg)://(\S+)", value)
        if value and known is None:
            raise ValueError("it has to look like postgresql://user:password@host/name")
        return f"postgresql+psycopg://{known[1]}" if known else ""

    @property
    def database(self) -> str:
        """Address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'studio.db'}"

    @property
    def files_dir(self) -> Path:
        """Folder of the files, or of their copies."""
        return self.data_dir / "files"

    @property
    def work_dir(self) -> Path:
        """Folder of what is unfinished: renders, uploads."""
        return self.data_dir / "work"
