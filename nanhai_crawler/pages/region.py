"""Where the article's body stands: below the info line, above neighbours and foot, in the element with the prose.

Prose is what sentences are made of: unlinked text with sentence punctuation. Menus, related lists and bars have none,
whatever their tags and class names.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.lines import Line, is_indented
from nanhai_crawler.pages.noise import ends_article, is_foot, is_furniture, names_editors
from nanhai_crawler.pages.tables import is_data

#: The element that holds this much of the prose holds the article; the rest is a foot, an abstract beside it.
_DOMINANT = 0.85
#: The shortest notices met have some 60 characters of sentences; a headline with its blurb has fewer than 40.
_LEAST_PROSE = 40
#: A list of names, a timetable: what has no sentences has lines in plenty.
_LEAST_LISTED = 120
#: Nothing but its length speaks for a text without a time: a printed page has some 700 characters.
_LONG_PROSE = 250
#: Three linked titles with an abstract under each are a list.
_LIST_ROWS = 3
#: So are as many links, each in a row of no more cells than a catalogue has: number, name, who, when, kind, tool.
_CATALOGUE_ROWS = 5
_MOST_CELLS = 6


#: A box of related links has an element for its frame, and one or two for its heading.
_BOX_DEPTH = 4
#: A list, a caption and a heading may stand between; abstracts under their titles have a linked line after each.
_NEAR = 8


_TABLE = frozenset(("table",))
_ROW = frozenset(("tr",))
#: A picture, its caption, an empty line on either side.
_PICTURE_ROWS = 4


class Region(NamedTuple):
    """``zone``: line numbers between info line and end; ``body``: those of them inside the block with the prose."""

    zone: range
    body: Sequence[int]
    prose: int  # characters


def find_region(lines: Sequence[Line], start: int) -> Region:
    """The article's region among the lines from ``start`` on; empty where nothing follows."""
    stop = _stop(lines, start)
    weights = [line.prose for line in lines[start:stop]]
    holder = _holder(lines, start, weights)
    if holder is not None and (table := _data_around(holder)) is not None:
        holder = _around_table(lines, start, weights, table)
    body = range(start, stop) if holder is None else _with_twins(lines, start, stop, holder)
    return Region(range(start, stop), body, sum(weights))


def _data_around(block: Block) -> Block | None:
    """The table of data that the block is or stands in; null for a table that lays out the page."""
    table = block.nearest(_TABLE)
    return table if table is not None and is_data(table.element) else None


def _around_table(lines: Sequence[Line], start: int, weights: Sequence[int], table: Block) -> Block | None:
    """The block with the sentences beside a table that has most of them, and with the table."""
    beside = [0 if start + n in table else weight for n, weight in enumerate(weights)]
    holder: Block | None = _holder(lines, start, beside) or table
    while holder is not None and (
        table.start not in holder or holder.end - holder.start <= table.end - table.start
    ):
        holder = holder.parent
    return holder


def _with_twins(lines: Sequence[Line], start: int, stop: int, holder: Block) -> range:
    """The lines of the holder and of the blocks like it on either side: editors break a text into several."""
    first, last = max(start, holder.start), min(stop, holder.end)
    while last < stop and (twin := _twin(lines, last, holder)) is not None:
        last = min(stop, twin.end)
    while first > start and (twin := _twin(lines, first - 1, holder)) is not None:
        first = max(start, twin.start)
    row = holder.nearest(_ROW)
    body = range(first, last)
    if row is None or (row.start, row.end) != (holder.start, holder.end) or not _has_indented(lines, row):
        return body
    return _with_rows(lines, range(start, stop), row, body)


def _with_rows(lines: Sequence[Line], zone: range, row: Block, body: range) -> range:
    """The body with the rows beside the one that has most of it, where their paragraphs are indented as its own are.

    Pictures in rows of their own may stand between.
    """
    first, last = body.start, body.stop
    while (twin := _row_near(lines, range(last, zone.stop), row)) is not None:
        last = min(zone.stop, twin.end)
    while (twin := _row_near(lines, range(first - 1, zone.start - 1, -1), row)) is not None:
        first = max(zone.start, twin.start)
    return range(first, last)


def _row_near(lines: Sequence[Line], way: range, row: Block) -> Block | None:
    """The next row on the ``way`` with indented paragraphs; null where more than a picture and its caption come first."""
    pictured = False
    for passed, index in enumerate(way):
        line = lines[index]
        beside = next((block for block in line.block.outwards() if block.parent is row.parent), None)
        if beside is None or line.linked or passed > _PICTURE_ROWS:
            return None
        if _has_indented(lines, beside):
            return beside if pictured or not passed else None
        pictured = pictured or line.image is not None
    return None


def _has_indented(lines: Sequence[Line], block: Block) -> bool:
    """Whether a paragraph stands in the block that is indented, and no link."""
    said = lines[block.start : block.end]
    return any("。" in line.text and is_indented(line) for line in said) and not any(
        line.linked for line in said
    )


def _twin(lines: Sequence[Line], index: int, holder: Block) -> Block | None:
    """The block around the line that stands beside the holder, has its tag and class, and sentences in it."""
    beside = next((block for block in lines[index].block.outwards() if block.parent is holder.parent), None)
    if beside is None or beside.element.tag != holder.element.tag:
        return None
    if beside.element.get("class") != holder.element.get("class"):
        return None
    said = lines[beside.start : beside.end]
    return beside if any("。" in line.text and not line.linked for line in said) else None


