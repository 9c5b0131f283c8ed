"""Adoption: a capture's row made, or made true again, from its WARC record; with the run that it belongs to."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nanhai_crawler.store.captures import media_type
from nanhai_crawler.store.snapshots import header_pairs
from nanhai_crawler.store.verification.record_check import Record, status_of, walk
from nanhai_crawler.store.verification.warc_check import CAPTURED

_PART_OF = re.compile(rb"(?m)^isPartOf: run (\d{1,9}) of ")
_RUN = (
    "INSERT OR IGNORE INTO runs (id, started, outcome, seeds, counts, version)"
    " VALUES (?, ?, 'rebuilt', '[]', '{}', '')"
)
#: Headers that are no ASCII may have been decoded in another way: what a row has of them is left as it is.
_AS_SENT = {"media_type", "etag", "last_modified"}
#: What a page was understood to be is for the next reading to say.
_UNREAD = {"kind": None, "kind_evidence": None, "charset": None, "charset_evidence": None}


def sound_records(path: Path) -> Iterator[tuple[int | None, Record]]:
    """Every record of a file that is whole, and the number of the run that wrote it (null where none is named)."""
    run = None
    with path.open("rb") as file:
        for found in walk(file, path.stat().st_size):
            if not isinstance(found, Record) or found.faults:
                continue
            if found.type == "warcinfo":
                named = _PART_OF.search(found.payload)
                run = int(named[1]) if named else run
            yield run, found


def adopt(connection: sqlite3.Connection, path: Path) -> int:
    """How many captures of the file have a row now, or a true one, that had none."""
    begun = {record.offset for _, record in sound_records(path)}
    changed = before = 0
    for run, record in sound_records(path):
        if record.type not in CAPTURED:
            continue
        true = capture_values(record, path.name)
        row = _row_of(connection, true, begun)
        before = row["id"] if row else _free_number(connection, before)
        if row is None:
            _insert(connection, {"id": before, "run_id": _run(connection, run, record), **true, **_UNREAD})
        elif row["record_type"] != "lost" and (new := _untrue(row, true)):
            _update(connection, before, new)
        else:
            continue
        changed += 1
    return changed


def _row_of(connection: sqlite3.Connection, true: dict[str, Any], begun: set[int]) -> dict[str, Any] | None:
    """The row at the record's place; else the one of the same instant whose place is none of a record."""
    rows = connection.execute(
        "SELECT * FROM captures WHERE warc_file = :warc_file AND (warc_offset = :warc_offset OR url = :url AND time = :time)"
        " ORDER BY warc_offset <> :warc_offset",
        true,
    )
    names = [column[0] for column in rows.description]
    for values in rows.fetchall():
        row = dict(zip(names, values, strict=True))
        if row["warc_offset"] == true["warc_offset"] or row["warc_offset"] not in begun:
            return row
    return None


def _untrue(row: dict[str, Any], true: dict[str, Any]) -> dict[str, Any]:
    """What the row says otherwise than its record. A revisit's does not tell how much was received."""
    passed = _AS_SENT | ({"payload_length"} if true["record_type"] == "revisit" else set())
    return {name: value for name, value in true.items() if name not in passed and row[name] != value}


def capture_values(record: Record, file: str) -> dict[str, Any]:
    """What the record tells of its capture's row."""
    http: dict[str, str] = {}
    for name, value in header_pairs(record.head):
        http.setdefault(name.lower(), value)
    return {
        "url": record.fields.get("warc-target-uri", ""),
        "time": record.fields.get("warc-date", ""),
        "status": status_of(record.head) or 0,
        "media_type": media_type(http.get("content-type")),
        "payload_digest": record.fields.get("warc-payload-digest", ""),
        "payload_length": len(record.payload),
        "record_type": record.type,
        "warc_file": file,
        "warc_offset": record.offset,
        "warc_length": record.length,
        "etag": http.get("etag"),
        "last_modified": http.get("last-modified"),
        "ip_address": record.fields.get("warc-ip-address"),
    }


def _free_number(connection: sqlite3.Connection, before: int) -> int:
    """The number after the capture written before, where a row was lost; else one that nobody has had.

    Captures are numbered as they are written: so what points at a lost row points at the right one again.
    """
    taken = connection.execute("SELECT 1 FROM captures WHERE id = ?", (before + 1,)).fetchone()
    if before and taken is None:
        return before + 1
    (greatest,) = connection.execute("SELECT coalesce(max(id), 0) FROM captures").fetchone()
    return int(greatest) + 1


def _run(connection: sqlite3.Connection, run: int | None, record: Record) -> int:
    """The run, with a row; where the file names none, the last that had begun when the record was made."""
    time = record.fields.get("warc-date", "")
    if run is None:
        statement = "SELECT id FROM runs WHERE started <= ? ORDER BY id DESC LIMIT 1"
        row = connection.execute(statement, (time,)).fetchone()
        run = int(row[0]) if row else 1
    connection.execute(_RUN, (run, time))
    return run


def _insert(connection: sqlite3.Connection, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO captures ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608  our names


def _update(connection: sqlite3.Connection, number: int, values: dict[str, Any]) -> None:
    sets = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE captures SET {sets} WHERE id = ?", (*values.values(), number))  # noqa: S608  our names


def adopt_all(connection: sqlite3.Connection, paths: Iterable[Path]) -> int:
    """How many captures of all the files have a row now, or a true one, that had none; in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    count = sum(adopt(connection, path) for path in paths)
    connection.execute("COMMIT")
    return count
