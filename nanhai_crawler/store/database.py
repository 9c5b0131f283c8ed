"""The door to ``nanhai.sqlite3``: one engine that writes, any number that only read.

SQLite before 3.51.3 can corrupt a write-ahead log when two connections checkpoint at once
(https://www.sqlite.org/wal.html, "The WAL-reset bug"). So one connection writes and checkpoints; every reader
opens ``mode=ro``, which cannot.
"""

import logging
import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text

from nanhai_crawler.errors import ArchiveMissing, ArchiveTooNew, StorageError
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.terms import index_terms

logger = logging.getLogger(__name__)
READING = ("PRAGMA query_only=ON",)
#: The schema's revisions that this program knows, oldest first; the last is the one it writes. A test holds
#: them against the scripts in ``migrations``: this list is here so that opening an archive need not import
#: alembic (95 ms).
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
#: Long enough for a writer's longest step that excludes readers (closing the log), short enough to be
#: noticed.
BUSY_TIMEOUT_MS = 10_000
#: The first bytes of every SQLite file (https://www.sqlite.org/fileformat.html, 1.3).
SQLITE_MAGIC = b"SQLite format 3\0"


def open_engine_writer(path: Path) -> Engine:
    """The engine that writes: write-ahead log, foreign keys held, every transaction immediate.

    ``synchronous=NORMAL``: after a power cut the last commits may be missing but never half there, and what
    they pointed at is in the WARC files, which are synced first; FULL would add one more sync to each commit.
    """
    check_is_database(path)
    uri = database_uri(path, "rwc")
    pragmas = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON")
    return engine_of(path, uri, pragmas, begin="BEGIN IMMEDIATE")


def open_engine_reader(path: Path) -> Engine:
    """An engine that can only read, and neither waits for the writer nor makes it wait.

    Raises :class:`ArchiveMissing` where there is no such file. A reader that is busy for minutes sees the
    archive as it was at the first row of its transaction.
    """
    return engine_of(path, reader_uri(path), READING, begin="BEGIN")


def connect_reader(path: Path) -> sqlite3.Connection:
    """A bare connection that can only read, for looking at a database that may be damaged; text is taken as it is.

    Raises :class:`ArchiveMissing`, and :class:`StorageError` for what is no database at all.
    """
    connection = connect(path, reader_uri(path), READING)
    connection.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    return connection


def reader_uri(path: Path) -> str:
    """What opens the database for reading only; :class:`ArchiveMissing` or :class:`StorageError` without one."""
    if not path.is_file():
        raise ArchiveMissing(f"{path.parent}: no archive here ({path.name} is missing)")
    check_is_database(path)
    return database_uri(path, "ro") + ("&immutable=1" if lies_still(path) else "")


def database_uri(path: Path, mode: str) -> str:
    """The file as SQLite wants it named: ``ro``, ``rw`` (it must be there) or ``rwc``."""
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def fold_log(engine: Engine) -> None:
    """As much of the log as no reader needs is in the database; for the writer, before its last connection closes.

    Where a reader is the last to close, nobody does this otherwise: readers cannot.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    except sqlite3.Error as error:
        # What the log has stays in it, and belongs to the database: nothing is lost.
        logger.warning("the log of the database was not folded into it: %s", error)
    finally:
        connection.close()


def check_is_database(path: Path) -> None:
    """Raise :class:`StorageError` when there is something at ``path`` that is no SQLite file."""
    with storage_trouble(path):
        if not path.exists():
            return
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
    if head and head != SQLITE_MAGIC:
        raise StorageError(f"{path}: not a database; move it away, or choose another archive folder")


def lies_still(path: Path) -> bool:
    """Whether the folder cannot be written, so that SQLite cannot make the log's index there."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def engine_of(path: Path, uri: str, pragmas: tuple[str, ...], *, begin: str) -> Engine:
    """An engine over ``uri``; its connections have our functions, and begin when SQLAlchemy says so."""
    engine = create_engine("sqlite://", creator=lambda: connect(path, uri, pragmas), poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def connect(path: Path, uri: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    """A bare connection that has our functions; whoever has it begins transactions by itself."""
    with storage_trouble(path):
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
        )
        teach_texts(connection)
        for pragma in pragmas:
            connection.execute(pragma).close()
    return connection


def teach_texts(connection: sqlite3.Connection) -> None:
    """SQL on the connection knows ``terms`` of a title and body, which the index is made by, and ``fold``."""
    connection.create_function("terms", 2, index_terms, deterministic=True)
    connection.create_function("fold", 1, _fold, deterministic=True)


def _fold(shown: str | None) -> str | None:
    """A name as filters compare it."""
    return None if shown is None else fold_for_search(shown)


def check_version(engine: Engine) -> str | None:
    """The schema's revision that the archive has; null for a database with nothing in it yet.

    Raises :class:`ArchiveTooNew` for a revision this program does not know, :class:`StorageError` for a
    database of some other program or a damaged one.
    """
    with storage_trouble(Path("nanhai.sqlite3")), engine.connect() as connection:
        path = path_of(connection)
        with storage_trouble(path):
            revision = stored_revision(connection, path)
    if revision is not None and revision not in REVISIONS:
        raise ArchiveTooNew(
            f"{path}: written by a newer version of this program; update nanhai-crawler to read it"
        )
    return revision


def path_of(connection: Connection) -> Path:
    """The file that the connection has open."""
    return Path(
        connection.execute(text("SELECT file FROM pragma_database_list WHERE name = 'main'")).scalar_one()
    )


def stored_revision(connection: Connection, path: Path) -> str | None:
    """What alembic wrote; null for an empty database."""
    tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StorageError(f"{path}: a database of some other program; choose another archive folder")
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision
