"""A time limit on questions to the database: none works for longer without giving an answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from nanhai_crawler.errors import QueryTooSlow

#: A search of 100,000 articles takes 10 ms, and half a minute where every text must be read; what is asked over a
#: network should be given less.
TIME_LIMIT_S = 60.0
# SQLite asks after so many of its steps: every millisecond or so, which costs less than 1 in 100.
_STEPS = 10_000
_KEY = "nanhai_deadline"


@contextmanager
def time_limit(connection: Connection, seconds: float | None = TIME_LIMIT_S) -> Iterator[None]:
    """Within the block, :class:`QueryTooSlow` is raised when no answer came for so long; null is no limit."""
    if seconds is None:
        yield
        return
    connection.info[_KEY] = (time.monotonic() + seconds, seconds)
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: _is_over(connection), _STEPS)
    try:
        yield
    except Exception as error:
        if _is_over(connection) and "interrupted" in str(error):
            raise _too_slow(seconds) from error
        raise
    finally:
        driver.set_progress_handler(None, 0)
        connection.info.pop(_KEY, None)


def answered(connection: Connection) -> None:
    """The time begins anew: an answer is given."""
    if (limit := connection.info.get(_KEY)) is not None:
        connection.info[_KEY] = (time.monotonic() + limit[1], limit[1])


def check_time(connection: Connection) -> None:
    """Raise :class:`QueryTooSlow` when the time is over; for work that SQLite does not see."""
    if _is_over(connection):
        raise _too_slow(connection.info[_KEY][1])


def _is_over(connection: Connection) -> bool:
    limit = connection.info.get(_KEY)
    return limit is not None and time.monotonic() > limit[0]


def _too_slow(seconds: float) -> QueryTooSlow:
    return QueryTooSlow(f"no answer within {seconds:g} s; ask for less, or narrow the query with filters")
