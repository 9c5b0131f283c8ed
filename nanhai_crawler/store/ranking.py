"""Ranking: how well a text answers a query, by BM25 with the title worth more.

The index keeps no frequencies (``detail=none``; FTS5's own ``bm25`` would cut every hit's text into terms
anew, 1 ms each), so they are counted in the folded text of those hits that are ranked at all
(``store.search``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from nanhai_crawler.store.candidates import index_expression
from nanhai_crawler.store.models import RevisionRow
from nanhai_crawler.text.query import Pattern, Query

# The usual constants of BM25 (Robertson and Zaragoza 2009, 3.4), which FTS5 takes too.
_K1, _B = 1.2, 0.75
# The length at which a text is neither favoured nor held back: that of a usual article (DESIGN: measured
# here).
_USUAL_LENGTH = 1600
#: An occurrence in the title counts for as many in the body.
TITLE_WEIGHT = 10
_COUNT = text("SELECT count(*) FROM search_index WHERE search_index MATCH :match")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """What each sought pattern is worth: the rarer in the archive, the more."""

    weights: Mapping[Pattern, float]

    def score(self, title: str, body: str) -> float:
        """The greater, the better; 0 for a text that shows nothing sought. Title and body are folded."""
        norm = _K1 * (1 - _B + _B * (len(title) + len(body)) / _USUAL_LENGTH)
        total = 0.0
        for pattern, weight in self.weights.items():
            frequency = TITLE_WEIGHT * _count(pattern, title) + _count(pattern, body)
            total += weight * frequency * (_K1 + 1) / (frequency + norm)
        return total


def make_ranking(connection: Connection, query: Query) -> Ranking:
    """The ranking for a query; a pattern alone weighs 1, for there is nothing to weigh it against."""
    if len(query.sought) <= 1:
        return Ranking(weights=dict.fromkeys(query.sought, 1.0))
    texts: int = connection.execute(select(func.count(RevisionRow.id))).scalar_one()
    return Ranking(weights={pattern: _weight(connection, pattern, texts) for pattern in query.sought})


def _weight(connection: Connection, pattern: Pattern, texts: int) -> float:
    """The inverse document frequency, as FTS5 takes it; by what the index finds, which may be too much."""
    match = index_expression(pattern)
    found: int = connection.execute(_COUNT, {"match": match}).scalar_one() if match else 0
    return math.log(1 + (texts - min(found, texts) + 0.5) / (found + 0.5))


def _count(pattern: Pattern, folded: str) -> int:
    if not (pattern.whole_start or pattern.whole_end):
        return folded.count(pattern.text)
    return sum(1 for _ in pattern.places(folded))
