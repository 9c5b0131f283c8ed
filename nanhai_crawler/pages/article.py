"""An article page as a record: each field by its reader, each with the rule that read it."""

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from nanhai_crawler.items import Article, Credit, Table
from nanhai_crawler.pages.attachments import find_attachments
from nanhai_crawler.pages.breadcrumb import Breadcrumb, column_path
from nanhai_crawler.pages.bylines import authors, distinct, find_bylines
from nanhai_crawler.pages.disagreement import source_doubt, title_doubt
from nanhai_crawler.pages.dress import is_centred
from nanhai_crawler.pages.headline import find_headline
from nanhai_crawler.pages.info_zone import InfoZone
from nanhai_crawler.pages.lines import Line, without_tail
from nanhai_crawler.pages.noise import is_furniture
from nanhai_crawler.pages.pictures import find_pictures
from nanhai_crawler.pages.published import read_published
from nanhai_crawler.pages.region import Region, confine, find_region, has_long_text, has_text
from nanhai_crawler.pages.sections import is_date, read_sections
from nanhai_crawler.pages.tables import find_tables
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.pages.title import Title
from nanhai_crawler.text.whitespace import compare_form
from nanhai_crawler.urls.canonical import host_of
from nanhai_crawler.urls.identity import entry_time

#: A heading or a catchword may open a paragraph that follows it; what is longer was copied.
_SHORTEST_SUMMARY = 20
#: A table with a picture and its caption, or a few of them.
_TABLE = frozenset(("table",))
_MOST_HELD = 12
#: Agencies' titles of a meeting of leaders have four lines.
_MOST_TITLE_LINES = 5


class Page(NamedTuple):
    """What has been found on a page before its article is read."""

    check: Callable[[], None]  # raises when the page has taken too long
    url: str  # of page 1 of the article
    base: str
    lines: Sequence[Line]
    tags: Tags
    zone: InfoZone | None
    breadcrumb: Breadcrumb | None
    title: Title
    body: Sequence[int] = ()  # the lines that a site's selector says are the body
    sure: bool = True  # that it is an article, whatever its text
    undated: bool = False  # and nothing but title and text says that it is one
    captured: datetime | None = None
    charset: str = ""  # what the bytes were read as, and why


def read_article(page: Page) -> Article | None:
    """The article on the page; null where below title and info line there is neither text, picture nor file."""
    headline = find_headline(
        page.lines, page.title, zone=page.zone, breadcrumb=page.breadcrumb, tags=page.tags
    )
    start = max(headline.end, page.zone.end if page.zone and not page.zone.below else 0)
    region = confine(find_region(page.lines, start), page.lines, page.body)
    page.check()
    if page.undated and not has_long_text(page.lines, region):
        return None
    if not (page.sure or page.body or page.undated) and not has_text(
        page.lines, region, dated=page.zone is not None
    ):
        return None
    attachments, offers = find_attachments(page.lines, region.zone, page.base)
    body = _without_furniture(page, region, offers)
    again = _title_again(page, body)
    headline = headline._replace(subtitle=headline.subtitle or _joined(page.lines, body[:again]))
    body = body[again:]
    data = find_tables(page.lines, body)
    body = [index for index in body if index not in data.lines]
    pictures = find_pictures(page.lines, _with_pictures(page, region, body), page.base)
    page.check()
    body = [index for index in body if index not in pictures.lines]
    below = _below(page, region, body)
    bylines = find_bylines(page.lines, body, below, page.zone.info if page.zone else None)
    page.check()
    text = [index for index in body if index not in bylines.lines]
    tables: dict[int, list[Table]] = {}
    for first, table in data.tables.items():
        tables.setdefault(bisect(text, first), []).append(table)
    sections = read_sections([without_tail(page.lines[index]) for index in text], tables)
    if not (sections or pictures.images or attachments):
        return None
    credits = distinct((*bylines.credits, *pictures.credits))
    entered = entry_time(page.url)
    info = page.zone.info if page.zone else None
    published = read_published(info, page.tags, entered=entered, captured=page.captured)
    source, source_rule = _source(page)
    column, column_rule = _column(page)
    return Article(
        url=page.url,
        site=host_of(page.url),
        column_path=column,
        title=page.title.text,
        kicker=headline.kicker,
        subtitle=headline.subtitle,
        published=published.value,
        entered=entered,
        source=source,
        origin=bylines.origin or _photographers_paper(pictures.credits),
        authors=authors(credits),
        credits=credits,
        sections=sections,
        images=pictures.images,
        attachments=attachments,
        evidence=_evidence(
            page,
            region,
            kicker="above the title, in its element" if headline.kicker else "",
            subtitle="below the title" if headline.subtitle else "",
            published=published.rule,
            published_raw=published.raw,
            published_doubt=published.doubt,
            title_doubt=title_doubt(page.title, page.tags),
            source_doubt=source_doubt(source, page.tags),
            charset=page.charset,
            entered="entry key in the URL" if entered else "",
            source=source_rule,
            column_path=column_rule,
            origin=bylines.rule if bylines.origin else ("caption" if pictures.credits else ""),
            authors=bylines.rule,
            images="pictures in the region" if pictures.images else "",
            attachments="links to files in the region" if attachments else "",
        ),
    )


