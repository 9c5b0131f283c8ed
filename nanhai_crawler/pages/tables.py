"""Which table cells are data, and which only lay out the page."""

from collections.abc import Iterable, Sequence

from lxml import etree

from nanhai_crawler.pages.lines import Line

#: A cell with a paragraph in it lays out a page; the longest cell of data in the shared pages has 38 characters.
_LONGEST_CELL = 120
_TABLE = frozenset(("table",))


def data_cells(lines: Sequence[Line], indexes: Iterable[int]) -> frozenset[int]:
    """Those of ``indexes`` whose line stands in a table of data: two rows or more of two filled short cells or more."""
    verdicts: dict[etree._Element, bool] = {}
    found = set()
    for index in indexes:
        block = lines[index].block.nearest(_TABLE) if lines[index].in_row else None
        if block is None:
            continue
        table = block.element
        if table not in verdicts:
            verdicts[table] = _is_data(table)
        if verdicts[table]:
            found.add(index)
    return frozenset(found)


def _is_data(table: etree._Element) -> bool:
    if next(table.iterdescendants("table"), None) is not None:
        return False
    filled_rows = 0
    for row in table.iter("tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row.iterchildren("td", "th")]
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            return False
        filled_rows += sum(1 for cell in cells if cell) >= 2
    return filled_rows >= 2
