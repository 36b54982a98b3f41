"""What endpoints ask for in their parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session, sessionmaker

from app.settings import Settings
from app.storage import ObjectStore


@dataclass(frozen=True)
class Resources:
    """What lives as long as the service."""

    settings: Settings
    sessions: sessionmaker[Session]
    store: ObjectStore


def get_resources(request: Request) -> Resources:
    resources: Resources = request.app.state.resources
    return resources


def get_settings(resources: Annotated[Resources, Depends(get_resources)]) -> Settings:
    return resources.settings


def get_store(resources: Annotated[Resources, Depends(get_resources)]) -> ObjectStore:
    return resources.store


def get_session(resources: Annotated[Resources, Depends(get_resources)]) -> Iterator[Session]:
    with resources.sessions() as session:
        yield session


SettingsDep = Annotated[Settings, Depends(get_settings)]
StoreDep = Annotated[ObjectStore, Depends(get_store)]
SessionDep = Annotated[Session, Depends(get_session)]
