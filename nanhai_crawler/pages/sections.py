"""Paragraphs under their headings: a heading is a short line that ends no sentence and has text below it."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from nanhai_crawler.items import Section, Table
from nanhai_crawler.pages.blocks import make_blocks
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.lists import ItemPlace, find_items

#: Headings told by nothing but their shape stay on one printed line of 28 characters (GB/T 9704 prints 28 a line).
_LONGEST_PLAIN = 30
_LONGEST_BOLD = 50
_LONGEST_MARKED = 80
_SENTENCE_END = re.compile(r"[。！？；：，、.!?;:,…~～]['’\"”」』）)]*$")
_ONLY_COMMA_END = re.compile(r"[。；：，、;:,]['’\"”]*$")
_STOP_INSIDE = re.compile(r"。|；")
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[）)]?[、.．\s]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．]\D|第[一二三四五六七八九十\d]+[章节条]"
)
_DATE_ONLY = re.compile(r"[\d二〇○零一三四五六七八九十]+\s*年\s*[\d一二三四五六七八九十]+\s*月.{0,6}")
#: What is told by a label, closes a letter or asks the reader to do something heads nothing.
_NO_HEADING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2}\s?|[（(])?[㐀-鿿]{0,6}"
    r"(?:电\s*话|地\s*址|地\s*点|时\s*间|日\s*期|期\s*限|邮\s*编|邮\s*箱|传\s*真|网\s*址|联\s*系\s*人|主\s*持\s*人|主\s*讲\s*人|记\s*者)\s*[:：]"
    r"|[㐀-鿿]{2,8}\s*[:：]\s*[¥￥]?\d[\d,.\-—~～至]*\s*[㐀-鿿%％]{0,3}$"  # 票价：165元
    r"|[（(]?(?:答|问|来\s*源"
    r"|附\s*件?|注|备\s*注|编者按|原标题)\s*[:：]|(?:此致|敬礼|谢谢|特此(?:公告|通知|公示|通报))[!！]?$"
    r"|[（(](?:完|未完待续|待续|略)[）)]$|图\s?\d+$|(?:点击|扫码|扫描|长按|了解详情|更多详情|戳|关注)|——"
)
_FLUSH_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)
_HAN = re.compile(r"[㐀-鿿]")


class _Shape(NamedTuple):
    text: str
    level: int  # 1–6 for h1–h6, else 0
    marked: bool  # h1–h6, or all bold
    numbered: bool
    heading: bool  # may be a heading, as far as the line itself tells


def read_sections(
    lines: Sequence[Line], tables: Mapping[int, Sequence[Table]] = MappingProxyType({})
) -> tuple[Section, ...]:
    """The sections these lines make, in order; empty for none. ``tables`` stand before the line of their number."""
    shapes = [_shape(line) for line in lines]
    headings = _headings(shapes, tables)
    items = find_items(lines)
    sections: list[Section] = []
    heading: str | None = None
    parts: list[int | Table] = []
    index = 0
    while index <= len(shapes):
        parts.extend(tables.get(index, ()))
        size = headings.get(index, 0)
        if size or index == len(shapes):
            if heading is not None or parts:
                sections.append(_section(heading, parts, shapes, items))
            heading, parts = " ".join(shape.text for shape in shapes[index : index + size]), []
        else:
            parts.append(index)
        index += size or 1
    return tuple(sections)


def _section(
    heading: str | None,
    parts: Sequence[int | Table],
    shapes: Sequence[_Shape],
    items: Mapping[int, ItemPlace],
) -> Section:
    texts = {part: shapes[part].text for part in parts if isinstance(part, int)}
    plain = len(texts) == len(parts) and not items
    return Section(
        heading=heading,
        paragraphs=tuple(texts.values()),
        blocks=() if plain else make_blocks(parts, texts, items),
    )


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, in digits or Chinese numerals."""
    return _DATE_ONLY.fullmatch(text) is not None


def _shape(line: Line) -> _Shape:
    text = line.text
    if len(text) > _LONGEST_MARKED:
        return _Shape(text, 0, marked=False, numbered=False, heading=False)
    tight = len(text.replace(" ", ""))
    marked = bool(line.heading) or line.bold * 10 >= tight * 9
    heading = _is_set_apart(text, line, marked=marked) and _may_head(text, line)
    numbered = heading and _NUMBERED.match(text) is not None
    return _Shape(text, line.heading, marked, numbered, heading)


def _is_set_apart(text: str, line: Line, *, marked: bool) -> bool:
    """Whether a line is as short as a heading and ends like one: the less, the more its tags tell."""
    if line.heading:
        return True
    if _STOP_INSIDE.search(text):
        return False
    if marked:
        return len(text) <= _LONGEST_BOLD and _ONLY_COMMA_END.search(text) is None
    return 2 <= len(text) <= _LONGEST_PLAIN and _SENTENCE_END.search(text) is None


def _may_head(text: str, line: Line) -> bool:
    """Whether nothing that a line says speaks against its being a heading."""
    return not (
        line.linked
        or not _HAN.search(text)
        or is_date(text)
        or _is_to_the_right(line)
        or _NO_HEADING.match(text)
    )


def _headings(shapes: Sequence[_Shape], tables: Collection[int]) -> dict[int, int]:
    """Where headings begin, and of how many lines each is; a table parts them, and is text below one."""
    found: dict[int, int] = {}
    index = 0
    last = _last_of_text(shapes)
    while index < len(shapes):
        if not shapes[index].heading:
            index += 1
            continue
        end = index
        while end < len(shapes) and shapes[end].heading and (end == index or end not in tables):
            end += 1
        for size in _divide(shapes[index:end], followed=end <= last or end in tables):
            if size > 0:
                found[index] = size
            index += abs(size)
    return found


def _last_of_text(shapes: Sequence[_Shape]) -> int:
    """The last line that is neither heading-like nor a date: what stands below it signs the text."""
    backwards = range(len(shapes) - 1, -1, -1)
    return next((n for n in backwards if not shapes[n].heading and not is_date(shapes[n].text)), -1)


def _is_to_the_right(line: Line) -> bool:
    """Whether the line is set flush right, as who signs is."""
    style = line.block.element.get("style") or ""
    return line.block.element.get("align", "").lower() == "right" or _FLUSH_RIGHT.search(style) is not None


def _divide(run: Sequence[_Shape], *, followed: bool) -> list[int]:
    """A run of heading-like lines as the sizes of its headings; negative: that many paragraphs.

    Two lines are one heading told in two, unless the second has a number of its own. Three or more unmarked lines are a
    list, and a run that nothing follows is a signature, unless tags say that it is headings.
    """
    if not followed and not run[-1].level:
        return [-len(run)]
    if len(run) > 2 and not any(shape.marked for shape in run):
        return [-len(run)]
    sizes: list[int] = []
    start = 0
    for place in range(1, len(run) + 1):
        if place == len(run) or _begins_heading(run, place):
            size = place - start
            sizes.extend([size] if size <= 2 else [1, 1 - size])
            start = place
    return sizes


def _begins_heading(run: Sequence[_Shape], place: int) -> bool:
    this, before = run[place], run[place - 1]
    return (
        this.numbered
        or (this.marked and not before.marked)
        or (this.level != before.level and this.level > 0)
    )
