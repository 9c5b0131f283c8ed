"""One run of the crawl against one archive: what is asked for, what came of it, how it ends."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from nanhai_crawler.crawl.scope import Scope, canonical_seeds, require_contact
from nanhai_crawler.crawl.summary import CrawlSummary
from nanhai_crawler.errors import ExitCode, NanhaiError
from nanhai_crawler.items import Capture, Exchange, FrontierEntry, Link, Outcome, RunCounts, Via, Visit
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.urls.canonical import canonicalize

#: As many failures as a person reads; the frontier has them all.
_MOST_FAILURES = 20


class CrawlSession:
    """The archive's writer, the scope, and the run's own account.

    ``full`` asks for everything without validators; ``error`` is what of ours ended the run before its time (a full
    disk).
    """

    def __init__(
        self,
        folder: Path,
        seeds: Sequence[str],
        *,
        contact: str | None,
        limit: int | None = None,
        full: bool = False,
        progress: Callable[[RunCounts], None] | None = None,
    ) -> None:
        self.seeds = canonical_seeds(seeds)
        require_contact(self.seeds, contact)
        self.scope = Scope(self.seeds)
        self.full = full
        self.error: NanhaiError | None = None
        self.summary: CrawlSummary | None = None
        self._limit = limit
        self._progress = progress
        self._taken: dict[int, FrontierEntry] = {}
        self._given = 0
        self._answered = False
        self._robots_closed = 0
        self._failures: list[tuple[str, str]] = []
        self._started = monotonic()
        self.writer = ArchiveWriter.open(folder, contact=contact)
        self._run_id = self.writer.begin_run(self.seeds)
        self.writer.frontier.add(
            [Link(url=seed, via=Via.SEED) for seed in self.seeds], found_on=None, depth=0
        )

    @property
    def counts(self) -> RunCounts:
        """What the run did so far."""
        return self.writer.counts

    def has_due(self) -> bool:
        """Whether a URL is still to be given out in this run."""
        return self.error is None and not self._limit_reached() and self.writer.frontier.waiting > 0

    def take(self) -> FrontierEntry | None:
        """The next URL to ask for, or null."""
        if self.error is not None or self._limit_reached():
            return None
        entry = self.writer.frontier.take()
        if entry is not None:
            self._given += 1
            self._taken[entry.id] = entry
        return entry

    def capture(self, exchange: Exchange) -> Capture:
        """Keep what came off the wire, before anything is understood of it."""
        self._answered = True
        return self.writer.capture(exchange)

    def add_sitemaps(self, urls: Sequence[str], robots_url: str) -> None:
        """Make due the sitemaps that a robots.txt names, those within scope."""
        canonical = [canonicalize(url, robots_url) for url in urls]
        links = self.scope.within([Link(url=url, via=Via.SITE_MAP) for url in canonical if url])
        self.writer.frontier.add(links, found_on=robots_url, depth=1)

    def finish(self, visit: Visit) -> None:
        """Store everything the visit gave; what it gave is committed with the next batch."""
        if self._taken.pop(visit.entry.id, None) is None:
            return
        if visit.outcome in {Outcome.FAILED, Outcome.WALL}:
            self.note_failure(visit.entry.url, visit.reason)
        self.writer.finish(visit)
        self.writer.commit_if_due()

    def tick(self) -> None:
        """Commit when it is time, and tell how far the run is."""
        self.writer.commit_if_due()
        if self._progress is not None:
            self._progress(self.writer.counts)

    def note_failure(self, url: str, reason: str) -> None:
        """Remember a URL that stays due, for the summary."""
        if len(self._failures) < _MOST_FAILURES:
            self._failures.append((url, reason))

    def note_robots_closed(self) -> None:
        """Remember that a URL was left out because its host's robots.txt could not be had."""
        self._robots_closed += 1

    def close(self, *, interrupted: bool, clock: Callable[[], float] = monotonic) -> CrawlSummary:
        """Commit what is left, write down how the run ended, and let go of the archive."""
        try:
            if self.error is None:
                if not interrupted:
                    self.writer.settle()
                self.writer.commit()
            outcome, exit_code = self._verdict(interrupted=interrupted)
            counts = self.writer.counts
            if self.error is None:
                self.writer.end_run(outcome=outcome, exit_code=int(exit_code))
        except NanhaiError as error:
            self.error = error
            outcome, exit_code, counts = "failed", error.exit_code, self.writer.counts
        finally:
            self.writer.close()
        self.summary = CrawlSummary(
            run_id=self._run_id,
            outcome=outcome,
            exit_code=exit_code,
            counts=counts,
            duration_s=round(clock() - self._started, 3),
            failures=tuple(self._failures),
        )
        return self.summary

    def _verdict(self, *, interrupted: bool) -> tuple[str, ExitCode]:
        if self.error is not None:
            return "failed", self.error.exit_code
        if not self._answered:
            return "failed", ExitCode.SEED_UNREACHABLE
        if interrupted:
            return "interrupted", ExitCode.INTERRUPTED
        counts = self.writer.counts
        if self._robots_closed and counts.pages == 0:
            return "blocked", ExitCode.BLOCKED
        if counts.failed or self._taken or self._robots_closed:
            return "partial", ExitCode.PARTIAL
        return ("limited" if self._limit_reached() and counts.waiting else "complete"), ExitCode.DONE

    def _limit_reached(self) -> bool:
        return self._limit is not None and self._given >= self._limit


def utc_now() -> datetime:
    """The instant of a capture."""
    return datetime.now(UTC)
