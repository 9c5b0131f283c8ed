"""Absence: missing, gone, returned; by evidence, in healthy runs, on different days; and nothing else ever."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nanhai_crawler.items import Link, PageKind, Via
from nanhai_crawler.runs import RunCounts
from nanhai_crawler.store.absence import GONE_AFTER_DAYS
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import FrontierEntry, Outcome, Visit
from tests.store.given import HOME, article, article_url, exchange, reading, rows

START = datetime(2026, 11, 1, 3, tzinfo=UTC)
VICTIM = article_url(1)
NOT_FOUND = "status 404"


@dataclass
class Site:
    """A home page that lists articles; some are not where they were."""

    count: int = 8
    absent: dict[int, str | Visit] = field(default_factory=dict)
    listed: list[int] = field(default_factory=list)

    def answer(self, writer: ArchiveWriter, entry: FrontierEntry, day: float) -> None:
        moment = (START + timedelta(days=day, seconds=1)).isoformat(timespec="milliseconds")
        time = moment.replace("+00:00", "Z")
        if entry.url == HOME:
            shown = self.listed or range(1, self.count + 1)
            links = tuple(Link(url=article_url(number), via=Via.LINK) for number in shown)
            page = replace(reading(None), kind=PageKind.HOME)
            capture = writer.capture(exchange(entry.url, html(links), time=time))
            writer.finish(
                Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=page, links=links)
            )
            return
        number = next(number for number in range(30) if article_url(number) == entry.url)
        absent = self.absent.get(number)
        if isinstance(absent, Visit):
            capture = writer.capture(exchange(entry.url, b"other", status=302, time=time))
            writer.finish(replace(absent, entry=entry, capture=capture))
        elif absent is not None:
            capture = writer.capture(exchange(entry.url, b"no", status=404, time=time))
            writer.finish(Visit(entry=entry, outcome=Outcome.MISSING, capture=capture, reason=absent))
        else:
            capture = writer.capture(exchange(entry.url, entry.url.encode(), time=time))
            page = reading(article(entry.url))
            writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=page))

    def crawl(
        self, folder: Path, day: float, *, outcome: str = "complete", full: bool = False
    ) -> tuple[list[str], RunCounts]:
        """What a run on that day asked for, and what it did."""
        now = START + timedelta(days=day)
        asked = []
        with ArchiveWriter.open(folder, clock=lambda: now) as writer:
            writer.begin_run([HOME], full=full)
            while (entry := writer.frontier.take()) is not None or writer.call_witnesses():
                if entry is not None:
                    asked.append(entry.url)
                    self.answer(writer, entry, day)
            writer.settle()
            counts = writer.judge_absences() if outcome == "complete" else writer.counts
            writer.end_run(outcome=outcome, exit_code=0)
            return asked, counts


def html(links: tuple[Link, ...]) -> bytes:
    return "".join(f'<a href="{link.url}">x</a>' for link in links).encode()


def status(folder: Path, url: str = VICTIM) -> str:
    ((found,),) = rows(folder, "SELECT status FROM articles WHERE url = :url", url=url)
    return str(found)


def history(folder: Path) -> list[tuple[str, str, int]]:
    return rows(folder, "SELECT status, evidence, counted FROM observations ORDER BY id")


def test_live_missing_gone_and_live_again(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    states = []
    for day in (1, 2, 3):
        _, counts = site.crawl(tmp_path, day)
        states.append((status(tmp_path), counts.gone, counts.returned))
    assert states == [("missing", 0, 0), ("missing", 0, 0), ("gone", 1, 0)]
    site.absent.clear()
    _, counts = site.crawl(tmp_path, 4)
    assert (status(tmp_path), counts.gone, counts.returned) == ("live", 0, 1)
    assert history(tmp_path) == [
        ("missing", NOT_FOUND, 1),
        ("missing", NOT_FOUND, 1),
        ("gone", NOT_FOUND, 1),
        ("live", "answers again: status 200", 1),
    ]
    times = [time for (time,) in rows(tmp_path, "SELECT time FROM observations ORDER BY id")]
    assert times == [f"2026-11-0{day}T03:00:01.000Z" for day in (2, 3, 4, 5)]
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(8,)]


def test_nothing_of_a_gone_article_is_removed(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    before = rows(tmp_path, "SELECT * FROM revisions"), rows(tmp_path, "SELECT * FROM sections")
    site.absent[1] = NOT_FOUND
    for day in range(1, 6):
        site.crawl(tmp_path, day)
    assert status(tmp_path) == "gone"
    assert (rows(tmp_path, "SELECT * FROM revisions"), rows(tmp_path, "SELECT * FROM sections")) == before


def test_many_runs_on_one_day_are_one_day(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    for hour in range(6):
        site.crawl(tmp_path, 1 + hour / 24)
    assert status(tmp_path) == "missing"


def test_the_day_is_the_site_s_own(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    for day in (1, 1.51, 2.51, 3.5):  # 16:00 UTC is midnight there: the 2nd, the 3rd twice over, the 4th
        site.crawl(tmp_path, day)
    assert status(tmp_path) == "gone"


@pytest.mark.parametrize("outcome", ["partial", "blocked", "limited", "interrupted", "failed"])
def test_only_complete_runs_count(tmp_path: Path, outcome: str) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    for day in range(1, 6):
        site.crawl(tmp_path, day, outcome=outcome)
    assert status(tmp_path) == "live"
    assert {counted for *_, counted in history(tmp_path)} == {0}
    for day in range(6, 6 + GONE_AFTER_DAYS - 1):
        site.crawl(tmp_path, day)
    assert status(tmp_path) == "missing"
    site.crawl(tmp_path, 9)
    assert status(tmp_path) == "gone"


def test_an_interrupted_run_still_sees_a_return(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    site.crawl(tmp_path, 1)
    site.absent.clear()
    _, counts = site.crawl(tmp_path, 2, outcome="interrupted")
    assert (status(tmp_path), counts.returned) == ("live", 1)


def test_days_before_a_return_do_not_count_afterwards(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    for day, absent in ((1, True), (2, True), (3, False), (4, True), (5, True)):
        site.absent = {1: NOT_FOUND} if absent else {}
        site.crawl(tmp_path, day)
    assert status(tmp_path) == "missing"
    site.crawl(tmp_path, 6)
    assert status(tmp_path) == "gone"


@pytest.mark.parametrize("days", [1, 5])
def test_when_every_article_is_absent_none_is_missing(tmp_path: Path, days: int) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent = dict.fromkeys(range(1, 9), NOT_FOUND)
    for day in range(1, days + 1):
        site.crawl(tmp_path, day)
    assert rows(tmp_path, "SELECT DISTINCT status FROM articles") == [("live",)]
    assert {counted for *_, counted in history(tmp_path)} == {0}


def test_few_that_are_due_do_not_speak_for_a_site_that_is_unwell(tmp_path: Path) -> None:
    site = Site(count=20)
    site.crawl(tmp_path, 0)
    site.listed = [1, 2, 3, 4]  # sixteen fall off the list, and are asked for
    site.absent = dict.fromkeys(range(1, 21), NOT_FOUND)
    asked, _ = site.crawl(tmp_path, 0.1)
    assert len(asked) > 17  # and witnesses
    assert rows(tmp_path, "SELECT DISTINCT status FROM articles") == [("live",)]


def test_witnesses_are_asked_where_many_are_absent(tmp_path: Path) -> None:
    site = Site(count=20)
    site.crawl(tmp_path, 0)
    site.absent = dict.fromkeys(range(1, 8), NOT_FOUND)
    site.listed = list(range(8, 21))
    asked, counts = site.crawl(tmp_path, 0.1)
    assert len(asked) == 1 + 7 + 7
    assert counts.missing == 7
    assert rows(tmp_path, "SELECT status, count(*) FROM articles GROUP BY 1 ORDER BY 1") == [
        ("live", 13),
        ("missing", 7),
    ]


def test_an_article_that_its_list_no_longer_has_is_asked_for_at_once_and_the_list_is_evidence(
    tmp_path: Path,
) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.crawl(tmp_path, 1)
    site.listed = list(range(2, 9))
    site.absent[1] = NOT_FOUND
    asked, _ = site.crawl(tmp_path, 1.1)
    assert asked == [HOME, VICTIM]
    assert history(tmp_path) == [("missing", f"{NOT_FOUND}; no longer on {HOME}", 1)]


def moved(where: str) -> Visit:
    entry = FrontierEntry(id=0, url="", via=Via.LINK, depth=0)
    return Visit(entry=entry, outcome=Outcome.REDIRECTED, reason=f"to {where}", moved_to=where)


def test_a_redirect_to_another_page_is_absence(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = moved(HOME)
    for day in (1, 2, 3):
        site.crawl(tmp_path, day)
    assert status(tmp_path) == "gone"
    assert history(tmp_path)[-1] == ("gone", f"redirects to {HOME}", 1)


def test_a_redirect_to_the_same_article_is_none(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = moved(VICTIM.replace("http:", "https:"))
    site.absent[2] = moved(article_url(3))  # which has the same text
    for day in range(1, 5):
        site.crawl(tmp_path, day)
    assert rows(tmp_path, "SELECT DISTINCT status FROM articles") == [("live",)]


def test_what_never_was_an_article_is_never_missing(tmp_path: Path) -> None:
    site = Site(absent={1: NOT_FOUND})
    for day in range(5):
        site.crawl(tmp_path, day)
    assert rows(tmp_path, "SELECT count(*) FROM articles") == [(7,)]
    assert history(tmp_path) == []


def test_a_missing_article_is_asked_for_in_every_run_and_a_gone_one_ever_less_often(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    site.absent[1] = NOT_FOUND
    asked = {
        day: VICTIM in site.crawl(tmp_path, day)[0] for day in (1, 1.1, 1.2, 2, 3, 3.1, 3.2, 4, 4.1, 5, 5.7)
    }
    assert [day for day in asked if not asked[day]] == [3.2, 4, 5]
    assert asked[3.1]  # the run that found it to be gone still had it in every run


def test_another_page_of_a_divided_article_is_not_the_article(tmp_path: Path) -> None:
    site = Site()
    site.crawl(tmp_path, 0)
    with ArchiveWriter.open(tmp_path, clock=lambda: START + timedelta(days=1)) as writer:
        writer.begin_run([article_url(1, 2)])
        while (entry := writer.frontier.take()) is not None:
            if entry.url == article_url(1, 2):
                writer.finish(Visit(entry=entry, outcome=Outcome.MISSING, reason=NOT_FOUND))
            else:
                site.answer(writer, entry, 1)
        writer.judge_absences()
        writer.end_run(outcome="complete", exit_code=0)
    assert history(tmp_path) == []
