"""Ranking: how well a text answers a query, by BM25; and in what order the index's levels are gone through.

The index tells of each hit the level of what it says (``text.relevance``). Hits are looked at from the best combination
of levels down, the newest first where levels are the same; the texts of some of them at a time are then put in the
order of BM25 proper (``store.search.finding``).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection, func, select, text

from nanhai_crawler.store.models import RevisionRow
from nanhai_crawler.store.search.candidates import Choice, index_expression, is_levelled
from nanhai_crawler.store.search.revision_texts import SearchedText
from nanhai_crawler.text.query import Pattern, Query
from nanhai_crawler.text.relevance import LEVEL_VALUES, LEVELS, TITLE_WEIGHT, length_norm, saturation

# Levels are combined of so many patterns, the rarest: four of them would make 625 combinations, each a question.
_COMBINED = 3
_COUNT = text("SELECT count(*) FROM search_index WHERE search_index MATCH :match")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """What each sought pattern is worth: the rarer in the archive, the more."""

    weights: Mapping[Pattern, float]
    required: bool = True  # whether every hit has all of them

    def score(self, text: SearchedText) -> float:
        """The greater, the better; 0 for a text that shows nothing sought."""
        norm = length_norm(text.length)
        total = 0.0
        for pattern, weight in self.weights.items():
            frequency = TITLE_WEIGHT * _count(pattern, text.title) + _count(pattern, text.body)
            total += weight * saturation(frequency, norm)
        return total

    def expressions(self, choose: Choice) -> Iterator[tuple[str, ...]]:
        """What the index is to find, step by step, the best first; the last step asks nothing.

        Each step finds what some of those before it have found too.
        """
        levelled = [pattern for pattern in self.weights if is_levelled(choose(pattern))]
        chosen = sorted(levelled, key=lambda pattern: -self.weights[pattern])[:_COMBINED]
        levels_of_hits = LEVELS if self.required else (0, *LEVELS)
        combinations = product(levels_of_hits, repeat=len(chosen))
        values = {0: 0.0, **LEVEL_VALUES}

        def worth(levels: tuple[int, ...]) -> float:
            pairs = zip(chosen, levels, strict=True)
            return sum(self.weights[pattern] * values[level] for pattern, level in pairs)

        for levels in sorted(combinations, key=worth, reverse=True):
            pairs = zip(chosen, levels, strict=True)
            yield tuple(
                index_expression(choose(pattern), level)
                for pattern, level in pairs
                if level > levels_of_hits[0]
            )


def make_ranking(connection: Connection, query: Query, choose: Choice) -> Ranking:
    """The ranking for a query; a pattern alone weighs 1, for there is nothing to weigh it against."""
    required = all(len(clause) == 1 for clause in query.clauses)
    if len(query.sought) <= 1:
        return Ranking(weights=dict.fromkeys(query.sought, 1.0), required=required)
    texts: int = connection.execute(select(func.count(RevisionRow.id))).scalar_one()
    found = {pattern: _count_found(connection, choose(pattern)) for pattern in query.sought}
    return Ranking(
        weights={pattern: _weight(min(count, texts), texts) for pattern, count in found.items()},
        required=required,
    )


def _weight(found: int, texts: int) -> float:
    """The inverse document frequency, as FTS5 takes it."""
    return math.log(1 + (texts - found + 0.5) / (found + 0.5))


def _count_found(connection: Connection, terms: Sequence[str]) -> int:
    """How many texts the index finds, which may be too many."""
    match = index_expression(terms)
    found: int = connection.execute(_COUNT, {"match": match}).scalar_one() if match else 0
    return found


def _count(pattern: Pattern, folded: str) -> int:
    if not (pattern.whole_start or pattern.whole_end):
        return folded.count(pattern.text)
    return sum(1 for _ in pattern.places(folded))
