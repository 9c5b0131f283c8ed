"""One verification of a whole archive: every check in turn, none able to end it, and what they found."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from nanhai_crawler.errors import ArchiveMissing, ArchiveTooNew, StorageError
from nanhai_crawler.store.as_left import as_left_path
from nanhai_crawler.store.database import REVISIONS, connect_reader
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.lock import is_held
from nanhai_crawler.store.losses import Losses
from nanhai_crawler.store.verification import (
    database_check,
    index_check,
    manifest_check,
    text_check,
    warc_check,
)
from nanhai_crawler.store.verification.current_copy import current_copy
from nanhai_crawler.store.verification.finding import Finding, Progress, Thing
from nanhai_crawler.store.verification.sample import Sample

_REBUILD = "--repair sets it aside and makes it anew from the WARC files"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What was found. ``looked_at`` counts by kind; ``notes`` say what could not be looked at, and why."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    looked_at: dict[str, int]


@dataclass(slots=True)
class _Look:
    """One verification under way."""

    folder: ArchiveFolder
    sample: Sample | None
    progress: Progress
    losses: Losses
    holding: bool
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, thing: Thing, check: Iterator[Finding]) -> None:
        """What the check finds; that it cannot go on is a finding too."""
        try:
            self.findings.extend(check)
        except sqlite3.Error as error:
            self._unreadable(Thing.DATABASE, self.folder.database.name, f"cannot be read ({error})", _REBUILD)
        except (OSError, StorageError, ValueError, OverflowError) as error:
            self._unreadable(
                thing, name, f"cannot be read ({error})", "look at the disk; put it back from a copy"
            )

    def _unreadable(self, thing: Thing, name: str, what: str, remedy: str) -> None:
        meaning = "what is in it cannot be had as it is"
        finding = Finding(thing=thing, where=name, what=what, meaning=meaning, remedy=remedy)
        if finding not in self.findings:
            self.findings.append(finding)

    def crawled_now(self) -> bool:
        """Whether a crawl holds the archive at this moment."""
        return not self.holding and is_held(self.folder.lock)


def verify(
    path: Path,
    *,
    sample: Sample | None = None,
    progress: Progress = lambda *_: None,
    holding: bool = False,
) -> Verification:
    """All that is damaged in the archive at ``path``, which is only read; a crawl may go on meanwhile.

    With ``sample``, only so many records and texts are looked at, and of the full-text index only which revisions
    it has; everything cheap is looked at in full. ``holding``: whoever asks
    holds the archive. Raises :class:`ArchiveMissing` and :class:`ArchiveTooNew`.
    """
    folder = ArchiveFolder(path)
    require_archive(folder)
    look = _Look(folder, sample, progress, Losses(folder), holding)
    if look.crawled_now():
        look.notes.append("a crawl is writing now; what it has not committed was not looked at")
    _check_manifests(look)
    with ExitStack() as closing:
        connection = _open(look, closing)
        if connection is not None:
            _check_database(look, connection)
            _check_warcs(look, connection)
            look.take("revisions", Thing.TEXT, _check_texts(look, connection))
            _check_index(look, connection)
    return Verification(findings=tuple(look.findings), notes=tuple(look.notes), looked_at=look.looked_at)


def require_archive(folder: ArchiveFolder) -> None:
    """Raise :class:`ArchiveMissing` where there is neither a database nor a WARC file."""
    if not folder.database.is_file() and not warc_check.warc_files(folder):
        missing = "no archive here; make one with nanhai crawl, or choose another with --archive"
        raise ArchiveMissing(f"{folder.path}: {missing}")


def _open(look: _Look, closing: ExitStack) -> sqlite3.Connection | None:
    """The database as of one moment, and as this version has it; null, and a finding, where it cannot be opened."""
    database = look.folder.database
    try:
        connection = connect_reader(database)
        closing.callback(connection.close)
        connection.execute("BEGIN").close()
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
        if version in REVISIONS:
            return _of_this_version(look, closing, connection, version)
    except (StorageError, sqlite3.Error, UnicodeDecodeError) as error:
        what = str(error).removeprefix(f"{database}: ") if database.is_file() else "not there"
        finding = Finding(
            thing=Thing.DATABASE,
            where=database.name,
            what=f"cannot be opened ({what})",
            meaning="nothing of the archive can be searched or shown; the WARC files have what was received",
            remedy=_REBUILD,
        )
        look.findings.append(finding)
        return None
    raise ArchiveTooNew(
        f"{database}: written by a newer version of this program; update nanhai-crawler to verify it"
    )


def _of_this_version(
    look: _Look, closing: ExitStack, connection: sqlite3.Connection, version: object
) -> sqlite3.Connection | None:
    """The connection, or one to a copy that is brought up to date; null where there is no room for that."""
    if version == REVISIONS[-1]:
        return connection
    look.notes.append("made by an earlier version of this program; the next crawl brings it up to date")
    if not index_check.has_room(look.folder.database):
        look.notes.append("no room for a copy of the database (TMPDIR); it was not looked at")
        return None
    return closing.enter_context(current_copy(connection))


def _check_manifests(look: _Look) -> None:
    folder = look.folder
    look.take("manifests", Thing.MANIFEST, manifest_check.check_chain(folder, look.losses))
    if not look.crawled_now():
        if not as_left_path(folder).exists():
            look.notes.append(
                "no sums of the database: this is a copy, the last run was killed, or a reader stood in its way"
            )
        look.take("manifests", Thing.MANIFEST, manifest_check.check_as_left(folder))
    sums = manifest_check.check_sums(folder, look.losses, look.progress, warcs=look.sample is None)
    look.take("manifests", Thing.MANIFEST, sums)


def _check_database(look: _Look, connection: sqlite3.Connection) -> None:
    name = look.folder.database.name
    look.progress(name, 0, 1)
    for check in (
        database_check.check_soundness(connection, name, quick=look.sample is not None),
        database_check.check_references(connection, name),
        database_check.check_agreement(connection, name),
    ):
        look.take(name, Thing.DATABASE, check)


def _check_warcs(look: _Look, connection: sqlite3.Connection) -> None:
    files = warc_check.warc_files(look.folder)
    sizes = {path: path.stat().st_size for path in files}
    look.looked_at |= {"WARC files": len(files), "bytes": sum(sizes.values())}
    look.take("warc", Thing.WARC, warc_check.check_files(look.folder, connection))
    look.take("captures", Thing.DATABASE, _captures(look, connection))
    killed = None if look.crawled_now() else warc_check.killed_run(connection)
    if killed is not None:
        look.notes.append(
            f"run {killed[0]} was killed; what its WARC files have beyond its last commit is for the next crawl to enter"
        )
    for path, size in sizes.items() if look.sample is None else ():
        is_cut_short = killed is not None and warc_check.began_at(path) >= killed[1]
        is_open = (lambda: True) if is_cut_short else look.crawled_now
        check = warc_check.check_warc(path, size, connection, look.progress, is_open)
        look.take(f"warc/{path.name}", Thing.WARC, check)


def _captures(look: _Look, connection: sqlite3.Connection) -> Iterator[Finding]:
    chosen = _choose(look, connection, "captures")
    if look.sample is not None:
        yield from warc_check.check_captures(look.folder, connection, chosen)


def _check_texts(look: _Look, connection: sqlite3.Connection) -> Iterator[Finding]:
    chosen = _choose(look, connection, "revisions")
    yield from text_check.check_texts(connection, chosen, look.progress)


def _check_index(look: _Look, connection: sqlite3.Connection) -> None:
    name = look.folder.database.name
    look.take(name, Thing.INDEX, index_check.check_entries(connection, name))
    look.take(name, Thing.INDEX, index_check.check_pages(connection, name))
    if look.sample is not None:
        return
    if not index_check.has_room(look.folder.database):
        look.notes.append(
            "no room for a copy of the database (TMPDIR); of the index only the entries were looked at"
        )
        return
    look.progress("full-text index", 0, 1)
    look.take(name, Thing.INDEX, index_check.check_index(connection, name))


def _choose(look: _Look, connection: sqlite3.Connection, table: str) -> list[int]:
    """The numbers of those of the table's rows that are to be looked at."""
    rows = connection.execute(f"SELECT id FROM {table} ORDER BY id")  # noqa: S608  our own words
    ids = [number for (number,) in rows]
    chosen = look.sample.choose(ids) if look.sample is not None else ids
    look.looked_at[table] = len(chosen)
    return chosen
