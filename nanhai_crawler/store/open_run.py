"""The open run: what there is while a run is under way, and what a visit means to all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from nanhai_crawler.items import Via
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.store.absence import LIVE, Absence
from nanhai_crawler.store.captures import Captures
from nanhai_crawler.store.clock import Clock, stamp
from nanhai_crawler.store.drift import Observations
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.former_links import former_links
from nanhai_crawler.store.frontier import Frontier
from nanhai_crawler.store.ids import next_id
from nanhai_crawler.store.kept_body import KeptBody, kept_body
from nanhai_crawler.store.last_body import BODIES
from nanhai_crawler.store.models import ArticleRow, FrontierRow, RevisionRow
from nanhai_crawler.store.parts import Parts
from nanhai_crawler.store.records import Change, Records
from nanhai_crawler.store.runs import Tally
from nanhai_crawler.store.snapshots import SnapshotWriter
from nanhai_crawler.visits import Outcome, Visit

#: Witnesses are asked for to tell a bad day of the site from deletions; so many tell.
MOST_WITNESSES = 200
_NOT_AS_BEFORE = frozenset((Change.CHANGED, Change.UPDATED))


@dataclass(frozen=True, slots=True)
class RunStart:
    """What a run is made of: its number and beginning, what it may visit, what an earlier one left to follow."""

    id: int
    started: datetime
    began_s: float  # of a monotonic clock
    scope: Sequence[str]
    news_since: str
    accept_losses: bool = False


class OpenRun:
    """One run's captures, frontier, records, parts and absences; all of a visit goes into all of them."""

    def __init__(
        self, connection: Connection, folder: ArchiveFolder, snapshots: SnapshotWriter, start: RunStart,
        clock: Clock,
    ) -> None:  # fmt: skip
        self.id, self.started, self.began_s = start.id, stamp(start.started), start.began_s
        self.revisions_before = next_id(connection, RevisionRow.id) - 1
        self.observations = Observations()
        self._connection = connection
        self._folder = folder
        self.snapshots = snapshots
        self.captures = Captures(connection, snapshots, start.id)
        self.frontier = Frontier(
            connection, start.id, start.started, clock, scope=start.scope, news_since=start.news_since
        )
        self.absence = Absence(connection, start.id, self.started)
        self._accepted = start.accept_losses
        self.records = Records(connection, self.absence.returned, accept_losses=start.accept_losses)
        self.parts = Parts(connection, self.captures, start.id)
        self.tally = Tally()
        self.witnesses_called = False
        self.is_cut_short = False  # what came after the last commit was given up

    @property
    def counts(self) -> RunCounts:
        """What the run did so far."""
        return self.tally.counts(self.frontier.unfinished, self.frontier.resting)

    def take_in(self, visit: Visit) -> Change | None:
        """Everything that the visit gave waits for :meth:`flush`; null when it gave no whole article."""
        found = self.frontier.add(visit.links, found_on=visit.entry.url, depth=visit.entry.depth + 1)
        if visit.capture is not None and visit.reading is not None:
            self.captures.describe(visit.capture.id, visit.reading)
        change = self._keep(visit)
        confirming = False
        if change is not None:
            self.absence.answered(visit.entry.url)
        else:
            confirming = self.absence.note(visit)
        self.frontier.recall(self._following(visit))
        changed = change in _NOT_AS_BEFORE if change else has_other_body(visit)
        self.frontier.finish(visit, found=found, changed=changed, confirming=confirming)
        self.tally.count(visit.outcome, change)
        self.tally.numbers["returned"] = self.absence.returns
        self.tally.numbers["replaced"] = self.absence.replaced
        return change

    def observe(self, visit: Visit, lost: str | None) -> None:
        """What the visit tells of the site is noted; ``lost`` names the field that an article had and lost."""
        reading, seen = visit.reading, self.observations
        if lost == "article":
            seen.note_no_article(visit.entry.url)
        elif reading is not None and reading.article is not None and reading.page_number == 1:
            seen.note_article(reading.article, lost)
        elif reading is not None and reading.article is None and visit.outcome is Outcome.READ:
            seen.note_list(visit.entry.url, visit.entry.via, visit.links)

    def kept_body(self, url: str) -> KeptBody | None:
        """The body that ``url`` gave last; null where that was none."""
        self.captures.flush()
        return kept_body(self._connection, self._folder, url)

    def call_witnesses(self) -> int:
        """How many articles were made due, to see whether the site answers at all where many are absent."""
        self.flush()
        called = 0
        for host, count in self.absence.witnesses_wanted().items():
            origins = (f"http://{host}/", f"https://{host}/")
            live = (
                select(ArticleRow.url)
                .join(FrontierRow, FrontierRow.url == ArticleRow.url)
                .where(ArticleRow.status == LIVE, FrontierRow.last_run != self.id)
                .order_by(FrontierRow.due_at)
            )
            urls = [url for url in self._connection.execute(live).scalars() if url.startswith(origins)]
            called += self.frontier.recall(urls[: min(count, MOST_WITNESSES)])
        return called

    def settle_parts(self) -> None:
        """Divided articles that lack only pages finally missing are kept. After :meth:`flush`."""
        for joined in self.parts.settle():
            change = self.records.keep(joined.article, joined.capture, is_joined=True)
            self.tally.numbers[change.value] += 1
            self.absence.answered(joined.article.url)

    def settle_absences(self) -> None:
        """What was absent in this run, a complete one, is missing or gone. After :meth:`flush`."""
        self.tally.numbers["gone"] += self.absence.advance(accepted=self._accepted).gone

    def flush(self) -> None:
        """All rows are in the open transaction."""
        self.captures.flush()
        self.records.flush()
        self.frontier.flush_visits()
        self.absence.flush()

    def _keep(self, visit: Visit) -> Change | None:
        """What the visit's article, or the article its page is a part of, changed."""
        capture, reading = visit.capture, visit.reading
        if capture is None:
            return None
        if visit.outcome is Outcome.NOT_MODIFIED:
            if not self.parts.has(visit.entry.url):
                return self._seen(visit)
            joined = self.parts.seen(visit.entry.url, capture)
        elif visit.outcome is not Outcome.READ or reading is None or reading.article is None:
            return None
        elif reading.page_number == reading.page_count == 1:
            if self.parts.has(visit.entry.url):
                self.parts.forget(visit.entry.url)
            return self.records.keep(reading.article, capture)
        else:
            joined = self.parts.keep(reading, reading.article, capture, visit)
        return self.records.keep(joined.article, joined.capture, is_joined=True) if joined else None

    def _seen(self, visit: Visit) -> Change | None:
        """A 304 is for an article's page only if that is what its validators came with."""
        assert visit.capture is not None  # noqa: S101  the caller has looked
        if visit.entry.kind not in {None, "article"}:
            return None
        return self.records.seen(visit.entry.url, visit.capture)

    def _following(self, visit: Visit) -> list[str]:
        """What must be visited in the same run as this URL.

        All pages of a divided article: one of today and one of last week make a text that nobody published. And of
        a page that leads to others, when it is not as it was: its older pages where there is news (where there is
        none, there is none further back either), and what it does not lead to any more.
        """
        following = self.parts.others(visit.entry.url)
        if visit.outcome is not Outcome.READ or visit.reading is None or not self.frontier.resting:
            return following
        following += [link.url for link in visit.links if link.via is Via.PART]
        if visit.reading.article is None and has_other_payload(visit):
            older = [link.url for link in visit.links if link.via is Via.NEXT]
            following += older if self.frontier.has_news(visit.links) else []
            following += self._unlisted(visit)
        return following

    def _unlisted(self, visit: Visit) -> list[str]:
        entry = visit.entry
        if not entry.leads or entry.payload_digest is None:
            return []
        before = former_links(self._connection, self._folder, entry.url, entry.payload_digest)
        unlisted = sorted(before - {link.url for link in visit.links})
        self.absence.note_unlisted(unlisted, entry.url)
        return unlisted


def has_other_body(visit: Visit) -> bool:
    """Whether a body was received that is not the one of before; the words of a 404 are none."""
    return has_other_payload(visit) and visit.capture is not None and visit.capture.status in BODIES


def has_other_payload(visit: Visit) -> bool:
    """Whether what was received is not what the URL gave last, as far as that is known."""
    capture = visit.capture
    return capture is not None and capture.payload_digest != visit.entry.payload_digest
