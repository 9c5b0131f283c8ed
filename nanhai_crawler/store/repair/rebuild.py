"""Rebuilding: a new database with every row of the damaged one that can be read; the damaged one is set aside."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.clock import stamp
from nanhai_crawler.store.database import REVISIONS, connect, database_uri, open_engine_writer
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.losses import Losses
from nanhai_crawler.store.migration import migrate
from nanhai_crawler.store.models import Base
from nanhai_crawler.store.repair.recovery import readable_rows


def rebuild(folder: ArchiveFolder, losses: Losses, now: datetime) -> str:
    """The database is a new one, without index and with what could be read of the old; what was done, in a line."""
    old = _set_aside(folder, losses, now)
    with closing(_open_old(old)) if old else closing(sqlite3.connect(":memory:")) as source:
        version = _version(source)
        engine = open_engine_writer(folder.database)
        migrate(engine, to=version)
        with closing(connect_writer(folder.database)) as target:
            counts = _copy(source, target)
        migrate(engine)
        engine.dispose()
    read = ", ".join(f"{count} {table}" for table, count in counts.items() if count) or "nothing"
    aside = f"set aside as damaged/{old.name}" if old else "was gone"
    return f"{folder.database.name}: {aside}; made anew with what could be read of it: {read}"


def connect_writer(path: Path) -> sqlite3.Connection:
    """A bare connection that writes, for repairs: references are not held, since they are what is mended."""
    return connect(path, database_uri(path, "rw"), ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"))


def _set_aside(folder: ArchiveFolder, losses: Losses, now: datetime) -> Path | None:
    """Where the damaged database is now, with its log; null where there is none."""
    name = folder.database.name
    if not folder.database.exists():
        return None
    loss = losses.set_aside(name, "damaged; made anew", stamp(now))
    old = folder.path / str(loss.kept_as)
    for ending in ("-wal", "-shm"):
        beside = folder.path / (name + ending)
        if beside.exists():
            beside.rename(old.with_name(old.name + ending))
    return old


def _open_old(path: Path) -> sqlite3.Connection:
    """The damaged database, opened so that its log is read too; an empty one where it cannot be opened at all."""
    try:
        return connect(path, database_uri(path, "rw"), ("PRAGMA query_only=ON", "PRAGMA cell_size_check=ON"))
    except StorageError:
        return sqlite3.connect(":memory:")


def _version(source: sqlite3.Connection) -> str:
    """The schema that the old database had, so that its rows fit; the newest where nobody can tell."""
    try:
        row = source.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        row = None
    return row[0] if row and row[0] in REVISIONS else REVISIONS[-1]


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> dict[str, int]:
    counts = {}
    target.execute("BEGIN IMMEDIATE")
    for table in (one.name for one in Base.metadata.sorted_tables):
        names = [name for name in _columns(target, table) if name in _columns(source, table)]
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608  the schema's names
        rows = readable_rows(source, table, names) if names else iter(())
        counts[table] = sum(target.execute(statement, row).rowcount for row in rows)
    target.execute("COMMIT")
    return counts


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return []
