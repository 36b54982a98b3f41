"""What the environment must hold, and what becomes of mistakes in it."""

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from app.main import create_app
from app.settings import Settings

pytestmark = pytest.mark.usefixtures("environment")


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - {"api_docs_enabled"}))
def test_each_variable_is_required(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name.upper())
    with pytest.raises(ValidationError) as error:
        Settings()
    assert [mistake["loc"] for mistake in error.value.errors()] == [(name,)]


def test_an_error_shows_no_value(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("S3_BUCKET_NAME")
    monkeypatch.setenv("JWT_SECRET_KEY", "too short")
    with pytest.raises(ValidationError) as error:
        Settings()
    said = str(error.value)
    assert "s3_bucket_name" in said
    assert "jwt_secret_key" in said
    assert "too short" not in said
    assert not any(value in said for value in environment.values())


def test_the_docs_are_there_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for wanted, status in [("false", 404), ("true", 200)]:
        monkeypatch.setenv("API_DOCS_ENABLED", wanted)
        client = TestClient(create_app())
        for path in ["/api/docs", "/api/openapi.json"]:
            assert client.get(path).status_code == status


def test_health_needs_neither_database_nor_object_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    monkeypatch.setenv("S3_ENDPOINT_URL", "http://127.0.0.1:9")
    answer = TestClient(create_app()).get("/api/v1/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
