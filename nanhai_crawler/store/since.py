"""Since: the point after which changes are asked for."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.clock import stamp

_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\dT", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """After which point changes are asked for: the run of that number, a moment (UTC), or both."""

    run: int | None = None
    time: str | None = None

    def takes(self, run: int, time: str) -> bool:
        """Whether what a run found at that time came after; every time is after no point."""
        return (self.run is None or run > self.run) and (self.time is None or time >= self.time)


def moment(written: str) -> str:
    """The moment in UTC, as the archive writes it; as short as a day it is that day's beginning."""
    plain = written.replace(" ", "T")
    try:
        if not _WITH_TIME.match(plain):
            return date.fromisoformat(plain).isoformat()
        time = datetime.fromisoformat(plain)
        return stamp(time if time.tzinfo else time.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{written!r} is no time; write 2026-11-01 or 2026-11-01T08:00:00+08:00") from error
