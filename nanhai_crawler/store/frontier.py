"""The frontier: every URL known, which are due, how the visits ended; all of it rows of the database."""

from collections import deque
from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from nanhai_crawler.items import FrontierEntry, Link, Outcome, Via, Visit
from nanhai_crawler.store.clock import Clock, stamp, utc_now
from nanhai_crawler.store.due import RANKS, next_due
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.known import KnownUrls
from nanhai_crawler.store.models import FrontierRow

#: Entries of one rank that wait in memory; 2,000 take about 1 MB, and a window of them is read in 4 ms.
WINDOW = 2_000
#: Outcomes and statuses (RFC 9110, 15.3) of a body that need not be sent again while it is the same.
UNDERSTOOD = {Outcome.READ, Outcome.FILE, Outcome.MISSING}
BODIES = {200, 203}
INSERT = insert(FrontierRow)
DUE = (
    FrontierRow.due_at <= bindparam("started"),
    or_(FrontierRow.last_run.is_(None), FrontierRow.last_run != bindparam("run")),
)
COUNT_DUE = select(func.count()).where(*DUE)
NEXT_DUE = (
    select(FrontierRow.id, FrontierRow.url, FrontierRow.via, FrontierRow.depth)
    .add_columns(FrontierRow.etag, FrontierRow.last_modified, FrontierRow.last_outcome)
    .where(FrontierRow.rank == bindparam("rank"), FrontierRow.id > bindparam("after"), *DUE)
    .order_by(FrontierRow.id)
    .limit(WINDOW)
)
VISITED = (
    update(FrontierRow)
    .where(FrontierRow.id == bindparam("entry"))
    .values(
        due_at=func.coalesce(bindparam("due"), FrontierRow.due_at),
        last_run=bindparam("run"),
        last_outcome=bindparam("outcome"),
        last_reason=bindparam("reason"),
        last_capture=bindparam("capture"),
        failures=(FrontierRow.failures + 1) * bindparam("failed"),
        etag=bindparam("new_etag"),
        last_modified=bindparam("new_last_modified"),
    )
)
STORED = select(FrontierRow.id).where(FrontierRow.url == bindparam("known"))
MAKE_DUE = update(FrontierRow).where(FrontierRow.url == bindparam("known")).values(due_at=bindparam("due"))


class Rank:
    """The entries of one rank in the order of their numbers: the next in memory, the rest in the database.

    Numbers only grow, so what lies beyond ``read_to`` is what has not been given out.
    """

    def __init__(self) -> None:
        self.ready: deque[FrontierEntry] = deque()
        self.read_to = 0
        self.more = True

    def offer(self, entry: FrontierEntry) -> None:
        """A new entry waits here, or is left for a later window."""
        if not self.more and len(self.ready) < WINDOW:
            self.ready.append(entry)
            self.read_to = entry.id
        else:
            self.more = True

    def fill(self, rows: Sequence[Row[int, str, str, int, str | None, str | None, str | None]]) -> None:
        """The next window is in memory."""
        self.more = len(rows) == WINDOW
        for number, url, via, depth, etag, last_modified, outcome in rows:
            entry = FrontierEntry(
                id=number,
                url=url,
                via=Via(via),
                depth=depth,
                etag=etag,
                last_modified=last_modified,
                last_outcome=Outcome(outcome) if outcome else None,
            )
            self.ready.append(entry)
            self.read_to = number


