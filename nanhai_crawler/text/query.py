"""A search query: what was asked for, and whether a text holds it. Every string is a legal query.

The words, parted by spaces, must all occur in the title or the body, each within one line:

- a run of Chinese of any length (``党``, ``基层党建``) as an exact substring;
- a word or a number (``party``, ``6654``) as a whole word;
- a mixed word (``6654目标``, ``2023年``) as an exact substring whose Latin and digit ends are ends of words;
  symbols between letters or digits belong to it (``167.98亿元``, ``2023-10-31``, ``a:b``), other symbols part
  two words;
- ``"…"`` as an exact substring with its spaces and punctuation; a quote that no other closes is a symbol;
- ``-…`` before any of these: must not occur;
- ``OR`` between two: one of them must hold (it binds closer than the space: ``a b OR c`` is a and one of b,
  c); ``AND`` between two says what the space says; anywhere else the two are words like others;
- a word of symbols alone (``(``, ``℃``) as an exact substring.

Width, case and 简/繁 do not count (``text.folding``). No word at all is held by every text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.terms import compound_runs, find_runs, is_han, is_word_character

# A quote with no quote after it is a character of a word; a minus counts only at the beginning of one.
_TOKEN = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>(?:[^\s"]|"(?![^"]*"))+))')


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """A piece of folded text to be found; ``whole_start``, ``whole_end``: there a word must begin, end."""

    text: str
    whole_start: bool = False
    whole_end: bool = False

    @property
    def is_chinese(self) -> bool:
        """Whether it is of Chinese characters alone: it may be sought in a plain text as it is (``text.folding``)."""
        return all(map(is_han, self.text))

    def occurs(self, folded: str) -> bool:
        """Whether the folded text holds it."""
        if not (self.whole_start or self.whole_end):
            return self.text in folded
        return next(self.places(folded), None) is not None

    def places(self, folded: str) -> Iterator[int]:
        """Where in the folded text it begins, from the left, without overlaps."""
        width = len(self.text)
        at = folded.find(self.text)
        while at >= 0:
            whole = self._is_whole(folded, at, at + width)
            if whole:
                yield at
            at = folded.find(self.text, at + (width if whole else 1))

    def _is_whole(self, folded: str, start: int, end: int) -> bool:
        if self.whole_start and start > 0 and is_word_character(folded[start - 1]):
            return False
        return not (self.whole_end and end < len(folded) and is_word_character(folded[end]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One word of a query: patterns that all occur, or, excluded, that do not all occur; ``written`` as by the asker."""

    patterns: tuple[Pattern, ...]
    excluded: bool = False
    written: str = field(default="", compare=False)

    def holds(self, folded: str) -> bool:
        """Whether the folded text gives what the term asks."""
        return all(pattern.occurs(folded) for pattern in self.patterns) != self.excluded


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """All that was asked for: every clause must hold, a clause by any of its terms."""

    clauses: tuple[tuple[Term, ...], ...] = ()

    def holds(self, folded: str) -> bool:
        """Whether the folded text (title and body, a line each) is an answer."""
        return all(any(term.holds(folded) for term in clause) for clause in self.clauses)

    @property
    def is_chinese(self) -> bool:
        """Whether all that is sought or excluded is Chinese characters alone."""
        return all(
            pattern.is_chinese for clause in self.clauses for term in clause for pattern in term.patterns
        )

    @property
    def chinese_pieces(self) -> tuple[str, ...]:
        """For each pattern that every answer has the longest run of Chinese in it: it stands in a plain text as it is."""
        terms = (clause[0] for clause in self.clauses if len(clause) == 1 and not clause[0].excluded)
        runs = (
            [run for run, _ in find_runs(pattern.text) if is_han(run[0])]
            for term in terms
            for pattern in term.patterns
        )
        return tuple(max(some, key=len) for some in runs if some)

    def count_patterns(self) -> int:
        """How many patterns there are, sought or excluded."""
        return sum(len(term.patterns) for clause in self.clauses for term in clause)

    @property
    def alone(self) -> "dict[str, Query]":
        """For each term that is sought, as written, a query of it alone, with all that the query excludes."""
        excluding = [clause for clause in self.clauses if all(term.excluded for term in clause)]
        terms = (term for clause in self.clauses for term in clause if not term.excluded)
        return {term.written: Query(clauses=((term,), *excluding)) for term in terms}

    @property
    def sought(self) -> tuple[Pattern, ...]:
        """The patterns that an answer may show, in the order asked for; none that is excluded."""
        terms = (term for clause in self.clauses for term in clause if not term.excluded)
        return tuple(dict.fromkeys(pattern for term in terms for pattern in term.patterns))


def parse_query(text: str) -> Query:
    """What the text asks for; never an error."""
    tokens = [match for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text)) if _read_term(match)]
    clauses: list[tuple[Term, ...]] = []
    joins_last = False
    operator_may_stand = False
    for index, token in enumerate(tokens):
        if operator_may_stand and index + 1 < len(tokens) and token[0] in {"OR", "AND"}:
            joins_last = token[0] == "OR"
            operator_may_stand = False
            continue
        term = _read_term(token)
        if joins_last:
            clauses[-1] = (*clauses[-1], term) if term else clauses[-1]
        elif term:
            clauses.append((term,))
        joins_last = False
        operator_may_stand = True
    return Query(clauses=tuple(dict.fromkeys(clauses)))


def _read_term(token: re.Match[str]) -> Term | None:
    """The term of a token; null where it has nothing visible, such as ``""``."""
    if token["phrase"] is not None:
        phrase = fold_for_search(token["phrase"]).replace("\n", " ")
        patterns = [Pattern(text=phrase)] if phrase else []
    else:
        patterns = _read_word(fold_for_search(token["word"]))
    if not patterns:
        return None
    written = token["word"] if token["phrase"] is None else token["phrase"]
    return Term(patterns=tuple(patterns), excluded=token["minus"] is not None, written=written)


def _read_word(folded: str) -> list[Pattern]:
    """The patterns of a word without quotes: its runs where it has any, else its symbols."""
    pieces = compound_runs(folded)
    if not pieces:
        return [Pattern(text=folded)] if folded else []
    return [
        Pattern(text=piece, whole_start=is_word_character(piece[0]), whole_end=is_word_character(piece[-1]))
        for piece in pieces
    ]
