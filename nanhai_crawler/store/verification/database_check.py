"""Whether the database is sound: SQLite's own checks, and whether the rows agree with each other."""

import sqlite3
from collections.abc import Iterator

from nanhai_crawler.store.verification.finding import Finding, Thing

REBUILD = "--repair sets it aside and makes it anew from its readable rows and the WARC files"
#: As many lines of SQLite's as tell a person that it is serious.
_MOST_LINES = 20
#: What the tables promise each other beyond foreign keys: a statement that finds who breaks it, and in what words.
AGREEMENTS = {
    "its revision {1} is not among its revisions, or not the newest": (
        "SELECT 'article ' || id, revision FROM articles WHERE NOT EXISTS (SELECT 1 FROM revisions"
        " WHERE revisions.id = revision_id AND article_id = articles.id AND number = revision)"
        " OR revision <> (SELECT max(number) FROM revisions WHERE article_id = articles.id)"
    ),
    "of its {1} revisions some are gone": (
        "SELECT 'article ' || article_id, max(number) FROM revisions GROUP BY article_id"
        " HAVING count(*) <> max(number) OR min(number) <> 1"
    ),
    "belongs to no article ({1})": (
        "SELECT 'revision ' || id, article_id FROM revisions WHERE article_id NOT IN (SELECT id FROM articles)"
    ),
    "no capture has the payload that it repeats ({1})": (
        "SELECT 'capture ' || id, payload_digest FROM captures WHERE record_type = 'revisit' AND payload_digest"
        " NOT IN (SELECT payload_digest FROM captures WHERE record_type IN ('response', 'lost'))"
    ),
}


def check_soundness(connection: sqlite3.Connection, name: str, *, quick: bool) -> Iterator[Finding]:
    """What SQLite says: of every page and entry, or ``quick``, without holding ordinary indexes against rows."""
    pragma = "quick_check" if quick else "integrity_check"
    said = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}({_MOST_LINES})")]
    for line in said if said != ["ok"] else []:
        yield Finding(
            thing=Thing.DATABASE,
            where=name,
            what=" ".join(line.split()).removeprefix("*** in database main *** "),
            meaning="rows may be lost or wrong",
            remedy=REBUILD,
        )


def check_references(connection: sqlite3.Connection, name: str) -> Iterator[Finding]:
    """Rows that point at rows which are not there."""
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield _contradiction(name, f"row {row} of {table}", f"the row of {parent} that it names is not there")


def check_agreement(connection: sqlite3.Connection, name: str) -> Iterator[Finding]:
    """Rows that contradict each other."""
    for words, statement in AGREEMENTS.items():
        for subject, other in connection.execute(statement):
            yield _contradiction(name, str(subject), words.format(subject, other))


def _contradiction(name: str, subject: str, what: str) -> Finding:
    return Finding(
        thing=Thing.ROWS,
        where=f"{name}: {subject}",
        what=what,
        meaning="rows were lost or altered by something else than this program",
        remedy=REBUILD,
    )
