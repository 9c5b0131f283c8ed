"""Divided articles read again: their pages joined as the crawl of each run joined them."""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nanhai_crawler.items import Via
from nanhai_crawler.pages.joining import join_parts
from nanhai_crawler.reextract.reading import Reread
from nanhai_crawler.reextract.replay import Replay
from nanhai_crawler.reextract.summary import RereadSummary
from nanhai_crawler.reextract.workers import PageReaders
from nanhai_crawler.store.article_json import dump_article
from nanhai_crawler.store.kept_pages import KeptPage
from nanhai_crawler.store.parts import Part
from nanhai_crawler.store.readings import NewReading, StandingReading
from nanhai_crawler.store.rereading import RereadArchive
from nanhai_crawler.store.warc import NOT_MODIFIED
from nanhai_crawler.urls.identity import article_id


class SeenPart(NamedTuple):
    """A page of the article as one capture shows it."""

    page: KeptPage
    part: Part


#: The pages that one run saw, by their numbers.
Sighting = dict[int, SeenPart]


def reread_divided(
    archive: RereadArchive, replay: Replay, readers: PageReaders, summary: RereadSummary
) -> Iterator[int]:
    """Each divided article that the replay met says what its pages, joined, say now; how many pages, one by one."""
    waiting: deque[tuple[str, list[KeptPage]]] = deque()

    def tasks() -> Iterator[list[KeptPage]]:
        for url, pages in sorted(replay.divided.items()):
            captures = archive.captures_of(sorted(pages))
            waiting.append((url, captures))
            yield _once_each(captures)

    for pages, rereads in readers.read(tasks()):
        url, captures = waiting.popleft()
        read = {_payload(page): reread for page, reread in zip(pages, rereads, strict=True)}
        _Divided(archive, replay, summary, url).take(captures, read)
        yield len(pages)


class _Divided:
    """One divided article."""

    def __init__(self, archive: RereadArchive, replay: Replay, summary: RereadSummary, url: str) -> None:
        self._archive = archive
        self._replay = replay
        self._summary = summary
        self._url = url

    def take(self, captures: Sequence[KeptPage], read: Mapping[tuple[str, str], Reread]) -> None:
        """Its revisions say what was read now; texts that none has are kept when all pages are there."""
        seen = [
            SeenPart(page, part)
            for page in captures
            if (part := _part(self._url, page, read.get(_payload(page)))) is not None
        ]
        runs: dict[int, Sighting] = defaultdict(dict)
        for one in seen:
            runs[one.page.capture.run_id][one.part.page_number] = one
        standing = self._standing(captures)
        others = [sighting for run, sighting in runs.items() if run not in standing]
        for run, revisions in standing.items():
            if run in runs:
                self._replay.compare(*self._joined(runs[run], read), revisions)
        for sighting in _distinct(others):
            self._keep(sighting, read)
        for part in {one.part.url: one.part for one in seen}.values():
            self._archive.part_again(part)

    def _standing(self, captures: Iterable[KeptPage]) -> dict[int, list[StandingReading]]:
        """By run, the revisions of this article that were read from these captures."""
        run_of = {page.capture.id: page.capture.run_id for page in captures}
        found: dict[int, list[StandingReading]] = defaultdict(list)
        for capture, revisions in self._archive.standing(run_of).items():
            own = [one for one in revisions if one.article_id == article_id(self._url)]
            if own:
                found[run_of[capture]].extend(own)
        return found

    def _keep(self, sighting: Sighting, read: Mapping[tuple[str, str], Reread]) -> None:
        first, new = self._joined(sighting, read)
        lacking = _lacking(sighting)
        if not lacking:
            self._replay.keep(first, new)
        elif not self._archive.knows(new):
            self._summary.incomplete.add(self._url, f"page {', '.join(map(str, lacking))} was not captured")

    def _joined(
        self, sighting: Sighting, read: Mapping[tuple[str, str], Reread]
    ) -> tuple[KeptPage, NewReading]:
        """The first page there is, and the article that the pages make."""
        in_order = [sighting[number].page for number in sorted(sighting)]
        news = [read[_payload(page)].new for page in in_order]
        article = join_parts([new.article for new in news if new is not None], _lacking(sighting))
        return in_order[0], NewReading.of(article)


def _part(url: str, page: KeptPage, reread: Reread | None) -> Part | None:
    """The part of the article at ``url`` that the capture is; null where it is none, or no sound one."""
    reading = reread.reading if reread is not None and reread.new is not None else None
    if reading is None or reading.article is None or reading.page_count == 1 or reading.article.url != url:
        return None
    others = sorted({link.url for link in reading.links if link.via is Via.PART})
    return Part(
        article_url=url,
        page_number=reading.page_number,
        page_count=reading.page_count,
        url=page.capture.url,
        capture_id=page.capture.id,
        links=json.dumps(others, ensure_ascii=False),
        reading=dump_article(reading.article),
    )


def _lacking(sighting: Sighting) -> list[int]:
    pages = range(1, max(one.part.page_count for one in sighting.values()) + 1)
    return [number for number in pages if number not in sighting]


def _once_each(captures: Iterable[KeptPage]) -> list[KeptPage]:
    """Of each page with each payload the first capture that was sent with it."""
    found: dict[tuple[str, str], KeptPage] = {}
    for page in captures:
        if page.capture.status != NOT_MODIFIED:
            found.setdefault(_payload(page), page)
    return list(found.values())


def _distinct(sightings: Iterable[Sighting]) -> Iterable[Sighting]:
    """The first of those that have the same bytes on all pages."""
    found: dict[tuple[object, ...], Sighting] = {}
    for sighting in sightings:
        found.setdefault(tuple(sorted((n, _payload(one.page)) for n, one in sighting.items())), sighting)
    return found.values()


def _payload(page: KeptPage) -> tuple[str, str]:
    return page.capture.url, page.capture.payload_digest
