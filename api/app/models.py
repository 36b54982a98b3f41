"""The tables. A change here needs a migration in alembic/versions."""

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What all tables have in common."""

    # Constraints have names of our own, so that a migration can drop them on any database.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )


class Image(Base):
    """A reaction image; its bytes are in the object store, under `object_key`."""

    __tablename__ = "images"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(32))
    size: Mapped[int]
    object_key: Mapped[str] = mapped_column(String(64), unique=True)