def _without_furniture(page: Page, region: Region, offers: frozenset[int]) -> list[int]:
    """The body's lines that are neither tools, links to elsewhere, offers of files, nor the head said again."""
    above = {line.text for line in page.lines[: region.zone.start]}
    title = compare_form(page.title.text)
    kept: list[int] = []
    if page.zone is not None and page.zone.below:
        offers = offers.union(range(page.zone.start, page.zone.end))
    for index in region.body:
        line = page.lines[index]
        if index in offers or (not line.image and (not line.text or is_furniture(line.text))):
            continue
        if _is_elsewhere(line) or (line.text in above and not _is_signature(page.lines, index)):
            continue
        if not kept and compare_form(line.text) == title:
            continue
        kept.append(index)
    return kept[1:] if _is_summary(page.lines, kept) else kept


def _is_summary(lines: Sequence[Line], body: Sequence[int]) -> bool:
    """Whether the first line is said again at the beginning of the second: an abstract that the system took from the text."""
    if len(body) < 2:
        return False
    said = lines[body[0]].text.rstrip("。.…，、；!！?？ ")
    return len(said) >= _SHORTEST_SUMMARY and lines[body[1]].text.startswith(said)


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
    """Whether a line that the page's head has too belongs to the text: prose, a picture, or who signs above a date."""
    if lines[index].image or lines[index].prose:
        return True
    return index + 1 < len(lines) and is_date(lines[index + 1].text)


def _is_elsewhere(line: Line) -> bool:
    return bool(line.text) and line.linked * 5 >= len(line.text.replace(" ", "")) * 4


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


def _below(page: Page, region: Region, body: Sequence[int]) -> list[int]:
    """The lines between the body and what ends the article: credits may stand in an element of their own there."""
    last = max(region.body, default=region.zone.start)
    return [n for n in region.zone if n > last and page.lines[n].text and n not in body]


def _source(page: Page) -> tuple[str | None, str]:
    if page.zone is not None and page.zone.info.source:
        return page.zone.info.source, "info line"
    told = page.tags.meta.get("contentsource")
    return (told, "meta ContentSource") if told else (None, "")


def _column(page: Page) -> tuple[tuple[str, ...], str]:
    if page.breadcrumb is not None:
        return column_path(page.breadcrumb, page.title.text), f"breadcrumb: {page.breadcrumb.rule}"
    told = page.tags.meta.get("columnname")
    return ((told,), "meta ColumnName") if told else ((), "")


def _photographers_paper(credits: Iterable[Credit]) -> str | None:
    return next((credit.organization for credit in credits if credit.organization), None)


def _evidence(page: Page, region: Region, **rules: str) -> dict[str, str]:
    """The rules that read something, with those of what every article has."""
    body = f"region with {region.prose} characters of prose"
    told = {"title": page.title.rule, **rules, "body": body}
    return {field: rule for field, rule in told.items() if rule}
