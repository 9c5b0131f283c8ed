"""Filters: which articles a search, a count, an export or a re-reading is about, apart from what their text says."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Literal, get_args

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.since import Since, moment
from nanhai_crawler.store.time_span import since_bound, until_bound

#: What an article's status can be (DESIGN: record).
STATUSES = ("live", "missing", "gone")

#: Which of an article's times ``since`` and ``until`` speak of: the one on the page (editors back-date), that of the key
#: in its address, or when the archive got the text (UTC).
TimeOf = Literal["shown", "entered", "captured"]
TIMES: tuple[TimeOf, ...] = get_args(TimeOf)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Articles that have all of these; null asks nothing. Names are compared folded (width, case, 简/繁).

    ``site`` is a site's name or a host. ``column`` is a column's name or its path
    (``组工党建 > 基层党建``), its children included. ``author`` is one name. ``since`` and ``until`` are ISO 8601, as
    short as a year, with a zone where they have a clock, and speak of the time that ``time`` names; both ends count.
    ``all_revisions`` takes in the texts that articles had before. ``since_run`` and ``changed_since`` (UTC, or with its
    zone) ask for what is new, changed, missing, gone or returned since.
    """

    site: str | None = None
    column: str | None = None
    source: str | None = None
    origin: str | None = None
    author: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    time: TimeOf = "shown"
    all_revisions: bool = False
    since_run: int | None = None
    changed_since: str | None = None

    @property
    def is_incremental(self) -> bool:
        """Whether only what changed is asked for."""
        return self.since_run is not None or self.changed_since is not None

    @property
    def point(self) -> Since:
        """After which changes are asked for."""
        return Since(
            run=self.since_run, time=None if self.changed_since is None else moment(self.changed_since)
        )

    def span_in(self, zone: tzinfo) -> tuple[str | None, str | None]:
        """The ends of the span, as texts of times in ``zone`` compare with them."""
        since = None if self.since is None else since_bound(self.since, zone)
        return since, None if self.until is None else until_bound(self.until, zone)

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise UsageError(f"no status {self.status!r}; there are: {', '.join(STATUSES)}")
        if self.time not in TIMES:
            raise UsageError(f"no time {self.time!r}; there are: {', '.join(TIMES)}")
        _ = self.point  # which refuses what is no moment
        _ = self.span_in(UTC)  # which refuses what is no time


#: No filter at all.
EVERYTHING = Filters()
#: All texts that all articles ever had.
EVERY_REVISION = Filters(all_revisions=True)
