"""Absence: which articles were not where they used to be, and what follows from it when the run was a healthy one.

live → missing (the first time) → gone (missing in 3 complete runs on 3 days, while the rest of the site answered)
→ live again when it returns. Nothing is ever removed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from nanhai_crawler.items import PageKind
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.models import ArticleRow, ObservationRow, RevisionRow, Run
from nanhai_crawler.urls.canonical import host_of
from nanhai_crawler.urls.identity import article_id, article_page
from nanhai_crawler.visits import Capture, Outcome, Visit

LIVE, MISSING, GONE = "live", "missing", "gone"
#: Complete runs on so many different days must miss an article until it is gone.
GONE_AFTER_DAYS = 3
#: So few absences are believed when other pages of the host answered; of more, as many articles must have answered.
FEW = 2
#: The day of a run is that of the site's people.
SHANGHAI = timezone(timedelta(hours=8))
INSERT = insert(ObservationRow)
STATUS = select(ArticleRow.status).where(ArticleRow.id == bindparam("key"))
#: What this run noted of articles that it did not see anywhere else either (http and https are one article).
NOTED = (
    select(ObservationRow.id, ObservationRow.article_id, ArticleRow.url, ArticleRow.status)
    .join(ArticleRow, ArticleRow.id == ObservationRow.article_id)
    .where(ObservationRow.run_id == bindparam("run"), ObservationRow.status != LIVE)
    .where(ArticleRow.last_captured < bindparam("started"))
    .order_by(ObservationRow.id)
)
RETURNED = select(func.max(ObservationRow.id)).where(
    ObservationRow.article_id == bindparam("key"), ObservationRow.status == LIVE, ObservationRow.counted
)
COUNTED_RUNS = (
    select(Run.started)
    .join(ObservationRow, ObservationRow.run_id == Run.id)
    .where(ObservationRow.article_id == bindparam("key"), ObservationRow.counted)
    .where(ObservationRow.id > bindparam("after"))
)
SETTLED = (
    update(ObservationRow)
    .where(ObservationRow.id == bindparam("observation"))
    .values(counted=True, status=bindparam("new_status"))
)
SET_STATUS = (
    update(ArticleRow).where(ArticleRow.id == bindparam("key")).values(status=bindparam("new_status"))
)
DIGEST = (
    select(RevisionRow.text_digest)
    .join(ArticleRow, ArticleRow.revision_id == RevisionRow.id)
    .where(ArticleRow.id == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class Advanced:
    """How many articles a run found to be missing for the first time, and how many to be gone."""

    missing: int
    gone: int


class Absence:
    """What one run saw and did not see. Rows wait for :meth:`flush`; :meth:`advance` is for a complete run's end."""

    def __init__(self, connection: Connection, run_id: int, started: str) -> None:
        self._connection = connection
        self._run_id = run_id
        self._started = started
        self._next_id = next_id(connection, ObservationRow.id)
        self._rows: list[dict[str, object]] = []
        self._absent: dict[str, str] = {}  # article: its host
        self._lost: dict[
            str, dict[str, str]
        ] = {}  # host: articles that were live and are absent, with the evidence
        self._moved: dict[str, str] = {}  # article: where it redirects to
        self._unlisted: dict[str, str] = {}
        self._articles: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()
        self.returns = 0
        self.replaced = 0  # addresses of articles that answered with something else, which does not say that it is missing

    def note(self, visit: Visit) -> bool:
        """Take in a visit that saw no article; true when one that may be gone should have been there."""
        url, host = visit.entry.url, host_of(visit.entry.url)
        known = (
            visit.entry.kind is not None or visit.entry.interval_s is not None
        )  # else it is asked for at first
        evidence = absence_in(visit) if known else None
        key = article_id(url) if evidence else ""
        status = self._connection.execute(STATUS, {"key": key}).scalar() if evidence else None
        if evidence is None or status is None:
            self._pages[host] += visit.outcome in {Outcome.READ, Outcome.NOT_MODIFIED}
            return False
        if visit.outcome is not Outcome.MISSING and not leads_to_article(visit):
            self.replaced += 1
        if status != GONE:
            self._absent[key] = host
        if status == LIVE:
            self._lost.setdefault(host, {})[key] = evidence
        if visit.moved_to is not None:
            self._moved[key] = visit.moved_to
        if url in self._unlisted:
            evidence += f"; no longer on {self._unlisted[url]}"
        self._add(key, visit.capture, evidence, MISSING, counted=False)
        return status != GONE

    def note_unlisted(self, urls: list[str], page: str) -> None:
        """``page`` does not lead to these any more; where one is absent, that is evidence too."""
        self._unlisted.update(dict.fromkeys(urls, page))

    def answered(self, url: str) -> None:
        """The article at ``url`` was seen."""
        self._articles[host_of(url)] += 1

    def returned(self, key: str, capture: Capture, evidence: str) -> None:
        """An article that was missing or gone is seen again."""
        self.returns += 1
        self._add(key, capture, evidence, LIVE, counted=True)

    def witnesses_wanted(self) -> dict[str, int]:
        """How many more articles of each host must answer, for its absences to be believed."""
        lacking = {host: self._lacking(host) for host in set(self._absent.values())}
        return {host: count for host, count in lacking.items() if count > 0}

    def unbelieved(self) -> tuple[str, ...]:
        """The hosts of which so many articles are absent at once that none counts, a line each; after the witnesses."""
        return tuple(
            f"{host}: {len(lost)} articles are not where they were, and only {self._articles[host]} are; "
            f"for one: {next(iter(lost.values()))}"
            for host, lost in self._lost.items()
            if len(lost) > max(FEW, self._articles[host])
        )

    def flush(self) -> None:
        """All rows are in the open transaction; the captures' rows must be."""
        if self._rows:
            self._connection.execute(INSERT, self._rows)
            self._rows.clear()

    def advance(self, *, accepted: bool = False) -> Advanced:
        """Articles not seen are missing, or gone, where the rest of their host answered. After :meth:`flush`.

        ``accepted``: a person says that the site is as it should be, however few answered.
        """
        found: Counter[str] = Counter()
        noted = self._connection.execute(NOTED, {"run": self._run_id, "started": self._started}).all()
        last = {row.article_id: row for row in noted}
        for row in last.values():
            believed = accepted or self._lacking(host_of(row.url)) <= 0
            if believed and not self._has_moved(row.article_id):
                status = self._next_status(row)
                self._connection.execute(SETTLED, {"observation": row.id, "new_status": status})
                if status != row.status:
                    self._connection.execute(SET_STATUS, {"key": row.article_id, "new_status": status})
                    found[status] += 1
        return Advanced(missing=found[MISSING], gone=found[GONE])

    def _next_status(self, row: Row[int, str, str, str]) -> str:
        if row.status != MISSING:
            return MISSING if row.status == LIVE else GONE
        after = self._connection.execute(RETURNED, {"key": row.article_id}).scalar() or 0
        runs = self._connection.execute(COUNTED_RUNS, {"key": row.article_id, "after": after}).scalars()
        days = {day_of(started) for started in (self._started, *runs)}
        return GONE if len(days) >= GONE_AFTER_DAYS else MISSING

    def _lacking(self, host: str) -> int:
        """How many more of the host must answer, for what is absent there to be believed."""
        absent = sum(1 for other in self._absent.values() if other == host)
        answered = self._articles[host] + (self._pages[host] if absent <= FEW else 0)
        return absent - answered

    def _has_moved(self, key: str) -> bool:
        """Whether the article redirects to one with the same text: another address is no absence."""
        target = article_id(self._moved[key]) if key in self._moved else None
        if target is None:
            return False
        there = self._connection.execute(DIGEST, {"key": target}).scalar()
        return there is not None and there == self._connection.execute(DIGEST, {"key": key}).scalar()

    def _add(self, key: str, capture: Capture | None, evidence: str, status: str, *, counted: bool) -> None:
        self._rows.append(
            {
                "id": self._next_id, "article_id": key, "run_id": self._run_id,
                "time": capture.time if capture else self._started, "status": status, "evidence": evidence,
                "capture_id": capture.id if capture else None, "counted": counted,
            }
        )  # fmt: skip
        self._next_id += 1


