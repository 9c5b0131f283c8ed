"""The frontier: every URL known, which are due, how the visits ended; all of it rows of the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    update,
)

from nanhai_crawler.items import Link, Via
from nanhai_crawler.store.clock import Clock, stamp, utc_now
from nanhai_crawler.store.due import EARLY, EVERY_RUN, LONGEST_S, RANKS, Seen, next_interval_s, patience_s
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.known import KnownUrls, twin_of
from nanhai_crawler.store.last_body import remembered
from nanhai_crawler.store.models import FrontierRow
from nanhai_crawler.store.rank import WINDOW, Rank
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit

FAILURES = {Outcome.FAILED, Outcome.WALL}
INSERT = insert(FrontierRow)
#: A due time beyond ``latest``, further ahead than any interval, was written under a clock that was wrong. What
#: failed is due when its server said, to the second, if it did.
DUE = or_(
    FrontierRow.due_at <= bindparam("now"),
    FrontierRow.due_at > bindparam("latest"),
    and_(
        FrontierRow.failures == 0,
        or_(
            FrontierRow.due_at <= bindparam("soon"),
            func.coalesce(FrontierRow.interval_s, EVERY_RUN) == EVERY_RUN,
        ),
    ),
)
NOT_VISITED = or_(FrontierRow.last_run.is_(None), FrontierRow.last_run != bindparam("run"))
COUNT = select(func.count())
ENTRY: Select[*tuple[Any, ...]] = select(
    *(FrontierRow.id, FrontierRow.url, FrontierRow.via, FrontierRow.depth, FrontierRow.etag),
    *(FrontierRow.last_modified, FrontierRow.kind, FrontierRow.leads, FrontierRow.published),
    *(FrontierRow.payload_digest, FrontierRow.interval_s, FrontierRow.failures),
)
NEXT_DUE = (
    ENTRY.where(FrontierRow.rank == bindparam("rank"), FrontierRow.id > bindparam("after"), DUE, NOT_VISITED)
    .order_by(FrontierRow.id)
    .limit(WINDOW)
)
RESTING = ENTRY.where(FrontierRow.url == bindparam("known"), not_(DUE), NOT_VISITED)
VISITED = (
    update(FrontierRow)
    .where(FrontierRow.id == bindparam("entry"))
    .values(
        due_at=func.coalesce(bindparam("due"), FrontierRow.due_at),
        interval_s=func.coalesce(bindparam("interval"), FrontierRow.interval_s),
        last_run=bindparam("run"),
        last_outcome=bindparam("outcome"),
        last_reason=bindparam("reason"),
        last_capture=bindparam("capture"),
        failures=(FrontierRow.failures + 1) * bindparam("failed"),
        **{
            name: bindparam(f"new_{name}")
            for name in ("etag", "last_modified", "kind", "leads", "published", "payload_digest")
        },
    )
)
STORED = select(FrontierRow.id).where(FrontierRow.url == bindparam("known"))
MAKE_DUE = update(FrontierRow).where(FrontierRow.url == bindparam("known")).values(due_at=bindparam("due"))


def due_moments(now: datetime) -> dict[str, str]:
    """What :data:`DUE` goes by, for a run that begins then."""
    latest = now + EARLY + timedelta(seconds=LONGEST_S)
    return {"now": stamp(now), "soon": stamp(now + EARLY), "latest": stamp(latest)}


class Frontier:
    """The frontier of one run that began at ``started``: it gives out what is due then, each URL once.

    ``scope`` has the beginnings that its URLs must have; what else the archive knows waits for other runs. An entry
    taken and not finished is due in the next run: taking leaves no trace in the database. URLs found since
    ``news_since`` count as news (:meth:`has_news`).
    """

    def __init__(
        self,
        connection: Connection,
        run_id: int,
        started: datetime,
        clock: Clock = utc_now,
        *,
        scope: Sequence[str] = (),
        news_since: str = "",
    ) -> None:
        self._clock = clock
        self._within = within_scope(scope)
        self._next_due = NEXT_DUE.where(self._within)
        self._connection = connection
        self._run_id = run_id
        self._started = started
        self._moment = {**due_moments(started), "run": run_id}
        self._known = KnownUrls(connection.execute(select(FrontierRow.url)).scalars())
        news = select(FrontierRow.url).where(FrontierRow.first_seen >= (news_since or stamp(started)))
        self._news = KnownUrls(connection.execute(news).scalars())
        self._next_id = next_id(connection, FrontierRow.id)
        self._ranks = {rank: Rank() for rank in sorted(set(RANKS.values()))}
        self._new: list[dict[str, object]] = []
        self._visits: list[dict[str, object]] = []
        self._count()
        self._taken = 0

    @property
    def waiting(self) -> int:
        """How many due URLs have not been taken."""
        return self._waiting

    @property
    def unfinished(self) -> int:
        """How many due URLs have not been visited: those that wait, and those taken and not finished."""
        return self._waiting + self._taken

    @property
    def resting(self) -> int:
        """How many URLs in scope are not due in this run."""
        return self._resting

    def add(self, links: Iterable[Link], *, found_on: str | None, depth: int) -> int:
        """How many of ``links`` were new; those are due in this run. http and https twins count as one URL.

        Only a redirect may bring in the twin of a known URL: there the other scheme is what the server wants.
        """
        before = self._next_id
        for link in links:
            if self._known.add(link.url) or (link.via is Via.REDIRECT and not self._stored(link.url)):
                self._append(link, found_on, depth)
        return self._next_id - before

    def has_news(self, links: Iterable[Link]) -> bool:
        """Whether one of ``links`` (they have been added) is news."""
        return any(link.url in self._news for link in links)

    def make_due(self, urls: Iterable[str]) -> None:
        """Those of ``urls``, or their twins, that are known are due in this run; for before the first :meth:`take`."""
        self.flush()
        both = (known for url in urls for known in (url, twin_of(url)))
        known = [{"known": url, "due": stamp(self._started)} for url in both]
        if known:
            self._connection.execute(MAKE_DUE, known)
            self._count()

    def make_all_due(self) -> None:
        """Everything in scope is due, in the next runs too should this one be killed; for before :meth:`take`."""
        everything = update(FrontierRow).where(self._within, FrontierRow.due_at > stamp(self._started))
        self._connection.execute(everything.values(due_at=stamp(self._started)))
        self._count()

    def recall(self, urls: Iterable[str]) -> int:
        """How many of ``urls``, or their twins, were resting; those are due in this run, or else in the next."""
        if not self._resting:
            return 0
        recalled = 0
        for url in dict.fromkeys(urls):
            for known in (url, twin_of(url)):
                row = self._connection.execute(RESTING, {"known": known, **self._moment}).first()
                if row is not None:
                    entry = entry_of(row)
                    self._connection.execute(MAKE_DUE, {"known": known, "due": stamp(self._started)})
                    self._ranks[RANKS[entry.via]].recall(entry)
                    recalled += 1
        self._waiting += recalled
        self._resting -= recalled
        return recalled

    def take(self) -> FrontierEntry | None:
        """The next due URL, by the rank of how it was found, then by age; null when none waits."""
        for number, rank in self._ranks.items():
            if not rank.ready and rank.more:
                self.flush()
                window = {"rank": number, "after": rank.read_to, **self._moment}
                rank.fill([entry_of(row) for row in self._connection.execute(self._next_due, window)])
            if rank.ready:
                self._waiting -= 1
                self._taken += 1
                return rank.ready.popleft()
        return None

    def finish(
        self, visit: Visit, *, found: int = 0, changed: bool = False, confirming: bool = False
    ) -> None:
        """The entry's row says how the visit ended, and when it is due again; after :meth:`flush_visits`.

        ``found`` is how many new URLs it led to, ``changed`` whether it says something else than before;
        ``confirming``: it is an article's that was not found, and is to be asked for in every run.
        """
        entry, capture = visit.entry, visit.capture
        body = remembered(visit, found)
        seen = Seen(
            outcome=visit.outcome,
            leads=bool(body["leads"]),
            older=entry.via is Via.NEXT,
            confirming=confirming,
            changed=changed,
            published=body["published"],
        )
        interval_s = next_interval_s(entry.interval_s, seen, self._started)
        failed = visit.outcome in FAILURES
        rest_s = patience_s(entry.failures + 1) if failed else interval_s
        again = None if rest_s is None else self._started + timedelta(seconds=rest_s)
        self._taken -= 1
        self._visits.append(
            {
                "entry": entry.id,
                "due": visit.not_before or (again and stamp(again)),
                "interval": interval_s,
                "run": self._run_id,
                "outcome": str(visit.outcome),
                "reason": visit.reason or None,
                "capture": capture.id if capture else None,
                "failed": failed,
                **{f"new_{name}": value for name, value in body.items()},
            }
        )

    def flush(self) -> None:
        """All that was added is in the open transaction."""
        if self._new:
            self._connection.execute(INSERT, self._new)
            self._new.clear()

    def flush_visits(self) -> None:
        """All that was finished is in the open transaction; the captures' rows must be."""
        self.flush()
        if self._visits:
            self._connection.execute(VISITED, self._visits)
            self._visits.clear()

    def _count(self) -> None:
        counted = COUNT.where(NOT_VISITED, self._within)
        unvisited = self._connection.execute(counted, self._moment).scalar_one()
        self._waiting = self._connection.execute(counted.where(DUE), self._moment).scalar_one()
        self._resting = unvisited - self._waiting

    def _stored(self, url: str) -> bool:
        self.flush()
        return self._connection.execute(STORED, {"known": url}).first() is not None

    def _append(self, link: Link, found_on: str | None, depth: int) -> None:
        rank = RANKS[link.via]
        entry = FrontierEntry(id=self._next_id, url=link.url, via=link.via, depth=depth)
        row: dict[str, object] = {
            "id": entry.id, "url": link.url, "via": str(link.via), "rank": rank, "found_on": found_on,
            "depth": depth, "first_seen": stamp(self._clock()), "due_at": stamp(self._started),
            "failures": 0, "leads": False,
        }  # fmt: skip
        self._new.append(row)
        self._news.add(link.url)
        self._ranks[rank].offer(entry)
        self._next_id += 1
        self._waiting += 1


def entry_of(row: Row[*tuple[Any, ...]]) -> FrontierEntry:
    """The row as a value."""
    return FrontierEntry(**{**row._mapping, "via": Via(row.via)})


def within_scope(prefixes: Sequence[str]) -> ColumnElement[bool]:
    """True of URLs that begin with one of ``prefixes``; of all URLs where there are none.

    As a range, since LIKE knows no case and takes ``_`` for any character.
    """
    return (
        or_(
            *(and_(FrontierRow.url >= prefix, FrontierRow.url < prefix + "\U0010ffff") for prefix in prefixes)
        )
        if prefixes
        else true()
    )
