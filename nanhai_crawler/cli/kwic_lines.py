"""A concordance as lines whose matches stand one below the other, whatever the width of the characters; and as CSV."""

import csv
import sys
from collections.abc import Iterable
from dataclasses import astuple, fields

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from nanhai_crawler.cli.message import visible
from nanhai_crawler.cli.terminal import print_line, styled
from nanhai_crawler.store.search.concordance import ConcordanceLine

# A Chinese character takes two places of a terminal.
_CELLS = 2
_DATE = 10


def print_lines(lines: Iterable[ConcordanceLine], width: int) -> int:
    """The number of lines printed: the day, the article's id, and the match between its contexts."""
    count = 0
    for line in lines:
        left, right = visible(line.left), visible(line.right)
        day = (line.published or "undated")[:_DATE]
        indent = " " * (_CELLS * width - cell_len(left))
        front = f"{set_cell_size(day, _DATE)}  {line.id}  {indent}"
        print_line(styled(front, "dim"), Text(left), styled(line.match, "bold yellow"), Text(right))
        count += 1
    return count


def write_lines_csv(lines: Iterable[ConcordanceLine]) -> None:
    """CSV as RFC 4180 has it on standard output."""
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(ConcordanceLine)])
    writer.writerows(map(astuple, lines))
