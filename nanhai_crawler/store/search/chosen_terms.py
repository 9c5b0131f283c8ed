"""Chosen terms: by which terms of the index a pattern is sought, the rarest of those it has.

Going through one more term's rows costs more than it saves as soon as there is less to look up in the texts: of seven
pairs of a phrase two or three are enough. How rare a term is, the newest rows tell.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from nanhai_crawler.store.search.candidates import at_level, terms_of
from nanhai_crawler.store.search.driver_rows import ask_one
from nanhai_crawler.text.query import Pattern

# How rare a term is shows in so many of the newest rows; looking there takes 0.1 ms a term.
_PROBED = 400
_FEWEST_ROWS = 4 * _PROBED
# One more term is asked for where it leaves out a row for every so many of its own: a look at a text takes 12 µs, a
# term's row 0.05 µs; but most of those rows are left out by signatures, or need not be gone through for a page.
_ROWS_A_TEXT = 10
# Of a long phrase so many terms are looked at, evenly spread, where asking for all would take longer than the search.
_MOST_TERMS = 5
_PROBE_TO = "SELECT id FROM search_rows ORDER BY id LIMIT 1 OFFSET ?"
_PROBE = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid <= ? LIMIT ?)"


class ChosenTerms:
    """Chooses for the patterns of a query; the same pattern always has the same terms."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chosen: dict[Pattern, tuple[str, ...]] = {}
        self._share_left = 1.0
        self._rows: int | None = None
        self._last = 0

    def __call__(self, pattern: Pattern) -> tuple[str, ...]:
        """The terms that a text has which holds the pattern, or enough of them; none where the index cannot help."""
        if pattern not in self._chosen:
            self._chosen[pattern] = self._choose(list(dict.fromkeys(terms_of(pattern))))
        return self._chosen[pattern]

    def _choose(self, terms: list[str]) -> tuple[str, ...]:
        # A beginning of words is sought slowly, so only where there is nothing else.
        whole = [term for term in terms if not term.endswith("*")] or terms
        some = whole[:: -(-len(whole) // _MOST_TERMS) or 1]
        if len(some) < 2 or self.count_rows() < _FEWEST_ROWS:
            return tuple(some)
        return tuple(self._rarest(some))

    def _rarest(self, terms: Sequence[str]) -> list[str]:
        """The rarest, until another one costs more than the texts that it would leave out."""
        rows = self.count_rows()
        shares = sorted((self._share(term), number) for number, term in enumerate(terms))
        chosen: list[str] = []
        left = float(rows)
        for share, number in shares:
            if chosen and left * (1 - share) * _ROWS_A_TEXT < rows * share:
                break
            chosen.append(terms[number])
            left *= share
        self._share_left = min(self._share_left, left / rows)
        return chosen

    def estimate_rows(self) -> int:
        """About how many rows have the terms chosen so far, if these have nothing to do with each other."""
        return int(self._share_left * self.count_rows())

    def _share(self, term: str) -> float:
        """About how many of all rows have the term, as a share."""
        found: int = ask_one(self._connection, _PROBE, (at_level(term), self._last, _PROBED))
        return (found + 0.5) / (_PROBED + 1)

    def count_rows(self) -> int:
        """About how many rows the index has; asked once."""
        if self._rows is None:
            self._rows = int(ask_one(self._connection, "SELECT max(revision_id) FROM search_rows") or 0)
            self._last = ask_one(self._connection, _PROBE_TO, (_PROBED - 1,)) or 0
        return self._rows
