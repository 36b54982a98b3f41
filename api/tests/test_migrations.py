"""The migrations make the tables that the models describe."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect


def tables(environment: dict[str, str]) -> set[str]:
    engine = create_engine(environment["DATABASE_URL"])
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_models_and_migrations_agree(alembic_config: Config) -> None:
    command.upgrade(alembic_config, "head")
    command.check(alembic_config)


def test_migrations_lead_back(alembic_config: Config, environment: dict[str, str]) -> None:
    command.upgrade(alembic_config, "head")
    assert tables(environment) == {"alembic_version", "images"}
    command.downgrade(alembic_config, "base")
    assert tables(environment) == {"alembic_version"}


def test_a_password_may_hold_any_character(
    alembic_config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A percent sign means something in alembic.ini; the address mustn't go through it."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:100%25%40home@127.0.0.1:9/reactbin")
    command.upgrade(alembic_config, "head", sql=True)
    assert "CREATE TABLE images" in capsys.readouterr().out
