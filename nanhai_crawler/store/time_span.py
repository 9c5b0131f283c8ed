"""The ends of a span of time, told as short as a year, and as the archive's texts of times compare with them."""

import re
from datetime import datetime, tzinfo

from nanhai_crawler.errors import UsageError

_WRITTEN = re.compile(
    r"(\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)?)?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
#: What a time that ends early is filled up with, to see whether there is such a day and clock.
_FULL = "2000-01-01T00:00:00"
#: Sorts after every character that a time goes on with, so that until 2023-10 takes in 2023-10-31T13:02:00+08:00.
_AFTER_ANY = "~"


def since_bound(written: str, zone: tzinfo) -> str:
    """The least text of a time in ``zone`` at or after ``written``; a time that tells no seconds is of their beginning."""
    bound = _bound("since", written, zone)
    return bound[:-3] if len(bound) == len(_FULL) and bound.endswith(":00") else bound


def until_bound(written: str, zone: tzinfo) -> str:
    """A text after those of all times in ``zone`` that are at or before the end of ``written``."""
    return _bound("until", written, zone) + _AFTER_ANY


def _bound(name: str, written: str, zone: tzinfo) -> str:
    """``written`` in ``zone``, without a zone; :class:`UsageError` where there is no such time."""
    found = _WRITTEN.fullmatch(written)
    plain = found[1].replace(" ", "T") if found else ""
    try:
        time = datetime.fromisoformat(
            f"{plain}{found[2]}" if found and found[2] else plain + _FULL[len(plain) :]
        )
        if found is not None:
            return plain if time.tzinfo is None else time.astimezone(zone).isoformat()[: len(plain)]
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{name} {written!r} is no time; write 2023, 2023-10, 2023-10-31 or 2023-10-31T13:02")
