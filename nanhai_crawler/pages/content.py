"""What stands below title and info line: text, tables, pictures, files and credits, each line taken by one of them."""

from bisect import bisect
from collections.abc import Collection, Sequence
from typing import NamedTuple

from nanhai_crawler.items import Attachment, Section, Table
from nanhai_crawler.pages.attachments import find_attachments
from nanhai_crawler.pages.bylines import Bylines, find_bylines
from nanhai_crawler.pages.dress import is_centred
from nanhai_crawler.pages.headline import Headline, find_headline
from nanhai_crawler.pages.lines import Line, without_tail
from nanhai_crawler.pages.noise import ends_article, is_furniture, offers_program
from nanhai_crawler.pages.page import Page
from nanhai_crawler.pages.pictures import Pictures, find_pictures
from nanhai_crawler.pages.region import (
    Region,
    confine,
    find_region,
    has_long_text,
    has_text,
    opens_with_links,
)
from nanhai_crawler.pages.sections import is_date, read_sections
from nanhai_crawler.pages.tables import DataTables, find_tables
from nanhai_crawler.text.info_line import read_info_line
from nanhai_crawler.text.labels import KIND_OF
from nanhai_crawler.text.whitespace import compare_form

#: A heading or a catchword may open a paragraph that follows it; what is longer was copied.
_SHORTEST_SUMMARY = 20
#: A byline, a picture and its caption, another picture.
_SUMMARY_WITHIN = 6
#: A table with a picture and its caption, or a few of them.
_TABLE = frozenset(("table",))
_MOST_HELD = 12
#: Who wrote stands directly above the text, at most with the tools below the info line.
_MOST_ABOVE = 4
#: Agencies' titles of a meeting of leaders have four lines.
_MOST_TITLE_LINES = 5


class Content(NamedTuple):
    """What an article consists of; ``region`` is where it was found."""

    region: Region
    headline: Headline
    sections: tuple[Section, ...]
    pictures: Pictures
    attachments: tuple[Attachment, ...]
    bylines: Bylines


def find_content(page: Page) -> Content | None:
    """The content of an article page; null where there is neither text, picture nor file, or too little to be one."""
    headline = find_headline(
        page.lines, page.title, zone=page.zone, breadcrumb=page.breadcrumb, tags=page.tags
    )
    start = max(headline.end, page.zone.end if page.zone and not page.zone.below else 0)
    region = confine(find_region(page.lines, start), page.lines, page.body)
    page.check()
    if not _is_borne_out(page, region):
        return None
    attachments, offers = find_attachments(page.lines, region.zone, page.base)
    body = _without_furniture(page, region, offers)
    again = _title_again(page, body)
    headline = headline._replace(subtitle=headline.subtitle or _joined(page.lines, body[:again]))
    tables = find_tables(page.lines, body[again:])
    body = [index for index in body[again:] if index not in tables.lines]
    pictures = find_pictures(page.lines, _with_pictures(page, region, body), page.base)
    page.check()
    body = [index for index in body if index not in pictures.lines]
    info = page.zone.info if page.zone else None
    bylines = find_bylines(page.lines, body, _below(page, region, body), info, _above(region, pictures.lines))
    page.check()
    text = [index for index in body if index not in bylines.lines]
    sections = read_sections([without_tail(page.lines[index]) for index in text], _between(text, tables))
    if not (sections or pictures.images or attachments):
        return None
    if not (page.undated or attachments or tables.tables) and opens_with_links(page.lines, region):
        return None
    return Content(region, headline, sections, pictures, attachments, bylines)


def _is_borne_out(page: Page, region: Region) -> bool:
    """Whether the text is enough for the evidence that the page is an article."""
    if page.undated:
        return has_long_text(page.lines, region)
    return page.sure or bool(page.body) or has_text(page.lines, region, dated=page.zone is not None)


def _between(text: Sequence[int], tables: DataTables) -> dict[int, list[Table]]:
    """The tables by how many lines of the text stand above them."""
    placed: dict[int, list[Table]] = {}
    for first, table in tables.tables.items():
        placed.setdefault(bisect(text, first), []).append(table)
    return placed


def _without_furniture(page: Page, region: Region, offers: frozenset[int]) -> list[int]:
    """The body's lines that are neither tools, links to elsewhere, offers of files, nor the head said again."""
    above = {line.text for line in page.lines[: region.zone.start]}
    title = compare_form(page.title.text)
    kept: list[int] = []
    elsewhere = {index for index in region.body if _is_elsewhere(page.lines[index])}
    elsewhere -= _woven(page.lines, region.body, elsewhere)
    if page.zone is not None and page.zone.below:
        offers = offers.union(range(page.zone.start, page.zone.end))
    for index in region.body:
        line = page.lines[index]
        if index in offers or (not line.image and (not line.text or is_furniture(line.text))):
            continue
        if (
            index in elsewhere
            or ends_article(line.text)
            or (line.text in above and not _is_signature(page.lines, index))
        ):
            continue
        if not kept and (compare_form(line.text) == title or _is_told_again(line.text)):
            continue
        kept.append(index)
    return kept[1:] if _is_summary(page.lines, kept) else kept


