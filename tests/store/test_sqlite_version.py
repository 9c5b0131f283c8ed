"""The version of SQLite, and what is known against it."""

import sqlite3

from nanhai_crawler.store.sqlite_version import sqlite_version


def test_the_version_is_the_one_that_runs() -> None:
    assert sqlite_version().version == sqlite3.sqlite_version


def test_the_fault_of_the_log_is_said_of_the_versions_that_have_it() -> None:
    assert "WAL-reset" in (sqlite_version((3, 40, 1)).fault or "")
    assert "WAL-reset" in (sqlite_version((3, 51, 2)).fault or "")
    assert sqlite_version((3, 51, 3)).fault is None
