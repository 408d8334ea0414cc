"""Settings from the environment and from `.env`; `.env.example` explains each one."""

from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError
from core.paths import ROOT

ADZUNA_API = "https://api.adzuna.com/v1/api"


class Settings(BaseSettings):
    """An empty variable counts as absent. Secrets print as `**********`."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    database_url: SecretStr | None = None
    database_read_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    model_store: Path | None = None
    # local servers, dbt's scratch and, by default, the models
    local_folder: Path = Field(default=ROOT / ".local", validation_alias="JOBDASH_LOCAL")
    adzuna_app_id: SecretStr | None = None
    adzuna_app_key: SecretStr | None = None
    adzuna_base_url: str = ADZUNA_API
    retry_wait: float = Field(default=1.0, ge=0)  # seconds before the first retry of a call
    simulator_ads: int = Field(default=2_000, ge=1)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=2, ge=1)

    @field_validator("adzuna_base_url")
    @classmethod
    def without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("model_store", mode="before")
    @classmethod
    def a_folder(cls, store: object) -> object:
        if "://" in str(store):
            raise ValueError("only a folder can be the model store for now, not an address")
        return store

    @property
    def model_folder(self) -> Path:
        return self.model_store or self.local_folder / "models"

    @property
    def uses_simulator(self) -> bool:
        """Without keys the ads come from the simulator, unless another address was given.

        Raises SettingsError where one of the two keys is missing.
        """
        if (self.adzuna_app_id is None) != (self.adzuna_app_key is None):
            raise SettingsError(
                "Adzuna needs both keys: set ADZUNA_APP_ID and ADZUNA_APP_KEY, "
                "or leave both empty to use the simulator."
            )
        return not self.has_keys and self.adzuna_base_url == ADZUNA_API

    @property
    def has_keys(self) -> bool:
        return self.adzuna_app_id is not None and self.adzuna_app_key is not None
