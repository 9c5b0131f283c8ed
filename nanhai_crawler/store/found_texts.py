"""Found texts: what a better reader finds in captures that no revision was read from."""

from sqlalchemy import Connection, bindparam, func, insert, select, update

from nanhai_crawler.items import Article
from nanhai_crawler.store.absence import LIVE
from nanhai_crawler.store.columns import Columns
from nanhai_crawler.store.models import ArticleRow, CaptureRow, RevisionRow
from nanhai_crawler.store.readings import NewReading
from nanhai_crawler.store.records import LAST_NUMBER, Change
from nanhai_crawler.store.revisions import RevisionKey, Revisions
from nanhai_crawler.urls.identity import article_id
from nanhai_crawler.visits import Capture

DIGESTS = select(RevisionRow.id, RevisionRow.text_digest).where(RevisionRow.article_id == bindparam("key"))
#: When the capture was made that the newest revision was read from.
NEWEST = (
    select(CaptureRow.time)
    .join(RevisionRow, RevisionRow.capture_id == CaptureRow.id)
    .join(ArticleRow, ArticleRow.revision_id == RevisionRow.id)
    .where(ArticleRow.id == bindparam("key"))
)
#: A page is as it was in every capture with the same payload, 304s among them.
SEEN_LAST = select(func.max(CaptureRow.time)).where(
    CaptureRow.url == bindparam("url"), CaptureRow.payload_digest == bindparam("digest")
)
WIDEN = (
    update(ArticleRow)
    .where(ArticleRow.id == bindparam("key"))
    .values(
        first_captured=func.min(ArticleRow.first_captured, bindparam("first")),
        last_captured=func.max(ArticleRow.last_captured, bindparam("last")),
    )
)


class FoundTexts:
    """Keeps them; everything is written at once, in the open transaction.

    A text older than the newest revision is numbered after it all the same: a number once given, and cited, stays.
    """

    def __init__(self, connection: Connection, columns: Columns) -> None:
        self._connection = connection
        self._columns = columns
        self._revisions = Revisions(connection)

    def digests(self, key: str) -> dict[int, str]:
        """The digests of an article's texts, by revision; empty for no article of ours."""
        return {row.id: row.text_digest for row in self._connection.execute(DIGESTS, {"key": key})}

    def keep(self, new: NewReading, capture: Capture) -> Change:
        """The archive has the text: as a new article's, or as one more revision of an article that is known."""
        key = article_id(new.article.url)
        number = self._connection.execute(LAST_NUMBER, {"key": key}).scalar() or 0
        newest = self._connection.execute(NEWEST, {"key": key}).scalar()
        revision_key = RevisionKey(article_id=key, number=number + 1, text_digest=new.text_digest)
        revision_id = self._revisions.add(new.article, new.article.body, capture, revision_key)
        self._revisions.flush()
        if newest is None or newest < capture.time:
            self._make_newest(key, new.article, number + 1, revision_id, capture)
        self.see(key, capture)
        return Change.CHANGED if number else Change.NEW

    def see(self, key: str, capture: Capture) -> None:
        """The article was captured then, and whenever the same bytes were."""
        values = {"url": capture.url, "digest": capture.payload_digest}
        last = self._connection.execute(SEEN_LAST, values).scalar_one()
        self._connection.execute(WIDEN, {"key": key, "first": capture.time, "last": last})

    def _make_newest(
        self, key: str, article: Article, number: int, revision_id: int, capture: Capture
    ) -> None:
        values: dict[str, object] = {
            "site": article.site, "entered": article.entered, "revision": number, "revision_id": revision_id,
            "column_id": self._columns.id_of(article.site, article.column_path),
        }  # fmt: skip
        self._columns.flush()
        if number > 1:
            self._connection.execute(update(ArticleRow).where(ArticleRow.id == key).values(values))
            return
        seen = {"first_captured": capture.time, "last_captured": capture.time, "status": LIVE}
        self._connection.execute(insert(ArticleRow), {"id": key, "url": article.url, **values, **seen})
