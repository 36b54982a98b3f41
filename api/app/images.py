"""Images: anyone lists and sees them, the owner adds them."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response, status
from pydantic import BaseModel
from sqlalchemy import select

from app.auth import require_owner
from app.dependencies import SessionDep, SettingsDep, StoreDep
from app.models import Image
from app.settings import Settings

# Bytes. The Ingress controller of the cluster lets no larger body through unless it is told to.
LARGEST = 1024 * 1024
# What PostgreSQL's integer and its text can hold: more would be an error of the database.
HIGHEST_ID = 2**31 - 1
NO_NUL = r"^[^\x00]*$"

router = APIRouter(prefix="/images", tags=["images"])


class ImageOut(BaseModel):
    """An image as clients see it."""

    id: int
    title: str
    content_type: str
    size: int
    """Bytes."""
    url: str


def describe(image: Image, settings: Settings) -> ImageOut:
    base = str(settings.api_base_url).rstrip("/")
    return ImageOut(
        id=image.id,
        title=image.title,
        content_type=image.content_type,
        size=image.size,
        url=f"{base}/api/v1/images/{image.id}/content",
    )


def sniff(data: bytes) -> str | None:
    """Tell the type of an image by its first bytes; what the sender says of it doesn't count.

    Only types that no browser runs scripts in, so SVG isn't one of them.
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return None


async def read_body(request: Request) -> bytes:
    """Read the body, and no more of it than an image may have."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(
                status.HTTP_413_CONTENT_TOO_LARGE, f"an image has {LARGEST} bytes at most"
            )
    return bytes(body)


@router.get("")
def list_images(
    session: SessionDep,
    settings: SettingsDep,
    q: Annotated[str, Query(max_length=200, pattern=NO_NUL, description="part of the title")] = "",
    before: Annotated[
        int, Query(ge=1, le=HIGHEST_ID, description="the last id of the page before")
    ] = HIGHEST_ID,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> list[ImageOut]:
    """List images, the newest first."""
    query = select(Image).where(Image.id < before).order_by(Image.id.desc()).limit(limit)
    if q:
        query = query.where(Image.title.icontains(q, autoescape=True))
    return [describe(image, settings) for image in session.scalars(query)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    # The owner first, before the body is read.
    dependencies=[Depends(require_owner)],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def add_image(
    title: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL)],
    data: Annotated[bytes, Depends(read_body)],
    session: SessionDep,
    store: StoreDep,
    settings: SettingsDep,
) -> ImageOut:
    """Add an image; the body is the image itself."""
    content_type = sniff(data)
    if content_type is None:
        raise HTTPException(
            status.HTTP_415_UNSUPPORTED_MEDIA_TYPE, "neither a PNG, a JPEG, a GIF nor a WebP image"
        )
    image = Image(
        title=title, content_type=content_type, size=len(data), object_key=f"images/{uuid4().hex}"
    )
    # The object first: one without a row is never shown, a row without its object would be.
    store.put(image.object_key, data, content_type)
    session.add(image)
    session.commit()
    return describe(image, settings)


@router.get("/{image_id}/content", response_class=Response)
def show_image(
    image_id: Annotated[int, Path(ge=1, le=HIGHEST_ID)], session: SessionDep, store: StoreDep
) -> Response:
    """Give the bytes of an image."""
    image = session.get(Image, image_id)
    if image is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "there is no such image")
    return Response(
        store.get(image.object_key),
        media_type=image.content_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )
