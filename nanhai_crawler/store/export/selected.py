"""What a query and filters select beside the articles themselves: their revisions, and the captures they rest on."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, TextClause, text

from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.search.finding import find_revisions
from nanhai_crawler.store.warc import target_uri

_Id = TypeVar("_Id", int, str)
#: Ids in one question to the database.
BATCH = 500
_ARTICLES = text(
    "SELECT article_id FROM json_each(:ids) AS wanted JOIN revisions ON revisions.id = wanted.value ORDER BY wanted.key"
)
_REVISIONS = text("""
SELECT revisions.id FROM json_each(:ids) AS wanted
JOIN revisions ON revisions.article_id = wanted.value ORDER BY wanted.key, revisions.number
""")
_CAPTURES_READ = text("""
SELECT capture_id FROM revisions WHERE article_id IN (SELECT value FROM json_each(:ids))
UNION SELECT former_readings.capture_id FROM former_readings JOIN revisions ON revisions.id = revision_id
WHERE article_id IN (SELECT value FROM json_each(:ids)) AND former_readings.capture_id IS NOT NULL
UNION SELECT capture_id FROM parts
WHERE article_url IN (SELECT url FROM articles WHERE id IN (SELECT value FROM json_each(:ids)))
""")
_ADDRESSES = text("""
WITH wanted AS (SELECT value AS id FROM json_each(:ids)),
     texts AS (SELECT id FROM revisions WHERE article_id IN wanted)
SELECT url FROM articles WHERE id IN wanted
UNION SELECT url FROM parts WHERE article_url IN (SELECT url FROM articles WHERE id IN wanted)
UNION SELECT url FROM images WHERE revision_id IN texts
UNION SELECT url FROM attachments WHERE revision_id IN texts
""")
_CAPTURES_OF = text("SELECT id FROM captures WHERE url IN (SELECT value FROM json_each(:ids))")
_ORIGINALS = text("""
SELECT min(originals.id) FROM captures
JOIN captures AS originals ON originals.payload_digest = captures.payload_digest
WHERE captures.id IN (SELECT value FROM json_each(:ids))
  AND captures.record_type = 'revisit' AND originals.record_type = 'response'
GROUP BY captures.payload_digest
""")
_ALL_CAPTURES = text("SELECT id FROM captures ORDER BY id")
_CAPTURE_ROWS = text("""
SELECT id, url, time, status, media_type, payload_digest, record_type, warc_file, warc_offset, warc_length,
       coalesce((SELECT before.warc_offset + before.warc_length FROM captures AS before
                 WHERE before.warc_file = captures.warc_file AND before.warc_offset < captures.warc_offset
                 ORDER BY before.warc_offset DESC LIMIT 1), 0) AS before_end
FROM captures WHERE id IN (SELECT value FROM json_each(:ids)) AND record_type != 'lost' ORDER BY id
""")


def selected_articles(connection: Connection, query: str, filters: Filters) -> Iterator[str]:
    """The ids of the articles, in their order."""
    last = None
    for batch in batches(find_revisions(connection, query, filters)):
        for article in _asked(connection, _ARTICLES, batch):
            if article != last:
                yield str(article)
            last = article


def revisions_of(connection: Connection, articles: Iterable[str]) -> Iterator[int]:
    """Every revision of the articles, in their order, the oldest first."""
    for batch in batches(articles):
        yield from map(int, _asked(connection, _REVISIONS, batch))


def selected_captures(connection: Connection, query: str, filters: Filters) -> list[int]:
    """The captures of the articles, in order; all of the archive's where nothing is asked.

    Of an article, those of its pages, pictures and attachments, by http and https; with a revisit comes the capture
    whose payload it stands for.
    """
    if not query.strip() and filters == EVERYTHING:
        return list(connection.execute(_ALL_CAPTURES).scalars())
    found: set[int] = set()
    for batch in batches(selected_articles(connection, query, filters)):
        found.update(_asked(connection, _CAPTURES_READ, batch))
        addresses = [str(url) for url in _asked(connection, _ADDRESSES, batch)]
        for some in batches(either for url in addresses for either in _both_schemes(url)):
            found.update(_asked(connection, _CAPTURES_OF, some))
    for captures in batches(sorted(found)):
        found.update(_asked(connection, _ORIGINALS, captures))
    return sorted(found)


def read_captures(connection: Connection, ids: Iterable[int]) -> Iterator[Any]:
    """The rows of the captures that have a record, in order; ``before_end`` is where the record before them ends."""
    for batch in batches(ids):
        yield from connection.execute(_CAPTURE_ROWS, {"ids": json.dumps(batch)})


def batches(ids: Iterable[_Id]) -> Iterator[list[_Id]]:
    """The ids, some hundred at a time."""
    waiting = iter(ids)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _asked(connection: Connection, statement: TextClause, ids: list[Any]) -> list[Any]:
    return list(connection.execute(statement, {"ids": json.dumps(ids)}).scalars())


def _both_schemes(url: str) -> tuple[str, str]:
    """The address as ``captures`` has it, with http and with https."""
    rest = target_uri(url).partition("://")[2]
    return f"http://{rest}", f"https://{rest}"
