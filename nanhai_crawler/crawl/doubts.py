"""Doubts: a page that reads worse than what is kept of it is not kept over it (FAULTS F29: nothing good is overwritten).

In a redesign the date goes, the text is no longer found, or every page has the site's name for a title. Such a reading
makes no revision; the capture has its bytes, and the URL stays due until the reader can read it or the page is well.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace

from nanhai_crawler.items import Article, PageKind
from nanhai_crawler.store.records import Kept
from nanhai_crawler.visits import Outcome, Visit

#: A changed title waits for company: the next few changed titles tell whether it is one that every page has now.
_MOST_WAITING = 8
#: A home page leads somewhere; one that says that the site is closed does not, or only to itself.
_LEADS = 2


class Doubts:
    """Judges visits to articles that the archive has; ``kept`` gives what it has, null for no article."""

    def __init__(self, kept: Callable[[str], Kept | None]) -> None:
        self._kept = kept
        self._waiting: OrderedDict[str, Visit] = OrderedDict()
        self._shared: set[str] = set()
        self._homes: set[str] = set()  # payload digests

    def weigh(self, visit: Visit) -> list[tuple[Visit, str | None]]:
        """The visits that are settled now, each with the field that was lost, null for none. A visit may wait."""
        reading = visit.reading
        self._note_home(visit)
        if reading is None or visit.outcome is not Outcome.READ or visit.entry.kind != "article":
            return [(visit, None)]
        if reading.article is None:
            # A home page or list in its place says that it is gone; a page that says nothing, that nobody can read it.
            if reading.kind is not PageKind.OTHER or self._is_home(visit):
                return [(visit, "article")]
            return [_doubted(visit, "article", f"it was an article ({reading.kind_evidence} now)")]
        kept = self._kept(reading.article.url) if reading.page_number == 1 else None
        if kept is None:
            return [(visit, None)]
        for lost, has_gone, reason in _losses(reading.article, kept):
            if has_gone:
                return [_doubted(visit, lost, reason)]
        title = reading.article.title
        return [(visit, None)] if title == kept.title else self._with_other_title(visit, title)

    def release(self) -> list[tuple[Visit, str | None]]:
        """What still waits: titles that were changed, each to one of its own."""
        waiting = [(visit, None) for visit in self._waiting.values()]
        self._waiting.clear()
        return list(waiting)

    def _note_home(self, visit: Visit) -> None:
        reading, others = visit.reading, {link.url for link in visit.links} - {visit.entry.url}
        if reading is not None and reading.kind is PageKind.HOME and visit.capture and len(others) >= _LEADS:
            self._homes.add(visit.capture.payload_digest)
        elif (
            visit.outcome is Outcome.NOT_MODIFIED and visit.entry.kind == PageKind.HOME and visit.entry.leads
        ):
            self._homes.add(visit.entry.payload_digest or "")

    def _is_home(self, visit: Visit) -> bool:
        """Whether the site's home page, as this run found it, is what was received: small ones look like nothing."""
        return visit.capture is not None and visit.capture.payload_digest in self._homes

    def _with_other_title(self, visit: Visit, title: str) -> list[tuple[Visit, str | None]]:
        others = self._waiting.pop(title, None)
        if others is not None:
            self._shared.add(title)
        if title in self._shared:
            both = [visit] if others is None else [others, visit]
            return [_doubted(one, "title", f"its title is now that of others: {title}") for one in both]
        self._waiting[title] = visit
        if len(self._waiting) <= _MOST_WAITING:
            return []
        return [(self._waiting.popitem(last=False)[1], None)]


def _losses(article: Article, kept: Kept) -> Iterator[tuple[str, bool, str]]:
    """Fields, whether the article had and lost them, and that in words."""
    yield "body", kept.has_body and not article.body, "its text is not to be found any more"
    yield "published", bool(kept.published) and not article.published, "it shows no time any more"


def _doubted(visit: Visit, lost: str, reason: str) -> tuple[Visit, str]:
    return replace(visit, outcome=Outcome.FAILED, reason=f"reads worse than what is kept: {reason}"), lost
