"""Due times: what changes is asked for soon, what rests is left in peace, nothing is forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nanhai_crawler.items import Link, PageKind, PageReading, Via
from nanhai_crawler.store.due import (
    DAY_S,
    EVERY_RUN,
    LONGEST_S,
    SHORTEST_S,
    Seen,
    is_fresh,
    next_interval_s,
    patience_s,
)
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.overview import read_status
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit
from tests.store.given import HOME, article, article_url, exchange, reading, rows, running

START = datetime(2026, 11, 1, 3, tzinfo=UTC)
LISTS = [f"{HOME}lie_{number}.html" for number in (1, 2, 3)]


def on_day(day: float) -> datetime:
    return START + timedelta(days=day)


def visit_all(folder: Path, day: float, site: "Site", *, full: bool = False, most: int = 999) -> list[str]:
    """The URLs that a run on that day asks for, in order; only ``most`` of them, then it is killed."""
    moment = on_day(day)
    with ArchiveWriter.open(folder, clock=lambda: moment) as writer:
        writer.begin_run([HOME], full=full)
        asked: list[str] = []
        while len(asked) < most and (entry := writer.frontier.take()) is not None:
            asked.append(entry.url)
            site.answer(writer, entry, day)
        if len(asked) < most:
            writer.settle()
            writer.end_run(outcome="complete", exit_code=0)
    return asked


class Site:
    """A home page that leads to a list of three pages, newest articles first, and the articles."""

    def __init__(self, count: int = 6, shown: str = "2024-01-01", rows_a_page: int = 2) -> None:
        self.numbers = list(range(count, 0, -1))
        self.shown = shown
        self.rows_a_page = rows_a_page
        self.counter = 0
        self.edited: dict[str, str] = {}

    def links(self, url: str) -> list[Link]:
        if url == HOME:
            return [Link(url=LISTS[0], via=Via.LINK)]
        place = LISTS.index(url)
        listed = self.numbers[place * self.rows_a_page : (place + 1) * self.rows_a_page]
        older = [Link(url=LISTS[place + 1], via=Via.NEXT)] if place + 1 < len(LISTS) else []
        return [Link(url=article_url(number), via=Via.LINK) for number in listed] + older

    def answer(self, writer: ArchiveWriter, entry: FrontierEntry, day: float) -> None:
        if entry.url == HOME or entry.url in LISTS:
            links = tuple(self.links(entry.url))
            payload = f"{self.counter}{[link.url for link in links]}".encode()
            page = page_of(PageKind.HOME if entry.url == HOME else PageKind.LISTING, entry.url)
        else:
            links = ()
            text = self.edited.get(entry.url, "首段。")
            page = reading(replace(article(entry.url, body=(text,)), published=self.shown))
            payload = f"{self.counter}{text}{entry.url}".encode()
        capture = writer.capture(exchange(entry.url, payload))
        writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=page, links=links))


def page_of(kind: PageKind, url: str) -> PageReading:
    return replace(reading(None), kind=kind, url=url)


def numbers(urls: Sequence[str]) -> list[int]:
    """The numbers of the articles among them, in order."""
    known = {article_url(number): number for number in range(30)}
    return sorted(known[url] for url in urls if url in known)


def test_lists_are_asked_for_in_every_run_and_articles_when_they_are_due(tmp_path: Path) -> None:
    site, asked = Site(), {}
    assert numbers(visit_all(tmp_path, 0, site)) == [1, 2, 3, 4, 5, 6]
    for hour in range(1, 24 * 6):
        found = visit_all(tmp_path, hour / 24, site)
        assert found[:2] == [HOME, LISTS[0]]
        if numbers(found):
            asked[hour] = numbers(found)
    # A day, then 1.5 and 2.25 days; what is due within the hour is due.
    assert asked == {hour: [1, 2, 3, 4, 5, 6] for hour in (23, 58, 111)}


def test_an_article_that_changes_is_asked_for_twice_as_often(tmp_path: Path) -> None:
    site = Site()
    for day in (0, 1, 3, 6, 10):
        visit_all(tmp_path, day, site)
    site.edited[article_url(3)] = "新"
    visit_all(tmp_path, 20, site)
    found = dict(rows(tmp_path, "SELECT url, interval_s FROM frontier"))
    assert found[article_url(2)] == DAY_S * 3**5 // 2**5
    assert found[article_url(3)] == DAY_S * 3**4 // 2**5


def test_counters_and_menus_are_no_change_of_an_article(tmp_path: Path) -> None:
    site = Site()
    for day in (0, 1, 3):
        site.counter = day
        visit_all(tmp_path, day, site)
    found = dict(rows(tmp_path, "SELECT url, interval_s FROM frontier"))
    assert found[article_url(1)] == DAY_S * 9 // 4
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(6,)]


def test_articles_newer_than_14_days_are_asked_for_in_every_run(tmp_path: Path) -> None:
    site = Site(shown="2026-10-25")
    visit_all(tmp_path, 0, site)
    for day in (0.1, 0.2, 6.5):
        assert len(numbers(visit_all(tmp_path, day, site))) == 6
    assert numbers(visit_all(tmp_path, 6.6, site)) == [1, 2, 3, 4, 5, 6]
    assert numbers(visit_all(tmp_path, 6.7, site)) == []
    assert len(numbers(visit_all(tmp_path, 7.6, site))) == 6


def test_a_list_is_walked_as_far_as_there_is_news(tmp_path: Path) -> None:
    site = Site()
    visit_all(tmp_path, 0, site)
    assert visit_all(tmp_path, 0.1, site) == [HOME, LISTS[0]]
    site.numbers.insert(0, 7)
    found = visit_all(tmp_path, 0.2, site)
    assert found == [HOME, LISTS[0], LISTS[1], article_url(7)]
    site.numbers[:0] = [10, 9, 8]
    assert numbers(visit_all(tmp_path, 0.3, site)) == [8, 9, 10]


def test_news_that_a_killed_run_saw_still_leads_into_the_older_pages(tmp_path: Path) -> None:
    site = Site()
    visit_all(tmp_path, 0, site)
    site.numbers[:0] = [10, 9, 8]
    for most in (1, 2, 3):
        visit_all(tmp_path, 0.1 * most, site, most=most)
    visit_all(tmp_path, 0.5, site)
    assert rows(tmp_path, "SELECT count(*) FROM articles") == [(9,)]


def test_every_older_page_is_looked_at_once_a_month(tmp_path: Path) -> None:
    site = Site()
    visit_all(tmp_path, 0, site)
    assert not set(LISTS[1:]) & set(visit_all(tmp_path, 29, site))
    assert set(LISTS) <= set(visit_all(tmp_path, 30, site))
    assert not set(LISTS[1:]) & set(visit_all(tmp_path, 31, site))


def test_a_full_run_asks_for_everything_and_so_does_the_next_when_it_is_killed(tmp_path: Path) -> None:
    site = Site()
    everything = visit_all(tmp_path, 0, site)
    assert len(everything) == 10
    assert sorted(visit_all(tmp_path, 0.1, site, full=True)) == sorted(everything)
    killed = visit_all(tmp_path, 0.2, site, full=True, most=4)
    assert set(killed) | set(visit_all(tmp_path, 0.3, site)) == set(everything)


def test_what_is_not_due_is_not_waiting(tmp_path: Path) -> None:
    site = Site()
    visit_all(tmp_path, 0, site)
    visit_all(tmp_path, 0.1, site)
    ((counts,),) = rows(tmp_path, "SELECT counts FROM runs WHERE id = 2")
    assert '"waiting": 0' in counts
    assert '"not_due": 8' in counts


@pytest.mark.parametrize("day", [-4000, 30_000])
def test_a_run_under_a_wrong_clock_is_made_good_by_the_next(tmp_path: Path, day: int) -> None:
    site = Site()
    visit_all(tmp_path, 0, site)
    visit_all(tmp_path, day, site)
    site.numbers.insert(0, 7)
    assert numbers(visit_all(tmp_path, 1, site)) == [1, 2, 3, 4, 5, 6, 7]


def due_by_status(folder: Path, day: float) -> int:
    with ArchiveReader.open(folder) as reader, reader.connect() as connection:
        return read_status(connection, ArchiveFolder(folder), now=on_day(day)).urls_due


def test_status_counts_what_a_crawl_would_ask_for_now(tmp_path: Path) -> None:
    site = Site()
    first = visit_all(tmp_path, 0, site)
    assert due_by_status(tmp_path, 0.1) == 0
    assert due_by_status(tmp_path, 2) == len(site.numbers)
    visit_all(tmp_path, 2, site, full=True, most=4)
    assert due_by_status(tmp_path, 2.1) == len(first) - 4
    visit_all(tmp_path, 2.1, site)
    assert due_by_status(tmp_path, 2.2) == 0


def test_a_url_that_failed_stays_due(tmp_path: Path) -> None:
    for day in (0, 0.1, 0.2):
        with running(tmp_path, clock=lambda day=day: on_day(day)) as writer:  # type: ignore[misc]
            writer.frontier.add([Link(url=HOME + "a", via=Via.LINK)], found_on=HOME, depth=1)
            asked = []
            while (entry := writer.frontier.take()) is not None:
                asked.append(entry.url)
                outcome = Outcome.FAILED if entry.url == HOME + "a" else Outcome.READ
                writer.finish(Visit(entry=entry, outcome=outcome))
        assert asked == [HOME, HOME + "a"]


@pytest.mark.parametrize(
    ("published", "fresh"),
    [
        ("2026-10-19", True),
        ("2026-10-18T12:00:00+08:00", True),
        ("2026-10-18T10:00+08:00", False),
        ("2026-10-18", False),
        ("2026-11-02", True),  # an evening on the other side of the globe
        ("2062-11-01", False),  # a slip of the pen
        (None, False),
        ("long ago", False),
    ],
)
def test_how_new_an_article_is_goes_by_the_time_it_shows(published: str | None, fresh: bool) -> None:
    assert is_fresh(published, START) is fresh


@given(some.lists(some.booleans(), max_size=40))
def test_an_interval_is_never_shorter_than_a_day_nor_longer_than_90(changes: list[bool]) -> None:
    interval_s: int | None = None
    for changed in changes:
        interval_s = next_interval_s(interval_s, Seen(outcome=Outcome.READ, changed=changed), START)
        assert interval_s is not None
        assert SHORTEST_S <= interval_s <= LONGEST_S


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_rule(outcome: Outcome) -> None:
    interval_s = next_interval_s(5 * DAY_S, Seen(outcome=outcome), START)
    expected = {
        Outcome.FAILED: None,
        Outcome.WALL: None,
        Outcome.FORBIDDEN: EVERY_RUN,
        Outcome.LEFT_OUT: EVERY_RUN,
    }
    assert interval_s == expected.get(outcome, 7.5 * DAY_S)


def test_what_fails_again_and_again_is_asked_for_less_and_less_and_never_given_up() -> None:
    assert [patience_s(failures) for failures in (1, 2)] == [None, None]
    assert [(patience_s(failures) or 0) // DAY_S for failures in (3, 4, 5, 6, 7, 8, 9, 99)] == [
        *(1, 2, 4, 8, 16, 30, 30, 30)
    ]
