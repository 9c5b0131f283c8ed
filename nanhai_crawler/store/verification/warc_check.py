"""Whether the WARC files hold what the captures say, whole, and nothing that no capture knows."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from nanhai_crawler.store.clock import stamp14
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.verification.finding import Finding, Progress, Thing
from nanhai_crawler.store.verification.record_check import Gap, Record, read_record, status_of, walk

#: What a crawl writes beside captures, which are responses and revisits (store.snapshots).
_BESIDE = {"warcinfo", "request"}
CAPTURED = {"response", "revisit"}
#: A capture whose record could not be saved by a repair: its row says so, and no record is looked for.
LOST = "lost"
_SALVAGE = (
    "--repair sets the file aside, keeps its whole records in a new one, and makes the lost ones due again"
)
_TRUE = "--repair writes the row anew from its record"
_UNFINISHED = "SELECT id, started FROM runs WHERE outcome = 'running' ORDER BY id DESC"
_ORIGINAL = "SELECT 1 FROM captures WHERE url = ? AND time = ? AND payload_digest = ?"


class CaptureLine(NamedTuple):
    """A row of ``captures``, as far as its record can tell whether it is true."""

    id: int
    url: str
    time: str
    status: int
    payload_digest: str
    payload_length: int
    record_type: str
    warc_file: str
    warc_offset: int
    warc_length: int
    ip_address: str | None


# As what the schema says they are, whoever wrote them.
_COLUMNS = ", ".join(
    f"CAST({name} AS {'INTEGER' if kind is int else 'TEXT'})"
    for name, kind in CaptureLine.__annotations__.items()
)


def warc_files(folder: ArchiveFolder) -> list[Path]:
    """Every file in ``warc/`` that claims to be one, ours or not."""
    if not folder.warcs.is_dir():
        return []
    return sorted(path for path in folder.warcs.iterdir() if ".warc" in path.name and path.is_file())


def killed_run(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """The run that never ended, with the ``timestamp14`` of its beginning; null where all have, or nobody can tell."""
    try:
        row = connection.execute(_UNFINISHED).fetchone()
        return (row[0], stamp14(datetime.fromisoformat(row[1]))) if row else None
    except (sqlite3.Error, ValueError, TypeError, OverflowError):
        return None  # the database's own checks tell what is amiss


def began_at(path: Path) -> str:
    """The ``timestamp14`` in the name of a WARC file of ours; empty for another's."""
    parts = path.name.split("-")
    return parts[1] if parts[0] == "nanhai" and len(parts) > 2 else ""


def check_files(folder: ArchiveFolder, connection: sqlite3.Connection) -> Iterator[Finding]:
    """Cheap: every file that captures name is there and long enough, and no other is."""
    ends = dict(
        connection.execute(
            "SELECT CAST(warc_file AS TEXT), max(warc_offset + warc_length) FROM captures WHERE record_type <> ? GROUP BY 1",
            (LOST,),
        ).fetchall()
    )
    there = {path.name: path for path in warc_files(folder)}
    for name in sorted(set(ends) - there.keys()):
        yield _warc_finding(name, "not there", _count(connection, name))
    for name, path in there.items():
        size = path.stat().st_size
        if name in ends and size < ends[name]:
            yield _warc_finding(
                name,
                f"cut short, {size} bytes where there were at least {ends[name]}",
                _count(connection, name),
            )


def check_captures(
    folder: ArchiveFolder, connection: sqlite3.Connection, ids: list[int]
) -> Iterator[Finding]:
    """The records of these captures alone, each at its place."""
    for number in ids:
        row = next(_lines(connection, "id = ? AND record_type <> ?", number, LOST), None)
        path = folder.warc(row.warc_file) if row and Path(row.warc_file).name == row.warc_file else None
        if row is None or path is None or not path.is_file():
            continue  # what files are not there is told by check_files
        size = path.stat().st_size
        with path.open("rb") as file:
            found = read_record(file, row.warc_offset, size) if _is_within(row, size) else None
        if isinstance(found, Record):
            yield from _compare(connection, row, found)
        else:
            yield _no_record(row, found.why if found else "no record")


def check_warc(
    path: Path, size: int, connection: sqlite3.Connection, progress: Progress, is_open: Callable[[], bool]
) -> Iterator[Finding]:
    """Every byte of one file up to ``size``; what no row knows at the end of one that ``is_open`` is for a crawl to settle."""
    rows = {
        row.warc_offset: row
        for row in _lines(connection, "warc_file = ? AND record_type <> ?", path.name, LOST)
    }
    ended = max((row.warc_offset + row.warc_length for row in rows.values()), default=0)
    with path.open("rb") as file:
        for found in walk(file, size):
            progress(f"warc/{path.name}", found.offset, size)
            if found.offset >= ended and is_open():
                return
            if isinstance(found, Gap):
                yield from _gap(path.name, found, rows)
                continue
            row = rows.pop(found.offset, None)
            if row is not None:
                yield from _compare(connection, row, found)
            elif found.faults or found.type in _BESIDE:
                yield from _faults(path.name, found)
            else:
                yield _stranger(path.name, found)
    for row in rows.values():
        yield _no_record(row, "no record begins there")


