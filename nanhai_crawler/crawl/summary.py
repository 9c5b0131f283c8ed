"""What a crawl tells when it is over."""

from dataclasses import dataclass
from pathlib import Path

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.runs import RunCounts


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlSummary:
    """How a run ended.

    ``failures`` has the first twenty URLs that stay due, each with its reason; ``stopped`` the hosts that were asked for
    nothing more before their time, each with the reason; ``drift`` says what
    used to be full and is empty; ``report`` is where the whole report lies; ``error`` is what ended the run before its
    time, null where nothing did.
    """

    run_id: int
    outcome: str
    exit_code: ExitCode
    counts: RunCounts
    duration_s: float
    failures: tuple[tuple[str, str], ...]
    stopped: tuple[tuple[str, str], ...] = ()
    drift: tuple[str, ...] = ()
    report: Path | None = None
    error: str | None = None
