"""Where a page tells its time and source: one line, or a few side by side, found by their labels."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.cell_labels import BEGINNINGS, WORDS, in_one_catalogue, is_term, parted, told
from nanhai_crawler.pages.dated_line import LONGEST_DATE, ROW_TAGS, read_dated_line
from nanhai_crawler.pages.event import is_date_alone, is_numbered, lines_before_event
from nanhai_crawler.pages.lines import Line, text_of
from nanhai_crawler.pages.noise import ends_article, is_foot, is_furniture, names_editors
from nanhai_crawler.pages.sections import is_date
from nanhai_crawler.text.info_line import InfoLine, read_info_line
from nanhai_crawler.text.labels import KIND_OF, LABEL
from nanhai_crawler.text.whitespace import fold

_LABEL = re.compile(
    r"(?:时\s*间|日\s*期|来\s*源于?|稿\s*源|出\s*处|(?:发布|发文|公开|供稿|来稿|撰稿|提供)(?:单位|机构|部门|人|者)|供\s*稿|作\s*者|编\s*辑|责\s*编|浏览(?:次数|量)?|点击(?:次数|数|量)?|阅读(?:次数|量)?|字\s*[号体]|"
    r"记\s*者|通\s*讯\s*员|索\s*引\s*号|名\s*称|标\s*题|分\s*类|文\s*号|主题词|有效性|发布机关|发文机关)"
    r"\s*[:：]"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.．／－年]\s?\d{1,2}"
    r"|[一二][一二三四五六七八九〇○零]{3}\s?年[一二三四五六七八九十\s]{1,4}月"
)
#: A date may be linked (to its archive, to the page itself) where words before it say what it is.
_DATED = re.compile(r"(?:发布|发表)(?:于|时间|日期)\s*[:：]?\s*(?:19|20)\d\d")
_OPENS_LINKED = frozenset("发12一二")
_TIMED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:时\s*间|日\s*期)\s*[:：]\s*\S")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_TODAY = re.compile(r"今天是|今日是|农历|欢迎")
#: An info line is one line of a page; the longest met in the shared pages has 74 characters.
_LONGEST = 160
#: 我有话说(1036人参与) has 14 characters, less than the shortest title of a list's row beside date and clock.
_LONGEST_TOOL = 15
#: More sentences than a head has (a banner about cookies, a motto): from here on dates are of signatures and comments.
_TEXT = 120
#: The shortest notices have a sentence of so many.
_LEAST = 30
#: A publisher told in a cell, with another label's cell behind it.
_LONGEST_HOUSE = 30
#: A catalogue repeats the title among its values.
_LONGEST_VALUE = 80
#: Labels told one an element: time, source, author, editor, views, font size, print, share.
#: A catalogue (信息公开目录) is a table of some ten labels, each with a cell for its value.
_MOST_LINES = 24
#: A row that holds more than this lays out the page.
_LONGEST_ROW = 600
#: An info line in more pieces than this is no single line; its element is not looked through.
_MOST_PIECES = 200


class InfoZone(NamedTuple):
    """Lines ``start`` to ``end`` (exclusive) tell ``info``; ``strength`` 3 time and source, 2 labelled time, 1 a date alone.

    ``below`` the text instead of above it: some pages tell their time and source last.
    """

    start: int
    end: int
    info: InfoLine
    strength: int
    below: bool = False


def find_info_zones(lines: Sequence[Line]) -> list[InfoZone]:
    """All places that read like an info line, in document order; below the first sentences a date alone is none."""
    zones: list[InfoZone] = []
    index = 0
    sentences = 0
    while index < len(lines):
        zone = _zone_at(lines, index) if _may_open(lines, index) else None
        if (
            zone is not None
            and zones
            and is_date(lines[index].text)
            and (sentences >= _TEXT or _same_day(zone, zones[0]))
        ):
            zone = None  # it signs the text; what stands below it may tell the source
        if zone is None or (sentences >= _TEXT and zone.strength == 1 and zone.info.source is None):
            sentences += lines[index].prose
            index += 1
        else:
            zones.append(zone)
            index = zone.end
    return zones


def _same_day(zone: InfoZone, other: InfoZone) -> bool:
    first, second = zone.info.published, other.info.published
    return bool(first and second and first.value and second.value and first.value[:10] == second.value[:10])


def choose_info_zone(zones: Sequence[InfoZone], lines: Sequence[Line], top: int) -> InfoZone | None:
    """The strongest zone, the first of equals; null where the page has none.

    Of dates alone, today's in the page's head (above line ``top``, or with its weekday) gives way to any. Where the source
    stands above the text and the time far below it, the zone is where the source stands.
    """
    best = max(
        zones,
        key=lambda zone: (zone.strength, *_standing(zone, lines, top), -zone.start),
        default=None,
    )
    if best is None or best.info.source is not None:
        return best
    above = next((zone for zone in zones if zone.start < best.start and zone.info.source is not None), None)
    if above is None:
        return best
    return InfoZone(above.start, above.end, replace(above.info, published=best.info.published), 3)


def _standing(zone: InfoZone, lines: Sequence[Line], top: int) -> tuple[bool, bool]:
    """Whether a date alone stands below the page's head, and whether it comes without its weekday."""
    labelled = zone.strength > 1
    return labelled or zone.start >= top, labelled or _WEEKDAY.search(lines[zone.start].text) is None


