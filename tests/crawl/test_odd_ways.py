"""Odd ways on: scripts and refreshes that lead somewhere, addresses that lead where a crawl must not go, pages too long."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nanhai_crawler.items import Via
from nanhai_crawler.pages.reading import read_page
from tests.crawl.commands import crawl, nanhai, records
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page

ARTICLE: dict[str, Answering] = {"/a.html": Reply(body=article("绕路才到的文章"))}


@pytest.mark.parametrize(
    "script",
    [
        'window.location.href = "a.html";',
        "location='/a.html'",
        'top.location.replace( "./a.html" )',
        'setTimeout(function(){ self.location.assign("/a.html") }, 0)',
        'document.location = "a.html"',
    ],
)
def test_a_page_that_is_nothing_but_a_script_leads_on(script: str) -> None:
    reading = read_page("http://127.0.0.1/", f"<html><head><script>{script}</script></head></html>".encode())
    assert [(link.url, link.via) for link in reading.links] == [("http://127.0.0.1/a.html", Via.REDIRECT)]


def test_scripts_of_a_page_with_links_lead_nowhere() -> None:
    text = page("/b.html", more="<script>if (0) location.href = '/a.html'</script>")
    assert [link.url for link in read_page("http://127.0.0.1/", text.encode()).links] == [
        "http://127.0.0.1/b.html"
    ]


def test_a_home_page_that_is_a_script_is_crawled(tmp_path: Path) -> None:
    home = Reply(body="<script>window.location.href='/a.html'</script>")
    with Loopback({"/": home, **ARTICLE}) as server:
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, ended.counts["new"]) == (0, 1)


def refreshing(target: str, *, more: str = "") -> Reply:
    return Reply(
        body=f'<html><head><meta http-equiv="refresh" content="0;url={target}"></head><body>{more}</body></html>'
    )


def test_refreshes_without_end_or_in_a_circle_end_and_each_page_is_captured_once(tmp_path: Path) -> None:
    site: dict[str, Answering] = {
        "/": Reply(body=page("/r0", "/circle", "/itself", *ARTICLE)),
        "/circle": refreshing("/back"),
        "/back": refreshing("/circle"),
        "/itself": refreshing("/itself", more='<a href="/b.html">x</a>'),
        "/b.html": Reply(body=article("自己刷新的网页所指的文章")),
        **{f"/r{number}": refreshing(f"/r{number + 1}") for number in range(60)},
        **ARTICLE,
    }
    with Loopback(site) as server:
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, ended.counts["new"]) == (0, 2)
    assert ended.counts["left_out"] == {"redirects in a circle": 1, "more than 20 redirects in a row": 1}
    assert len(server.asked) == len(set(server.paths))
    assert sum(path.startswith("/r") and path != "/robots.txt" for path in server.paths) == 21


def test_nothing_is_asked_of_other_hosts_whatever_leads_there(tmp_path: Path) -> None:
    inner = ["10.0.0.1", "169.254.169.254", "[::1]", "192.168.1.1", "127.1", "0x7f000002", "localhost"]
    with Loopback({"/secret": Reply(body=article("不该读到的文章"))}) as other:
        port = other.host.partition(":")[2]
        places = [f"http://{host}:{port}/secret" for host in inner] + [
            "file:///etc/passwd",
            "data:text/html,x",
        ]
        moved: dict[str, Answering] = {
            f"/to/{number}": Reply(status=302, media_type=None, headers=(("Location", place),))
            for number, place in enumerate(places)
        }
        with Loopback({"/": Reply(body=page(*places, *moved)), **moved, **ARTICLE}) as server:
            ended = crawl(server.url(), tmp_path, server.url("/a.html"))
    assert other.asked == []
    assert ended.counts["new"] == 1
    assert ended.counts["left_out"]["redirects to other hosts"] == len(inner)
    with closing(sqlite3.connect(tmp_path / "nanhai.sqlite3")) as connection:
        (elsewhere,) = connection.execute(
            "SELECT count(*) FROM frontier WHERE url NOT LIKE ?", (f"%://{server.host}/%",)
        ).fetchone()
    assert elsewhere == 0


def test_a_robots_txt_that_lies_on_an_inner_network_is_not_fetched(tmp_path: Path) -> None:
    for target in (
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/robots.txt",
        "http://localhost/",
    ):
        moved = Reply(status=302, media_type=None, headers=(("Location", target),))
        with Loopback({"/robots.txt": moved, **ARTICLE}) as server:
            ended = nanhai("crawl", server.url("/a.html"), "--archive", tmp_path, "--delay", "0")
        assert ended.code == 5
        assert "inner network" in ended.out
        assert server.paths == ["/robots.txt"]


def test_a_page_too_long_to_be_read_is_kept_and_told(tmp_path: Path) -> None:
    long = Reply(body="<html><body>" + "<b>x</b>" * 1_300_000)
    with Loopback({"/": Reply(body=page("/long", *ARTICLE)), "/long": long, **ARTICLE}) as server:
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, ended.counts["new"], ended.counts["files"]) == (0, 1, 0)
    assert ended.counts["left_out"] == {"kept, but too much to read": 1}
    assert [one["title"] for one in records(tmp_path)] == ["绕路才到的文章"]


def test_a_host_that_is_an_ipv6_address_is_crawled(tmp_path: Path) -> None:
    try:
        server = Loopback(dict(ARTICLE), address="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with server:
        ended = crawl(server.url("/a.html"), tmp_path)
    assert (ended.code, ended.counts["new"]) == (0, 1)
