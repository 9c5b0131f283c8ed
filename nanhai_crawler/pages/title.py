"""The title of the article: what stands above the info line, agreed with the page's tags where they say something."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nanhai_crawler.pages.breadcrumb import Breadcrumb
from nanhai_crawler.pages.dress import dress_of, is_centred
from nanhai_crawler.pages.info_zone import InfoZone
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.noise import is_foot, is_furniture
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.text.labels import LABEL
from nanhai_crawler.text.organizations import is_organization
from nanhai_crawler.text.whitespace import compare_form

#: How far above the info line a title was met: kicker, title, subtitle, tools.
_REACH = 8
#: GB/T 9704 titles run to about 60 characters; the longest shared one has 46.
_LONGEST = 120
#: The foot of a page met has at most so many lines.
_FOOT = 12
#: Tools between title and info line are shorter.
_SHORTEST_ROW = 8
#: A line that the tags have too is the title from farther off (an author's portrait and office may stand between), if it
#: is no name of a column or a site, which are shorter.
_FAR = 10
_MOST_TOOLS = 3
#: A title of more lines is a text.
_MOST_LINES = 3
_SUBTITLE = re.compile(r"[—–-]{1,3}\S")
#: A newspaper's page, told above its articles: 第A02版：要闻.
_EDITION = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版(?:\s|[:：]|$)")
#: A badge in the heading's own element, without a colon (组图：… is part of a title).
_BADGE = re.compile(r"(?:原创|独家|转载|推荐|置顶|头条|视频|图集)\s?(?![:：])")
_BADGE_AT_END = re.compile(r"\s?(?:原创|独家|转载|推荐|置顶|头条)$")
_TITLE_TAGS = ("articletitle", "og:title", "title")
_SUFFIX = re.compile(r"\s*(?:_+|\|+|｜|--+)\s*|\s+[-—–]{1,2}\s+|-(?=[^-]*$)")


class Title(NamedTuple):
    """The title as shown; its last line (-1: only the tags have it); the rule that found it; of how many lines it is."""

    text: str
    line: int
    rule: str
    height: int = 1


def find_title(
    lines: Sequence[Line], *, zone: InfoZone | None, breadcrumb: Breadcrumb | None, tags: Tags
) -> Title | None:
    """The best title of the page: above the info line, or below it where that is a catalogue (信息公开目录)."""
    before = zone.start if zone is not None and not zone.below else None
    after = breadcrumb.end if breadcrumb is not None and breadcrumb.end <= (before or len(lines)) else 0
    found = None
    if zone is not None and not zone.below:
        named = zone.info.labels.get("名称") or zone.info.labels.get("标题") or ""
        below = (
            range(zone.end, min(len(lines), zone.end + _REACH)) if "索引号" in zone.info.labels else range(0)
        )
        above = range(zone.start - 1, max(after, zone.start - _REACH) - 1, -1)
        found = (
            _best(lines, below, tags, named)
            or _sure(lines, above, tags, named)
            or _headed(lines, _below_menu(lines, range(zone.start - 1, after - 1, -1)), tags, shortest=_FAR)
            or _likely(lines, above)
        )
    found = found or _headed(lines, range(after, len(lines)), tags)
    if found is None and zone is not None:
        found = _set_apart(lines, after if zone.below else zone.end)
    if found is None:
        found = _named_last(lines, after, tags)
    if found is None and zone is None:
        found = _first_heading(lines, after)
    return _unmarked(_whole(lines, found, before, tags), tags) if found is not None else _tagged(tags)


def site_suffix(title: str) -> str:
    """What follows the page's own title in a title tag, usually the site's name; empty where nothing does."""
    pieces = _SUFFIX.split(title)
    return pieces[-1].strip() if len(pieces) > 1 else ""


def _best(lines: Sequence[Line], places: range, tags: Tags, named: str) -> Title | None:
    """The best line of ``places``, which come nearest first."""
    return _sure(lines, places, tags, named) or _likely(lines, places)


def _candidates(lines: Sequence[Line], places: range) -> list[int]:
    return [index for index in _before_a_list(lines, places) if _may_be_title(lines[index])]


def _sure(lines: Sequence[Line], places: range, tags: Tags, named: str) -> Title | None:
    """The nearest line of ``places`` that the tags or the page's own catalogue have too, else the nearest heading."""
    candidates = _candidates(lines, places)
    for index in candidates:
        if _agrees(lines[index].text, tags) or (
            named and compare_form(named) == compare_form(lines[index].text)
        ):
            return Title(lines[index].text, index, "beside the info line, agrees with the tags")
    for index in candidates:
        if lines[index].heading and not _SUBTITLE.match(lines[index].text) and not _is_site(lines, index):
            subtitled = index - 1 in candidates and _is_subtitled(lines[index - 1], lines[index], tags)
            place = index - 1 if subtitled else index
            return Title(lines[place].text, place, "heading beside the info line")
    return None


