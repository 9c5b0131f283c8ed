"""When a URL is to be asked for again, and which of those that are due comes first."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from nanhai_crawler.items import Via
from nanhai_crawler.visits import Outcome

#: The lower, the earlier. A part completes an article that is half there; a redirect ends what was begun;
#: site map, breadcrumbs and next pages find more than a link does; files wait until the pages are read.
RANKS = {
    Via.SEED: 0,
    Via.PART: 0,
    Via.REDIRECT: 1,
    Via.SITE_MAP: 2,
    Via.BREADCRUMB: 3,
    Via.NEXT: 4,
    Via.LINK: 5,
    Via.IMAGE: 6,
    Via.ATTACHMENT: 6,
}
DAY_S = 86_400
#: Pages that lead to others, articles shown as newer than 14 days, and what is to be confirmed as missing.
EVERY_RUN = 0
FRESH = timedelta(days=14)
#: All else: after a day, then at intervals that grow by half while nothing changes, and halve after a change.
SHORTEST_S, LONGEST_S = DAY_S, 90 * DAY_S
#: Older pages of a list are reached when the newer ones have news; besides, each is looked at once a month.
DEEP_WALK_S = 30 * DAY_S
#: A timer has jitter (systemd's RandomizedDelaySec) and the run before may have begun late in its own: what
#: is due within the hour is due.
EARLY = timedelta(hours=1)
#: What failed in three runs in a row will hardly be well in the fourth.
_FAILURES_IN_A_ROW = 3
#: A shown time further ahead than any time zone is a slip of the pen, and does not make an article new.
_AHEAD = timedelta(days=1)
_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a visit tells of how often its URL changes.

    ``leads``: to other pages; ``older``: it is a later page of a list; ``confirming``: an article that may be
    gone; ``published``: the time an article shows.
    """

    outcome: Outcome
    leads: bool = False
    older: bool = False
    confirming: bool = False
    changed: bool = False
    published: str | None = None


def next_interval_s(before_s: int | None, seen: Seen, now: datetime) -> int | None:
    """How long after this visit the URL is due again; null: as it was, since the visit came to nothing."""
    if seen.outcome in {Outcome.FAILED, Outcome.WALL}:
        return None
    if seen.outcome in {Outcome.FORBIDDEN, Outcome.LEFT_OUT} or seen.confirming:
        return EVERY_RUN
    if seen.leads:
        return DEEP_WALK_S if seen.older else EVERY_RUN
    if is_fresh(seen.published, now):
        return EVERY_RUN
    if not before_s:
        return SHORTEST_S
    return max(SHORTEST_S, before_s // 2) if seen.changed else min(LONGEST_S, before_s * 3 // 2)


def patience_s(failures: int) -> int | None:
    """How long a URL that failed in that many visits in a row rests; null: it is asked for in the next run too.

    From the third on it rests a day, then twice as long each time, at most thirty days: one lost page neither makes
    every run of a year partial, nor is it ever given up.
    """
    if failures < _FAILURES_IN_A_ROW:
        return None
    return int(min(DAY_S * 2 ** (failures - _FAILURES_IN_A_ROW), DEEP_WALK_S))


def is_fresh(published: str | None, now: datetime) -> bool:
    """Whether that shown time is newer than 14 days; a day without a clock begins at midnight, +08:00."""
    if published is None:
        return False
    try:
        shown = datetime.fromisoformat(published)
    except ValueError:
        return False
    shown = shown if shown.tzinfo else shown.replace(tzinfo=_SHANGHAI)
    return now - FRESH < shown <= now + _AHEAD
