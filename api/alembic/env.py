"""Runs migrations against the database that DATABASE_URL names.

Of the settings it needs that one only, so that a database can be migrated without the others.
"""

import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

from app.models import Base

if context.config.config_file_name is not None:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)


def run_offline(url: str) -> None:
    """Print the SQL instead of running it: `alembic upgrade head --sql`."""
    context.configure(url=url, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online(url: str) -> None:
    """Run the migrations in one transaction, so that one that fails leaves nothing behind."""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()


run = run_offline if context.is_offline_mode() else run_online
run(os.environ["DATABASE_URL"])
