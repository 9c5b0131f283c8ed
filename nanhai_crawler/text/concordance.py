"""Concordance: every match in a text with what stands before and after it (KWIC, keyword in context)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nanhai_crawler.text.query import Pattern
from nanhai_crawler.text.snippet import find_spans


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """One match, cut from one line of the text itself: ``left``, ``match`` and ``right`` stand side by side there."""

    left: str
    match: str
    right: str


def contexts_in(text: str, patterns: Sequence[Pattern], width: int) -> Iterator[Context]:
    """The matches in the order of the text, with up to ``width`` characters of their line on either side.

    Matches of several patterns may overlap, and are told one by one.
    """
    for line in text.split("\n"):
        for start, end in find_spans(line, patterns):
            left = line[max(0, start - width) : start]
            yield Context(left=left, match=line[start:end], right=line[end : end + width])
