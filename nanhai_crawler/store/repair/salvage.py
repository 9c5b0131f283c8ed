"""Salvage: the whole records of a damaged WARC file in a new one, the damaged file set aside, its losses in the rows."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from nanhai_crawler import __version__
from nanhai_crawler.store.clock import stamp, stamp14
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.losses import Losses
from nanhai_crawler.store.repair.adoption import sound_records
from nanhai_crawler.store.snapshots import sync_folder
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.verification.warc_check import CAPTURED
from nanhai_crawler.store.warc import warcinfo_member

_MOVE = "UPDATE captures SET warc_file = ?, warc_offset = ? WHERE warc_file = ? AND warc_offset = ?"
_LOSE = "UPDATE captures SET record_type = 'lost' WHERE warc_file = ? AND record_type <> 'lost'"
#: What is lost is asked for again, in full: without validators, at the next crawl.
_DUE = (
    "UPDATE frontier SET due_at = min(due_at, ?), etag = NULL, last_modified = NULL WHERE url IN"
    " (SELECT url FROM captures WHERE warc_file = ? AND record_type = 'lost')"
)


def salvage(
    folder: ArchiveFolder, connection: sqlite3.Connection, name: str, losses: Losses, now: datetime
) -> str:
    """The file ``warc/{name}`` is out of the way, and every row is true again; what was done, in a line."""
    path = folder.warc(name)
    kept = _copy(folder, path, now) if path.is_file() else None
    connection.execute("BEGIN IMMEDIATE")
    if kept is not None:
        connection.executemany(_MOVE, [(kept[0], new, name, old) for old, new in kept[1]])
    lost = connection.execute(_LOSE, (name,)).rowcount
    connection.execute(_DUE, (stamp(now), name))
    connection.execute("COMMIT")
    loss = losses.set_aside(f"warc/{name}", f"{lost} captures lost", stamp(now))
    where = f"set aside as {loss.kept_as}" if loss.kept_as else "gone"
    saved = f"; {len(kept[1])} whole captures are in warc/{kept[0]} now" if kept else ""
    due = "; their addresses are due again, and what they held then is lost" if lost else ""
    return f"warc/{name}: {where}{saved}; {lost} captures lost{due}"


def _copy(folder: ArchiveFolder, path: Path, now: datetime) -> tuple[str, list[tuple[int, int]]] | None:
    """The new file's name, and where each capture stood and stands; null where there was nothing to be saved."""
    records = [(record.offset, record.length, record.type in CAPTURED) for _, record in sound_records(path)]
    if not any(captured for _, _, captured in records):
        return None
    new = _free_name(folder, now)
    with storage_trouble(new), path.open("rb") as source, new.open("xb") as target:
        fields = {
            "software": f"nanhai_crawler/{__version__}",
            "format": "WARC File Format 1.1",
            "description": f"the whole records of {path.name}, which was damaged",
        }
        target.write(warcinfo_member(new.name, stamp(now), fields))
        places = _append(source, target, records)
    sync_folder(folder.warcs)
    return new.name, places


def _append(
    source: BinaryIO, target: BinaryIO, records: Sequence[tuple[int, int, bool]]
) -> list[tuple[int, int]]:
    places = []
    for offset, length, captured in records:
        source.seek(offset)
        if captured:
            places.append((offset, target.tell()))
        target.write(source.read(length))
    return places


def _free_name(folder: ArchiveFolder, now: datetime) -> Path:
    names = (f"nanhai-{stamp14(now)}-{serial:05}.warc.gz" for serial in range(100_000))
    return next(path for path in map(folder.warc, names) if not path.exists())
