"""The last resort for dates in no strict form: 3天前, 昨天 09:30, Oct 31, 2023. Importing it takes 0.1 s."""

import re
from datetime import datetime

import dateparser

from nanhai_crawler.text.dates import SHANGHAI, ShownTime, read_time

#: dateparser is not asked about more: it takes 2 ms a date, and longer texts are no dates (DESIGN: parts
#: chosen).
_LONGEST = 40
#: Only a clock that is shown is kept: 2小时前 and 刚刚 tell the day, and nobody knows the minute.
_HAS_CLOCK = re.compile(r"\d\s*[:：时点]\s*\d|\d\s*[点]")
_HAS_DAY = re.compile(
    r"\d|[一二三四五六七八九十两几]\s*[天周月年小分]|昨|今|前天|刚刚|yesterday|today|now", re.IGNORECASE
)
#: What goes by weeks, months and years tells no day.
_NO_DAY = re.compile(
    r"(?:周|星期|礼拜|月|年)\s*(?:以?前|之前)|上(?:个)?(?:周|月)|去年|前年|(?:week|month|year)s?\s+ago|last",
    re.IGNORECASE,
)
#: Which of the two is the month, nobody can tell; a day of no month is none (dateparser makes 12日 twelve days ago).
_AMBIGUOUS = re.compile(
    r"\b(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d|(?:^|[^\d月]|本月|当月)\d{1,2}\s*[日号](?!\s*(?:以|之)?前)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: dateparser knows no Chinese numerals, and takes CST for a zone of America.
_NUMERAL = re.compile(r"[一二三四五六七八九十两](?=\s*个?\s*(?:天|日|小时|分钟|秒))")
_DIGITS = dict(zip("一二三四五六七八九十两", "1 2 3 4 5 6 7 8 9 10 2".split(), strict=True))
_CHINA = re.compile(r"\b(?:CST|北京时间)\b\s*")


def read_loose_time(text: str, *, now: datetime) -> ShownTime | None:
    """The time a text means, seen from ``now`` (aware), the strict forms first; null when it means none.

    A text in a strict form that names no day of the calendar stays impossible: dateparser would read
    ``2023年13月1日`` as 13 January. What has no year of its own (3天前, 10月31日) follows from ``now``: its rule says
    ``dateparser, relative``; where it tells no day (3个月前), the value is null.
    """
    strict = read_time(text)
    if strict is not None:
        return strict
    raw = text.strip()
    if not raw or len(raw) > _LONGEST:
        return None
    if _NO_DAY.search(raw):
        return ShownTime(value=None, raw=raw, rule="relative, tells no day")
    if not _HAS_DAY.search(raw) or _AMBIGUOUS.search(raw):
        return None
    moment = dateparser.parse(
        _CHINA.sub("", _NUMERAL.sub(lambda match: _DIGITS[match[0]], raw)),
        languages=["zh", "en"],
        settings={
            "RELATIVE_BASE": now.astimezone(SHANGHAI).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
            "TIMEZONE": "Asia/Shanghai",
            "RETURN_AS_TIMEZONE_AWARE": True,
        },
    )
    if moment is None:
        return None
    local = moment.astimezone(SHANGHAI)
    value = local.isoformat(timespec="minutes") if _HAS_CLOCK.search(raw) else local.date().isoformat()
    rule = "dateparser" if _YEAR.search(raw) else "dateparser, relative"
    return ShownTime(value=value, raw=raw, rule=rule)
