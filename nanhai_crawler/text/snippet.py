"""Snippets: the sentence of a text that shows what was sought, cut from the text itself, matches marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nanhai_crawler.text.folding import fold_for_search, fold_with_offsets, original_span
from nanhai_crawler.text.query import Pattern

#: A snippet has about this many characters: two lines of a terminal, or of a page of results.
SNIPPET_LENGTH = 90
# Where a sentence is too long for a snippet, this much of it stands before the match.
_LEAD = 30
# The end of a sentence: its mark and the quotes and brackets that close after it; a full stop only before a
# space.
_SENTENCE_END = re.compile(r"[。！？；!?;…]+[”’」』）)\"']*\s*|\.\s+")
_CUT = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """A piece of a text; ``matches`` are the spans in it that show what was sought, in order, apart."""

    text: str
    matches: tuple[tuple[int, int], ...] = ()


def find_spans(text: str, patterns: Sequence[Pattern], *, as_is: bool = False) -> list[tuple[int, int]]:
    """The spans of the original text that the patterns match, in order, each once; some may overlap.

    ``as_is``: they may be sought without folding (``text.folding.is_plain``), which here and below is thrice as fast.
    """
    folded, offsets = (text, None) if as_is else fold_with_offsets(text)
    places = ((at, at + len(pattern.text)) for pattern in patterns for at in pattern.places(folded))
    spans = set(places) if offsets is None else {original_span(offsets, *place) for place in places}
    return sorted(spans)


def find_matches(
    text: str, patterns: Sequence[Pattern], *, as_is: bool = False
) -> tuple[tuple[int, int], ...]:
    """The spans of the original text that the patterns match; those that touch or overlap are one."""
    merged: list[tuple[int, int]] = []
    for start, end in find_spans(text, patterns, as_is=as_is):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def cut_snippet(text: str, patterns: Sequence[Pattern], *, as_is: bool = False) -> Snippet:
    """The sentence that shows most of the patterns, the first of such; the text's beginning where none is.

    What was left out of a line at either end is shown by ``…``, which is no part of the text.
    """
    line = _best_line(text, patterns, as_is=as_is)
    matches = find_matches(line, patterns, as_is=as_is)
    start, end = _window(line, matches[0] if matches else (0, 0))
    before = _CUT if start > 0 and not line.startswith(_CUT, start) else ""
    after = _CUT if end < len(line) and not line[start:end].rstrip().endswith(_CUT) else ""
    shift = len(before) - start
    inside = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in matches if a < end and b > start)
    return Snippet(text=before + line[start:end] + after, matches=inside)


def _best_line(text: str, patterns: Sequence[Pattern], *, as_is: bool) -> str:
    """The line that holds most of the patterns, of the lines where one of them first occurs."""
    folded = text if as_is else fold_for_search(text)
    firsts = [at for pattern in patterns if (at := next(pattern.places(folded), None)) is not None]
    lines = text.split("\n")
    numbers = sorted({folded.count("\n", 0, at) for at in firsts})
    if len(numbers) < 2:
        return lines[numbers[0]] if numbers else next(filter(None, lines), "")
    return max(
        (lines[number] for number in numbers),
        key=lambda line: sum(pattern.occurs(fold_for_search(line)) for pattern in patterns),
    )


def _window(line: str, match: tuple[int, int]) -> tuple[int, int]:
    """Where to cut: from the beginning of the match's sentence to the end of one, as far as there is room."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(line)), len(line)]
    start = max(end for end in ends if end <= match[0])
    if match[1] - start > SNIPPET_LENGTH:
        start = max(start, match[0] - _LEAD)
    room = max(start + SNIPPET_LENGTH, match[1])
    last = max((end for end in ends if match[1] <= end <= room and end > start), default=min(room, len(line)))
    return start, last
