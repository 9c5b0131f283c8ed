"""Where a page tells its time and source: one line, or a few side by side, found by their labels."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.noise import is_furniture
from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.info_line import InfoLine, read_info_line
from nanhai_crawler.text.whitespace import fold

_LABEL = re.compile(
    r"(?:时\s*间|日\s*期|来\s*源|出\s*处|发布(?:单位|机构|部门|人|者)|作\s*者|编\s*辑|责\s*编|浏览(?:次数|量)?|点击(?:次数|数|量)?|阅读(?:次数|量)?)"
    r"\s*[:：]"
)
_DATE = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|[二２][〇○零０][一二三四五六七八九〇○零０-９]{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_TODAY = re.compile(r"今天是|今日|星期[一二三四五六日天]|农历")
#: An info line is one line of a page; the longest met in the shared pages has 74 characters.
_LONGEST = 160
#: Labels told one an element: time, source, author, editor, views, font size, print, share.
_MOST_LINES = 9


class InfoZone(NamedTuple):
    """Lines ``start`` to ``end`` (exclusive) tell ``info``; ``strength`` 3 time and source, 2 labelled time, 1 a date alone."""

    start: int
    end: int
    info: InfoLine
    strength: int


def find_info_zones(lines: Sequence[Line]) -> list[InfoZone]:
    """All places that read like an info line, in document order."""
    zones: list[InfoZone] = []
    index = 0
    while index < len(lines):
        zone = _zone_at(lines, index) if _may_open(lines[index]) else None
        if zone is None:
            index += 1
        else:
            zones.append(zone)
            index = zone.end
    return zones


def choose_info_zone(zones: Sequence[InfoZone]) -> InfoZone | None:
    """The strongest zone, the first of equals; null where the page has none."""
    return max(zones, key=lambda zone: (zone.strength, -zone.start), default=None)


def _may_open(line: Line) -> bool:
    text = line.text
    if not text or len(text) > _LONGEST or line.linked * 2 >= len(text):
        return False
    labelled = (":" in text or "：" in text) and _LABEL.search(text) is not None
    return (labelled or _DATE.search(text) is not None) and _TODAY.search(text) is None


def _zone_at(lines: Sequence[Line], start: int) -> InfoZone | None:
    end = start + 1
    while end < min(len(lines), start + _MOST_LINES) and _continues(lines[end - 1].text, lines[end]):
        end += 1
    text = fold(" ".join(line.text for line in lines[start:end]))
    if _LABEL.search(text):
        info = read_info_line(text)
        if info is None:
            return None
        return InfoZone(start, end, info, _strength(info))
    return _bare_date(lines[start], start)


def _continues(before: str, line: Line) -> bool:
    text = line.text
    if not text or len(text) > _LONGEST:
        return False
    if before.endswith((":", "：")) and len(text) <= 40:
        return True
    return bool(
        _LABEL.match(text)
        or is_furniture(text)
        or _CLOCK.fullmatch(text)
        or (_DATE.match(text) and len(text) <= 25)
    )


def _bare_date(line: Line, start: int) -> InfoZone | None:
    """A date standing alone on an unlinked line; a row of a list has its link beside it."""
    if line.anchors or len(line.text) > 25:
        return None
    shown = read_time(fold(line.text))
    if shown is None or shown.value is None:
        return None
    info = InfoLine(published=shown, source=None, author=None, editor=None, labels={})
    return InfoZone(start, start + 1, info, 1)


def _strength(info: InfoLine) -> int:
    dated = info.published is not None
    if dated and info.source is not None:
        return 3
    return 2 if dated else 1
