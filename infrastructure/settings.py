"""All settings, from environment variables that begin with LEDGERDESK_."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What one installation is told from outside."""

    model_config = SettingsConfigDict(
        env_prefix="LEDGERDESK_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    database_url: str | None = Field(
        default=None, description="any Postgres from 15 on; empty: embedded"
    )
    data: Path | None = Field(default=None, description="folder of the embedded Postgres")
    host: str = Field(default="127.0.0.1", description="where the API listens")
    port: int = Field(default=8000, description="where the API listens")
    api_url: str | None = Field(
        default=None, description="where the gateway finds the API; empty: host, port"
    )
    secret_key: SecretStr | None = Field(
        default=None, description="32 bytes as 64 hex digits; seals tokens"
    )
    telegram_api: str = Field(default="https://api.telegram.org", description="root of the Bot API")
    telegram_pace: float = Field(
        default=1.0, gt=0, description="how many times faster than real limits"
    )
    public_url: str | None = Field(default=None, description="address for webhooks; empty: polling")
    sandbox_url: str | None = Field(
        default=None, description="page of the emulator, if this is a simulation"
    )
    settings_bot_token: SecretStr | None = Field(
        default=None, description="token of the settings bot"
    )
    playground: bool = Field(default=True, description="serve GraphiQL and answer introspection")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    @property
    def graphql_url(self) -> str:
        """Where the API answers GraphQL."""
        return f"{self.api_url or f'http://{self.host}:{self.port}'}/graphql"
