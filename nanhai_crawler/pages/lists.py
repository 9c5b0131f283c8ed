"""Lists that the markup says are lists: ``ul`` and ``ol`` of short items; one that lays out the page is none."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.lines import Line

#: An item of more lines is a part of the page, not of a list.
_LONGEST_ITEM = 3
_ROWS = frozenset(("li", "td", "th", "dt", "dd"))
_LISTS = frozenset(("ul", "ol"))


class ItemPlace(NamedTuple):
    """The list that a line stands in, the outermost where one is in another, and its item."""

    list: Block
    item: Block


def find_items(lines: Sequence[Line]) -> Mapping[int, ItemPlace]:
    """For the lines that stand in an item of a list: where."""
    items: dict[int, ItemPlace] = {}
    for place, line in enumerate(lines):
        if line.in_row and (found := _place(line)) is not None:
            items[place] = found
    if not items:
        return items
    sizes = Counter(items.values())
    members: dict[Block, list[int]] = defaultdict(list)
    for own, size in sizes.items():
        members[own.list].append(size)
    lists = {block for block, own in members.items() if len(own) >= 2 and max(own) <= _LONGEST_ITEM}
    return {
        place: ItemPlace([block for block in inner.list.outwards() if block in lists][-1], inner.item)
        for place, inner in items.items()
        if inner.list in lists
    }


def _place(line: Line) -> ItemPlace | None:
    """The nearest item around a line, unless that is a table's cell, and the list it is of."""
    item = line.block.nearest(_ROWS)
    if item is None or item.element.tag != "li":
        return None
    around = item.nearest(_LISTS)
    return None if around is None else ItemPlace(around, item)
