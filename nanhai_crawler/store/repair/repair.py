"""One repair of a whole archive, under its lock: from what a verification found, the smallest step that mends it.

The order matters: first a database that can be read, then rows and WARC files that agree, then texts and index, then the
files of runs. Each step can be cut short and done again.
"""

import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.as_left import seal, unseal
from nanhai_crawler.store.clock import Clock, stamp, utc_now
from nanhai_crawler.store.database import REVISIONS, connect_reader, fold_log, open_engine_writer
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.lock import CrawlLock
from nanhai_crawler.store.losses import Losses
from nanhai_crawler.store.migration import migrate
from nanhai_crawler.store.repair.adoption import adopt_all
from nanhai_crawler.store.repair.cleaning import clean
from nanhai_crawler.store.repair.rebuild import connect_writer, rebuild
from nanhai_crawler.store.repair.refilling import refill_frontier, refill_index
from nanhai_crawler.store.repair.salvage import salvage
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.verification.finding import Finding, Progress, Thing
from nanhai_crawler.store.verification.manifest_check import altered_manifests, is_by_sum
from nanhai_crawler.store.verification.verification import Verification, require_archive, verify
from nanhai_crawler.store.verification.warc_check import warc_files

#: What only a new database mends: its pages, or rows that contradict each other.
_REBUILT = {Thing.DATABASE, Thing.ROWS, Thing.TEXT}
#: What is in no way another than it was: SQLite's own indexes can be made again from the rows.
_OF_AN_INDEX = ("row ", "wrong # of entries in index", "non-unique entry in index")


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """What was done, a line each; what was found before, and what is left. ``unread`` says that texts wait to be read."""

    done: tuple[str, ...]
    before: Verification
    left: Verification
    unread: bool


@dataclass(slots=True)
class _Work:
    """One repair under way."""

    folder: ArchiveFolder
    losses: Losses
    clock: Clock
    done: list[str] = field(default_factory=list)
    unread: bool = False
    altered: set[Path] = field(default_factory=set)

    def say(self, line: str) -> None:
        self.done.append(line)


def repair(path: Path, *, clock: Clock = utc_now, progress: Progress = lambda *_: None) -> Repair:
    """The archive as sound as it can be made, and sealed again; a sound one is left as it is.

    Raises :class:`ArchiveLocked` while a crawl writes, :class:`ArchiveMissing` and :class:`ArchiveTooNew`.
    """
    folder = ArchiveFolder(path)
    require_archive(folder)
    folder.claim()
    lock = CrawlLock(folder.lock)
    lock.acquire(clock())
    with ExitStack() as undo:
        undo.callback(lock.release)
        before = verify(path, progress=progress, holding=True)
        work = _Work(folder, Losses(folder), clock)
        if before.findings:
            with storage_trouble(folder.database):
                work.altered = altered_manifests(folder)
                unseal(folder)
                _mend(work, before)
                seal(folder)
        left = verify(path, progress=progress, holding=True) if before.findings else before
    return Repair(done=tuple(work.done), before=before, left=left, unread=work.unread)


def _mend(work: _Work, before: Verification) -> None:
    things = {finding.thing for finding in before.findings}
    _bring_up_to_date(work)
    _mend_database(work, [finding for finding in before.findings if finding.thing in _REBUILT])
    with closing(connect_writer(work.folder.database)) as connection:
        _mend_rows(work, connection)
        _mend_warcs(work, connection, before)
        if work.unread:
            _clean(work, connection)
    if work.unread or Thing.INDEX in things:
        refill_index(work.folder.database)
        work.say("full-text index: made anew from the revisions")
    _close(work)
    _mend_files(work, before)
    if Thing.SEAL in things:
        work.folder.explain()
        work.say("sums: written anew for what is there now, the README as this version has it")


