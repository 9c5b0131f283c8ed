"""The SQLite that Python has here, and the known fault of its write-ahead log."""

import sqlite3
from dataclasses import dataclass

#: https://www.sqlite.org/wal.html, "The WAL-reset bug": from 3.7.0 on, and in none from here on.
_REPAIRED = (3, 51, 3)
_FAULT = (
    "two writers at once could corrupt its log (WAL-reset bug); here one process writes, and readers cannot"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SqliteVersion:
    """``version`` as ``3.40.1``; ``fault`` says in a line what is known against it, null for nothing."""

    version: str
    fault: str | None


def sqlite_version(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> SqliteVersion:
    """What runs here; a distributor may have put the repair into an older version, which nobody can see."""
    fault = None if version >= _REPAIRED else _FAULT
    return SqliteVersion(version=".".join(map(str, version)), fault=fault)
