"""An archive of an earlier version, as this version would have it: a copy that is brought up to date, to be looked at."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from nanhai_crawler.store.database import connect_reader, open_engine_writer
from nanhai_crawler.store.migration import migrate


@contextmanager
def current_copy(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The copy, to be read; the database itself stays as it is. Raises StorageError where the schema is not whole."""
    with TemporaryDirectory(prefix="nanhai-verify-") as place:
        path = Path(place) / "copy.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)
        engine = open_engine_writer(path)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        with closing(connect_reader(path)) as current:
            current.execute("BEGIN").close()
            yield current
