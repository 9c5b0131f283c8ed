"""Candidates: what the index alone can tell of a query, and what is left to be looked up in the texts.

The index knows characters, pairs of characters and words, and how much a text says each (its level), but not where
(``detail=none``: 0.34 of the text's bytes, full detail 1.8). So it is exact for one or two characters and for a word;
for all else it finds too much, never too little.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nanhai_crawler.text.query import Pattern, Query, Term
from nanhai_crawler.text.relevance import LEVELS
from nanhai_crawler.text.terms import LONGEST_TERM, find_runs, is_han

#: Which of a pattern's terms the index is asked for; none where it cannot help.
Choice: TypeAlias = Callable[[Pattern], Sequence[str]]

# SQLite refuses expressions that are too long; what goes beyond 200 terms is looked up in the texts.
_MOST_TERMS = 200 * len(LEVELS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How to answer a query: what the index must find (null: it cannot help), must not find, leaves open."""

    match: str | None = None
    barred: str | None = None
    unsettled: Query

    def narrowed(self, *expressions: str) -> str | None:
        """What the index must find where it must find these too."""
        parts = [*([self.match] if self.match else []), *expressions]
        return " AND ".join(parts) or None


def make_plan(query: Query, choose: Choice) -> Plan:
    """The plan for a query; an empty ``unsettled`` means that the index's answer is the answer."""
    wanted: list[str] = []
    barred: list[str] = []
    unsettled: list[tuple[Term, ...]] = []
    room = _MOST_TERMS
    for clause in query.clauses:
        expression, exact = _clause_expression(clause, choose) if room > 0 else ("", False)
        room -= expression.count('"') // 2
        excluded = clause[0].excluded
        if expression and room >= 0 and (exact or not excluded):
            (barred if excluded else wanted).append(expression)
        if not exact or room < 0:
            unsettled.append(clause)
    return Plan(
        match=" AND ".join(wanted) or None,
        barred=" OR ".join(barred) or None,
        unsettled=Query(clauses=tuple(unsettled)),
    )


def index_expression(terms: Sequence[str], level: int = LEVELS[0]) -> str:
    """The index's expression for texts that have all of a pattern's terms at that level or a higher one.

    A text in which the whole pattern has the level has it for each of its terms. Empty without terms.
    """
    return " AND ".join(at_level(term, level) for term in terms)


def is_levelled(terms: Sequence[str]) -> bool:
    """Whether the index knows levels of a pattern by these terms: of what is sought by its beginning it does not."""
    return bool(terms) and not any(term.endswith("*") for term in terms)


def is_settled_query(query: Query) -> bool:
    """Whether the index alone is right about all that is asked."""
    return all(
        is_settled(pattern) for clause in query.clauses for term in clause for pattern in term.patterns
    )


def is_settled(pattern: Pattern) -> bool:
    """Whether the index alone is right about a pattern: one or two characters, or a whole word."""
    run = find_runs(pattern.text)
    if len(run) != 1 or run[0][0] != pattern.text or len(pattern.text) > LONGEST_TERM:
        return False
    return len(pattern.text) <= 2 if is_han(pattern.text[0]) else pattern.whole_start and pattern.whole_end


def _clause_expression(clause: tuple[Term, ...], choose: Choice) -> tuple[str, bool]:
    """The expression of a clause and whether it is exact; empty where a term says nothing to the index."""
    expressions = [_term_expression(term, choose) for term in clause]
    mixed = len(clause) > 1 and any(term.excluded for term in clause)
    if mixed or not all(expressions):
        return "", False
    exact = all(is_settled(pattern) for term in clause for pattern in term.patterns)
    return "(" + " OR ".join(expressions) + ")", exact


def _term_expression(term: Term, choose: Choice) -> str:
    expressions = [index_expression(choose(pattern)) for pattern in term.patterns]
    if term.excluded and not all(expressions):
        return ""
    return "(" + " AND ".join(filter(None, expressions)) + ")" if any(expressions) else ""


def terms_of(pattern: Pattern) -> Iterator[str]:
    """What the index must have of a text that holds the pattern; a star ends what is only a beginning.

    A word whose own beginning is open says nothing to the index; one whose end is open is sought as a beginning.
    """
    for run, start in find_runs(pattern.text):
        ends = start + len(run) == len(pattern.text)
        if is_han(run[0]):
            yield from map(str.__add__, run, run[1:]) if len(run) > 1 else run
        elif start > 0 or pattern.whole_start:
            yield run[:LONGEST_TERM] + ("*" if ends and not pattern.whole_end else "")


def at_level(term: str, level: int = LEVELS[0]) -> str:
    """The expression for a term with that level or a higher one."""
    if term.endswith("*"):
        return f'"{term[:-1]}"*'
    return "(" + " OR ".join(f'"{term}{reached}"' for reached in LEVELS[level - 1 :]) + ")"