def _likely(lines: Sequence[Line], places: range) -> Title | None:
    """The nearest line of ``places`` that may be a title as far as its shape tells, or the bold one directly above it.

    A line with a link in it (an author's name before an office) gives way to one without.
    """
    shaped = [
        n
        for n in _candidates(lines, places)
        if not _SUBTITLE.match(lines[n].text) and "。" not in lines[n].text
    ]
    whole = [n for n in shaped if not lines[n].linked and len(lines[n].text) >= _SHORTEST_ROW]
    plain = whole if whole and lines[shaped[0]].linked else shaped
    if not plain:
        return None
    place = plain[1] if len(plain) > 1 and _outshines(lines, plain[1], plain[0]) else plain[0]
    return Title(lines[place].text, place, "beside the info line")


def _outshines(lines: Sequence[Line], upper: int, lower: int) -> bool:
    """Whether of two lines the upper one alone is bold, and too long for a column's name: the lower one is its subtitle."""
    one, other = lines[upper], lines[lower]
    bold = one.bold * 10 >= len(one.text.replace(" ", "")) * 9
    return upper + 1 == lower and bold and len(one.text) >= _SHORTEST_ROW and not other.bold


def _is_site(lines: Sequence[Line], index: int) -> bool:
    """Whether the heading is the site's name: the page's foot has it too."""
    return any(lines[index].text in line.text and is_foot(line.text) for line in lines[-_FOOT:])


def _before_a_list(lines: Sequence[Line], places: range) -> range:
    """The places up to the first row of linked words: what stands beyond is the head of a menu or of a list."""
    row = next((index for index in places if _is_row(lines[index])), None)
    return places if row is None else range(places.start, row, places.step)


def _is_row(line: Line) -> bool:
    return line.linked >= _SHORTEST_ROW and line.linked * 2 > len(line.text) and not line.heading


def _is_subtitled(title: Line, subtitle: Line, tags: Tags) -> bool:
    """Whether the lower of two headings is the upper one's subtitle: smaller, in the same element, neither the page."""
    around = title.block.parent
    return (
        0 < title.heading < subtitle.heading
        and around is not None
        and around is subtitle.block.parent
        and around.element.tag != "body"
        and not is_organization(title.text)
        and compare_form(title.text) not in compare_form(tags.title)
    )


def _whole(lines: Sequence[Line], title: Title, before: int | None, tags: Tags) -> Title:
    """The title with its other lines, where it is broken by ``br``: lines of the same element in the same dress."""
    line = lines[title.line]
    first = last = title.line
    stop = before if before is not None and before > title.line else len(lines)
    alone = stop < len(lines) and lines[stop].block is not line.block
    while title.line - first < _MOST_LINES and first > 0 and _goes_with(lines[first - 1], line, alone=alone):
        first -= 1
    while last - first < _MOST_LINES and last + 1 < stop and _goes_with(lines[last + 1], line, alone=alone):
        last += 1
    if last - first >= _MOST_LINES or first == last or _is_told(title.text, tags):
        return title
    text = " ".join(part.text for part in lines[first : last + 1])
    return Title(text, last, f"{title.rule}; {last - first + 1} lines", last - first + 1)


def _unmarked(title: Title, tags: Tags) -> Title:
    """The title without a badge at its beginning or end that the tags do not have: 原创, 独家."""
    badge = _BADGE.match(title.text) or _BADGE_AT_END.search(title.text)
    if badge is None:
        return title
    text = title.text.removeprefix(badge.group()).removesuffix(badge.group()).strip()
    return title._replace(text=text) if _is_told(text, tags) else title


def _goes_with(other: Line, line: Line, *, alone: bool) -> bool:
    """Whether two lines of one element are one title: both headings, both all bold, or alone in that element."""
    if other.block is not line.block or not _may_be_title(other) or _SUBTITLE.match(other.text):
        return False
    if dress_of(other) != dress_of(line):
        return False
    both_bold = min(other.bold * 10 - len(other.text) * 8, line.bold * 10 - len(line.text) * 8) >= 0
    return bool(other.heading and line.heading) or both_bold or alone


