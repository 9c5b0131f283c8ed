"""The open transaction of the one writer: after trouble, nothing of it is ever committed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.trouble import storage_trouble


class Transaction:
    """What was written to the database at ``path`` and is not committed yet."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self.is_sound = True  # nothing of it was given up
        self._connection = connection
        self._path = path

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Trouble with the disk is a :class:`StorageError`; what was not committed is given up then."""
        try:
            with storage_trouble(self._path):
                yield
        except StorageError:
            self.is_sound = False
            self._connection.rollback()
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All statements of the block are in the transaction, or (whatever the error) it will never be committed."""
        if not self.is_sound:
            raise StorageError(f"{self._path}: nothing more is written after an earlier error")
        with self.guarded():
            self.is_sound = False
            yield
            self.is_sound = True
