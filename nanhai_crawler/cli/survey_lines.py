"""A survey as lines: each page, and what was recognised on it, with the rule that read it."""

from collections.abc import Iterator

from nanhai_crawler.cli.overview_lines import print_table
from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.crawl.survey import Survey, SurveyedPage
from nanhai_crawler.items import Article, Via

_NONE = "-"


def print_survey(survey: Survey) -> None:
    """Every page that was read, on standard output."""
    for page in survey.pages:
        print_line(styled(page.reading.url, "bold"))
        print_table([(f"  {name}", value) for name, value in _rows(page)])
        print_line()
    for url in survey.sitemaps:
        print_line(styled(f"sitemap named by robots.txt: {url}"))
    for url, reason in survey.summary.failures:
        print_line(styled(f"not read: {url} ({reason})", "red"))


def _rows(page: SurveyedPage) -> Iterator[tuple[str, str]]:
    reading = page.reading
    yield "kind", f"{reading.kind} ({reading.kind_evidence})"
    yield "charset", f"{reading.charset} ({reading.charset_evidence})"
    if reading.article is not None:
        yield from _article_rows(reading.article)
        yield "labels", " ".join(page.labels.known) or _NONE
        for label, value in page.labels.unknown.items():
            yield "unknown label", f"{label}：{value}"
    else:
        yield "title", page.tags.title or _NONE
    for name, via in (("next page", Via.NEXT), ("site map", Via.SITE_MAP)):
        urls = [link.url for link in reading.links if link.via is via]
        if urls:
            yield name, urls[0]
    yield "links", str(len(reading.links))


def _article_rows(article: Article) -> Iterator[tuple[str, str]]:
    values = {
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "origin": article.origin,
        "authors": "; ".join(article.authors),
        "column_path": " > ".join(article.column_path),
    }
    for name, value in values.items():
        rule = article.evidence.get(name)
        yield name.replace("_", " "), f"{value} ({rule})" if value and rule else value or _NONE
    paragraphs = sum(len(section.paragraphs) for section in article.sections)
    yield (
        "text",
        f"{len(article.body)} characters, {paragraphs} paragraphs, {len(article.section_headings)} headings",
    )
    yield "pictures", str(len(article.images))
    yield "attachments", str(len(article.attachments))