def _below_menu(lines: Sequence[Line], places: range) -> range:
    """``places``, which go upwards, as far as the page's menu: a few lines that are links and nothing else."""
    links = 0
    for index in _before_a_list(lines, places):
        links += 0 < len(lines[index].text) <= lines[index].linked
        if links > _MOST_TOOLS:
            return range(places.start, index, -1)
    return _before_a_list(lines, places)


def _headed(lines: Sequence[Line], places: range, tags: Tags, *, shortest: int = 0) -> Title | None:
    """A line of ``places`` that the tags agree with, headings first; one ``shortest`` long at least that is no name."""
    agreeing = [
        (index, lines[index])
        for index in places
        if len(lines[index].text) >= shortest
        and _may_be_title(lines[index])
        and _agrees(lines[index].text, tags)
        and not (shortest and (is_organization(lines[index].text) or _is_site(lines, index)))
    ]
    best = min(agreeing, key=lambda pair: (pair[1].heading or 9, pair[0]), default=None)
    return None if best is None else Title(best[1].text, best[0], "agrees with the tags")


def _set_apart(lines: Sequence[Line], start: int) -> Title | None:
    """The line above the first sentences that is set apart from them the most: a heading, centred, bold, no short name."""
    best: tuple[int, int] | None = None
    for index, line in enumerate(lines[start:], start):
        if line.prose and "。" in line.text:
            break
        if not _may_be_title(line) or _SUBTITLE.match(line.text) or LABEL.search(line.text):
            continue
        bold = line.bold * 10 >= len(line.text) * 8
        ways = 2 * bool(line.heading) + bold + is_centred(line.block.element)
        worth = ways and ways + (len(line.text) >= _SHORTEST_ROW)
        if worth and (best is None or worth > best[0]) and not _is_site(lines, index):
            best = (worth, index)
    return None if best is None else Title(lines[best[1]].text, best[1], "set apart above the text")


def _named_last(lines: Sequence[Line], start: int, tags: Tags) -> Title | None:
    """A line set apart that the title tag ends with, behind a site's shorter name: 某地党建 - 某镇召开大会."""
    pieces = [compare_form(piece) for piece in _SUFFIX.split(tags.title)]
    last = pieces[-1]
    if len(pieces) < 2 or len(last) < _SHORTEST_ROW or len(last) <= max(map(len, pieces[:-1])):
        return None
    for index, line in enumerate(lines[start:], start):
        if "。" in line.text:
            return None
        set_apart = line.heading or line.bold or is_centred(line.block.element)
        if set_apart and _may_be_title(line) and compare_form(line.text) == last:
            named = is_organization(line.text) or _is_site(lines, index)
            return None if named else Title(line.text, index, "the title tag ends with it")
        if line.heading and not line.linked and len(line.text) >= _SHORTEST_ROW:
            return None
    return None


def _first_heading(lines: Sequence[Line], start: int) -> Title | None:
    """The first heading below the breadcrumb that is neither linked nor as short as a column's name."""
    for index, line in enumerate(lines[start:], start):
        if line.heading and not line.linked and len(line.text) >= _SHORTEST_ROW and _may_be_title(line):
            return None if _is_site(lines, index) else Title(line.text, index, "first heading")
    return None


def _tagged(tags: Tags) -> Title | None:
    for name in _TITLE_TAGS[:2]:
        if tags.meta.get(name):
            return Title(tags.meta[name], -1, f"meta {name}")
    text = _SUFFIX.split(tags.title)[0]
    return Title(text, -1, "title tag") if text else None


def _may_be_title(line: Line) -> bool:
    text = line.text
    if len(text) < 2 or len(text) > _LONGEST or is_furniture(text) or _EDITION.match(text):
        return False
    return line.linked * 2 < len(text) or line.heading == 1


def _is_told(text: str, tags: Tags) -> bool:
    """Whether the tags have just this for the title, so that the lines around it are none of it."""
    wanted = compare_form(text)
    return wanted == compare_form(tags.meta.get("articletitle", "")) or wanted in map(
        compare_form, (tags.title, _SUFFIX.split(tags.title)[0])
    )


def _agrees(text: str, tags: Tags) -> bool:
    """Whether the tags begin with the line (a site's name may follow), or the line with a shortened tag."""
    wanted = compare_form(text)
    if len(wanted) < 4:
        return False
    for told in (tags.meta.get("articletitle"), tags.title, tags.meta.get("og:title")):
        if not told:
            continue
        form = compare_form(told)
        head = compare_form(_SUFFIX.split(told)[0]).rstrip(".…")
        if form.startswith(wanted) or (len(head) >= 8 and wanted.startswith(head)):
            return True
    return False
