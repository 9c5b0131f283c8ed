"""Counts as a table, as bars, as CSV and for JSON: a line a value, a column for each thing counted."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import typer
from rich.cells import cell_len

from nanhai_crawler.cli.overview_lines import print_table
from nanhai_crawler.cli.terminal import print_line, styled, terminal_width
from nanhai_crawler.store.export.jsonl import json_line
from nanhai_crawler.store.search.facets import Facet, TermCounts

#: What stands for the articles of which the value is not known, where a person reads.
UNKNOWN = "(none)"
# A bar has at least this room, however long the labels are.
_SHORTEST_BAR = 10
_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """``by`` what was counted, the ``names`` of the columns, and a row a value: its counts and how many there are.

    ``of`` is what people are told that the last number is.
    """

    by: str
    names: tuple[str, ...]
    rows: tuple[tuple[str | None, tuple[int, ...], int], ...]
    of: str

    @classmethod
    def of_facets(cls, by: str, facets: Sequence[Facet], *, of: str) -> Self:
        """One column, ``count``."""
        return cls(
            by=by,
            names=("count",),
            rows=tuple((facet.value, (facet.count,), facet.total) for facet in facets),
            of=of,
        )

    @classmethod
    def of_terms(cls, by: str, counted: Sequence[TermCounts], *, of: str) -> Self:
        """A column a term."""
        names = tuple(counted[0].by_term) if counted else ()
        return cls(
            by=by,
            names=names,
            rows=tuple((row.value, tuple(row.by_term.values()), row.total) for row in counted),
            of=of,
        )

    def as_json(self) -> Iterator[Mapping[str, object]]:
        """An object a value: ``by``'s name, then ``count`` or ``counts`` by term, and ``total``."""
        for value, counts, total in self.rows:
            counted = (
                {"count": counts[0]}
                if self.names == ("count",)
                else {"counts": dict(zip(self.names, counts, strict=True))}
            )
            yield {self.by: value, **counted, "total": total}


def write_counts(counts: Counts, *, as_json: bool, as_csv: bool, as_chart: bool) -> None:
    """The counts on standard output, in that form; else as a table."""
    if as_json:
        for line in counts.as_json():
            typer.echo(json_line(line), nl=False)
    elif as_csv:
        write_counts_csv(counts)
    elif as_chart:
        print_chart(counts)
    else:
        print_counts(counts)


def print_counts(counts: Counts) -> None:
    """A table on standard output; the last column says of how many, with or without the query."""
    rows = [(value or UNKNOWN, *map(str, numbers), str(total)) for value, numbers, total in counts.rows]
    print_table([(counts.by, *counts.names, counts.of), *rows])


def write_counts_csv(counts: Counts) -> None:
    """CSV as RFC 4180 has it on standard output; a value that is not known is an empty cell."""
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow((counts.by, *counts.names, "total"))
    writer.writerows((value or "", *numbers, total) for value, numbers, total in counts.rows)


def print_chart(counts: Counts) -> None:
    """A bar a value and column, the longest as long as the terminal has room."""
    bars = [
        (value or UNKNOWN if place == 0 else "", name if len(counts.names) > 1 else "", number)
        for value, numbers, _ in counts.rows
        for place, (name, number) in enumerate(zip(counts.names, numbers, strict=True))
    ]
    if not bars:
        return
    widths = [
        max(map(cell_len, labels)) for labels in list(zip(*((one, two) for one, two, _ in bars), strict=True))
    ]
    most = max(number for *_, number in bars)
    digits = len(str(most))
    room = max(_SHORTEST_BAR, terminal_width() - sum(widths) - digits - 6)
    for *labels, number in bars:
        padded = (_padded(str(label), width) for label, width in zip(labels, widths, strict=True) if width)
        print_line(
            styled(f"{'  '.join(padded)}  {number:>{digits}}  "), styled(_bar(number, most, room), "cyan")
        )


def _bar(number: int, most: int, room: int) -> str:
    """Full blocks and a last one in eighths; something for whatever is more than nothing."""
    eighths = max(1, round(number / most * room * 8)) if number else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
