"""From whatever schema an archive has to the one this program writes; only this module knows alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from nanhai_crawler.store.database import REVISIONS, check_version, path_of
from nanhai_crawler.store.trouble import storage_trouble

#: The scripts, one a revision; package data.
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, to: str = REVISIONS[-1]) -> bool:
    """The archive has the newest schema (or the one asked for); true when it had to be changed.

    All of it happens, or nothing.
    """
    if check_version(engine) == to:
        return False
    with engine.connect() as connection, storage_trouble(path_of(connection)):
        config = scripts_config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        connection.commit()
    return True


def scripts_config() -> Config:
    """Alembic's settings, with no file: where the scripts lie."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