def placed(zone: InfoZone | None, lines: Sequence[Line], top: int) -> InfoZone | None:
    """The zone, knowing whether it stands below the article's text; the page's head ends before line ``top``."""
    if zone is None or (zone.strength < 2 and zone.info.published is not None):
        return zone
    above = sum([line.prose for line in lines[top : zone.start]])
    outweighs = above >= _TEXT and above > 2 * sum(line.prose for line in lines[zone.end :])
    if not outweighs and (above < _LEAST or _is_followed(lines, zone.end)):
        return zone
    opens = next((n for n in range(zone.start, zone.end) if _TIMED.search(lines[n].text)), zone.start)
    narrower = _zone_at(lines, opens) if opens > zone.start else None
    return (narrower or zone)._replace(below=True)


def _is_followed(lines: Sequence[Line], start: int) -> bool:
    """Whether anything but tools, links, editors and the foot stands below the zone."""
    for line in lines[start:]:
        if is_foot(line.text) or ends_article(line.text):
            return False
        said = line.image or (line.text and line.linked * 2 < len(line.text))
        if said and not (is_furniture(line.text) or names_editors(line.text)):
            return True
    return False


def _may_open(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    text = line.text
    if not text or len(text) > _LONGEST:
        return False
    if line.linked * 2 >= len(text) and not _is_linked_date(line):
        return False
    if text[:2] in BEGINNINGS:
        if text not in WORDS:
            if parted(line) != text:
                return True
        elif line.in_row:
            beside = lines[index + 1] if index + 1 < len(lines) else None
            if beside is None or not beside.in_row:
                return False
            after = lines[index + 2].text if index + 2 < len(lines) else ""
            return _DATE.match(beside.text) is not None or (
                after in WORDS and len(beside.text) <= _LONGEST_HOUSE
            )
    labelled = (":" in text or "：" in text) and _LABEL.search(text) is not None
    return (labelled or _is_dated(text)) and _TODAY.search(text) is None and not is_numbered(text)


def _is_dated(text: str) -> bool:
    """Whether a date stands in the text; no form of one does without a century or 年, which is a tenth of the search."""
    return ("20" in text or "19" in text or "年" in text) and _DATE.search(text) is not None


def _is_linked_date(line: Line) -> bool:
    """Whether a linked line tells a time all the same; most are rows of menus, as their first character tells."""
    if line.text[0] not in _OPENS_LINKED:
        return False
    return _DATED.match(line.text) is not None or _is_date_with_tools(line)


def _is_date_with_tools(line: Line) -> bool:
    """Whether date and clock open a line whose links are the publisher and tools, each too short for a title."""
    day = _DATE.match(line.text)
    clock = _CLOCK.search(line.text, day.end(), day.end() + LONGEST_DATE) if day else None
    return clock is not None and all(len(text_of(anchor)) <= _LONGEST_TOOL for anchor in line.anchors)


def _zone_at(lines: Sequence[Line], start: int) -> InfoZone | None:
    end = start + 1
    while end < min(len(lines), start + _MOST_LINES) and _continues(lines[end - 1], lines[end]):
        end += 1
    while end > start + 1 and is_furniture(lines[end - 1].text) and not _CLOCK.fullmatch(lines[end - 1].text):
        end -= 1
    if (
        not _LABEL.search(told(lines[start]))
        and not is_date_alone(lines[start].text)
        and any(_TIMED.match(line.text) for line in lines[start + 1 : end])
    ):
        return None  # a title with a date in it
    if end > start + 1:
        end = start + lines_before_event([told(line) for line in lines[start:end]])
        if end == start:
            return None
    text = fold(" ".join(_spaced(line) for line in lines[start:end]))
    if _LABEL.search(text):
        info = read_info_line(text)
        return None if info is None else InfoZone(start, end, info, _strength(info))
    dated = read_dated_line(lines, start)
    return None if dated is None else InfoZone(start, start + 1, dated, 1)


def _spaced(line: Line) -> str:
    """What the line tells, with a space before each tool or label in an element of its own: only style parts some from a value."""
    block = line.block
    said = told(line)
    if said != line.text or block.end - block.start > _MOST_LINES or not len(block.element):
        return said
    if is_furniture(said):  # nothing but tools, which part each other
        return said
    pieces = list(islice(line.block.element.itertext(), _MOST_PIECES))
    if fold("".join(pieces)).replace(" ", "") != line.text.replace(" ", ""):
        return said
    return " ".join("".join(f" {text}" if _is_apart(text.strip()) else text for text in pieces).split())


def _is_apart(text: str) -> bool:
    if LABEL.match(text):
        return True
    return text != "" and not text[0].isdigit() and is_furniture(text)


def _continues(before: Line, line: Line) -> bool:
    text = line.text
    if not text or len(text) > _LONGEST or (is_term(line) and not in_one_catalogue(before, line)):
        return False
    if told(before).endswith((":", "：")) and len(text) <= _LONGEST_VALUE and _is_beside(before, line):
        return True
    return bool(
        LABEL.match(told(line).lstrip("（([【 "))
        or (line.in_row and text in WORDS)
        or is_furniture(text)
        or _CLOCK.fullmatch(text)
        or (_DATE.match(text) and len(text) <= LONGEST_DATE)
    )


def _row_of(line: Line) -> Block | None:
    """The row around the line; null where there is none, or one that lays out the page."""
    row = line.block.nearest(ROW_TAGS)
    if row is None:
        return None
    length = 0
    for text in row.element.itertext():
        length += len(text)
        if length > _LONGEST_ROW:
            return None
    return row


def _is_beside(before: Line, line: Line) -> bool:
    """Whether the line is the cell beside another one."""
    if line.block is before.block or "。" in line.text or is_furniture(before.text):
        return False
    row = before.block.nearest(ROW_TAGS)
    return row is not None and _row_of(line) is row


def _strength(info: InfoLine) -> int:
    dated = info.published is not None
    if not info.source and all(KIND_OF[label] == "tool" for label in info.labels):
        return 1
    if dated and info.source is not None:
        return 3
    return 2 if dated else 1
