"""How a run ends: its row says so, and a report what it did; for one that was killed, whoever writes next does both."""

import logging
from datetime import datetime

from sqlalchemy import Connection, func, select

from nanhai_crawler.runs import RunTroubles
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.models import CaptureRow, RevisionRow, Run
from nanhai_crawler.store.open_run import OpenRun
from nanhai_crawler.store.overview import read_runs
from nanhai_crawler.store.report import KILLED, read_changes, report_json, write_report
from nanhai_crawler.store.runs import RUNNING, RunEnd, finish_run
from nanhai_crawler.store.tails import adopt_tails

logger = logging.getLogger(__name__)
#: For a run in which nothing went wrong, or of which nobody knows any more.
NO_TROUBLES = RunTroubles()
_UNFINISHED = select(Run.id, Run.started).where(Run.outcome == RUNNING)


def end_run(connection: Connection, run: OpenRun, end: RunEnd, troubles: RunTroubles) -> str:
    """The run's row says how it ended, its WARC file is closed; the report, by what is stored. Commits."""
    finish_run(connection, run.id, end)
    connection.commit()
    run.snapshots.close()
    return report_of(connection, run.id, troubles, after=run.revisions_before, since=run.started)


def give_up_batch(connection: Connection, folder: ArchiveFolder, run: OpenRun) -> None:
    """What the run took in after its last commit is given up but for the snapshots: those are captures. Commits."""
    run.is_cut_short = True
    run.snapshots.close()
    adopt_tails(folder, connection)
    connection.commit()


def report_of(connection: Connection, run_id: int, troubles: RunTroubles, *, after: int, since: str) -> str:
    """The report of a run; ``after`` is the newest revision from before it began (``since``)."""
    changes = read_changes(connection, run_id, after=after, since=since)
    report = report_json(read_runs(connection, run_id=run_id)[0], changes, troubles)
    connection.rollback()
    return report


def close_killed_runs(connection: Connection, folder: ArchiveFolder) -> None:
    """Runs that never ended are marked as killed, in a row and a report that tell what is stored of them; says so.

    For the start, under the lock, after their tails are settled; commits.
    """
    for run_id, started in connection.execute(_UNFINISHED).all():
        finish_run(connection, run_id, _last_sign(connection, run_id, started))
        before = select(func.max(RevisionRow.id)).join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
        after = connection.execute(before.where(CaptureRow.run_id < run_id)).scalar() or 0
        connection.commit()
        report = report_of(connection, run_id, NO_TROUBLES, after=after, since=started)
        lies_at = write_report(folder, run_id, report)
        told = f"; {lies_at} tells what is stored of it" if lies_at else ""
        logger.warning("run %d was killed; what it had not finished is due%s", run_id, told)


def _last_sign(connection: Connection, run_id: int, started: str) -> RunEnd:
    """A killed run ended when it gave its last sign of life: a capture, or its beginning."""
    last = connection.execute(select(func.max(CaptureRow.time)).where(CaptureRow.run_id == run_id)).scalar()
    ended = max(last or started, started)
    took = datetime.fromisoformat(ended) - datetime.fromisoformat(started)
    return RunEnd(ended=ended, duration_s=round(took.total_seconds(), 3), outcome=KILLED, exit_code=None)