def _lines(connection: sqlite3.Connection, where: str, *values: object) -> Iterator[CaptureLine]:
    statement = f"SELECT {_COLUMNS} FROM captures WHERE {where} ORDER BY warc_offset"  # noqa: S608  our own words
    for row in connection.execute(statement, values):
        yield CaptureLine(*row)


def _is_within(row: CaptureLine, size: int) -> bool:
    return 0 <= row.warc_offset < size


def _compare(connection: sqlite3.Connection, row: CaptureLine, record: Record) -> Iterator[Finding]:
    """What the record says against what the row says of it, and against itself."""
    if record.faults:
        yield _no_record(row, "; ".join(record.faults))
        return
    said = {
        "record_type": (row.record_type, record.type),
        "url": (row.url, record.fields.get("warc-target-uri")),
        "time": (row.time, record.fields.get("warc-date")),
        "status": (row.status, status_of(record.head)),
        "payload_digest": (row.payload_digest, record.fields.get("warc-payload-digest")),
        "warc_length": (row.warc_length, record.length),
        "ip_address": (row.ip_address, record.fields.get("warc-ip-address")),
    }
    if record.type == "response":
        said["payload_length"] = (row.payload_length, len(record.payload))
    off = [f"{name} is {mine!r}, its record has {its!r}" for name, (mine, its) in said.items() if mine != its]
    if off:
        yield _false_row(row, "; ".join(off))
    elif record.type == "revisit":
        yield from _check_original(connection, row, record)


def _check_original(connection: sqlite3.Connection, row: CaptureLine, record: Record) -> Iterator[Finding]:
    refers = (record.fields.get("warc-refers-to-target-uri"), record.fields.get("warc-refers-to-date"))
    if connection.execute(_ORIGINAL, (*refers, row.payload_digest)).fetchone() is None:
        yield Finding(
            thing=Thing.ROWS,
            where=_place(row),
            what=f"it repeats the capture of {refers[0]} at {refers[1]}, which no row knows",
            meaning="what was received then cannot be found by the record alone",
            remedy="--repair adopts the record again if a WARC file still has it",
            number=row.id,
        )


def _gap(name: str, gap: Gap, rows: dict[int, CaptureLine]) -> Iterator[Finding]:
    """One finding a gap, with the captures that stood in it; they are taken out of ``rows``."""
    inside = [rows.pop(offset) for offset in list(rows) if gap.offset <= offset < gap.offset + gap.length]
    some = ", ".join(f"{row.url} at {row.time}" for row in inside[:3]) + (" …" if len(inside) > 3 else "")
    yield Finding(
        thing=Thing.WARC,
        where=f"warc/{name}: bytes {gap.offset} to {gap.offset + gap.length}",
        what=f"{gap.why}",
        meaning=f"{len(inside)} captures stood there ({some})" if inside else "no row knows them",
        remedy=_SALVAGE,
        file=name,
        number=gap.offset,
    )


def _faults(name: str, record: Record) -> Iterator[Finding]:
    if record.faults:
        yield Finding(
            thing=Thing.WARC,
            where=f"warc/{name}: byte {record.offset}",
            what=f"{record.type or 'a'} record: {'; '.join(record.faults)}",
            meaning="the record cannot be trusted",
            remedy=_SALVAGE,
            file=name,
            number=record.offset,
        )


def _stranger(name: str, record: Record) -> Finding:
    return Finding(
        thing=Thing.RECORD,
        where=f"warc/{name}: byte {record.offset}",
        what=f"a {record.type} record of {record.fields.get('warc-target-uri', '?')} that no capture knows",
        meaning="its row was lost, or somebody put it there",
        remedy="--repair adopts it as a capture",
        number=record.offset,
    )


def _no_record(row: CaptureLine, what: str) -> Finding:
    return Finding(
        thing=Thing.WARC,
        where=_place(row),
        what=f"its record: {what}",
        meaning="what was received then cannot be shown; texts read from it are still in the database",
        remedy=_SALVAGE,
        file=row.warc_file,
        number=row.warc_offset,
    )


def _false_row(row: CaptureLine, what: str) -> Finding:
    return Finding(
        thing=Thing.CAPTURE,
        where=_place(row),
        what=what,
        meaning="the row was altered, the record is whole",
        remedy=_TRUE,
        number=row.id,
    )


def _place(row: CaptureLine) -> str:
    return f"warc/{row.warc_file}: byte {row.warc_offset}, capture {row.id} of {row.url} at {row.time}"


def _warc_finding(name: str, what: str, captures: int) -> Finding:
    return Finding(
        thing=Thing.WARC,
        where=f"warc/{name}",
        what=what,
        meaning=f"{captures} captures are named in it, some or all of which cannot be shown",
        remedy="put it back from a copy if there is one; else " + _SALVAGE,
        file=name,
    )


def _count(connection: sqlite3.Connection, name: str) -> int:
    (count,) = connection.execute("SELECT count(*) FROM captures WHERE warc_file = ?", (name,)).fetchone()
    return int(count)
