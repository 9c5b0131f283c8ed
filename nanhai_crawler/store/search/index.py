"""The full-text index, its rows (``row_numbers``) and their signatures (``signature_blocks``), for writing."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.models import RevisionRow, SearchRow
from nanhai_crawler.store.search.row_numbers import day_shown, overflow_of, room_of
from nanhai_crawler.store.search.signature_blocks import SMALLEST, SignatureBlocks
from nanhai_crawler.text.folding import is_plain
from nanhai_crawler.text.signature import sign
from nanhai_crawler.text.terms import index_terms

_INSERT = text("INSERT INTO search_index(rowid, terms) VALUES (:id, :terms)")
_DELETE = text("INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', :id, :terms)")
_TEXTS = text(
    "SELECT search_rows.id, title, body FROM json_each(:wanted) AS wanted"
    " CROSS JOIN search_rows ON search_rows.id = wanted.value"
    " CROSS JOIN revisions ON revisions.id = search_rows.revision_id"
)
_INSERT_ROW = insert(SearchRow)
_LAST = select(func.max(SearchRow.id)).where(SearchRow.id.between(bindparam("first"), bindparam("last")))
_INDEXED = (
    select(SearchRow.id, RevisionRow.title, RevisionRow.body)
    .join(RevisionRow, RevisionRow.id == SearchRow.revision_id)
    .where(SearchRow.revision_id == bindparam("revision"))
)


class SearchIndex:
    """The index as a writer has it; what is added waits for :meth:`flush`."""

    def __init__(self, connection: Connection, smallest_block: int = SMALLEST) -> None:
        self._connection = connection
        self._blocks = SignatureBlocks(connection, smallest_block)
        self._last: dict[int, int] = {}
        self._rows: list[dict[str, Any]] = []
        self._terms: list[dict[str, Any]] = []
        self._signed: list[tuple[int, bytes]] = []

    def add(self, revision_id: int, published: str | None, title: str, body: str) -> None:
        """The revision is found by its title and body."""
        row = self._next_row(day_shown(published))
        plain = is_plain(title) and is_plain(body)
        self._rows.append({"id": row, "revision_id": revision_id, "published": published, "plain": plain})
        self._terms.append({"id": row, "terms": index_terms(title, body)})
        self._signed.append((row, sign(title, body)))

    def flush(self) -> None:
        """All rows are in the open transaction; the revisions' must be. In their order: the index likes it."""
        if not self._rows:
            return
        self._connection.execute(_INSERT_ROW, sorted(self._rows, key=lambda row: row["id"]))
        self._connection.execute(_INSERT, sorted(self._terms, key=lambda row: row["id"]))
        self._blocks.add(self._signed)
        for waiting in (self._rows, self._terms, self._signed):
            waiting.clear()

    def remove(self, revision_ids: Iterable[int]) -> None:
        """The revisions are found no more. To be called before their title or body is altered, and nothing waits."""
        for revision_id in revision_ids:
            row, title, body = self._connection.execute(_INDEXED, {"revision": revision_id}).one()
            self._connection.execute(_DELETE, {"id": row, "terms": index_terms(title, body)})
            self._connection.execute(delete(SearchRow).where(SearchRow.id == row))
            self._blocks.remove(row)
            self._last.clear()

    def rebuild(self) -> None:
        """The index is made anew from all revisions; what it had does not matter."""
        self.rebuild_terms()
        self.sign()

    def sign(self) -> None:
        """Every row has the signature of its text, and tells whether that is plain."""
        self._blocks.clear()
        numbers = self._connection.execute(select(SearchRow.id).order_by(SearchRow.id)).scalars().all()
        for start in range(0, len(numbers), self._blocks.at_once):
            some = numbers[start : start + self._blocks.at_once]
            texts = self._connection.execute(_TEXTS, {"wanted": json.dumps(some)}).all()
            plain = [(is_plain(title) and is_plain(body), row) for row, title, body in texts]
            self._connection.exec_driver_sql("UPDATE search_rows SET plain = ? WHERE id = ?", plain)
            self._blocks.add([(row, sign(title, body)) for row, title, body in texts])

    def rebuild_terms(self) -> None:
        """All of the index is made anew but the signatures."""
        self._connection.execute(delete(SearchRow))
        self._last.clear()
        days = self._connection.execute(select(RevisionRow.id, RevisionRow.published)).all()
        rows: list[dict[str, Any]] = [
            {"id": self._next_row(day_shown(published)), "revision_id": number, "published": published}
            for number, published in days
        ]
        if rows:
            self._connection.execute(_INSERT_ROW, sorted(rows, key=lambda row: row["id"]))
        self._connection.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))

    def _next_row(self, day: int) -> int:
        row = self._after(room_of(day))
        if row is None and (row := self._after(overflow_of(day))) is None:
            raise StorageError("no room for so many articles of one day in the full-text index")
        return row

    def _after(self, room: range) -> int | None:
        """The number after the greatest that is in use there; null where all are."""
        known = self._last.get(room.start)
        if known is None:
            ends = {"first": room.start, "last": room.stop - 1}
            found = self._connection.execute(_LAST, ends).scalar()
            known = room.start - 1 if found is None else found
        self._last[room.start] = min(known + 1, room.stop - 1)
        return known + 1 if known + 1 in room else None
