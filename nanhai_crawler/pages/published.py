"""The time that a page shows, and what speaks against it: kept, never mended (evidence: ``published_doubt``)."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.text.dates import SHANGHAI, ShownTime, read_time
from nanhai_crawler.text.info_line import InfoLine
from nanhai_crawler.text.loose_dates import read_loose_time

#: The standard tag of government pages, and what other makers call it.
_TAGS = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:article:published_time",
    "datepublished", "weibo: article:create_at", "weibo:article:create_at", "bytedance:published_time", "apub:time",
    "og:time", "og:release_date", "published_time", "pubtime", "_pubtime", "filedate", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "json-ld datepublished", "json-ld pubdate",
)  # fmt: skip
#: Clocks differ by minutes, time zones by hours: what is shown a day ahead of its capture is not of this world.
_AHEAD = timedelta(days=1)
#: Articles are entered up to 93 days after the day they show (SITE.md, 6); a year leaves room for the unseen.
_BACK_DATED = timedelta(days=366)
#: What is entered before midnight is published after it.
_ENTERED_BEFORE = timedelta(days=1)


class Published(NamedTuple):
    """The value, the rule that read it; the text as shown where that is not the value; what speaks against it."""

    value: str | None
    rule: str
    raw: str
    doubt: str


_YEARLESS = re.compile(r"(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d*[-/.年]\d)")
_NOTHING = Published(None, "", "", "")


def read_published(
    info: InfoLine | None, tags: Tags, *, entered: str | None, captured: datetime | None
) -> Published:
    """The shown time, else that of the tags; what is shown and is no time is not replaced by what the tags say."""
    shown = info.published if info is not None else None
    if shown is None:
        told = _tagged(tags)
        if told is None or told[1].value is None:
            return _NOTHING
        found = Published(told[1].value, f"meta {told[0]}", "", "")
        return _doubted(found, [*_against_key(found, entered), *_of_the_future(found, captured)])
    found = _completed(shown, tags) or _shown(shown, captured)
    if found.value is None:
        return found
    against = (*_of_the_future(found, captured), *_against_tags(found, tags), *_against_key(found, entered))
    return _doubted(found, against) if against else found


def _shown(shown: ShownTime, captured: datetime | None) -> Published:
    if shown.value is not None:
        date_only = "impossible clock" in shown.rule
        raw, doubt = (shown.raw, "impossible clock") if date_only else ("", "")
        return Published(shown.value, f"info line, in the form {shown.rule}", raw, doubt)
    loose = read_loose_time(shown.raw, now=captured) if captured is not None else None
    if loose is None:
        why = shown.rule if shown.rule == "impossible date" else "in no form of a date"
        return Published(None, "", shown.raw, why)
    if loose.value is None:
        return Published(None, "", shown.raw, loose.rule)
    doubt = "" if loose.rule == "dateparser" else "relative, reckoned from the capture"
    return Published(loose.value, f"info line, by {loose.rule}", shown.raw, doubt)


def _completed(shown: ShownTime, tags: Tags) -> Published | None:
    """A shown day without its year, with that of the tags; null where they tell another day."""
    day = _YEARLESS.match(shown.raw) if shown.value is None else None
    told = _tagged(tags) if day is not None else None
    if day is None or told is None or told[1].value is None:
        return None
    if told[1].value[5:10] != f"{int(day['month']):02}-{int(day['day']):02}":
        return None
    return Published(told[1].value, f"meta {told[0]}, which has the year", shown.raw, "")


def _doubted(found: Published, against: "list[str] | tuple[str, ...]") -> Published:
    return found._replace(doubt="; ".join((*filter(None, (found.doubt,)), *against)))


def _of_the_future(found: Published, captured: datetime | None) -> tuple[str, ...]:
    if captured is None or found.value is None:
        return ()
    last = (captured + _AHEAD).astimezone(SHANGHAI).isoformat()
    return ("in the future of its capture",) if found.value > last[: len(found.value)] else ()


def _against_tags(found: Published, tags: Tags) -> tuple[str, ...]:
    if found.value is None or tags.meta.get(_TAGS[0], "").startswith(
        found.value[:10]
    ):  # most agree to the letter
        return ()
    told = _tagged(tags)
    if told is None or told[1].value is None or told[1].value[:10] == found.value[:10]:
        return ()
    return (f"meta {told[0]} says {told[1].value[:10]}",)


def _tagged(tags: Tags) -> tuple[str, ShownTime] | None:
    """The first tag of a time that says one, and its name."""
    for name in _TAGS:
        content = tags.meta.get(name)
        told = read_time(content) if content else None
        if told is not None:
            return name, told
    return None


def _against_key(found: Published, entered: str | None) -> tuple[str, ...]:
    """A doubt where the shown day is later than the day of entry, or earlier than editors back-date."""
    if entered is None or found.value is None or entered[:10] == found.value[:10]:
        return ()
    day, entry_day = date.fromisoformat(found.value[:10]), date.fromisoformat(entered[:10])
    if entry_day - _BACK_DATED <= day <= entry_day + _ENTERED_BEFORE:
        return ()
    return (f"entry key says {entry_day}",)
