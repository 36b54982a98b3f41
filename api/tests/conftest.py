"""A migrated SQLite database, an object store on the loopback device, and a client."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient

from app.main import create_app

API = Path(__file__).parent.parent


@pytest.fixture
def bucket() -> dict[str, bytes]:
    """What the object store holds, by path."""
    return {}


@pytest.fixture
def s3_url(bucket: dict[str, bytes]) -> Iterator[str]:
    """Serve the bucket with as much of S3 as the service uses."""

    class Handler(BaseHTTPRequestHandler):
        # Clients wait a second for the answer to `Expect: 100-continue`, which 1.0 doesn't know.
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            bucket[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(200, b"")

        def do_GET(self) -> None:
            found = bucket.get(self.path)
            self.answer(200 if found is not None else 404, found or b"")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def environment(tmp_path: Path, s3_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every variable that must be set; they are set for the test."""
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite",
        "JWT_SECRET_KEY": "a key for tests, of 32 bytes or more",
        "OWNER_USERNAME": "owner",
        "OWNER_PASSWORD": "a password for tests",
        "S3_ENDPOINT_URL": s3_url,
        "S3_BUCKET_NAME": "reactbin",
        "S3_ACCESS_KEY_ID": "an id for tests",
        "S3_SECRET_ACCESS_KEY": "a secret for tests",
        "API_BASE_URL": "https://pics.example.com",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("API_DOCS_ENABLED", raising=False)
    return variables


@pytest.fixture
def alembic_config(environment: dict[str, str]) -> Config:
    return Config(API / "alembic.ini")


@pytest.fixture
def client(alembic_config: Config) -> Iterator[TestClient]:
    """The service, with its database migrated."""
    command.upgrade(alembic_config, "head")
    with TestClient(create_app()) as client:
        yield client


@pytest.fixture
def owner(client: TestClient, environment: dict[str, str]) -> dict[str, str]:
    """The headers of the owner's requests."""
    credentials = {
        "username": environment["OWNER_USERNAME"],
        "password": environment["OWNER_PASSWORD"],
    }
    answer = client.post("/api/v1/token", json=credentials)
    assert answer.status_code == 200
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
