"""The words that stand before a colon in a page's head: those that the reader knows, and those it does not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from nanhai_crawler.pages.lines import Line, read_lines
from nanhai_crawler.pages.noise import is_foot
from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.labels import KIND_OF

#: What may be a label: longer ones are sentences that end in a colon.
_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<label>[\u4e00-\u9fff]{2,8})\s{0,4}[:：]\s*(?P<value>[^\s|｜]{0,40})"
)
_BREADCRUMB = re.compile(r"位置|栏目|页面|首页")
#: Where sentences begin the head is over: menus and banners are shorter.
_PROSE = 40
_LONGEST = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadLabels:
    """Labels in the order of the page; of unknown ones what follows them, and those that a date follows."""

    known: tuple[str, ...]
    unknown: Mapping[str, str]
    dated: tuple[str, ...]


def find_head_labels(root: etree._Element, *, title: str = "") -> HeadLabels:
    """The labels in the lines above the page's first sentences, or its foot; a colon in its ``title`` makes none."""
    found = {
        match["label"]: match["value"]
        for line in _head(read_lines(root))
        if line.text != title
        for match in _LABEL.finditer(line.text)
        if not _BREADCRUMB.search(match["label"])
    }
    unknown = {label: value for label, value in found.items() if label not in KIND_OF}
    return HeadLabels(
        known=tuple(label for label in found if label in KIND_OF),
        unknown=unknown,
        dated=tuple(label for label, value in unknown.items() if read_time(value) is not None),
    )


def _head(lines: Sequence[Line]) -> list[Line]:
    ends = (index for index, line in enumerate(lines) if line.prose >= _PROSE or is_foot(line.text))
    end = next(ends, len(lines))
    return [
        line for line in lines[:end] if 0 < len(line.text) <= _LONGEST and line.linked * 2 < len(line.text)
    ]
