"""Comparison: how one text became another, by sentence, and within a sentence by character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

#: A sentence ends with its mark and the quotes and brackets that close after it, or with its line.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’」』）)】》]*|\Z)")
#: Sentences that share less than this of their characters are two sentences, not one that was changed.
_ALIKE = 0.4
#: difflib's time grows with the square of the length: 2,000 characters take some 0.2 s at worst.
_LONGEST = 2_000


class Op(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a changed sentence: the same in both texts, removed, or added."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: the same, removed, added; or changed, and then ``pieces`` tells how, in order."""

    op: Op
    pieces: tuple[Piece, ...]

    @property
    def before(self) -> str:
        """As it was; empty for one that was added."""
        return "".join(piece.text for piece in self.pieces if piece.op is not Op.ADDED)

    @property
    def after(self) -> str:
        """As it is; empty for one that was removed."""
        return "".join(piece.text for piece in self.pieces if piece.op is not Op.REMOVED)


def compare(before: str, after: str) -> list[Sentence]:
    """The sentences of both texts in order; line ends part sentences and are in none."""
    old, new = split_sentences(before), split_sentences(after)
    found: list[Sentence] = []
    for op, start, end, start_new, end_new in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found += [whole(Op.SAME, text) for text in old[start:end]]
        else:
            found += _replaced(old[start:end], new[start_new:end_new])
    return found


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, none empty."""
    return [
        sentence[0]
        for line in text.splitlines()
        for sentence in _SENTENCE.finditer(line)
        if sentence[0].strip()
    ]


def whole(op: Op, text: str) -> Sentence:
    """A sentence of one piece."""
    return Sentence(op, (Piece(op, text),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Sentence]:
    """One by one in order; what is not alike is removed and added."""
    for before, after in zip_longest(old, new):
        pieces = _pieces(before, after) if before is not None and after is not None else None
        if pieces is not None:
            yield Sentence(Op.CHANGED, pieces)
            continue
        if before is not None:
            yield whole(Op.REMOVED, before)
        if after is not None:
            yield whole(Op.ADDED, after)


def _pieces(before: str, after: str) -> tuple[Piece, ...] | None:
    """How the one became the other; null where they are not alike, or too long to tell in time."""
    if max(len(before), len(after)) > _LONGEST:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    found: list[Piece] = []
    for op, start, end, start_new, end_new in matcher.get_opcodes():
        if op == "equal":
            found.append(Piece(Op.SAME, before[start:end]))
            continue
        if end > start:
            found.append(Piece(Op.REMOVED, before[start:end]))
        if end_new > start_new:
            found.append(Piece(Op.ADDED, after[start_new:end_new]))
    return tuple(found)
