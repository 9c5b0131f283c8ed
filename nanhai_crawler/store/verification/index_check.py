"""Whether the full-text index is sound, and has what the texts have: FTS5's own check, with rank 1.

``PRAGMA integrity_check`` does not see an index that lacks rows. FTS5's check is a statement that writes, though it
changes nothing; so it is asked of a copy, and neither the archive nor a crawl that goes on is touched.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nanhai_crawler.store.database import teach_texts
from nanhai_crawler.store.verification.finding import Finding, Thing
from nanhai_crawler.store.verification.signature_check import find_wrong_signature

_REMEDY = "--repair makes it anew from the revisions"
_INDEXED = "SELECT revision_id FROM search_rows WHERE id IN (SELECT id FROM search_index_docsize)"
_LACKING = f"SELECT id FROM revisions WHERE id NOT IN ({_INDEXED}) ORDER BY id"  # noqa: S608  both are ours
_SURPLUS = """
SELECT id FROM search_index_docsize WHERE id NOT IN (
    SELECT search_rows.id FROM search_rows JOIN revisions ON revisions.id = search_rows.revision_id
) ORDER BY id
"""
# Rows 1 and 10 are about the index as a whole.
_PAGES = "SELECT id, CAST(substr(block, 1, 4) AS BLOB), length(block) FROM search_index_data WHERE id > 10 ORDER BY id"
#: https://www.sqlite.org/fts5.html, 6.4: with rank 1 the index is held against the texts too.
_CHECKS = {
    "INSERT INTO search_index(search_index) VALUES ('integrity-check')": "it is damaged in itself",
    "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)": "it does not have what the texts have",
}


def check_entries(connection: sqlite3.Connection, name: str) -> Iterator[Finding]:
    """Cheap: which revisions the index has."""
    for statement, words in ((_LACKING, "lacks"), (_SURPLUS, "has, though there is no such text,")):
        ids = [number for (number,) in connection.execute(statement)]
        if ids:
            some = ", ".join(map(str, ids[:5])) + (" …" if len(ids) > 5 else "")
            yield _finding(name, f"it {words} {len(ids)} revisions (number {some})")


def check_pages(connection: sqlite3.Connection, name: str) -> Iterator[Finding]:
    """Cheap: every page of the index on which a term begins can be found. FTS5's own check does not see to that.

    fts5_index.c, "Formats of the %_data and %_idx tables": a page's number has its segment, two flags and its place
    in it; its footer, which lists the terms that begin there, stands from the byte that bytes 2 and 3 name to its end.
    A merge that goes on over several commits takes away a segment's first pages, and not what leads to them.
    """
    begun: set[tuple[int, int]] = set()
    first: dict[int, int] = {}
    for number, head, length in connection.execute(_PAGES):
        if (number >> 31) & 0x3F:
            continue
        segment, page = number >> 37, number & 0x7FFFFFFF
        first.setdefault(segment, page)
        if int.from_bytes(head[2:4]) < length:
            begun.add((segment, page))
    known = {
        (segment, place >> 1)
        for segment, place in connection.execute("SELECT segid, pgno FROM search_index_idx")
        if place >> 1 >= first.get(segment, 0)
    }
    if begun != known:
        yield _finding(name, f"{len(begun ^ known)} of its {len(begun)} pages cannot be found")


def check_index(connection: sqlite3.Connection, name: str) -> Iterator[Finding]:
    """Thorough: FTS5's own check, and the signatures; of an index damaged in itself no more is asked."""
    with (
        tempfile.TemporaryDirectory(prefix="nanhai-verify-") as place,
        copied(connection, Path(place)) as copy,
    ):
        for statement, what in _CHECKS.items():
            try:
                copy.execute(statement)
            except sqlite3.DatabaseError as error:
                yield _finding(name, f"{what} ({error})")
                return
    if (row := find_wrong_signature(connection)) is not None:
        yield _finding(name, f"the signature of row {row} is not that of its text")


@contextmanager
def copied(connection: sqlite3.Connection, place: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database, in the folder ``place``, that may be written to."""
    with closing(sqlite3.connect(place / "copy.sqlite3", isolation_level=None)) as copy:
        connection.backup(copy)
        teach_texts(copy)
        yield copy


def has_room(database: Path) -> bool:
    """Whether a copy of the database fits where copies are made."""
    return shutil.disk_usage(tempfile.gettempdir()).free > database.stat().st_size * 1.1


def _finding(name: str, what: str) -> Finding:
    return Finding(
        thing=Thing.INDEX,
        where=f"{name}: full-text index",
        what=what,
        meaning="searches miss articles or find too many; no text is lost",
        remedy=_REMEDY,
    )
