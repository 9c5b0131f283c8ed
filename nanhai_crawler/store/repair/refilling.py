"""Refilling: addresses that captures name and the frontier lost, and the full-text index."""

import sqlite3
from pathlib import Path

from nanhai_crawler.items import Via
from nanhai_crawler.store.database import open_engine_writer
from nanhai_crawler.store.due import RANKS
from nanhai_crawler.store.search.index import SearchIndex

#: What is known of an address by its captures alone. It is due; the validators of its last whole answer go with the
#: request, so what did not change is not sent again.
_REFILL = """
INSERT INTO frontier (url, via, rank, found_on, depth, first_seen, due_at, last_run, failures, leads, etag, last_modified)
SELECT url, :via, :rank, NULL, 0, min(time), :now, NULL, 0, 0,
       (SELECT etag FROM captures AS newer WHERE newer.url = captures.url AND status = 200 ORDER BY id DESC LIMIT 1),
       (SELECT last_modified FROM captures AS newer WHERE newer.url = captures.url AND status = 200
        ORDER BY id DESC LIMIT 1)
FROM captures
WHERE url NOT IN (SELECT url FROM frontier) AND url NOT LIKE '%/robots.txt'
GROUP BY url
"""
#: FTS5 does not so much as drop a table whose format it cannot tell; 4 is the one there is (fts5_config.c).
_OPENABLE = "INSERT OR REPLACE INTO search_index_config (k, v) VALUES ('version', 4)"


def refill_frontier(connection: sqlite3.Connection, now: str) -> int:
    """How many addresses are known and due again."""
    values = {"via": str(Via.LINK), "rank": RANKS[Via.LINK], "now": now}
    connection.execute("BEGIN IMMEDIATE")
    count = connection.execute(_REFILL, values).rowcount
    connection.execute("COMMIT")
    return count


def refill_index(database: Path) -> None:
    """The full-text index has what the revisions have, whatever was in it."""
    engine = open_engine_writer(database)
    with engine.begin() as connection:
        words = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'search_index'"
        ).scalar_one()
        for statement in (_OPENABLE, "DROP TABLE search_index", words):
            connection.exec_driver_sql(statement)
        SearchIndex(connection).rebuild()
    engine.dispose()
