"""Settings from the environment and from `.env`; `.env.example` explains each one."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError
from core.paths import ROOT

ADZUNA_API = "https://api.adzuna.com/v1/api"
FRANCE_TRAVAIL_API = "https://api.francetravail.io"
FRANCE_TRAVAIL_TOKENS = "https://entreprise.francetravail.fr/connexion/oauth2/access_token"


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
    model_store: Annotated[str, BeforeValidator(str)] | None = None  # a folder or s3://…
    # local servers, dbt's scratch and, by default, the models
    local_folder: Path = Field(default=ROOT / ".local", validation_alias="JOBDASH_LOCAL")
    backup_folder: Path | None = Field(default=None, validation_alias="BACKUP_STORE")
    backup_offsite: str | None = None  # a folder or s3://…
    adzuna_app_id: SecretStr | None = None
    adzuna_app_key: SecretStr | None = None
    adzuna_base_url: str = ADZUNA_API
    adzuna_limits: str | None = None
    france_travail_client_id: SecretStr | None = None
    france_travail_client_secret: SecretStr | None = None
    france_travail_base_url: str = FRANCE_TRAVAIL_API
    france_travail_token_url: str = FRANCE_TRAVAIL_TOKENS
    retry_wait: float = Field(default=1.0, ge=0)  # seconds before the first retry of a call
    simulator_ads: int = Field(default=2_000, ge=1)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=2, ge=1)
    rate_limit: str | None = None  # of one client: 600/minute
    api_keys_file: Path | None = None
    cors_origins: str | None = None
    trusted_proxies: int = Field(default=0, ge=0)

    @field_validator("adzuna_base_url", "france_travail_base_url", "france_travail_token_url")
    @classmethod
    def without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    def check_model_store(self) -> None:
        """Raises SettingsError where the store is no folder and no address to use, or holds a key."""
        scheme, is_address, place = self.store_address.partition("://")
        if is_address and (scheme != "s3" or not place.partition("/")[0]):
            raise SettingsError("MODEL_STORE: must be a folder or s3://bucket/place.")
        if is_address and set("@?#") & set(place):
            raise SettingsError(
                "MODEL_STORE: holds more than s3://bucket/place: give keys as AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, another server as AWS_ENDPOINT_URL."
            )

    @property
    def store_address(self) -> str:
        """A folder, or the address of a place in S3."""
        return self.model_store or str(self.local_folder / "models")

    @property
    def backup_store(self) -> Path:
        return self.backup_folder or self.local_folder / "backups"

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

    @property
    def has_france_travail_keys(self) -> bool:
        return None not in (self.france_travail_client_id, self.france_travail_client_secret)

    @property
    def uses_france_travail_simulator(self) -> bool:
        """As `uses_simulator`, for France Travail. Raises SettingsError where one key is missing."""
        if (self.france_travail_client_id is None) != (self.france_travail_client_secret is None):
            raise SettingsError(
                "France Travail needs both keys: set FRANCE_TRAVAIL_CLIENT_ID and "
                "FRANCE_TRAVAIL_CLIENT_SECRET, or leave both empty to use the simulator."
            )
        is_real = self.france_travail_base_url == FRANCE_TRAVAIL_API
        return not self.has_france_travail_keys and is_real
