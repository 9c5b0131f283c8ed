"""Which pages a re-reading is about: those of chosen articles, and of a site or a time those of no article, too."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Select, select, text

from nanhai_crawler.store.article_lookup import find_article
from nanhai_crawler.store.conditions import at_hosts, filtered, within_span
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.known import twin_of
from nanhai_crawler.store.models import ArticleRow, CaptureRow

_PAGES = text("""
WITH wanted AS (SELECT value AS id FROM json_each(:ids))
SELECT url FROM articles WHERE id IN wanted
UNION SELECT captures.url FROM revisions JOIN captures ON captures.id = capture_id WHERE article_id IN wanted
UNION SELECT url FROM parts WHERE article_url IN (SELECT url FROM articles WHERE id IN wanted)
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The articles that have all of the filters and, where ``keys`` name some (an id, an address), are among these.

    ``hosts`` are those of the filters' site, for its pages that are no articles.
    """

    filters: Filters = EVERYTHING
    keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether every page is."""
        return self == ALL

    @property
    def takes_no_articles(self) -> bool:
        """Whether nothing is asked that only an article has: then pages of that site and time are chosen that are none."""
        rest = replace(self.filters, site=None, all_revisions=False)
        if rest.time == "captured":
            rest = replace(rest, time="shown", since=None, until=None)
        return not self.keys and rest == EVERYTHING


ALL = Chosen()


def chosen_urls(connection: Connection, chosen: Chosen) -> set[str]:
    """The addresses of the pages, each with http and with https; UsageError where a key names no article."""
    statement, _ = filtered(connection, chosen.filters)
    articles = statement.with_only_columns(ArticleRow.id).distinct()
    if chosen.keys:
        articles = articles.where(ArticleRow.id.in_([find_article(connection, key) for key in chosen.keys]))
    ids = connection.execute(articles).scalars().all()
    urls = set(connection.execute(_PAGES, {"ids": json.dumps(ids)}).scalars())
    if chosen.takes_no_articles:
        urls.update(connection.execute(_of_no_article(chosen)).scalars())
    return with_twins(urls)


def with_twins(urls: Iterable[str]) -> set[str]:
    """The addresses with those that differ in http and https alone."""
    return {either for url in urls for either in (url, twin_of(url))}


def _of_no_article(chosen: Chosen) -> Select[str]:
    statement = select(CaptureRow.url).distinct().where(*within_span(CaptureRow.time, chosen.filters))
    return (
        statement if chosen.filters.site is None else statement.where(at_hosts(CaptureRow.url, chosen.hosts))
    )