def _is_told_again(text: str) -> bool:
    """Whether a line above the text tells time or source once more: below a title that stands under its catalogue.

    One label alone may be the text's own (时间：3月8日).
    """
    info = read_info_line(text) if ":" in text or "：" in text else None
    return (
        info is not None
        and len(info.labels) > 1
        and any(KIND_OF[label] in {"time", "source"} for label in info.labels)
    )


def _woven(lines: Sequence[Line], body: Sequence[int], linked: Collection[int]) -> set[int]:
    """Those of the ``linked`` lines that the text goes on around: of its paragraphs' kind, and not under 相关新闻."""
    woven: set[int] = set()
    waiting: list[int] = []
    paragraph: Line | None = None
    for index in body if linked else ():
        line = lines[index]
        beside = paragraph is not None and _is_alike(paragraph, line)
        if index in linked:
            if beside and not offers_program(line.text):
                waiting.append(index)
        elif ends_article(line.text):
            paragraph = None
        elif line.prose:
            if beside:
                woven.update(waiting)
            waiting.clear()
            paragraph = line
    return woven


def _is_alike(line: Line, other: Line) -> bool:
    """Whether two lines are paragraphs of one kind: siblings, or each alone in the same kind of sibling (a cell in a row)."""
    around, beside = line.block.parent, other.block.parent
    if line.block.element.tag != other.block.element.tag or around is None or beside is None:
        return False
    return around is beside or (around.element.tag == beside.element.tag and around.parent is beside.parent)


def _is_summary(lines: Sequence[Line], body: Sequence[int]) -> bool:
    """Whether the first line is said again where the text begins: an abstract that the system took from it.

    Who wrote and pictures may stand between.
    """
    if len(body) < 2:
        return False
    said = lines[body[0]].text.rstrip("。.…，、；!！?？ ")
    if len(said) < _SHORTEST_SUMMARY:
        return False
    text = next(
        (lines[n].text for n in body[1:_SUMMARY_WITHIN] if "。" in lines[n].text), lines[body[1]].text
    )
    return text.startswith(said) or lines[body[1]].text.startswith(said)


def _title_again(page: Page, body: Sequence[int]) -> int:
    """How many lines at the body's beginning tell the title in full: the title and more, then lines like it, all centred."""
    title = compare_form(page.title.text)
    if not body or not compare_form(page.lines[body[0]].text).startswith(title):
        return 0
    for count, index in enumerate(body[: _MOST_TITLE_LINES + 1]):
        line = page.lines[index]
        if "。" in line.text or not line.text or not is_centred(line.block.element):
            return count if count < len(body) else 0
    return 0


def _joined(lines: Sequence[Line], indexes: Sequence[int]) -> str | None:
    return " ".join(lines[index].text for index in indexes) or None


def _is_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that the page's head has too belongs to the text: prose, a picture, who signs above a date, that date."""
    line, above = lines[index], lines[index - 1]
    if line.image or line.prose:
        return True
    if is_date(line.text):
        return above.block.parent is line.block.parent and bool(above.text) and not above.prose
    return index + 1 < len(lines) and is_date(lines[index + 1].text)


def _is_elsewhere(line: Line) -> bool:
    if not line.linked:
        return False
    return line.linked * 5 >= len(line.text.replace(" ", "")) * 4 or offers_program(line.text)


def _with_pictures(page: Page, region: Region, body: Sequence[int]) -> list[int]:
    """The body's lines and the pictures beside them: some pages keep a picture in an element of its own above the text.

    What stands under such a picture in its table comes with it.
    """
    last = max(body, default=region.zone.stop - 1)
    beside = {index for index in region.zone if page.lines[index].image and index <= last + 1}
    under = {n + 1 for n in beside if n + 1 < len(page.lines) and _is_held(page.lines[n], page.lines[n + 1])}
    return sorted(beside.union(body, under))


def _is_held(picture: Line, line: Line) -> bool:
    """Whether the line is in the picture's own small table."""
    table = picture.block.nearest(_TABLE)
    return (
        bool(line.text)
        and table is not None
        and table.end - table.start <= _MOST_HELD
        and (line.block.nearest(_TABLE) is table)
    )


def _above(region: Region, taken: frozenset[int]) -> range:
    """The lines between info line and body: who wrote may stand there, in an element of its own."""
    first = region.body[0] if region.body else region.zone.start
    if first == region.zone.start:
        return range(0)
    start = max(region.zone.start, first - _MOST_ABOVE)
    return range(start, first) if taken.isdisjoint(range(start, first)) else range(0)


def _below(page: Page, region: Region, body: Sequence[int]) -> list[int]:
    """The lines between the body and what ends the article: credits may stand in an element of their own there."""
    last = max(region.body, default=region.zone.start)
    return [n for n in region.zone if n > last and page.lines[n].text and n not in body]
