"""Cleaning: rows that contradict each other are taken out, so that what they said can be read from the snapshots again.

For a rebuilt database only: the one that they come from is kept as it was, in ``damaged/``.
"""

import sqlite3
from collections.abc import Iterator

from nanhai_crawler.store.verification.text_check import check_texts

_CONTRADICTORY = """
SELECT id FROM articles WHERE NOT EXISTS (
    SELECT 1 FROM revisions WHERE revisions.id = revision_id AND article_id = articles.id AND number = revision
) OR revision <> (SELECT max(number) FROM revisions WHERE article_id = articles.id)
UNION SELECT article_id FROM revisions GROUP BY article_id HAVING count(*) <> max(number) OR min(number) <> 1
UNION SELECT article_id FROM revisions WHERE article_id NOT IN (SELECT id FROM articles)
UNION SELECT article_id FROM revisions WHERE capture_id NOT IN (SELECT id FROM captures)
"""
_PARTS_OF_REVISIONS = ("sections", "credits", "images", "attachments")


def clean(connection: sqlite3.Connection) -> int:
    """How many articles were taken out; no row points at one that is not there."""
    connection.execute("BEGIN IMMEDIATE")
    articles = set(_contradictory(connection))
    for article in articles:
        connection.execute("DELETE FROM articles WHERE id = ?", (article,))
        connection.execute("DELETE FROM revisions WHERE article_id = ?", (article,))
    for table in _PARTS_OF_REVISIONS:
        connection.execute(f"DELETE FROM {table} WHERE revision_id NOT IN (SELECT id FROM revisions)")  # noqa: S608
    connection.execute(
        "INSERT INTO runs (id, started, outcome, seeds, counts, version)"
        " SELECT run_id, min(time), 'rebuilt', '[]', '{}', '' FROM captures"
        " WHERE run_id NOT IN (SELECT id FROM runs) GROUP BY run_id"
    )
    _loosen(connection)
    connection.execute("COMMIT")
    return len(articles)


def _contradictory(connection: sqlite3.Connection) -> Iterator[str]:
    for (article,) in connection.execute(_CONTRADICTORY):
        yield article
    ids = [number for (number,) in connection.execute("SELECT id FROM revisions ORDER BY id")]
    damaged = [finding.number for finding in check_texts(connection, ids, lambda *_: None)]
    for number in damaged:
        yield from (
            row[0] for row in connection.execute("SELECT article_id FROM revisions WHERE id = ?", (number,))
        )


def _loosen(connection: sqlite3.Connection) -> None:
    """What points at nothing is null where it may be, else the row goes."""
    for _ in range(10):  # a row that goes may have been pointed at
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        for table, row, _, key in broken:
            (column,) = (
                line[3] for line in connection.execute(f"PRAGMA foreign_key_list({table})") if line[0] == key
            )
            required = {line[1]: line[3] for line in connection.execute(f"PRAGMA table_info({table})")}[
                column
            ]
            if required:
                connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608  schema's names
            else:
                connection.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (row,))  # noqa: S608
        if not broken:
            return
