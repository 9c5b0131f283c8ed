"""Records: what is kept of an article, and whether what a page says now is what it said before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from nanhai_crawler.items import Article
from nanhai_crawler.store.absence import LIVE
from nanhai_crawler.store.columns import Columns
from nanhai_crawler.store.models import ArticleRow, CaptureRow, RevisionRow
from nanhai_crawler.store.readings import Readings
from nanhai_crawler.store.revisions import RevisionKey, Revisions
from nanhai_crawler.store.updates import Updates
from nanhai_crawler.text.digest import text_digest
from nanhai_crawler.urls.identity import article_id
from nanhai_crawler.visits import Capture

INSERT = insert(ArticleRow)
#: Not the current one's always: an older text may have been found later (``nanhai reextract``).
LAST_NUMBER: Select[int] = select(func.max(RevisionRow.number)).where(
    RevisionRow.article_id == bindparam("key")
)
#: What an article seen again must be held against; the revision's body is not among it, and not walked
#: through.
CURRENT = (
    select(LAST_NUMBER.scalar_subquery(), RevisionRow.text_digest, ArticleRow.status)
    .add_columns(RevisionRow.id, CaptureRow.payload_digest)
    .select_from(ArticleRow)
    .join(RevisionRow, RevisionRow.id == ArticleRow.revision_id)
    .join(CaptureRow, CaptureRow.id == RevisionRow.capture_id)
    .where(ArticleRow.id == bindparam("key"))
)
KEPT = (
    select(RevisionRow.title, RevisionRow.published, RevisionRow.body != "")
    .join(ArticleRow, ArticleRow.revision_id == RevisionRow.id)
    .where(ArticleRow.id == bindparam("key"))
)
CHANGED = (
    update(ArticleRow)
    .where(ArticleRow.id == bindparam("key"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("column_id", "entered", "status", "revision", "revision_id", "last_captured")
        }
    )
)
SEEN = (
    update(ArticleRow)
    .where(ArticleRow.id == bindparam("key"))
    .values(last_captured=bindparam("time"), status=LIVE)
)


class Change(StrEnum):
    """What keeping an article changed."""

    NEW = "new"
    CHANGED = "changed"
    UPDATED = "updated"  # the same text, and other things beside it
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the newest revision of an article has of that which a redesign takes away."""

    title: str
    published: str | None
    has_body: bool


@dataclass(frozen=True, slots=True)
class Current:
    """What is known of an article: the last number given to a text, the digest of the newest, its status.

    The newest revision's row, and the digest of the payload it was read from, are null while it waits to be written.
    """

    number: int
    text_digest: str
    status: str = LIVE
    revision_id: int | None = None
    payload_digest: str | None = None


class Records:
    """Keeps articles; rows wait for :meth:`flush`, and what waits counts as known.

    ``on_return`` is told of each article that was missing or gone and is seen again, and by what.
    """

    def __init__(
        self,
        connection: Connection,
        on_return: Callable[[str, Capture, str], None],
        *,
        accept_losses: bool = False,
    ) -> None:
        self._connection = connection
        self._on_return = on_return
        self._columns = Columns(connection)
        self._revisions = Revisions(connection)
        readings = Readings(connection, self._columns)
        self._updates = Updates(connection, readings, accept_losses=accept_losses)
        self._current: dict[str, Current] = {}
        self._new: dict[str, dict[str, object]] = {}
        self._changed: dict[str, dict[str, object]] = {}
        self._seen: dict[str, str] = {}

    def keep(self, article: Article, capture: Capture, *, is_joined: bool = False) -> Change:
        """The archive has what ``article`` says: a new article, a new revision, or a text seen once more.

        ``is_joined``: the capture is that of the first of several pages.
        """
        key = article_id(article.url)
        body = article.body
        digest = text_digest(article.title, body)
        current = self._find(key)
        if current is not None:
            self._welcome(key, current, capture)
        if current is not None and current.text_digest == digest:
            self._touch(key, capture.time)
            return self._compare(current, article, capture, is_joined=is_joined)
        number = current.number + 1 if current else 1
        revision_key = RevisionKey(article_id=key, number=number, text_digest=digest)
        revision_id = self._revisions.add(article, body, capture, revision_key)
        self._current[key] = Current(number, digest)
        values: dict[str, object] = {
            "column_id": self._columns.id_of(article.site, article.column_path),
            "entered": article.entered,
            "status": LIVE,
            "revision": number,
            "revision_id": revision_id,
            "last_captured": capture.time,
        }
        if current is not None:
            self._alter(key, values)
            return Change.CHANGED
        first = {"id": key, "url": article.url, "site": article.site, "first_captured": capture.time}
        self._new[key] = {**first, **values}
        return Change.NEW

    def kept(self, url: str) -> Kept | None:
        """What is kept of the article at ``url``, as of the last :meth:`flush`; null where there is none."""
        row = self._connection.execute(KEPT, {"key": article_id(url)}).first()
        return Kept(row[0], row[1], bool(row[2])) if row else None

    def seen(self, url: str, capture: Capture) -> Change | None:
        """The article at ``url`` was seen again with the text it had (a 304); null where there is none."""
        key = article_id(url)
        current = self._find(key)
        if current is None:
            return None
        self._welcome(key, current, capture)
        self._touch(key, capture.time)
        return Change.UNCHANGED

    def flush(self) -> None:
        """All rows are in the open transaction; the captures' rows must be."""
        self._columns.flush()
        self._revisions.flush()
        self._updates.flush()
        changed = [
            {"key": key, **{f"new_{name}": value for name, value in values.items()}}
            for key, values in self._changed.items()
        ]
        seen = [{"key": key, "time": time} for key, time in self._seen.items()]
        for statement, rows in ((INSERT, list(self._new.values())), (CHANGED, changed), (SEEN, seen)):
            if rows:
                self._connection.execute(statement, rows)
        for waiting in (self._current, self._new, self._changed, self._seen):
            waiting.clear()

    def _compare(self, current: Current, article: Article, capture: Capture, *, is_joined: bool) -> Change:
        """Whether the page says something else beside the text: the same bytes do not, whoever reads them."""
        same_bytes = current.payload_digest == capture.payload_digest and not is_joined
        if current.revision_id is None or (same_bytes and not self._updates.accept_losses):
            return Change.UNCHANGED
        updated = self._updates.note(article, current.revision_id, capture)
        return Change.UPDATED if updated else Change.UNCHANGED

    def _find(self, key: str) -> Current | None:
        if key in self._current:
            return self._current[key]
        row = self._connection.execute(CURRENT, {"key": key}).first()
        return Current(*row) if row else None

    def _welcome(self, key: str, current: Current, capture: Capture) -> None:
        if current.status != LIVE:
            self._on_return(key, capture, f"answers again: status {capture.status}")
            self._current[key] = replace(current, status=LIVE)

    def _alter(self, key: str, values: dict[str, object]) -> None:
        if key in self._new:
            self._new[key].update(values)
        else:
            self._changed[key] = values

    def _touch(self, key: str, time: str) -> None:
        waiting = self._new.get(key) or self._changed.get(key)
        if waiting is not None:
            waiting["last_captured"] = time
        else:
            self._seen[key] = time
