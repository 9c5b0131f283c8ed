"""The lines that go with a title: the kicker (引题) above it, the subtitle (副题) below it."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from nanhai_crawler.pages.block import Block
from nanhai_crawler.pages.breadcrumb import Breadcrumb, is_page_word
from nanhai_crawler.pages.dress import dress_of
from nanhai_crawler.pages.info_zone import InfoZone
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.noise import is_foot, is_furniture
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.pages.title import Title
from nanhai_crawler.text.credits import read_credit_line
from nanhai_crawler.text.labels import LABEL
from nanhai_crawler.text.organizations import is_organization
from nanhai_crawler.text.whitespace import compare_form

#: Either is one printed line at most (GB/T 9704 prints 28 characters a line); a longer one is an abstract.
_LONGEST = 60
#: Names of columns and labels such as 图片新闻 that stand above a title are shorter.
_SHORTEST_KICKER = 8
#: A catchword (走基层) is shorter; it has a block of its own where the title and nothing else has another.
_SHORTEST_CATCHWORD = 5
_NO_CATCHWORD = re.compile(
    r"信息|新闻|动态|公[告开示]|详[情细]|正文|内容|专?栏|专题|频道|中心|位置|网站|[A-Za-z]|[:：]"
)
_SHORTEST = 4
_DASHED = re.compile(r"(?:[—─―━–－]+|-{2,})\s*\S")
_NO_KICKER = re.compile(r"[。；;]$|(?:19|20)\d\d\s?[-/.年]\s?\d|^[【\[〔]|^\d+$|[>＞»|｜]")
#: Names of a site have more words than an organization: 练江日报多媒体数字报, 练习区门户网站.
_HOUSE = re.compile(r"\w*(?:网站|数字报|频道|专栏|专题|平台|栏目)")
_TITLE_AND_SUBTITLE = 2
#: A subtitle without a dash is a phrase; names, offices and columns that stand there are shorter.
_SHORTEST_PLAIN = 8
_NO_PHRASE = re.compile(r"[。；;！？!?]$|(?:19|20)\d\d\s?[-/.年]\s?\d|^[【\[〔(（]|[>＞»|｜_@]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]{0,40}[)）]$")
#: How many elements may stand between a line and the one that holds the whole headline (a cell: td, tr, tbody).
_NEAR = 3


class Headline(NamedTuple):
    """Kicker and subtitle as shown, null where there is none; ``end`` is the first line below title and subtitle."""

    kicker: str | None
    subtitle: str | None
    end: int


def find_headline(
    lines: Sequence[Line], title: Title, *, zone: InfoZone | None, breadcrumb: Breadcrumb | None, tags: Tags
) -> Headline:
    """What stands with the title; nothing where only the tags have the title."""
    if title.line < 0:
        return Headline(None, None, 0)
    below = title.line + 1
    subtitle = below if below < len(lines) and _is_subtitle(lines, below, zone) else None
    above = title.line - title.height
    kicker = above if above >= 0 and _is_kicker(lines, above, breadcrumb, tags) else None
    return Headline(
        None if kicker is None else lines[kicker].text,
        None if subtitle is None else lines[subtitle].text,
        below if subtitle is None else below + 1,
    )


def _may_be_either(line: Line) -> bool:
    text = line.text
    return bool(
        _SHORTEST <= len(text) <= _LONGEST
        and not line.anchors
        and not line.linked
        and not is_furniture(text)
        and LABEL.search(text) is None
        and not is_foot(text)
    )


def _is_subtitle(lines: Sequence[Line], place: int, zone: InfoZone | None) -> bool:
    """Whether the line directly under the title begins with a dash, or is a smaller heading above the info line."""
    line = lines[place]
    in_head = zone is not None and place < zone.start and not zone.below
    if zone is not None and zone.start <= place < zone.end:
        return False
    if not in_head and _is_under_its_title(line, lines[place - 1]):
        return True
    smaller = in_head and line.heading > lines[place - 1].heading > 0
    if not (
        _DASHED.match(line.text)
        or smaller
        or (zone is not None and in_head and _is_between(lines, place, zone))
    ):
        return False
    return _may_be_either(line) and not line.text.endswith("。")


def _is_under_its_title(line: Line, title: Line) -> bool:
    """Whether title and line, set otherwise, fill an element of their own: above a text without an info line."""
    block = line.block
    return bool(
        block is title.block
        and block.end - block.start == _TITLE_AND_SUBTITLE
        and len(line.text) >= _SHORTEST_PLAIN
        and _may_be_either(line)
        and _NO_PHRASE.search(line.text) is None
        and title.bold
        and not line.bold
    )


def _is_between(lines: Sequence[Line], place: int, zone: InfoZone) -> bool:
    """Whether nothing but the line, a phrase in an element of its own, stands between title and info line."""
    line = lines[place]
    return bool(
        zone.start == place + 1
        and (line.block is not lines[place - 1].block or dress_of(line) != dress_of(lines[place - 1]))
        and len(line.text) >= _SHORTEST_PLAIN
        and _NO_PHRASE.search(line.text) is None
        and not _is_house(line.text)
        and read_credit_line(line.text) is None
    )


def _is_kicker(lines: Sequence[Line], place: int, breadcrumb: Breadcrumb | None, tags: Tags) -> bool:
    """Whether the line directly above the title is in its block, and neither names the site nor a column."""
    line, title = lines[place], lines[place + 1]
    if not _may_be_either(line) or _NO_KICKER.search(line.text) or _DASHED.match(line.text):
        return False
    if breadcrumb is not None and breadcrumb.start <= place < breadcrumb.end:
        return False
    if line.heading and not (title.heading and line.heading >= title.heading):
        return False
    if line.block is not title.block:
        if _is_house(line.text) or _is_label(line.text):
            return False
        holder = _common(line.block, title.block)
        if holder is None or _heads_holder(lines, place, holder):
            return False
    return not _names_something(lines, place, breadcrumb, tags)


def _heads_holder(lines: Sequence[Line], place: int, holder: Block) -> bool:
    """Whether more stands above the line in the element around it and the title than tools and the word 正文."""
    above = place - 1
    while above >= 0 and (is_page_word(lines[above].text) or is_furniture(lines[above].text)):
        above -= 1
    return above >= 0 and above in holder


def _is_label(text: str) -> bool:
    """Whether a line is too short for a kicker, and no catchword either: 图片新闻, 信息公开."""
    if len(text) >= _SHORTEST_KICKER:
        return False
    return len(text) < _SHORTEST_CATCHWORD or _NO_CATCHWORD.search(text) is not None


def _is_house(text: str) -> bool:
    """Whether a line is nothing but the name of who runs a site or a column."""
    name = _IN_BRACKETS.sub("", text)
    return is_organization(name) or _HOUSE.fullmatch(name) is not None


def _common(block: Block, other: Block) -> Block | None:
    """The near block around both; null where only the page itself is."""
    around = list(islice(block.outwards(), _NEAR + 1))
    for one in islice(other.outwards(), _NEAR + 1):
        if any(one is known for known in around):
            return None if one.element.tag in {"body", "html"} else one
    return None


def _names_something(lines: Sequence[Line], place: int, breadcrumb: Breadcrumb | None, tags: Tags) -> bool:
    """Whether the page says the line elsewhere too: in its tags, its breadcrumb, a menu, its foot."""
    text = lines[place].text
    form = compare_form(text)
    steps = breadcrumb.steps if breadcrumb is not None else ()
    names = (tags.title, tags.meta.get("sitename", ""), tags.meta.get("columnname", ""), *steps)
    return any(form in compare_form(name) for name in names if name) or any(
        line.text == text for index, line in enumerate(lines) if index != place
    )
