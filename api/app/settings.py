"""What the service is told from outside, by environment variables of the same names.

In the cluster all but the last come from the Secret `api-env`, which is filled from Vault.
"""

from pydantic import AnyHttpUrl, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings; a missing or malformed one stops the service before it serves anything."""

    # What is wrong ends up in the pod's log: it names the variable and shows no value.
    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    # An SQLAlchemy URL, such as postgresql://user:password@host/name.
    database_url: SecretStr
    # HS256 wants a key of 256 bits or more: RFC 7518, section 3.2.
    jwt_secret_key: SecretStr = Field(min_length=32)
    owner_username: str = Field(min_length=1)
    owner_password: SecretStr = Field(min_length=1)
    s3_endpoint_url: AnyHttpUrl
    s3_bucket_name: str = Field(min_length=1)
    s3_access_key_id: SecretStr
    s3_secret_access_key: SecretStr
    # Where browsers reach the API, without a path: https://pics.example.com
    api_base_url: AnyHttpUrl
    api_docs_enabled: bool = False
