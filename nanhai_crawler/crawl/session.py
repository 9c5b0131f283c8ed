"""One run of the crawl against one archive: what is asked for, what came of it, how it ends."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from nanhai_crawler.crawl.account import MOST_FAILURES_TOLD, Account
from nanhai_crawler.crawl.breaker import Breaker
from nanhai_crawler.crawl.doubts import Doubts
from nanhai_crawler.crawl.plan import Plan
from nanhai_crawler.crawl.scope import Scope, canonical_seeds, require_contact
from nanhai_crawler.crawl.session_ids import SessionIds
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.crawl.traps import Traps
from nanhai_crawler.errors import ExitCode, NanhaiError, StorageError
from nanhai_crawler.items import Link, Via
from nanhai_crawler.runs import RunCounts, RunTroubles
from nanhai_crawler.store.clock import Clock, utc_now
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.kept_body import KeptBody
from nanhai_crawler.store.report import Report
from nanhai_crawler.store.runs import COMPLETE, STOPPED
from nanhai_crawler.store.space import require_space
from nanhai_crawler.store.trouble import storage_trouble
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.urls.canonical import canonicalize
from nanhai_crawler.visits import Capture, Exchange, FrontierEntry, Outcome, Visit


class _Ended(NamedTuple):
    """How the run ended, as the archive has it."""

    outcome: str
    exit_code: ExitCode
    counts: RunCounts
    report: Path | None
    drift: tuple[str, ...] = ()


class CrawlSession:
    """The archive's writer, the scope, and the run's own account.

    ``plan`` says what it is to do; ``error`` is what of ours ended the run before its time (a full disk).
    """

    def __init__(
        self,
        plan: Plan,
        *,
        progress: Callable[[RunCounts], None] | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.plan = plan
        self.seeds = canonical_seeds(plan.seeds)
        self.scope = Scope(self.seeds, plan.hosts)
        require_contact(self.scope.hosts, plan.contact)
        self.contact = plan.contact
        self.clock = clock
        self.account = Account()
        self.breaker = Breaker()
        self.error: NanhaiError | None = None
        self.summary: CrawlSummary | None = None
        self._progress = progress
        self._taken: dict[int, FrontierEntry] = {}
        self._given = 0
        self._started = monotonic()
        self._require_space()
        self.writer = ArchiveWriter.open(plan.folder, contact=plan.contact, clock=clock)
        self._doubts = Doubts(self.writer.kept)
        with ExitStack() as undo:
            undo.callback(self.writer.close)
            self.writer.name_sites(plan.sites.names)
            self._run_id = self.writer.begin_run(
                self.seeds,
                scope=self.scope.prefixes,
                full=plan.full,
                tls=plan.tls,
                accept_losses=plan.accept_drift,
            )
            undo.pop_all()
        traps = {} if plan.full else self.writer.traps_before()
        self._traps = Traps(traps.get("shapes", ()))
        self._session_ids = SessionIds(traps.get("session_parameters", ()))

    def has_due(self) -> bool:
        """Whether a URL is still to be given out in this run."""
        return self.error is None and not self._limit_reached() and self.writer.frontier.waiting > 0

    def take(self) -> FrontierEntry | None:
        """The next URL to ask for, or null."""
        if self.error is not None or self._limit_reached():
            return None
        while (entry := self._next_of_frontier()) is not None:
            if self.breaker.is_open(entry.url):
                continue
            refusal = self._traps.refuse(entry) or self._session_ids.refuse(entry)
            if refusal is None:
                self._given += 1
                self._taken[entry.id] = entry
                return entry
            self.writer.leave_out(refusal)
            self.writer.finish(Visit(entry=entry, outcome=Outcome.LEFT_OUT, reason=refusal))
        return None

    def _next_of_frontier(self) -> FrontierEntry | None:
        with storage_trouble(self.writer.folder.database):
            return self.writer.frontier.take()

    def capture(self, exchange: Exchange) -> Capture:
        """Keep what came off the wire, before anything is understood of it."""
        self.account.heard = True
        return self.writer.capture(exchange)

    def add_sitemaps(self, urls: Sequence[str], robots_url: str) -> None:
        """Make due the sitemaps that a robots.txt names, those within scope."""
        canonical = [canonicalize(url, robots_url) for url in urls]
        links = self.scope.within([Link(url=url, via=Via.SITE_MAP) for url in canonical if url])
        with storage_trouble(self.writer.folder.database):
            self.writer.frontier.add(links, found_on=robots_url, depth=1)

    def kept_body(self, url: str) -> KeptBody | None:
        """The body that ``url`` gave last, with its validators; null where that was none."""
        try:
            return self.writer.kept_body(url)
        except NanhaiError as error:
            self.error = error
            return None

    def finish(self, visit: Visit) -> None:
        """Store everything the visit gave, to be committed with the next batch; only then is its URL done."""
        if visit.entry.id not in self._taken:
            return
        for settled, lost in [(visit, None)] if self.plan.accept_drift else self._doubts.weigh(visit):
            self._store(settled, lost)
        self.writer.commit_if_due()

    def release(self) -> None:
        """Store what was held back for a while; it may make more URLs due."""
        for settled, lost in self._doubts.release():
            self._store(settled, lost)

    def _store(self, visit: Visit, lost: str | None) -> None:
        self._traps.note(visit)
        self._session_ids.note(visit)
        self.writer.observe(visit, lost)
        self.writer.finish(visit)
        del self._taken[visit.entry.id]
        self.account.note(visit)

    def leave_unfinished(self, url: str, reason: str) -> None:
        """What a visit gave could not be kept, for a fault of ours: the URL stays due, and the run is not complete."""
        self.account.note_failure(url, reason)

    def call_witnesses(self) -> bool:
        """Whether there is more to ask for, to tell a bad day of the site from deletions."""
        try:
            return not self._limit_reached() and self.writer.call_witnesses()
        except NanhaiError as error:
            self.error = error
            return False

    def tick(self) -> None:
        """Commit when it is time, and tell how far the run is."""
        self._require_space()
        self.writer.commit_if_due()
        if self._progress is not None:
            self._progress(self.writer.counts)

    def close(self, *, interrupted: bool, clock: Callable[[], float] = monotonic) -> CrawlSummary:
        """Commit what is left, write down how the run ended, and let go of the archive."""
        try:
            try:
                ended = self._end(interrupted=interrupted)
            except NanhaiError as error:
                self.error = self.error or error
                ended = self._stop()
        finally:
            self.writer.close()
        self.summary = CrawlSummary(
            run_id=self._run_id,
            outcome=ended.outcome,
            exit_code=ended.exit_code,
            counts=ended.counts,
            duration_s=round(clock() - self._started, 3),
            failures=tuple(self.account.failures[:MOST_FAILURES_TOLD]),
            stopped=tuple(self.breaker.opened.items()),
            drift=ended.drift,
            report=ended.report,
            error=None if self.error is None else str(self.error),
        )
        return self.summary

    def _end(self, *, interrupted: bool) -> _Ended:
        """All that was taken in is stored, and the run ended with what that means; raises where it could not be."""
        if self.error is not None:
            return self._stop()
        if not interrupted:
            self.release()
            self.writer.settle()
        counts = self.writer.counts
        outcome, exit_code = self._verdict(counts, interrupted=interrupted)
        traps = {"shapes": self._traps.closed, "session_parameters": self._session_ids.proved}
        troubles = self._troubles(self.writer.observed(traps))
        if troubles.drift and exit_code in {ExitCode.DONE, ExitCode.PARTIAL}:
            outcome, exit_code = "drift", ExitCode.DRIFT
        if outcome == COMPLETE:
            counts = self.writer.judge_absences()
        report = self.writer.end_run(outcome=outcome, exit_code=int(exit_code), troubles=troubles)
        return _Ended(outcome, exit_code, counts, report, troubles.drift)

    def _stop(self) -> _Ended:
        """The run ended before its time, because of ``error``; its row stays open where the archive takes nothing more."""
        exit_code = ExitCode.ERROR if self.error is None else self.error.exit_code
        troubles = self._troubles(None)
        report = None
        for _ in ("all that was taken in", "what is stored of it"):
            with suppress(StorageError):
                report = self.writer.end_run(outcome=STOPPED, exit_code=int(exit_code), troubles=troubles)
                break
        return _Ended(STOPPED, exit_code, self.writer.counts, report)

    def _troubles(self, observed: Report | None) -> RunTroubles:
        return RunTroubles(
            observed=observed,
            drift=self.writer.drift(observed) if observed and not self.plan.accept_drift else (),
            drift_accepted=self.plan.accept_drift,
            failures=tuple(self.account.failures),
            failures_not_listed=self.account.failures_not_listed,
            stopped=tuple(self.breaker.opened.items()),
        )

    def _verdict(self, counts: RunCounts, *, interrupted: bool) -> tuple[str, ExitCode]:
        limited = self._limit_reached() and not self._taken
        stopped = bool(self.breaker.opened)
        return self.account.verdict(counts, interrupted=interrupted, limited=limited, stopped=stopped)

    def _require_space(self) -> None:
        """Raise DiskFull where the person wants more free space than there is."""
        if self.plan.settings.min_free_mb is not None:
            require_space(ArchiveFolder(self.plan.folder), self.plan.settings.min_free_mb * 1_000_000)

    def _limit_reached(self) -> bool:
        return self.plan.limit is not None and self._given >= self.plan.limit
