"""Revisits: what an unchanged site is asked for, by its own access log."""

from pathlib import Path

import pytest

from nanhai_crawler.practice import addresses
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.crawl.commands import crawl, crawl_on
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page
from tests.crawl.practice_crawl import Hit, hits

ROBOTS = "User-agent: *\nDisallow: /no\n"


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[float, list[Hit]]:
    """What the practice site, as it always is, is asked for by runs on several days."""
    archive, found = tmp_path_factory.mktemp("revisits") / "archive", {}
    with PracticeServer(build_site()) as server:
        for day in (0, 0.5, 1, 2, 2.5, 31.5):
            server.log.clear()
            assert crawl_on(day, server.url, archive).code == 0
            found[day] = hits(server)
    return found


def test_no_body_comes_twice(days: dict[float, list[Hit]]) -> None:
    assert [hit for day in days if day for hit in days[day] if hit.status == 200] == []


def test_a_run_of_what_is_due_costs_a_twentieth_of_the_first(days: dict[float, list[Hit]]) -> None:
    first = sum(hit.length_bytes > 0 for hit in days[0])
    for later in list(days.values())[1:]:
        assert sum(hit.length_bytes > 0 for hit in later) <= first / 20


def test_articles_and_files_rest_for_a_day_and_then_for_longer(days: dict[float, list[Hit]]) -> None:
    asked = {day: sum("/20" in hit.path for hit in found) for day, found in days.items()}
    assert asked[0.5] == asked[2] == 0
    assert asked[1] == asked[2.5] == asked[31.5] == asked[0]


def test_home_and_site_map_are_asked_for_in_every_run(days: dict[float, list[Hit]]) -> None:
    for found in days.values():
        paths = {hit.path for hit in found}
        assert {addresses.HOME, addresses.SITE_MAP, addresses.SITE_MAP_XML, addresses.ROBOTS} <= paths


def test_an_unchanged_robots_txt_still_forbids(tmp_path: Path) -> None:
    def robots(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"r"':
            return Reply(status=304, media_type=None, headers=(("ETag", '"r"'),))
        return Reply(media_type="text/plain", body=ROBOTS, headers=(("ETag", '"r"'),))

    site: dict[str, Answering] = {
        "/robots.txt": robots,
        "/": Reply(body=page("/no/a.html", "/b.html")),
        "/b.html": Reply(body=article("乙")),
    }
    with Loopback(site) as server:
        for _ in range(3):
            ended = crawl(server.url(), tmp_path, "--full")
            assert (ended.code, ended.counts["forbidden"]) == (0, 1)
        assert server.count("/no/a.html") == 0
        assert [
            asked.headers.get("if-none-match") for asked in server.asked if asked.path == "/robots.txt"
        ] == [
            None,
            '"r"',
            '"r"',
        ]