def _bring_up_to_date(work: _Work) -> None:
    """What is mended has this version's tables; a database that cannot be brought so far is made anew later."""
    database = work.folder.database
    try:
        with closing(connect_reader(database)) as connection:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
        if version not in REVISIONS[:-1]:
            return
        engine = open_engine_writer(database)
        migrate(engine)
        engine.dispose()
    except (StorageError, sqlite3.Error, UnicodeDecodeError):
        return
    work.say(f"{database.name}: brought up to date for this version of the program")


def _mend_database(work: _Work, findings: list[Finding]) -> None:
    """A database that can be read and whose rows do not contradict each other."""
    folder = work.folder
    if not findings and _may_be_written(folder):
        return
    if findings and all(finding.what.startswith(_OF_AN_INDEX) for finding in findings) and _reindexed(folder):
        work.say(f"{folder.database.name}: SQLite's indexes made anew")
        return
    if _adopted_enough(work, findings):
        return
    work.say(rebuild(folder, work.losses, work.clock()))
    work.unread = True


def _may_be_written(folder: ArchiveFolder) -> bool:
    """Whether SQLite writes the file, as its header says (file format, offset 18); the disk has been asked before."""
    try:
        with closing(connect_writer(folder.database)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE written (something)")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            return False
        raise
    return True


def _reindexed(folder: ArchiveFolder) -> bool:
    """Whether making SQLite's own indexes anew was enough."""
    try:
        with closing(connect_writer(folder.database)) as connection:
            connection.execute("REINDEX")
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _adopted_enough(work: _Work, findings: list[Finding]) -> bool:
    """Whether rows that contradict each other agree once the captures are there that records know."""
    if {finding.thing for finding in findings} != {Thing.ROWS}:
        return False
    with closing(connect_writer(work.folder.database)) as connection:
        _mend_rows(work, connection)
    return not any(finding.thing in _REBUILT for finding in verify(work.folder.path, holding=True).findings)


def _mend_rows(work: _Work, connection: sqlite3.Connection) -> None:
    """Every record has a row, and every row that has a record says what it says."""
    count = adopt_all(connection, warc_files(work.folder))
    if count:
        work.say(f"captures: {count} rows made anew from their records")


def _mend_warcs(work: _Work, connection: sqlite3.Connection, before: Verification) -> None:
    """Every row has its record, or says that it is lost. What only an altered manifest accuses is left alone."""
    found = verify(work.folder.path, holding=True).findings
    names = {
        finding.file
        for finding in found
        if finding.thing is Thing.WARC
        and finding.file
        and (not is_by_sum(finding) or finding in before.findings)
    }
    for name in sorted(names):
        work.say(salvage(work.folder, connection, name, work.losses, work.clock()))


def _clean(work: _Work, connection: sqlite3.Connection) -> None:
    """No row of a rebuilt database points at nothing; what is taken out is read again from the snapshots."""
    count = clean(connection)
    if count:
        work.say(
            f"articles: {count} whose rows contradict each other are to be read again from the snapshots"
        )
    count = refill_frontier(connection, stamp(work.clock()))
    if count:
        work.say(
            f"frontier: {count} addresses known by their captures alone are due; when they were due before is lost"
        )


def _mend_files(work: _Work, before: Verification) -> None:
    """What belongs to a run and is damaged is set aside, and the loss written down."""
    altered = [f"manifests/{path.name}" for path in work.altered]
    damaged = {
        finding.file: finding.what for finding in before.findings if is_by_sum(finding) and finding.file
    }
    for name, what in {**damaged, **dict.fromkeys(altered, "altered")}.items():
        if "/" in name and name not in work.losses:
            loss = work.losses.set_aside(name, what, stamp(work.clock()))
            work.say(f"{name}: {f'set aside as {loss.kept_as}' if loss.kept_as else 'its loss written down'}")


def _close(work: _Work) -> None:
    """The log is folded into the database, so that it can be sealed."""
    engine = open_engine_writer(work.folder.database)
    migrate(engine)
    fold_log(engine)
    engine.dispose()
