"""Candidates: what the index alone can tell of a query, and what is left to be looked up in the texts.

The index knows pairs of characters and words, not where they stand (``detail=none``: 0.46 of the text's
bytes, full detail 1.8). So it is exact for one or two characters and for a word; for all else it finds too
much, never too little.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nanhai_crawler.text.query import Pattern, Query, Term
from nanhai_crawler.text.terms import LONGEST_TERM, find_runs, is_han, is_sure, known_to_index

# The more pairs of a long phrase are asked for, the slower: ten already leave next to nothing to sort out.
_MOST_TERMS_OF_A_PATTERN = 10
# SQLite refuses expressions that are too deep; what goes beyond is looked up in the texts.
_MOST_TERMS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How to answer a query: what the index must find (null: it cannot help), must not find, leaves open."""

    match: str | None
    barred: str | None
    unsettled: Query


def make_plan(query: Query) -> Plan:
    """The plan for a query; an empty ``unsettled`` means that the index's answer is the answer."""
    wanted: list[str] = []
    barred: list[str] = []
    unsettled: list[tuple[Term, ...]] = []
    room = _MOST_TERMS
    for clause in query.clauses:
        expression, exact = _clause_expression(clause)
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


def index_expression(pattern: Pattern) -> str:
    """The index's expression for a pattern alone, empty where it has no letter to go by."""
    terms = list(_terms(pattern))
    step = -(-len(terms) // _MOST_TERMS_OF_A_PATTERN) or 1
    return " AND ".join(terms[::step])


def _clause_expression(clause: tuple[Term, ...]) -> tuple[str, bool]:
    """The expression of a clause and whether it is exact; empty where a term says nothing to the index."""
    expressions = [_term_expression(term) for term in clause]
    mixed = len(clause) > 1 and any(term.excluded for term in clause)
    if mixed or not all(expressions):
        return "", False
    exact = all(is_settled(pattern) for term in clause for pattern in term.patterns)
    return "(" + " OR ".join(expressions) + ")", exact


def _term_expression(term: Term) -> str:
    expressions = [index_expression(pattern) for pattern in term.patterns]
    if term.excluded and not all(expressions):
        return ""
    return "(" + " AND ".join(filter(None, expressions)) + ")" if any(expressions) else ""


def is_settled(pattern: Pattern) -> bool:
    """Whether the index alone is right about a pattern: one or two characters, or a whole word, all known."""
    run = find_runs(pattern.text)
    if len(run) != 1 or run[0][0] != pattern.text or not is_sure(pattern.text):
        return False
    return len(pattern.text) <= 2 if is_han(pattern.text[0]) else pattern.whole_start and pattern.whole_end


def _terms(pattern: Pattern) -> Iterator[str]:
    """What the index must have of a text that holds the pattern.

    A run that stands at an open end of the pattern may go on beyond it: its last character, or its word, is
    then sought as a beginning. A word whose own beginning is open says nothing to the index.
    """
    for run, start in find_runs(pattern.text):
        ends = start + len(run) == len(pattern.text)
        if is_han(run[0]):
            yield from (_quoted(pair) for pair in map(str.__add__, run, run[1:]))
            if not ends:
                yield _quoted(run[-1])
            elif len(run) == 1:
                yield _quoted(run) + "*"
        elif start > 0 or pattern.whole_start:
            yield _quoted(run[:LONGEST_TERM]) + ("*" if ends and not pattern.whole_end else "")


def _quoted(term: str) -> str:
    return f'"{known_to_index(term)}"'
