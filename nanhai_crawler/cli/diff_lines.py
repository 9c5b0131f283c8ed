"""Two revisions against each other as lines: what was removed, added and changed, among what stayed."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.text import Text

from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.store.record import Record
from nanhai_crawler.text.comparison import Op, Sentence, compare

#: What is told of the two besides their texts, where it differs.
_FACTS = ("published", "source", "origin", "column_path", "authors", "images", "attachments")
_MARKS = {Op.SAME: " ", Op.REMOVED: "-", Op.ADDED: "+", Op.CHANGED: "~"}
_STYLES = {Op.SAME: "", Op.REMOVED: "red strike", Op.ADDED: "bold green"}
#: As git's word diff has it, so that what was changed is seen without colours too.
_BRACKETS = {Op.SAME: ("", ""), Op.REMOVED: ("[-", "-]"), Op.ADDED: ("{+", "+}")}
#: How many sentences that stayed are shown on either side of one that did not.
_AROUND = 1


def print_diff(before: Record, after: Record) -> None:
    """How the one became the other, on standard output."""
    print_line(styled(f"{after['id']}  {after['url']}", "bold"))
    for record, mark in ((before, "-"), (after, "+")):
        print_line(styled(f"{mark} revision {record['revision']}, {record['text_digest']}", "dim"))
    for name, (was, became) in changed_facts(before, after).items():
        print_line(styled(f"{name}: {was} → {became}"))
    print_line()
    for sentence in compare(before["title"], after["title"]):
        print_line(*_line(sentence))
    print_line()
    for line in _shown(compare(before["body"], after["body"])):
        print_line(*line)


def diff_json(before: Record, after: Record) -> dict[str, Any]:
    """The comparison as one JSON object."""
    return {
        "id": after["id"],
        "url": after["url"],
        "before": before["revision"],
        "after": after["revision"],
        "changed": {
            name: {"before": was, "after": became}
            for name, (was, became) in changed_facts(before, after).items()
        },
        "title": [_sentence_json(sentence) for sentence in compare(before["title"], after["title"])],
        "body": [_sentence_json(sentence) for sentence in compare(before["body"], after["body"])],
    }


def changed_facts(before: Record, after: Record) -> dict[str, tuple[Any, Any]]:
    """What is known besides title and body, where it differs: as it was, and as it is."""
    return {name: (before[name], after[name]) for name in _FACTS if before[name] != after[name]}


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    told: dict[str, Any] = {"change": str(sentence.op)}
    if sentence.op is Op.CHANGED:
        pieces = [{"change": str(piece.op), "text": piece.text} for piece in sentence.pieces]
        return {**told, "before": sentence.before, "after": sentence.after, "pieces": pieces}
    return {**told, "text": sentence.pieces[0].text}


def _shown(sentences: Sequence[Sentence]) -> Iterator[tuple[Text, ...]]:
    """Everything that did not stay, and its neighbours; ``…`` for the rest."""
    near = {
        place + step
        for place, sentence in enumerate(sentences)
        if sentence.op is not Op.SAME
        for step in range(-_AROUND, _AROUND + 1)
    }
    for shown, group in groupby(enumerate(sentences), key=lambda item: item[0] in near):
        if shown:
            yield from (_line(sentence) for _, sentence in group)
        else:
            yield (styled("  …", "dim"),)


def _line(sentence: Sentence) -> tuple[Text, ...]:
    mark = styled(f"{_MARKS[sentence.op]} ")
    if sentence.op is not Op.CHANGED:
        return mark, styled(sentence.pieces[0].text, _STYLES[sentence.op])
    pieces = (
        styled(f"{_BRACKETS[piece.op][0]}{piece.text}{_BRACKETS[piece.op][1]}", _STYLES[piece.op])
        for piece in sentence.pieces
    )
    return mark, *pieces