def absence_in(visit: Visit) -> str | None:
    """What in the visit says that there is no article at its URL; null where nothing does, or it was no page 1."""
    evidence = None
    if visit.outcome is Outcome.MISSING:
        evidence = visit.reason or "missing"
    elif visit.moved_to is not None and article_id(visit.moved_to) != article_id(visit.entry.url):
        evidence = f"redirects to {visit.moved_to}"
    elif visit.outcome is Outcome.READ and visit.reading is not None and visit.reading.article is None:
        evidence = f"answers with no article, {visit.reading.kind}: {visit.reading.kind_evidence}"
    elif visit.outcome is Outcome.NOT_MODIFIED and visit.entry.kind not in {None, PageKind.ARTICLE}:
        evidence = f"answers with no article, {visit.entry.kind}, as before"
    keyed = article_page(visit.entry.url) if evidence else None
    return None if keyed is not None and keyed[1] > 1 else evidence


def leads_to_article(visit: Visit) -> bool:
    """Whether the visit was redirected to another article's address: that may have the text, and then nothing is missing."""
    return visit.moved_to is not None and article_page(visit.moved_to) is not None


def day_of(started: str) -> str:
    """The day of a run, +08:00."""
    return datetime.fromisoformat(started).astimezone(SHANGHAI).date().isoformat()
