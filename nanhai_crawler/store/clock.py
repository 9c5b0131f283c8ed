"""What time it is, and how the archive writes it down: UTC, ISO 8601 with milliseconds, ``…Z``."""

from collections.abc import Callable
from datetime import UTC, datetime

#: Whoever needs the time is given one of these, so that tests decide what time it is.
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The system's time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """``2023-11-01T05:02:03.029Z``; stamps compare as text the way the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def stamp14(moment: datetime) -> str:
    """``20231101050203``, the form that file names of web archives use."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