def has_text(lines: Sequence[Line], region: Region, *, dated: bool) -> bool:
    """Whether the region reads like an article rather than a list: little is linked, and something is said or shown.

    A picture is enough where the page tells a date or source of its own, and so are names and figures in plenty.
    """
    linked = sum(lines[index].linked for index in region.body)
    unlinked = sum(len(lines[index].text) for index in region.body) - linked
    if linked * 3 > unlinked:
        return False
    if region.prose >= _LEAST_PROSE:
        return True
    return dated and (unlinked >= _LEAST_LISTED or any(lines[index].image for index in region.zone))


def opens_with_links(lines: Sequence[Line], region: Region) -> bool:
    """Whether rows of links stand where the text should begin, and little is said below them: a page's bar, no article."""
    if region.prose >= _LONG_PROSE:
        return False
    rows = 0
    for index in region.zone:
        line = lines[index]
        if line.linked * 2 > len(line.text):
            rows += 1
        elif ("。" in line.text or line.prose >= _LEAST_PROSE) and not is_furniture(line.text):
            break
    return rows >= _CATALOGUE_ROWS


def has_long_text(lines: Sequence[Line], region: Region) -> bool:
    """Whether the region is an article's by its length alone: sentences or lines in plenty, and no list with abstracts."""
    linked = sum(lines[index].linked for index in region.body)
    unlinked = sum(len(lines[index].text) for index in region.body) - linked
    rows = sum(
        1
        for above, below in pairwise(region.body)
        if lines[below].prose and lines[above].linked * 2 > len(lines[above].text)
    )
    entries = sum(1 for index in region.body if lines[index].linked * 2 > len(lines[index].text))
    if entries >= _CATALOGUE_ROWS and entries * _MOST_CELLS >= len(region.body):
        return False
    return linked * 3 <= unlinked and rows < _LIST_ROWS and max(region.prose, unlinked // 2) >= _LONG_PROSE


def confine(region: Region, lines: Sequence[Line], body: Sequence[int]) -> Region:
    """The region with the lines of ``body`` below its beginning for its body, whatever the prose says."""
    below = tuple([index for index in body if index >= region.zone.start])
    if not below:
        return region
    zone = range(below[0], max(below[-1] + 1, region.zone.stop))
    return Region(zone, below, sum(lines[index].prose for index in below))


def _stop(lines: Sequence[Line], start: int) -> int:
    """The first line that opens what follows the article; bars above the body do not count."""
    content = False
    for index in range(start, len(lines)):
        line = lines[index]
        if is_foot(line.text):
            return _top_of_foot(lines, start, index)
        if content and ends_article(line.text) and not _is_inset(lines, start, index):
            return index
        content = content or line.image is not None or bool(line.text and not is_furniture(line.text))
    return len(lines)


def _is_inset(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether related links stand in the text: above more of it than comes before, or in a box between its paragraphs."""
    return _is_above_text(lines, start, index) or _is_between_paragraphs(lines, start, index)


def _is_between_paragraphs(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether links alone follow the heading, and then a paragraph set as those before it, and no links again."""
    box = lines[index].block
    for _ in range(_BOX_DEPTH):
        around = box.parent
        if around is None:
            return False
        before = {
            _kind_of(line.block)
            for line in lines[max(start, around.start) : index]
            if line.prose and line.block.parent is around
        }
        if before:
            break
        box = around
    else:
        return False
    after = [line for line in lines[index + 1 : around.end] if line.text]
    links = next((n for n, line in enumerate(after) if line.linked * 2 <= len(line.text)), len(after))
    boxed = box.end - index > 1  # with its links; heading and links beside the paragraphs end a text
    if not (boxed and 0 < links < len(after)):
        return False
    beyond = after[links : links + _NEAR]
    if any(line.linked * 2 > len(line.text) or ends_article(line.text) for line in beyond):
        return False
    return any(
        line.prose and line.block.parent is around and _kind_of(line.block) in before for line in beyond
    )


def _kind_of(block: Block) -> tuple[object, str | None]:
    return block.element.tag, block.element.get("class")


def _is_above_text(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether more sentences follow in the element of a heading of related links than come before it."""
    heading, around = lines[index].block, lines[index].block.parent
    if around is None or heading.element.tag != "p":
        return False
    if index + 1 >= len(lines) or lines[index + 1].linked * 2 <= len(lines[index + 1].text):
        return False
    after = sum(
        line.prose
        for line in lines[index + 1 : around.end]
        if line.block.parent is around and line.block.element.tag == "p"
    )
    return after > sum(line.prose for line in lines[start:index])


def _top_of_foot(lines: Sequence[Line], start: int, index: int) -> int:
    """The first line of the widest element around a foot's line that has neither sentences nor editors nor what is above."""
    top = index
    for block in lines[index].block.outwards():
        first = max(start, block.start)
        if block.start < start or any(map(_is_of_article, lines[first:index])):
            break
        top = min(top, first)
    return top


def _is_of_article(line: Line) -> bool:
    return "。" in line.text or line.image is not None or names_editors(line.text)


def _holder(lines: Sequence[Line], start: int, weights: Sequence[int]) -> Block | None:
    """The deepest block with the dominant part of the prose and more than one line; null where there is no prose.

    ``weights`` are those of the lines from ``start`` on. A block with more than half of the prose has its middle character.
    """
    sums = list(accumulate(weights, initial=0))
    stop, whole = start + len(weights), sums[-1]
    if not whole:
        return None
    middle = start + bisect_right(sums, whole // 2) - 1
    holder = lines[middle].block
    while holder.parent is not None:
        first, last = max(start, holder.start), min(stop, holder.end)
        # One that reaches above the info line is too wide to climb further.
        enough = last - first > 1 or (start > 0 and start - 1 in holder)
        if sums[last - start] - sums[first - start] >= _DOMINANT * whole and enough:
            break
        holder = holder.parent
    return holder
