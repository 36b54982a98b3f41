"""The owner: there is one, who logs in with a password and gets a token."""

from datetime import UTC, datetime, timedelta
from secrets import compare_digest
from typing import Annotated, Literal

import jwt
from fastapi import APIRouter, Depends, HTTPException, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, SecretStr

from app.dependencies import SettingsDep

ALGORITHM = "HS256"
LIFETIME = timedelta(hours=12)

router = APIRouter(tags=["owner"])


class Credentials(BaseModel):
    username: str
    password: SecretStr


class Token(BaseModel):
    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int
    """Seconds."""


@router.post("/token")
def log_in(credentials: Credentials, settings: SettingsDep) -> Token:
    """Give a token for the owner's name and password."""
    # Both are compared whatever comes of the first: the time tells nothing of either.
    name_fits = same(credentials.username, settings.owner_username)
    password_fits = same(
        credentials.password.get_secret_value(), settings.owner_password.get_secret_value()
    )
    if not (name_fits and password_fits):
        raise unauthorized("wrong name or password")
    claims = {"sub": settings.owner_username, "exp": datetime.now(UTC) + LIFETIME}
    token = jwt.encode(claims, settings.jwt_secret_key.get_secret_value(), ALGORITHM)
    return Token(access_token=token, expires_in=int(LIFETIME.total_seconds()))


def require_owner(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
    settings: SettingsDep,
) -> None:
    """Let only requests through that have a token of the owner."""
    if bearer is None:
        raise unauthorized("a token is missing")
    try:
        jwt.decode(
            bearer.credentials,
            settings.jwt_secret_key.get_secret_value(),
            [ALGORITHM],
            options={"require": ["exp", "sub"]},
            subject=settings.owner_username,
        )
    except jwt.InvalidTokenError as error:
        raise unauthorized("the token isn't valid, or no longer") from error


def same(given: str, expected: str) -> bool:
    return compare_digest(given.encode(), expected.encode())


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )
