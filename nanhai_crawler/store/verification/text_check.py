"""Whether every revision has the text it was given: its digest, and its sections against its body."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from nanhai_crawler.store.verification.finding import Finding, Progress, Thing
from nanhai_crawler.text.digest import text_digest
from nanhai_crawler.urls.identity import article_id

_TEXTS = (
    "SELECT revisions.id, CAST(article_id AS TEXT), CAST(coalesce(articles.url, '') AS TEXT), number,"
    " CAST(title AS TEXT), CAST(body AS TEXT), CAST(text_digest AS TEXT) FROM revisions LEFT JOIN articles ON articles.id = article_id"
    " WHERE revisions.id IN ({}) ORDER BY revisions.id"
)
_SECTIONS = (
    "SELECT revision_id, CAST(heading AS TEXT), CAST(paragraphs AS TEXT) FROM sections"
    " WHERE revision_id IN ({}) ORDER BY revision_id, position"
)
_BATCH = 100


class RevisionText(NamedTuple):
    """What the tables have of one revision's text."""

    id: int
    article: str
    url: str
    number: int
    title: str
    body: str
    digest: str


def check_texts(connection: sqlite3.Connection, ids: Sequence[int], progress: Progress) -> Iterator[Finding]:
    """Findings for those of the revisions whose text is not what it was."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        progress("texts", start, len(ids))
        bodies = section_bodies(connection, batch)
        for row in texts(connection, batch):
            yield from _check(row, bodies.get(row.id, ""))


def texts(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[RevisionText]:
    """The texts of the revisions."""
    for row in connection.execute(_TEXTS.format(",".join("?" * len(ids))), ids):
        yield RevisionText(*row)


def section_bodies(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """What the body of each revision is by its sections: headings and paragraphs, one a line."""
    rows = connection.execute(_SECTIONS.format(",".join("?" * len(ids))), ids)
    return {number: _body(group) for number, group in groupby(rows, key=lambda row: row[0])}


def _body(sections: Iterable[tuple[int, str | None, str]]) -> str:
    lines = []
    for _, heading, paragraphs in sections:
        lines += [heading] if heading is not None else []
        lines += [paragraphs] if paragraphs else []
    return "\n".join(lines)


def _check(row: RevisionText, by_sections: str) -> Iterator[Finding]:
    if text_digest(row.title or "", row.body or "") != row.digest:
        yield _finding(
            row, "title and body do not have its text digest", "the text is not the one that was read"
        )
    if row.body != by_sections:
        yield _finding(row, "its sections do not add up to its body", "one of the two was altered")
    if row.url and article_id(row.url) != row.article:
        yield _finding(
            row, f"the address {row.url} does not have its id", "the article's address was altered"
        )


def _finding(row: RevisionText, what: str, meaning: str) -> Finding:
    return Finding(
        thing=Thing.TEXT,
        where=f"revision {row.number} of article {row.article}",
        what=what,
        meaning=meaning,
        remedy="--repair restores it from its sections or its snapshot",
        number=row.id,
    )
