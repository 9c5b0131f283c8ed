"""The last resort for dates in no strict form: 3天前, 昨天 09:30, Oct 31, 2023. Importing it takes 0.1 s."""

import re
from datetime import datetime

import dateparser

from nanhai_crawler.text.dates import SHANGHAI, ShownTime, read_time

#: dateparser is not asked about more: it takes 2 ms a date, and longer texts are no dates (DESIGN: parts
#: chosen).
_LONGEST = 40
_HAS_CLOCK = re.compile(r"\d\s*[:：时点]|小时|分钟|刚刚|秒|hour|minute|now", re.IGNORECASE)
_HAS_DAY = re.compile(
    r"\d|[一二三四五六七八九十两几]\s*[天周月年]|昨|今|前天|刚刚|yesterday|today|now", re.IGNORECASE
)


def read_loose_time(text: str, *, now: datetime) -> ShownTime | None:
    """The time a text means, seen from ``now`` (aware), the strict forms first; null when it means none.

    A text in a strict form that names no day of the calendar stays impossible: dateparser would read
    ``2023年13月1日`` as 13 January.
    """
    strict = read_time(text)
    if strict is not None:
        return strict
    raw = text.strip()
    if not raw or len(raw) > _LONGEST or not _HAS_DAY.search(raw):
        return None
    moment = dateparser.parse(
        raw,
        languages=["zh", "en"],
        settings={
            "RELATIVE_BASE": now.astimezone(SHANGHAI).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if moment is None:
        return None
    local = moment.replace(tzinfo=SHANGHAI)
    value = local.isoformat(timespec="minutes") if _HAS_CLOCK.search(raw) else local.date().isoformat()
    return ShownTime(value=value, raw=raw, rule="dateparser")
