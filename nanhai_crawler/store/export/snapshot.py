"""A snapshot of the archive's database: one file as of one moment, whatever is written meanwhile."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from nanhai_crawler.store.database import connect_reader
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.trouble import storage_trouble

_ENDS = text("""
SELECT warc_file, max(warc_offset + warc_length) AS end_byte FROM captures
WHERE record_type != 'lost' GROUP BY warc_file ORDER BY warc_file
""")


def take_snapshot(database: Path, folder: Path) -> Path:
    """The copy in the folder, under the same name; a single file, without a log."""
    path = folder / database.name
    with (
        storage_trouble(path),
        closing(connect_reader(database)) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").close()
    return path


def known_ends(reader: ArchiveReader) -> dict[str, int]:
    """The WARC files that captures are in, each with the byte where the last of them ends."""
    with reader.connect() as connection:
        return {row.warc_file: row.end_byte for row in connection.execute(_ENDS)}
