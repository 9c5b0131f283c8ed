"""CSV as RFC 4180 has it: CRLF, a header line, quotes where needed, UTF-8; a row an article."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import TextIO

from sqlalchemy import Connection, text

from nanhai_crawler.items import CSV_KEYS
from nanhai_crawler.store.changes import read_changes
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import find_revisions

# Rows that are held at once, as rows and as lines: some megabytes of text.
_BATCH = 200
#: By this Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"
#: Of a cell, Excel keeps so much ("Excel specifications and limits").
MOST_CELL_CHARACTERS = 32_767
_NAMED = 5
# Cells that a spreadsheet would take for a formula (OWASP, "CSV Injection": full-width signs too), and those that look guarded already, so
# that taking one quote away always gives the cell back; numbers are no formulas.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_TO_QUOTE = re.compile('[,"\r\n]')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?")

# One statement makes whole rows, in C: 20 times as fast as making records first. The keys in the order of CSV_KEYS; by
# the last, rows are put in order here: SQLite would copy the texts into a sorter (a quarter of its time).
_ROWS = text("""
SELECT articles.id, articles.url, articles.site, columns.path, revisions.title, revisions.published, articles.entered,
       revisions.source, revisions.origin,
       (SELECT group_concat(name, '; ') FROM (
           SELECT name FROM credits WHERE revision_id = revisions.id AND author ORDER BY position)),
       (SELECT group_concat(heading, ' | ') FROM (
           SELECT heading FROM sections WHERE revision_id = revisions.id AND heading IS NOT NULL ORDER BY position)),
       revisions.body, articles.status, revisions.number, articles.first_captured, articles.last_captured,
       revisions.text_digest, captures.warc_file, captures.warc_offset, revisions.kicker, revisions.subtitle, wanted.key
FROM json_each(:revision_ids) AS wanted
JOIN revisions ON revisions.id = wanted.value
JOIN articles ON articles.id = revisions.article_id
JOIN captures ON captures.id = revisions.capture_id
LEFT JOIN columns ON columns.id = articles.column_id
""")


def write_csv(
    reader: ArchiveReader,
    stream: TextIO,
    query: str = "",
    filters: Filters = EVERYTHING,
    *,
    excel: bool = False,
) -> Written:
    """The articles, in the order of their ids.

    ``excel`` puts a byte order mark first and a quote (') before cells that a spreadsheet would take for a formula, and
    notes the articles of which a cell is longer than a spreadsheet keeps; the file has all of it.
    """
    if excel:
        stream.write(BYTE_ORDER_MARK)
    stream.write(_lines([(*CSV_KEYS, "change") if filters.is_incremental else CSV_KEYS]))
    count = 0
    too_long: list[str] = []
    with reader.connect() as connection:
        for some in read_rows(connection, find_revisions(connection, query, filters)):
            rows = rows_with_changes(connection, some, filters) if filters.is_incremental else some
            stream.write(_lines(map(_guard_row, rows) if excel else rows))
            count += len(rows)
            if excel:
                too_long += [str(row[0]) for row in rows if any(map(_is_too_long, row))]
    return Written(count=count, notes=_notes(too_long))


def _lines(rows: Iterable[Sequence[object]]) -> str:
    """The rows as Python's csv.writer has them, in half of its time: it looks at each character of a long text."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(value: object) -> str:
    written = "" if value is None else str(value)
    return '"' + written.replace('"', '""') + '"' if _TO_QUOTE.search(written) else written


def guard_cell(cell: str) -> str:
    """The cell as a spreadsheet shows it unchanged: with a quote before what it would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def unguard_cell(cell: str) -> str:
    """The cell that ``guard_cell`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def rows_with_changes(
    connection: Connection, rows: Sequence[Sequence[object]], filters: Filters
) -> list[Sequence[object]]:
    """The rows with one more cell at the end: what became of the article since the point that the filters name."""
    changes = dict(read_changes(connection, (str(row[0]) for row in rows), filters.point))
    return [(*row, changes[str(row[0])].kind) for row in rows]


def _is_too_long(cell: object) -> bool:
    # As the spreadsheet counts, in UTF-16; no text is longer so than twice its characters.
    if not isinstance(cell, str) or len(cell) <= MOST_CELL_CHARACTERS // 2:
        return False
    return len(guard_cell(cell).encode("utf-16-le")) // 2 > MOST_CELL_CHARACTERS


def _notes(too_long: Sequence[str]) -> tuple[str, ...]:
    if not too_long:
        return ()
    named = ", ".join(too_long[:_NAMED]) + (" …" if len(too_long) > _NAMED else "")
    what = f"{len(too_long)} articles have more than the {MOST_CELL_CHARACTERS:,} characters that Excel keeps of a cell"
    return (f"{what}; the file has all of them, Excel would cut them: {named}",)


def _guard_row(row: Sequence[object]) -> list[object]:
    return [guard_cell(cell) if isinstance(cell, str) else cell for cell in row]


def read_rows(connection: Connection, revision_ids: Iterable[int]) -> Iterator[Sequence[Sequence[object]]]:
    """The rows of the revisions, some hundred at a time."""
    waiting = iter(revision_ids)
    while batch := list(islice(waiting, _BATCH)):
        found = connection.execute(_ROWS, {"revision_ids": json.dumps(batch)}).all()
        yield [row[:-1] for row in sorted(found, key=itemgetter(-1))]
