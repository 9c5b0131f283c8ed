"""A line that tells when, without a label: a date alone, date and clock beside a few words, where and when it was printed."""

import re
from collections.abc import Sequence

from lxml import etree

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.info_line import InfoLine
from nanhai_crawler.text.organizations import is_publisher

#: A date in words with its weekday has 20 characters, one set with spaces and a clock (2021 年 10 月 18 日 上午9:25:09) 26;
#: a house's name beside date and clock makes it 40.
LONGEST_DATE = 28
_LONGEST = 50
#: The elements that are a row of a list or of a table.
ROW_TAGS = frozenset(("tr", "li", "dl"))
#: A block of more lines than this is looked through near the line only.
_NEAR = 200
#: A list's row has number, title, abstract, column, source and date; what has more lines lays out the page.
_MOST_IN_ROW = 6
#: Who wrote, and where it was printed: 本报记者 某某《某报》（2024年05月20日 第 01 版）.
_PRINTED = re.compile(
    r"(?P<people>[^《》。！？]{0,60})《(?P<paper>[^《》]{2,20})》\s?[（(]\s?(?P<day>20\d\d[^（）()]{4,12}?)\s*第?\s?[A-Z]?\d{1,3}\s?版[^（）()]{0,8}[)）]"
)


def read_dated_line(lines: Sequence[Line], index: int) -> InfoLine | None:
    """What line ``index`` tells; null for a sentence, and for a list's row, which has a link beside its date."""
    line = lines[index]
    printed = _PRINTED.fullmatch(line.text) if "版" in line.text else None
    if printed is not None and (shown := read_time(printed["day"])) is not None:
        people, paper = printed["people"].strip(), printed["paper"].strip()
        return InfoLine(published=shown, source=paper, author=None, editor=None, people=people)
    if len(line.text) > _LONGEST or line.text.endswith(("。", "！", "？")):
        return None
    shown = read_time(line.text)
    if shown is None or shown.value is None or ("T" not in shown.value and len(line.text) > LONGEST_DATE):
        return None
    row = line.block.nearest(ROW_TAGS)
    lays_out = row is None or row.end - row.start > _MOST_IN_ROW
    if not ("T" in shown.value and lays_out) and _has_link(lines, index, row or line.block):
        return None
    rest = line.text.replace(shown.raw, "", 1).strip(" |｜·-—")
    first = rest.partition(" ")[0]
    source = next((name for name in (rest, first) if is_publisher(name)), None)
    return InfoLine(published=shown, source=source, author=None, editor=None)


def _has_link(lines: Sequence[Line], index: int, block: Block) -> bool:
    """Whether a line of the block links somewhere; of a long block, one of those near the line."""
    near = range(max(block.start, index - _NEAR), min(block.end, index + _NEAR))
    return any(_leads_away(anchor) for place in near for anchor in lines[place].anchors)


def _leads_away(anchor: etree._Element) -> bool:
    """Whether a link leads to another page; one that runs a script is a tool (字号：大 中 小)."""
    href = anchor.get("href", "").strip()
    return bool(href) and href[0] != "#" and not href[:11].lower().startswith("javascript:")
