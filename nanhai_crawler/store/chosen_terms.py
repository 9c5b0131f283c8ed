"""Chosen terms: by which terms of the index a pattern is sought, the rarest of those it has.

Going through one more term's rows costs more than it saves as soon as there is less to look up in the texts: of seven
pairs of a phrase two or three are enough. How rare a term is, the newest rows tell.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, text

from nanhai_crawler.store.candidates import at_level, terms_of
from nanhai_crawler.store.models import SearchRow
from nanhai_crawler.text.query import Pattern

# How rare a term is shows in so many of the newest rows; looking there takes at most 0.1 ms a term.
_PROBED = 400
_FEWEST_ROWS = 4 * _PROBED
# A candidate that does not hold the pattern costs as much as so many rows of a term, mostly its signature's reading:
# 5 µs by 0.24 µs.
_ROWS_A_TEXT = 20
# Of a long phrase so many terms are looked at, evenly spread, where asking for all would take longer than the search.
_MOST_TERMS = 12
_PROBE_FROM = select(SearchRow.id).order_by(SearchRow.id.desc()).offset(_PROBED - 1).limit(1)
_PROBE = text(
    "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH :match AND rowid >= :first"
    " ORDER BY rowid DESC LIMIT :limit)"
)


class ChosenTerms:
    """Chooses for the patterns of a query; the same pattern always has the same terms."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chosen: dict[Pattern, tuple[str, ...]] = {}
        self._rows: int | None = None
        self._first = 0

    def __call__(self, pattern: Pattern) -> tuple[str, ...]:
        """The terms that a text has which holds the pattern, or enough of them; none where the index cannot help."""
        if pattern not in self._chosen:
            self._chosen[pattern] = self._choose(list(dict.fromkeys(terms_of(pattern))))
        return self._chosen[pattern]

    def _choose(self, terms: list[str]) -> tuple[str, ...]:
        # A beginning of words is sought slowly, so only where there is nothing else.
        whole = [term for term in terms if not term.endswith("*")] or terms
        some = whole[:: -(-len(whole) // _MOST_TERMS) or 1]
        if len(some) < 2 or self._count_rows() < _FEWEST_ROWS:
            return tuple(some)
        return tuple(self._rarest(some))

    def _rarest(self, terms: Sequence[str]) -> list[str]:
        """The rarest, until another one costs more than the texts that it would leave out."""
        rows = self._count_rows()
        shares = sorted((self._share(term), number) for number, term in enumerate(terms))
        chosen: list[str] = []
        left = float(rows)
        for share, number in shares:
            if chosen and left * (1 - share) * _ROWS_A_TEXT < rows * share:
                break
            chosen.append(terms[number])
            left *= share
        return chosen

    def _share(self, term: str) -> float:
        """About how many of all rows have the term, as a share."""
        values = {"match": at_level(term), "first": self._first, "limit": _PROBED}
        found: int = self._connection.execute(_PROBE, values).scalar_one()
        return (found + 0.5) / (_PROBED + 1)

    def _count_rows(self) -> int:
        """About how many rows the index has; asked once."""
        if self._rows is None:
            self._rows = self._connection.execute(select(func.max(SearchRow.revision_id))).scalar() or 0
            self._first = self._connection.execute(_PROBE_FROM).scalar() or 0
        return self._rows
