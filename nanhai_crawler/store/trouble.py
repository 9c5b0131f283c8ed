"""Where the trouble of a disk or a database becomes one line of ours that names the path."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.disk import disk_full, disk_trouble

#: What is raised when our own statements are wrong: no trouble of the disk, to be seen as it is.
OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
#: The second is what SQLite says where the index of its log cannot grow.
_NO_ROOM_IN_SQLITE = frozenset((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE))


@contextmanager
def storage_trouble(path: Path) -> Iterator[None]:
    """What the system or SQLite says of ``path`` is raised as :class:`StorageError`, in one line."""
    with disk_trouble(path), database_trouble(path):
        yield


@contextmanager
def database_trouble(path: Path) -> Iterator[None]:
    """What SQLite says of the database at ``path`` is raised likewise; trouble of other files passes by."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, OURS):
            raise
        raise _said_by_sqlite(path, error.orig) from error
    except sqlite3.Error as error:
        if isinstance(error, OURS):
            raise
        raise _said_by_sqlite(path, error) from error
    except UnicodeDecodeError as error:
        # Python cannot read SQLite's own message where it quotes a damaged schema.
        raise StorageError(f"{path}: damaged; nanhai verify says more") from error


def _said_by_sqlite(path: Path, error: BaseException | None) -> StorageError:
    if getattr(error, "sqlite_errorcode", None) in _NO_ROOM_IN_SQLITE:
        return disk_full(path, f"{error}")
    return StorageError(f"{path}: {error}")
