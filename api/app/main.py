"""Puts the service together. `uvicorn app.main:create_app --factory` runs it."""

from typing import Literal

from fastapi import APIRouter, FastAPI, Request, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app import auth, images
from app.dependencies import Resources
from app.settings import Settings
from app.storage import ObjectStore, StorageError

health = APIRouter(tags=["health"])


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@health.get("/health")
def get_health() -> Health:
    """Say that requests are served.

    The liveness probe asks this, and a restart mends neither a database nor an object store that
    is away: so neither is looked at.
    """
    return Health()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the service; without settings they are read from the environment.

    Nothing is connected to yet: that happens with the first request that needs it.
    """
    settings = settings or Settings()
    # A connection is tried before it is used, since databases restart.
    engine = create_engine(settings.database_url.get_secret_value(), pool_pre_ping=True)
    # Below /api/ like everything else: the Ingress sends the rest to the UI.
    app = FastAPI(
        title="reactbin",
        openapi_url="/api/openapi.json" if settings.api_docs_enabled else None,
        docs_url="/api/docs",
        redoc_url=None,
    )
    app.state.resources = Resources(settings, sessionmaker(engine), ObjectStore(settings))
    for router in (health, auth.router, images.router):
        app.include_router(router, prefix="/api/v1")
    app.add_exception_handler(StorageError, answer_storage_error)
    return app


def answer_storage_error(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(
        {"detail": "the object store doesn't answer"}, status.HTTP_503_SERVICE_UNAVAILABLE
    )
