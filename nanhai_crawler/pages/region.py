"""Where the article's body stands: below the info line, above neighbours and foot, in the element with the prose.

Prose is what sentences are made of: unlinked text with sentence punctuation. Menus, related lists and bars have none,
whatever their tags and class names.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from nanhai_crawler.pages.lines import Line, is_inside
from nanhai_crawler.pages.noise import ends_article, is_foot, is_furniture

_SENTENCE = re.compile(r"[，。；！？,;!?：“”、]")
#: Below this many unlinked characters a line is no prose whatever its punctuation: 版权所有：某单位, 地址：….
_SHORTEST_PROSE = 14
#: The element that holds this much of the prose holds the article; the rest is a foot, an abstract beside it.
_DOMINANT = 0.85


class Region(NamedTuple):
    """``zone``: line numbers between info line and end; ``body``: those of them inside the element with the prose."""

    zone: range
    body: tuple[int, ...]
    prose: int  # characters


def prose_weight(line: Line) -> int:
    """Unlinked characters of a line that reads like a sentence, else 0."""
    weight = len(line.text) - line.linked
    return weight if weight >= _SHORTEST_PROSE and _SENTENCE.search(line.text) else 0


def find_region(lines: Sequence[Line], start: int) -> Region:
    """The article's region among the lines from ``start`` on; empty where nothing follows."""
    stop = _stop(lines, start)
    weights = {index: weight for index in range(start, stop) if (weight := prose_weight(lines[index]))}
    holder = _holder(lines, range(start, stop), weights)
    body = range(start, stop) if holder is None else _within(lines, range(start, stop), holder)
    return Region(range(start, stop), tuple(body), sum(weights.values()))


def _stop(lines: Sequence[Line], start: int) -> int:
    """The first line that opens what follows the article; bars above the body do not count."""
    content = False
    for index in range(start, len(lines)):
        line = lines[index]
        if is_foot(line.text):
            return _top_of_foot(lines, start, index)
        if content and ends_article(line.text):
            return index
        content = content or line.image is not None or bool(line.text and not is_furniture(line.text))
    return len(lines)


def _top_of_foot(lines: Sequence[Line], start: int, index: int) -> int:
    """The first line of the widest element around a foot's line that has neither sentences nor what is above the region."""
    top, foot = index, lines[index].block
    for element in (foot, *foot.iterancestors()):
        first = top
        while first > start and is_inside(lines[first - 1], element):
            first -= 1
        above = start > 0 and is_inside(lines[start - 1], element)
        if above or any("。" in line.text or line.image for line in lines[first:index]):
            break
        top = first
    return top


def _holder(lines: Sequence[Line], zone: range, weights: dict[int, int]) -> etree._Element | None:
    """The deepest element with the dominant part of the prose and more than one line; null where there is no prose."""
    held: dict[etree._Element, int] = defaultdict(int)
    for index, weight in weights.items():
        held[lines[index].block] += weight
    for block, weight in tuple(held.items()):
        for element in block.iterancestors():
            held[element] += weight
    need = _DOMINANT * sum(weights.values())
    chain = [element for element, weight in held.items() if weight >= need] if weights else []
    holder = max(chain, key=_depth, default=None)
    while holder is not None and _holds_one_line(lines, zone, holder):
        parent = holder.getparent()
        if parent is None:
            break
        holder = parent
    return holder


def _holds_one_line(lines: Sequence[Line], zone: range, holder: etree._Element) -> bool:
    # An element that reaches above the info line is too wide to climb further.
    above = zone.start > 0 and bool(_within(lines, range(zone.start - 1, zone.start), holder))
    return not above and len(_within(lines, zone, holder)) <= 1


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _within(lines: Sequence[Line], zone: range, holder: etree._Element) -> list[int]:
    """The lines of the zone that stand inside ``holder``."""
    inside: dict[etree._Element, bool] = {holder: True}
    found = []
    for index in zone:
        block = lines[index].block
        if block not in inside:
            inside[block] = is_inside(lines[index], holder)
        if inside[block]:
            found.append(index)
    return found
