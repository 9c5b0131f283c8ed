"""What one article is known by: its URL without scheme and page number, and the entry key in its path."""

import hashlib
import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from nanhai_crawler.urls.canonical import canonicalize

#: The CMS writes the moment of entry as yyyyMMddHHmmssSSS and 6 more digits (SITE.md, seen 2).
_KEY = re.compile(r"(?<![0-9])[0-9]{23}(?![0-9])")
_KEYED_PAGE = re.compile(r"/([0-9]{23})/\1_([1-9][0-9]{0,3})(\.s?html?)\Z")
_SHANGHAI = timezone(timedelta(hours=8))


def identity(url: str) -> str:
    """The canonical URL without its scheme; page ``_2``, ``_3`` … of a keyed article counts as ``_1``."""
    first = article_page(url)
    known = first[0] if first else canonicalize(url) or url
    return known.partition("://")[2] or known


@lru_cache(maxsize=1024)
def article_page(url: str) -> tuple[str, int] | None:
    """(canonical URL of page 1, number of this page) for ``…/{key}/{key}_{n}.html``; null for other URLs."""
    canonical = canonicalize(url) if _KEY.search(url) else None
    match = _KEYED_PAGE.search(canonical) if canonical else None
    if canonical is None or match is None:
        return None
    return f"{canonical[: match.start(2)]}1{match[3]}", int(match[2])


@lru_cache(maxsize=1024)
def entry_time(url: str) -> str | None:
    """The moment of entry in the path's key, ``2023-11-01T13:02:03.029+08:00``; null without one.

    A key whose digits are no date of the calendar or no time of day gives null.
    """
    match = _KEY.search(url.partition("?")[0])
    if match is None:
        return None
    key = match[0]
    fields = (key[:4], key[4:6], key[6:8], key[8:10], key[10:12], key[12:14])
    year, month, day, hour, minute, second = map(int, fields)
    try:
        moment = datetime(year, month, day, hour, minute, second, int(key[14:17]) * 1000, tzinfo=_SHANGHAI)
    except ValueError:
        return None
    return moment.isoformat(timespec="milliseconds")


def article_id(url: str) -> str:
    """The first 16 hex digits of :func:`identity`'s SHA-256: short enough to type, long enough to be one's."""
    return hashlib.sha256(identity(url).encode("utf-8", "surrogatepass")).hexdigest()[:16]
