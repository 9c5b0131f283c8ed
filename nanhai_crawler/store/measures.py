"""Measures: what is counted of revisions: themselves, what they show of a query, or their characters."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from nanhai_crawler.store.search.revision_texts import find_texts
from nanhai_crawler.text.query import Query

#: What is counted of each of the revisions that hold a query, by their ids.
Measure = Callable[[Connection, Query, Iterable[int]], Mapping[int, int]]

_LENGTHS = text(
    "SELECT id, length(title) + length(replace(body, char(10), '')) FROM revisions"
    " WHERE id IN (SELECT value FROM json_each(:ids))"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What is counted, and of how many what."""

    measure: Measure
    of: Measure


def articles(_connection: Connection, _query: Query, revision_ids: Iterable[int]) -> Mapping[int, int]:
    """One for each."""
    return dict.fromkeys(revision_ids, 1)


def occurrences(connection: Connection, query: Query, revision_ids: Iterable[int]) -> Mapping[int, int]:
    """How often title and body show what is sought: as many as ``nanhai kwic`` has lines."""
    return {
        found.revision_id: sum(
            1
            for pattern in query.sought
            for field in (found.title, found.body)
            for _ in pattern.places(field)
        )
        for found in find_texts(connection, revision_ids, query)
    }


def characters(connection: Connection, _query: Query, revision_ids: Iterable[int]) -> Mapping[int, int]:
    """How many characters title and body have, line ends not counted."""
    rows = connection.execute(_LENGTHS, {"ids": json.dumps(list(revision_ids))})
    return {row[0]: row[1] for row in rows}


ARTICLES = Counted(measure=articles, of=articles)
OCCURRENCES = Counted(measure=occurrences, of=characters)
