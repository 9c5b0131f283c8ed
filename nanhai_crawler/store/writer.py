"""The one writer of an archive: what a crawl gives, in transactions that hold all of a visit or nothing."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from nanhai_crawler.closing import Closing
from nanhai_crawler.items import Link, Via
from nanhai_crawler.runs import RunCounts, RunTroubles
from nanhai_crawler.store.batch_room import BatchRoom
from nanhai_crawler.store.clock import Clock, stamp, utc_now
from nanhai_crawler.store.drift import find_drift, history_of, last_traps
from nanhai_crawler.store.ending import NO_TROUBLES, close_killed_runs, end_run, give_up_batch
from nanhai_crawler.store.frontier import Frontier
from nanhai_crawler.store.held import HeldArchive
from nanhai_crawler.store.kept_body import KeptBody
from nanhai_crawler.store.open_run import OpenRun, RunStart
from nanhai_crawler.store.records import Change, Kept
from nanhai_crawler.store.report import Report, earlier_reports, read_article_urls, write_report
from nanhai_crawler.store.runs import RunEnd, save_counts, start_run, unfinished_since
from nanhai_crawler.store.site_names import rename_sites
from nanhai_crawler.store.snapshots import SnapshotWriter
from nanhai_crawler.store.tails import settle_tails
from nanhai_crawler.store.transaction import Transaction
from nanhai_crawler.visits import Capture, Exchange, Visit

#: A commit syncs a WARC file and writes pages of the database: some milliseconds that 200 visits or a second
#: of them share; what a kill costs is at most that many fetches.
BATCH_VISITS = 200
BATCH_S = 1.0


class ArchiveWriter(Closing):
    """An archive opened for writing, under its lock. One thread at a time uses it."""

    def __init__(
        self,
        held: HeldArchive,
        *,
        contact: str | None = None,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = held.folder
        self._held = held
        self._connection: Connection = held.engine.connect()
        self._contact = contact
        self._clock = clock
        self._monotonic = monotonic
        self._open_run: OpenRun | None = None
        self._visits_waiting = 0
        self._committed_s = monotonic()
        self._committed_counts = RunCounts()
        self._batch_room = BatchRoom(self.folder)
        self._transaction = Transaction(self._connection, self.folder.database)

    @classmethod
    def open(cls, folder: Path, *, contact: str | None = None, clock: Clock = utc_now) -> Self:
        """The archive in ``folder``, made where there is none, brought to the newest schema, and locked.

        Raises :class:`StorageError`, :class:`ArchiveTooNew` or :class:`ArchiveLocked` where that cannot be; an
        archive that cannot be opened is left as it is.
        """
        writer = cls(HeldArchive.hold(folder, clock()), contact=contact, clock=clock)
        with ExitStack() as undo:
            undo.callback(writer.close)
            with writer._transaction.guarded():
                settle_tails(writer.folder, writer._connection)
                writer._connection.commit()
                close_killed_runs(writer._connection, writer.folder)
                writer._connection.rollback()
            undo.pop_all()
        return writer

    @property
    def frontier(self) -> Frontier:
        """The URLs that the run under way is to visit."""
        return self._run.frontier

    @property
    def is_sound(self) -> bool:
        """Whether nothing was given up yet: what was taken in is, or can be, committed."""
        return self._transaction.is_sound

    @property
    def counts(self) -> RunCounts:
        """What the run under way did so far; ``waiting`` is what is due and not visited.

        What it did up to the last commit, where what came after had to be given up.
        """
        run = self._open_run
        if run is None or run.is_cut_short or not self.is_sound:
            return self._committed_counts
        return run.counts

    def name_sites(self, names: Mapping[str, str]) -> None:
        """What stands under a host that ``names`` gives a site's name has that name; for before a run."""
        with self._transaction.guarded():
            rename_sites(self._connection, names)
            self._connection.commit()

    def begin_run(
        self,
        seeds: Sequence[str],
        *,
        scope: Sequence[str] = (),
        full: bool = False,
        tls: str = "verified",
        accept_losses: bool = False,
    ) -> int:
        """The number of a new run, whose row is stored; the seeds are due in it, known or not.

        It visits what begins with one of ``scope``, everything where that is empty: what is due of it, or with
        ``full`` all of it. ``tls`` is how connections were checked, for its snapshots to tell. With ``accept_losses`` an
        article's record loses what its page has no more.
        """
        if self._open_run is not None:
            raise RuntimeError("a run is under way")
        with self._transaction.writing():
            connection, started = self._connection, self._clock()
            news_since = unfinished_since(connection, seeds)
            run_id = start_run(connection, seeds, stamp(started))
            part_of = f"run {run_id} of {self.folder.path.absolute().name}"
            snapshots = SnapshotWriter(
                self.folder, contact=self._contact, part_of=part_of, clock=self._clock, tls=tls
            )
            start = RunStart(
                id=run_id,
                started=started,
                began_s=self._monotonic(),
                scope=scope,
                news_since=news_since,
                accept_losses=accept_losses,
            )
            self._open_run = OpenRun(connection, self.folder, snapshots, start, self._clock)
            if full:
                self.frontier.make_all_due()
            self.frontier.make_due(seeds)
            self.frontier.add((Link(url=url, via=Via.SEED) for url in seeds), found_on=None, depth=0)
        self.commit()
        return run_id

    def capture(self, exchange: Exchange) -> Capture:
        """The exchange is in a WARC file; its row is committed with the next batch.

        Raises :class:`DiskFull` while there still is room to end the run in.
        """
        run = self._run
        self._batch_room.require(len(exchange.payload))
        with self._transaction.guarded():
            capture = run.captures.keep(exchange)
        run.tally.numbers["bytes_received"] += len(exchange.payload)
        return capture

    def kept_body(self, url: str) -> KeptBody | None:
        """The body that ``url`` gave last, with its validators; null where that was none."""
        with self._transaction.guarded():
            return self._run.kept_body(url)

    def leave_out(self, why: str, count: int = 1) -> None:
        """The run says that it did not follow ``count`` URLs, and why."""
        self._run.tally.left_out[why] += count

    def finish(self, visit: Visit) -> Change | None:
        """All that the visit gave is taken in, to be committed together; null when it gave no whole article.

        ``visit.links`` (those in scope) go into the frontier, not ``visit.reading.links``.
        """
        run = self._run
        with self._transaction.guarded():
            change = run.take_in(visit)
        self._visits_waiting += 1
        if visit.reading is not None and visit.capture is not None:
            self._batch_room.add(visit.capture.payload_length)
        return change

    def kept(self, url: str) -> Kept | None:
        """What the archive has of the article at ``url``; null where it has none."""
        with self._transaction.guarded():
            return self._run.records.kept(url)

    def observe(self, visit: Visit, lost: str | None) -> None:
        """The run has seen what the visit tells of the site; ``lost`` names the field that an article had and lost."""
        self._run.observe(visit, lost)

    def observed(self, traps: Mapping[str, Iterable[str]]) -> Report:
        """What the run has seen of fields and lists, and of ``traps``, by name, for its report."""
        with self._transaction.writing():
            self._run.flush()
            seen = self._run.observations.as_json(read_article_urls(self._connection))
        return {**seen, "traps": {name: sorted(found) for name, found in traps.items()}}

    def traps_before(self) -> Mapping[str, Sequence[str]]:
        """The traps that the last run knew that could tell what it had observed, by name."""
        return last_traps(earlier_reports(self.folder, self._run.id))

    def drift(self, observed: Report) -> tuple[str, ...]:
        """What used to be full and is empty, by the reports of the runs before; and what most articles have left."""
        found = find_drift(observed, history_of(earlier_reports(self.folder, self._run.id)))
        return (*found, *self._run.absence.unbelieved()) if self._run.witnesses_called else found

    def commit_if_due(self) -> bool:
        """Commit after 200 visits, a second or (on a small disk) enough bytes; true when it was time."""
        is_late = self._monotonic() - self._committed_s >= BATCH_S
        if not (is_late or self._visits_waiting >= BATCH_VISITS or self._batch_room.is_spent):
            return False
        self.commit()
        return True

    def commit(self) -> None:
        """Everything taken in so far is on disk: the WARC file first, then all rows in one transaction."""
        run = self._run
        with self._transaction.writing():
            run.snapshots.sync()
            run.flush()
            counts = run.counts
            save_counts(self._connection, run.id, counts)
            self._connection.commit()
            self._committed_counts = counts
            self._batch_room.settle(self._connection)
        self._visits_waiting = 0
        self._committed_s = self._monotonic()

    def settle(self) -> None:
        """For the end of a crawl: divided articles that lack only pages finally missing are kept."""
        run = self._run
        with self._transaction.writing():
            run.flush()
            run.settle_parts()
        self.commit()

    def call_witnesses(self) -> bool:
        """For when nothing waits: true when articles were made due that tell a bad day of the site from deletions."""
        run = self._run
        if run.witnesses_called:
            return False
        run.witnesses_called = True
        with self._transaction.writing():
            return run.call_witnesses() > 0

    def judge_absences(self) -> RunCounts:
        """For the end of a complete run: what it did not find is missing, or gone; what the run did in the end."""
        with self._transaction.writing():
            self._run.flush()
            self._run.settle_absences()
        self.commit()
        return self.counts

    def end_run(self, *, outcome: str, exit_code: int, troubles: RunTroubles = NO_TROUBLES) -> Path | None:
        """The run's row says how it ended; everything is committed, its WARC file closed, its report written.

        After an error, what was not committed is given up but for its snapshots, which are adopted as captures. Where
        the report lies; null where the disk would not take it.
        """
        run = self._run
        self._held.reserve.release()
        if self.is_sound:
            self.commit()
        else:
            self._transaction = Transaction(self._connection, self.folder.database)
            with self._transaction.writing():
                give_up_batch(self._connection, self.folder, run)
        end = RunEnd(
            ended=stamp(self._clock()),
            duration_s=round(self._monotonic() - run.began_s, 3),
            outcome=outcome,
            exit_code=exit_code,
        )
        with self._transaction.writing():
            report = end_run(self._connection, run, end, troubles)
        self._open_run = None
        return write_report(self.folder, run.id, report)

    def close(self) -> None:
        """The archive is let go. What was taken in is committed, unless the disk refused something before."""
        with ExitStack() as closing:
            closing.callback(self._held.let_go)
            closing.callback(self._connection.close)
            if self._open_run is not None:
                closing.callback(self._open_run.snapshots.close)
                if self._transaction.is_sound:
                    self.commit()
        self._open_run = None

    @property
    def _run(self) -> OpenRun:
        if self._open_run is None:
            raise RuntimeError("no run is under way")
        return self._open_run
