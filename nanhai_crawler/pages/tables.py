"""Tables of data, cell by cell; a table that only lays out the page is none.

Spans follow the HTML standard's table model (§4.9.12); what spans several cells is told in each of them, so that every
row can be read on its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.items import Table
from nanhai_crawler.pages.lines import Line

#: A cell with a paragraph in it lays out a page; the longest cell of data in the shared pages has 38 characters.
_LONGEST_CELL = 120
#: Where columns are named and rows too, a cell may hold a paragraph: 事项 | 具体安排, 序号 | 意见 | 采纳情况.
_COLUMN_NAME = re.compile(r"[㐀-鿿][㐀-鿿\s/／（）()]{0,9}")
_LONGEST_LABEL = 30
_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 2
_TABLE = frozenset(("table",))
_CELLS = frozenset(("td", "th", "caption"))
#: HTML §4.9.11: no cell spans more columns.
_WIDEST_SPAN = 1000
#: A table that its spans would blow up beyond this is kept as it is written, each cell once.
_MOST_CELLS = 100_000


class DataTables(NamedTuple):
    """The tables by the number of their first line, and all lines that stand in them."""

    tables: Mapping[int, Table]
    lines: frozenset[int]


class _Cell(NamedTuple):
    text: str
    columns: int
    rows: int
    heading: bool


def find_tables(lines: Sequence[Line], indexes: Iterable[int]) -> DataTables:
    """The tables of data that any of ``indexes`` stands in: two rows or more of two filled short cells or more."""
    spans: dict[etree._Element, range] = {}
    tables: dict[int, Table] = {}
    for index in indexes:
        line = lines[index]
        if not line.in_row and line.block.element.tag != "caption":
            continue
        block = line.block.nearest(_TABLE)
        if block is None or block.element in spans:
            continue
        table = block.element
        spans[table] = range(block.start, block.end) if is_data(table) else range(0)
        if spans[table]:
            tables[block.start] = _read(table, lines[block.start : block.end])
    return DataTables(tables, frozenset(place for span in spans.values() for place in span))


def is_data(table: etree._Element) -> bool:
    """Whether a table holds data: two rows or more of two filled short cells, or named columns and rows."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in _rows(table)]
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return _is_grid(table, rows)
    return sum(1 for row in rows if sum(1 for cell in row if cell) >= 2) >= 2


def _is_grid(table: etree._Element, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table with paragraphs in its cells is one of data: a row of column names, then rows that begin with theirs."""
    if len(rows) < _FEWEST_ROWS or len({len(row) for row in rows}) > 1 or len(rows[0]) < _FEWEST_COLUMNS:
        return False
    named = all(_COLUMN_NAME.fullmatch(cell) for cell in rows[0])
    labelled = all(0 < len(row[0]) <= _LONGEST_LABEL for row in rows)
    return named and labelled and next(table.iterdescendants("img"), None) is None


def _read(table: etree._Element, lines: Sequence[Line]) -> Table:
    texts: dict[etree._Element, list[Line]] = {}
    caption = ""
    for line in lines:
        holder = line.block.nearest(_CELLS)
        if holder is None or not line.text:
            continue
        if holder.element.tag == "caption":
            caption = f"{caption} {line.text}"
        else:
            texts.setdefault(holder.element, []).append(line)
    rows = [[_cell(cell, texts.get(cell, ())) for cell in row] for row in _rows(table)]
    header_rows = 0
    while header_rows < len(rows) and all(cell.heading for cell in rows[header_rows]):
        header_rows += 1
    grid = _resolved(rows)
    return Table(
        caption=caption.strip() or None,
        header_rows=header_rows if header_rows < len(rows) else 0,
        rows=tuple(map(tuple, grid)),
    )


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in table.iter("tr"):
        cells = list(row.iterchildren("td", "th"))
        if cells:
            yield cells


def _cell(cell: etree._Element, lines: Sequence[Line]) -> _Cell:
    text = " ".join(line.text for line in lines)
    bold = bool(lines) and all(line.bold * 10 >= len(line.text.replace(" ", "")) * 9 for line in lines)
    in_head = next(cell.iterancestors("thead", "table")).tag == "thead"
    heading = cell.tag == "th" or bold or in_head
    return _Cell(text, _number(cell, "colspan"), _number(cell, "rowspan"), heading)


def _number(cell: etree._Element, name: str) -> int:
    written = cell.get(name, "").strip()
    return (
        min(int(written), _WIDEST_SPAN) if written.isascii() and written.isdigit() and len(written) < 9 else 1
    )


def _resolved(rows: Sequence[Sequence[_Cell]]) -> list[list[str]]:
    """The rows with each cell's text in every place that it covers, all as wide as the widest."""
    if sum(max(1, cell.columns) * max(1, cell.rows) for row in rows for cell in row) > _MOST_CELLS:
        rows = [[cell._replace(columns=1, rows=1) for cell in row] for row in rows]
    grid: list[dict[int, str]] = [{} for _ in rows]
    for place, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[place]:
                column += 1
            # HTML §4.9.11: a rowspan of 0 reaches to the end.
            for below in grid[place : place + cell.rows if cell.rows else None]:
                for offset in range(max(1, cell.columns)):
                    below.setdefault(column + offset, cell.text)
            column += max(1, cell.columns)
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, "") for column in range(width)] for row in grid]
