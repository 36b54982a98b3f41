"""Who is the owner and who isn't."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient

PNG = b"\x89PNG\r\n\x1a\n and so on"


def add(client: TestClient, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/api/v1/images?title=x", content=PNG, headers=headers).status_code


@pytest.mark.parametrize(
    "credentials",
    [
        {"username": "owner", "password": "wrong"},
        {"username": "wrong", "password": "a password for tests"},
        {"username": "öwner", "password": ""},
    ],
)
def test_wrong_credentials_get_no_token(client: TestClient, credentials: dict[str, str]) -> None:
    answer = client.post("/api/v1/token", json=credentials)
    assert answer.status_code == 401
    assert "access_token" not in answer.json()


def test_a_token_counts_only_if_it_is_ours(client: TestClient, environment: dict[str, str]) -> None:
    key = environment["JWT_SECRET_KEY"]
    soon = datetime.now(UTC) + timedelta(minutes=1)
    assert add(client, jwt.encode({"sub": "owner", "exp": soon}, key)) == 201
    foreign: list[tuple[dict[str, Any], str]] = [
        ({"sub": "owner", "exp": soon}, "another key, just as long as ours"),
        ({"sub": "someone", "exp": soon}, key),
        ({"sub": "owner", "exp": soon - timedelta(minutes=2)}, key),
        ({"sub": "owner"}, key),
    ]
    for claims, with_key in foreign:
        assert add(client, jwt.encode(claims, with_key)) == 401
    assert add(client, jwt.encode({"sub": "owner", "exp": soon}, "", "none")) == 401
    assert add(client, "nonsense") == 401
    assert client.post("/api/v1/images?title=x", content=PNG).status_code == 401
