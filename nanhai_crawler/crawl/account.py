"""The account of a run: what it met that decides how it ends."""

from dataclasses import dataclass, field

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.items import Via
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.visits import Outcome, Visit

#: As many failures as a person reads at the end of a crawl, and as a report has; the frontier has them all.
MOST_FAILURES_TOLD = 20
_MOST_FAILURES = 1000
#: RFC 9110, 15.5: the server understood, and will not; RFC 6585: too many requests. 412 and 521 are what firewalls
#: answer with too (FAULTS F18).
_REFUSALS = frozenset((401, 403, 412, 429, 521))


@dataclass(slots=True)
class Account:
    """``heard``: a host answered something; ``answered``: it did for a URL of the frontier.

    ``refused``: how often a wall, a ban or robots.txt stood in the way.
    """

    heard: bool = False
    answered: bool = False
    refused: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    failures_not_listed: int = 0

    def note(self, visit: Visit) -> None:
        """A visit is over."""
        status = visit.capture.status if visit.capture else None
        self.answered = self.answered or visit.capture is not None
        if visit.outcome in {Outcome.WALL, Outcome.FORBIDDEN} or status in _REFUSALS:
            self.refused += 1
        lost_seed = visit.outcome in {Outcome.FORBIDDEN, Outcome.MISSING} and visit.entry.via is Via.SEED
        if visit.outcome in {Outcome.FAILED, Outcome.WALL} or lost_seed:
            self.note_failure(visit.entry.url, visit.reason)

    def note_failure(self, url: str, reason: str) -> None:
        """Remember a URL that stays due, for the summary."""
        if len(self.failures) < _MOST_FAILURES:
            self.failures.append((url, reason))
        else:
            self.failures_not_listed += 1

    def verdict(
        self, counts: RunCounts, *, interrupted: bool, limited: bool, stopped: bool
    ) -> tuple[str, ExitCode]:
        """The run's outcome and exit code; only a run that was ``limited`` may leave URLs waiting and be done.

        ``stopped``: a host was asked for nothing more before its time.
        """
        if interrupted:
            return "interrupted", ExitCode.INTERRUPTED
        if not self.heard:
            return "failed", ExitCode.SEED_UNREACHABLE
        nothing = not (counts.pages or counts.files)
        if stopped or (nothing and self.refused):
            return "blocked", ExitCode.BLOCKED
        if nothing and not self.answered:
            return "failed", ExitCode.SEED_UNREACHABLE
        if nothing or counts.failed or (counts.waiting and not limited):
            return "partial", ExitCode.PARTIAL
        return ("limited" if counts.waiting else "complete"), ExitCode.DONE
