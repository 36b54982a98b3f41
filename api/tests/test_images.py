"""Images, from the owner's upload to what a browser gets."""

import pytest
from fastapi.testclient import TestClient

from app.images import LARGEST
from app.main import create_app

PNG = b"\x89PNG\r\n\x1a\n"
IMAGES = "/api/v1/images"


def add(client: TestClient, owner: dict[str, str], title: str, data: bytes) -> int:
    answer = client.post(IMAGES, params={"title": title}, content=data, headers=owner)
    return answer.status_code


def titles(client: TestClient, **query: str | int) -> list[str]:
    answer = client.get(IMAGES, params=query)
    assert answer.status_code == 200
    return [image["title"] for image in answer.json()]


def test_what_is_added_is_listed_and_shown(
    client: TestClient, owner: dict[str, str], bucket: dict[str, bytes]
) -> None:
    assert client.get(IMAGES).json() == []
    assert add(client, owner, "slow clap", PNG + b"1") == 201
    [image] = client.get(IMAGES).json()
    assert image == {
        "id": 1,
        "title": "slow clap",
        "content_type": "image/png",
        "size": 9,
        "url": "https://pics.example.com/api/v1/images/1/content",
    }
    shown = client.get(f"{IMAGES}/1/content")
    assert shown.content == PNG + b"1"
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    # The bucket stands in the path.
    [path] = bucket
    assert path.startswith("/reactbin/images/")


def test_the_list_is_searched_and_paged(client: TestClient, owner: dict[str, str]) -> None:
    for title in ["Slow Clap", "100% sure", "shrug"]:
        assert add(client, owner, title, PNG) == 201
    assert titles(client) == ["shrug", "100% sure", "Slow Clap"]
    assert titles(client, limit=2) == ["shrug", "100% sure"]
    assert titles(client, before=2) == ["Slow Clap"]
    assert titles(client, q="clap") == ["Slow Clap"]
    assert titles(client, q="%") == ["100% sure"]
    for query in ["limit=0", "limit=101", "before=0", f"before={2**31}", "q=%00"]:
        assert client.get(f"{IMAGES}?{query}").status_code == 422


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ],
)
def test_the_bytes_tell_the_type(
    client: TestClient, owner: dict[str, str], data: bytes, content_type: str
) -> None:
    assert add(client, {**owner, "Content-Type": "text/html"}, "x", data) == 201
    assert client.get(f"{IMAGES}/1/content").headers["Content-Type"] == content_type


def test_what_is_no_image_is_refused(
    client: TestClient, owner: dict[str, str], bucket: dict[str, bytes]
) -> None:
    assert add(client, owner, "x", b"<svg xmlns='http://www.w3.org/2000/svg'/>") == 415
    assert add(client, owner, "x", b"") == 415
    assert add(client, owner, "x", PNG.ljust(LARGEST + 1)) == 413
    assert add(client, owner, "", PNG) == 422
    assert (titles(client), bucket) == ([], {})
    assert add(client, owner, "x", PNG.ljust(LARGEST)) == 201


def test_what_is_not_there_is_told(
    client: TestClient, owner: dict[str, str], bucket: dict[str, bytes]
) -> None:
    assert client.get(f"{IMAGES}/1/content").status_code == 404
    assert client.get(f"{IMAGES}/{2**31}/content").status_code == 422
    assert add(client, owner, "x", PNG) == 201
    bucket.clear()
    assert client.get(f"{IMAGES}/1/content").status_code == 503


def test_without_the_object_store_nothing_is_listed(
    client: TestClient, owner: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S3_ENDPOINT_URL", "http://127.0.0.1:9")
    with TestClient(create_app()) as broken:
        assert add(broken, owner, "x", PNG) == 503
        assert titles(broken) == []
