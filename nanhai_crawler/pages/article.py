"""An article page as a record: each field by its reader, each with the rule that read it."""

from collections.abc import Iterable

from nanhai_crawler.items import Article, Credit
from nanhai_crawler.pages.breadcrumb import column_path
from nanhai_crawler.pages.bylines import authors, distinct
from nanhai_crawler.pages.content import Content, find_content
from nanhai_crawler.pages.disagreement import source_doubt, title_doubt
from nanhai_crawler.pages.page import Page
from nanhai_crawler.pages.published import Published, read_published
from nanhai_crawler.urls.canonical import host_of
from nanhai_crawler.urls.identity import entry_time


def read_article(page: Page) -> Article | None:
    """The article on the page; null where below title and info line there is neither text, picture nor file."""
    content = find_content(page)
    if content is None:
        return None
    bylines, pictures = content.bylines, content.pictures
    credits = distinct((*bylines.credits, *pictures.credits))
    entered = entry_time(page.url)
    info = page.zone.info if page.zone else None
    published = read_published(info, page.tags, entered=entered, captured=page.captured)
    source, source_rule = _source(page, bylines.source)
    column, column_rule = _column(page)
    return Article(
        url=page.url,
        site=host_of(page.url),
        column_path=column,
        title=page.title.text,
        kicker=content.headline.kicker,
        subtitle=content.headline.subtitle,
        published=published.value,
        entered=entered,
        source=source,
        origin=bylines.origin or _photographers_paper(pictures.credits),
        authors=authors(credits),
        credits=credits,
        sections=content.sections,
        images=pictures.images,
        attachments=content.attachments,
        evidence=_evidence(
            page, content, published, source=source, source_rule=source_rule, column_rule=column_rule
        ),
    )


def _evidence(
    page: Page,
    content: Content,
    published: Published,
    *,
    source: str | None,
    source_rule: str,
    column_rule: str,
) -> dict[str, str]:
    """The rule that read each field, and what speaks against a value; only what there is."""
    bylines, pictures = content.bylines, content.pictures
    rules = {
        "title": page.title.rule,
        "kicker": "above the title, in its element" if content.headline.kicker else "",
        "subtitle": "below the title" if content.headline.subtitle else "",
        "published": published.rule,
        "published_raw": published.raw,
        "published_doubt": published.doubt,
        "title_doubt": title_doubt(page.title, page.tags),
        "source_doubt": source_doubt(source, page.tags),
        "charset": page.charset,
        "entered": "entry key in the URL" if entry_time(page.url) else "",
        "source": source_rule,
        "column_path": column_rule,
        "origin": bylines.rule if bylines.origin else ("caption" if pictures.credits else ""),
        "authors": bylines.rule,
        "images": "pictures in the region" if pictures.images else "",
        "attachments": "links to files in the region" if content.attachments else "",
        "body": f"region with {content.region.prose} characters of prose",
    }
    return {field: rule for field, rule in rules.items() if rule}


def _source(page: Page, told_beside: str | None) -> tuple[str | None, str]:
    if page.zone is not None and page.zone.info.source:
        return page.zone.info.source, "info line"
    if told_beside:
        return told_beside, "credit line"
    told = page.tags.meta.get("contentsource")
    return (told, "meta ContentSource") if told else (None, "")


def _column(page: Page) -> tuple[tuple[str, ...], str]:
    if page.breadcrumb is not None:
        return column_path(page.breadcrumb, page.title.text), f"breadcrumb: {page.breadcrumb.rule}"
    told = page.tags.meta.get("columnname")
    return ((told,), "meta ColumnName") if told else ((), "")


def _photographers_paper(credits: Iterable[Credit]) -> str | None:
    return next((credit.organization for credit in credits if credit.organization), None)
