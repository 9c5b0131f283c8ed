"""Polite by default: one request at a time, a second apart, by a name that can be answered; cookies are kept."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawl.commands import crawl, nanhai
from tests.crawl.loopback import Asked, Loopback, Reply
from tests.crawl.markup import article, page

_CONTACT = "archivist@example.org"
#: A second by default, between sendings; the first comes late by what its connection takes.
_APART_S = 0.9


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """What the server was asked by a crawl with nothing but the defaults."""
    greeting = (("Set-Cookie", "JSESSIONID=0123; Path=/; HttpOnly"),)
    site = {
        "/": Reply(body=page("/a.html", "/b.html"), headers=greeting, wait_s=0.3),
        "/a.html": Reply(status=404, wait_s=0.3),
        "/b.html": Reply(status=404, wait_s=0.3),
    }
    with Loopback(dict(site)) as server:
        archive = tmp_path_factory.mktemp("pace")
        ended = nanhai("crawl", server.url(), "--archive", archive, NANHAI_CONTACT=_CONTACT)
        assert ended.code == 0
        return server.asked


def test_never_more_than_one_request_at_a_time(asked: list[Asked]) -> None:
    assert {one.at_once for one in asked} == {1}


def test_a_second_or_more_between_requests(asked: list[Asked]) -> None:
    assert [one.path for one in asked] == ["/robots.txt", "/", "/a.html", "/b.html"]
    assert min(later.time_s - earlier.time_s for earlier, later in pairwise(asked)) >= _APART_S


def test_every_request_names_the_project_and_the_contact(asked: list[Asked]) -> None:
    for one in asked:
        assert one.headers["user-agent"].startswith("nanhai_crawler/")
        assert one.headers["user-agent"].endswith(f"(+{_CONTACT})")


def test_cookies_are_kept(asked: list[Asked]) -> None:
    assert [one.headers.get("cookie") for one in asked] == [None, None, *["JSESSIONID=0123"] * 2]


def test_a_greeting_that_wants_its_cookie_back_is_met(tmp_path: Path) -> None:
    def greet(asked: Asked) -> Reply:
        if "yunsuo_session_verify=1" in asked.headers.get("cookie", ""):
            return Reply(body=article("问候之后的文章"))
        headers = (("Location", asked.path), ("Set-Cookie", "yunsuo_session_verify=1"))
        return Reply(status=302, media_type=None, headers=headers)

    with Loopback(
        {"/a.html": greet, "/b.html": Reply(status=302, headers=(("Location", "/b.html"),))}
    ) as server:
        ended = crawl(server.url("/a.html"), tmp_path, server.url("/b.html"), "--contact", _CONTACT)
    assert ended.counts["new"] == 1
    assert ended.code == 3
    assert ended.summary["failures"][0]["reason"].startswith("redirects in a circle")
    assert server.count("/b.html") == 2
    assert {one.headers["user-agent"].partition(" ")[2] for one in server.asked} == {f"(+{_CONTACT})"}
