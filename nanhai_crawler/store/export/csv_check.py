"""Whether a CSV file, also one made with ``--excel`` and saved by a spreadsheet, still says what the archive says."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from sqlalchemy import Connection, text

from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import CSV_KEYS
from nanhai_crawler.store.export.csv import BYTE_ORDER_MARK, MOST_CELL_CHARACTERS, read_rows, unguard_cell
from nanhai_crawler.store.reader import ArchiveReader

_BATCH = 500
#: Python's csv takes no cell above 128 KiB unless told; an answer, and so a text, has at most 32 MiB.
_MOST_CELL_BYTES = 1 << 25
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_REVISIONS = text("""
SELECT revisions.id, revisions.article_id, revisions.number FROM json_each(:wanted) AS wanted
JOIN revisions ON revisions.article_id = wanted.value ->> 0 AND revisions.number = wanted.value ->> 1
""")
_Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What is not as the archive has it: the row (the header is the first), the article, and the column; in words."""

    row: int
    id: str
    column: str
    told: str


@dataclass(kw_only=True, slots=True)
class CsvCheck:
    """A file as it is gone through: ``rows`` so far, and whether its cells are ``guarded``.

    ``captured_since`` are the rows whose article was captured again after the file was made: that is no difference.
    """

    reader: ArchiveReader
    stream: TextIO
    rows: int = 0
    guarded: bool = False
    captured_since: int = 0
    keys: tuple[str, ...] = field(default=())

    def differences(self, plain: TextIO | None = None) -> Iterator[Difference]:
        """What differs, row by row; the file without its guard goes to ``plain``.

        :class:`UsageError` for a file that is no CSV of ``nanhai export``.
        """
        csv.field_size_limit(_MOST_CELL_BYTES)
        try:
            yield from self._differences(plain)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UsageError(f"row {self.rows + 1}: no CSV in UTF-8: {error}") from error

    def _differences(self, plain: TextIO | None) -> Iterator[Difference]:
        rows = csv.reader(self._lines(), strict=True)
        self.keys = tuple(next(rows, ()))
        if not {"id", "revision"} <= set(self.keys):
            raise UsageError("no CSV of nanhai export: its first line names no id and no revision")
        writer = csv.writer(plain, lineterminator="\r\n") if plain else None
        if writer:
            writer.writerow(self.keys)
        with self.reader.connect() as connection:
            while batch := list(islice(self._numbered(rows), _BATCH)):
                if writer:
                    writer.writerows(cells for _, cells in batch)
                yield from self._compare(connection, batch)

    def _lines(self) -> Iterator[str]:
        """The lines without the byte order mark, which says that the cells are guarded."""
        first = self.stream.readline()
        self.guarded = first.startswith(BYTE_ORDER_MARK)
        yield first.removeprefix(BYTE_ORDER_MARK)
        yield from self.stream

    def _numbered(self, rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
        for cells in rows:
            self.rows += 1
            yield self.rows + 1, [unguard_cell(cell) for cell in cells] if self.guarded else cells

    def _compare(
        self, connection: Connection, batch: Sequence[tuple[int, list[str]]]
    ) -> Iterator[Difference]:
        number, revision = self.keys.index("id"), self.keys.index("revision")
        keyed = [(row, cells, _key(cells, number, revision)) for row, cells in batch]
        kept = _kept(connection, [key for _, _, key in keyed])
        for row, cells, key in keyed:
            there = kept.get(key)
            if len(cells) != len(self.keys):
                told = f"{len(cells)} cells where there are {len(self.keys)} columns"
                yield Difference(row=row, id=key[0], column="", told=told)
            elif there is None:
                yield Difference(row=row, id=key[0], column="id", told="the archive has no such text")
            else:
                for column, cell in zip(self.keys, cells, strict=True):
                    if column not in there or cell == there[column]:
                        continue
                    if column == "last_captured" and _is_earlier(cell, there[column]):
                        self.captured_since += 1
                        continue
                    yield Difference(row=row, id=key[0], column=column, told=_told(cell, there[column]))


def _is_earlier(cell: str, kept: str) -> bool:
    """Whether the cell is a time as the archive writes it, before the one that it has now."""
    return _MOMENT.fullmatch(cell) is not None and cell < kept


def _key(cells: list[str], number: int, revision: int) -> _Key:
    return (cells[number], cells[revision]) if len(cells) > max(number, revision) else ("", "")


def _kept(connection: Connection, keys: Sequence[_Key]) -> dict[_Key, dict[str, str]]:
    """The cells of each text that the archive has, as CSV tells them."""
    wanted = json.dumps([[article, int(number)] for article, number in keys if number.isdecimal()])
    found = {row.id: row for row in connection.execute(_REVISIONS, {"wanted": wanted})}
    kept: dict[_Key, dict[str, str]] = {}
    for rows in read_rows(connection, found):
        for row in rows:
            cells = dict(zip(CSV_KEYS, ("" if cell is None else str(cell) for cell in row), strict=True))
            kept[cells["id"], cells["revision"]] = cells
    return kept


def _told(cell: str, kept: str) -> str:
    if kept.startswith(cell) and len(cell.encode("utf-16-le")) // 2 >= MOST_CELL_CHARACTERS - 1:
        return f"cut after {MOST_CELL_CHARACTERS:,} characters, as Excel does"
    at = next(
        (place for place, (one, other) in enumerate(zip(cell, kept, strict=False)) if one != other), None
    )
    if at is None:
        at = min(len(cell), len(kept))
    return f"{_piece(cell, at)} in the file, {_piece(kept, at)} in the archive"


def _piece(cell: str, at: int) -> str:
    """The part of the cell around what differs, in quotes; … where there is more."""
    begin = max(0, at - 5)
    end = begin + 25
    cut = ("…" if begin else "", "…" if end < len(cell) else "")
    return f"{cut[0]}{json.dumps(cell[begin:end], ensure_ascii=False)}{cut[1]}"