class Frontier:
    """The frontier of one run that began at ``started``: it gives out what is due then, each URL once.

    ``scope`` has the beginnings that its URLs must have; what else the archive knows waits for other runs. An entry
    taken and not finished is due in the next run: taking leaves no trace in the database.
    """

    def __init__(
        self,
        connection: Connection,
        run_id: int,
        started: str,
        clock: Clock = utc_now,
        *,
        scope: Sequence[str] = (),
    ) -> None:
        self._clock = clock
        within = within_scope(scope)
        self._next_due, self._count_due = NEXT_DUE.where(within), COUNT_DUE.where(within)
        self._connection = connection
        self._run_id = run_id
        self._started = started
        self._known = KnownUrls(connection.execute(select(FrontierRow.url)).scalars())
        self._next_id = next_id(connection, FrontierRow.id)
        self._ranks = {rank: Rank() for rank in sorted(set(RANKS.values()))}
        self._new: list[dict[str, object]] = []
        self._visits: list[dict[str, object]] = []
        self._waiting = self._count()
        self._taken = 0

    @property
    def waiting(self) -> int:
        """How many due URLs have not been taken."""
        return self._waiting

    @property
    def unfinished(self) -> int:
        """How many due URLs have not been visited: those that wait, and those taken and not finished."""
        return self._waiting + self._taken

    def add(self, links: Iterable[Link], *, found_on: str | None, depth: int) -> int:
        """How many of ``links`` were new; those are due in this run. http and https twins count as one URL.

        Only a redirect may bring in the twin of a known URL: there the other scheme is what the server wants.
        """
        before = self._next_id
        for link in links:
            if self._known.add(link.url) or (link.via is Via.REDIRECT and not self._stored(link.url)):
                self._append(link, found_on, depth)
        return self._next_id - before

    def make_due(self, urls: Iterable[str]) -> None:
        """Those of ``urls`` that are known are due in this run; for before the first :meth:`take`."""
        self.flush()
        known = [{"known": url, "due": self._started} for url in urls]
        if known:
            self._connection.execute(MAKE_DUE, known)
            self._waiting = self._count()

    def take(self) -> FrontierEntry | None:
        """The next due URL, by the rank of how it was found, then by age; null when none waits."""
        for number, rank in self._ranks.items():
            if not rank.ready and rank.more:
                self.flush()
                window = {"rank": number, "after": rank.read_to, **self._moment()}
                rank.fill(self._connection.execute(self._next_due, window).all())
            if rank.ready:
                self._waiting -= 1
                self._taken += 1
                return rank.ready.popleft()
        return None

    def finish(self, visit: Visit, visited: str) -> None:
        """The entry's row says how the visit ended, and when it is due again; after :meth:`flush_visits`."""
        entry, capture = visit.entry, visit.capture
        # What a body came with; a 304 may leave them out. A page that says it is missing has them as any other.
        new = (
            capture
            if capture is not None and capture.status in BODIES and visit.outcome in UNDERSTOOD
            else None
        )
        self._taken -= 1
        self._visits.append(
            {
                "entry": entry.id,
                "due": visit.not_before or next_due(visit.outcome, visited=visited),
                "run": self._run_id,
                "outcome": str(visit.outcome),
                "reason": visit.reason or None,
                "capture": capture.id if capture else None,
                "failed": visit.outcome in {Outcome.FAILED, Outcome.WALL},
                "new_etag": new.etag if new else entry.etag,
                "new_last_modified": new.last_modified if new else entry.last_modified,
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

    def _count(self) -> int:
        return self._connection.execute(self._count_due, self._moment()).scalar_one()

    def _moment(self) -> dict[str, object]:
        return {"started": self._started, "run": self._run_id}

    def _stored(self, url: str) -> bool:
        self.flush()
        return self._connection.execute(STORED, {"known": url}).first() is not None

    def _append(self, link: Link, found_on: str | None, depth: int) -> None:
        rank = RANKS[link.via]
        entry = FrontierEntry(
            id=self._next_id, url=link.url, via=link.via, depth=depth, etag=None, last_modified=None
        )
        row: dict[str, object] = {
            "id": entry.id, "url": link.url, "via": str(link.via), "rank": rank, "found_on": found_on,
            "depth": depth, "first_seen": stamp(self._clock()), "due_at": self._started, "failures": 0,
        }  # fmt: skip
        self._new.append(row)
        self._ranks[rank].offer(entry)
        self._next_id += 1
        self._waiting += 1


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
