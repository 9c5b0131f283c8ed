"""Texts of revisions, for a query to be held against, as many at a time as are asked for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection

from nanhai_crawler.store.search.driver_rows import ask
from nanhai_crawler.store.search.time_limit import check_time
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.query import Query

# The first look is for a page of hits; who goes on wants many.
_FIRST_BATCH, _LARGEST_BATCH = 20, 160
_TEXTS = (
    "SELECT revisions.id, title, body, plain FROM json_each(?) AS wanted"
    " CROSS JOIN revisions ON revisions.id = wanted.value"
    " LEFT JOIN search_rows ON search_rows.revision_id = revisions.id"
)


class SearchedText(NamedTuple):
    """Title and body of a revision as a query is held against them, perhaps only the lines that can hold some of it."""

    revision_id: int
    title: str
    body: str
    length: int  # of the whole, in characters

    @property
    def whole(self) -> str:
        """Title and body, a line each or more: what a query is held against."""
        return f"{self.title}\n{self.body}"


def find_texts(connection: Connection, revision_ids: Iterable[int], query: Query) -> Iterator[SearchedText]:
    """The texts that hold the query, in the order of the ids: folded, unless it can be sought in them as they are."""
    chinese, pieces = query.is_chinese, query.chinese_pieces
    lines_are_enough = len(pieces) == query.count_patterns()
    for batch in growing_batches(revision_ids):
        check_time(connection)
        for number, title, body, plain in ask(connection, _TEXTS, (json.dumps(batch),)):
            found = SearchedText(number, title, body, len(title) + len(body))
            if plain and not all(piece in body or piece in title for piece in pieces):
                continue
            if not (plain and chinese):
                found = _folded(found, pieces if plain and lines_are_enough else ())
            if query.holds(found.whole):
                yield found


def _folded(text: SearchedText, pieces: Sequence[str]) -> SearchedText:
    """The folded text; where pieces are given its lines that have one of them."""
    kept = text.body
    if len(pieces) == 1:
        piece = pieces[0]
        kept = "\n".join([line for line in kept.split("\n") if piece in line])
    elif pieces:
        kept = "\n".join([line for line in kept.split("\n") if any(piece in line for piece in pieces)])
    return text._replace(title=fold_for_search(text.title), body=fold_for_search(kept))


def growing_batches(revision_ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in lists: the first for one page of hits, each other twice as long as the one before, up to a limit."""
    waiting = iter(revision_ids)
    size = _FIRST_BATCH
    while batch := list(islice(waiting, size)):
        yield batch
        size = min(2 * size, _LARGEST_BATCH)
