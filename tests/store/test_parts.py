"""Parts: a divided article is one record, whatever the order and the luck its pages come with."""

from itertools import permutations
from pathlib import Path

import pytest

from nanhai_crawler.items import Link, Via
from nanhai_crawler.store.records import Change
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import article, article_url, exchange, reading, rows, running

FIRST = article_url(1)
PAGES = [article_url(1, page) for page in (1, 2, 3)]


def visit_pages(
    writer: ArchiveWriter,
    texts: dict[int, str | Outcome],
    count: int = 3,
    shown: dict[int, int] | None = None,
) -> list[Change | None]:
    """Each page gives its text, or ends as it is told to; pages nobody tells of are not visited."""
    entries = {}
    while (entry := writer.frontier.take()) is not None:
        entries[PAGES.index(entry.url) + 1] = entry
    changes = []
    for number, text in texts.items():
        url = PAGES[number - 1]
        if isinstance(text, Outcome):
            capture = None
            if text is Outcome.NOT_MODIFIED:
                capture = writer.capture(exchange(url, b"", status=304))
            visit = Visit(entry=entries[number], outcome=text, capture=capture)
        else:
            links = tuple(Link(url=other, via=Via.PART) for other in PAGES[:count] if other != url)
            page = reading(article(FIRST, body=(text,)), number, (shown or {}).get(number, count))
            capture = writer.capture(exchange(url, text.encode()))
            visit = Visit(
                entry=entries[number], outcome=Outcome.READ, capture=capture, reading=page, links=links
            )
        changes.append(writer.finish(visit))
    return changes


def bodies(folder: Path) -> list[str]:
    """The newest text of each article, with what is the same on every page cut away."""
    found = rows(folder, "SELECT body FROM article_latest ORDER BY id")
    return [
        "".join(line for line in body.split("\n") if line in {"一", "二", "三", "贰"}) for (body,) in found
    ]


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_pages_join_in_their_order_whatever_order_they_come_in(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    texts = {1: "一", 2: "二", 3: "三"}
    with running(tmp_path, *PAGES) as writer:
        changes = visit_pages(writer, {number: texts[number] for number in order})
    assert changes == [None, None, Change.NEW]
    assert bodies(tmp_path) == ["一二三"]
    assert rows(tmp_path, "SELECT url, revision FROM articles") == [(FIRST, 1)]
    assert rows(tmp_path, "SELECT c.url FROM revisions r JOIN captures c ON c.id = r.capture_id") == [
        (FIRST,)
    ]


def test_the_greatest_count_any_page_shows_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES) as writer:
        changes = visit_pages(writer, {2: "二", 1: "一", 3: "三"}, shown={1: 2, 2: 3, 3: 3})
    assert changes == [None, None, Change.NEW]


def test_pages_seen_again_as_they_were_make_no_revision(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, {1: "一", 2: "二", 3: "三"})
    with running(tmp_path, *PAGES) as writer:
        assert visit_pages(writer, {3: "三", 1: "一", 2: "二"}) == [None, None, Change.UNCHANGED]
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, dict.fromkeys((1, 2, 3), Outcome.NOT_MODIFIED))
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(1,)]


def test_pages_of_two_runs_are_not_mixed(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, {1: "一", 2: "二", 3: "三"})
    with running(tmp_path, *PAGES) as writer:
        assert visit_pages(writer, {2: "贰", 1: Outcome.FAILED, 3: Outcome.NOT_MODIFIED})[0] is None
    assert bodies(tmp_path) == ["一二三"]
    with running(tmp_path, *PAGES) as writer:
        changes = visit_pages(writer, {1: "一", 2: Outcome.NOT_MODIFIED, 3: "三"})
    assert changes[-1] is Change.CHANGED
    assert bodies(tmp_path) == ["一贰三"]


@pytest.mark.parametrize("outcome", [Outcome.MISSING, Outcome.FORBIDDEN])
def test_a_page_finally_missing_is_done_without_and_said(tmp_path: Path, outcome: Outcome) -> None:
    with running(tmp_path, *PAGES) as writer:
        assert visit_pages(writer, {1: "一", 2: outcome, 3: "三"}) == [None, None, None]
    assert bodies(tmp_path) == ["一三"]
    assert "lacking page 2" in rows(tmp_path, "SELECT evidence FROM revisions")[0][0]
    assert '"new": 1' in rows(tmp_path, "SELECT counts FROM runs")[0][0]


def test_a_page_that_failed_for_now_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, {1: "一", 2: Outcome.FAILED, 3: "三"})
    assert bodies(tmp_path) == []
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, {1: "一", 2: "二", 3: Outcome.NOT_MODIFIED})
    assert bodies(tmp_path) == ["一二三"]


def test_a_page_that_was_not_visited_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES) as writer:
        visit_pages(writer, {1: "一", 3: "三"})
    assert bodies(tmp_path) == []


def test_a_page_nobody_links_to_is_not_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, *PAGES[:2]) as writer:
        visit_pages(writer, {1: "一", 2: "二"}, count=2, shown={1: 3, 2: 3})
    assert bodies(tmp_path) == ["一二"]
