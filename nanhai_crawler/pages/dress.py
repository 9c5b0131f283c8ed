"""How a line of an element is set: what tells a kicker from the first half of a title where ``br`` parts them."""

import re
from itertools import islice

from lxml import etree

from nanhai_crawler.pages.lines import Line, text_of

_SIZE = re.compile(r"font-size\s*:\s*([^;]+)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_WRAPPERS = ("small", "big", "font", "span", "em", "i", "b", "strong")
#: A title's element holds a few inline ones; a page that is one element is not looked through.
_MOST_WRAPPERS = 40


def dress_of(line: Line) -> tuple[tuple[str, ...], ...]:
    """Size and class of each inline element that holds this line and nothing else, the outermost first."""
    wrappers = islice(line.block.element.iterdescendants(*_WRAPPERS), _MOST_WRAPPERS)
    return tuple(worn for element in wrappers if (worn := _worn(element)) and text_of(element) == line.text)


def is_centred(block: etree._Element) -> bool:
    """Whether the line itself is centred, by attribute, style or a ``center`` element; a centred page is not."""
    style = block.get("style")
    if block.get("align", "").lower() == "center" or (style and _CENTRED.search(style)):
        return block.tag not in {"table", "body"}
    return block.tag == "center"


def _worn(element: etree._Element) -> tuple[str, ...] | None:
    size = _SIZE.search(element.get("style") or "")
    told = (
        str(element.tag) if element.tag in {"small", "big"} else "",
        element.get("size") or "",
        size[1].strip() if size else "",
        element.get("class") or "",
    )
    return told if any(told) else None
