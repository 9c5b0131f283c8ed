"""Texts of revisions, folded for search, as many at a time as are asked for."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, text

from nanhai_crawler.store.time_limit import check_time
from nanhai_crawler.text.folding import fold_for_search

# The first look is for a page of hits; who goes on wants many.
_FIRST_BATCH, _LARGEST_BATCH = 20, 160
_TEXTS = text(
    "SELECT revisions.id, title, body FROM json_each(:wanted) AS wanted"
    " CROSS JOIN revisions ON revisions.id = wanted.value"
)


class FoldedText(NamedTuple):
    """Title and body of a revision, folded."""

    revision_id: int
    title: str
    body: str

    @property
    def whole(self) -> str:
        """Title and body, a line each or more: what a query is held against."""
        return f"{self.title}\n{self.body}"


def read_texts(connection: Connection, revision_ids: Iterable[int]) -> Iterator[FoldedText]:
    """The folded texts of the revisions, in the order of the ids."""
    for batch in growing_batches(revision_ids):
        check_time(connection)
        for number, title, body in connection.execute(_TEXTS, {"wanted": json.dumps(batch)}):
            yield FoldedText(number, fold_for_search(title), fold_for_search(body))


def growing_batches(revision_ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in lists: the first for one page of hits, each other twice as long as the one before, up to a limit."""
    waiting = iter(revision_ids)
    size = _FIRST_BATCH
    while batch := list(islice(waiting, size)):
        yield batch
        size = min(2 * size, _LARGEST_BATCH)
