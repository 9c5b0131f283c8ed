"""Bad days: what a server asks for is waited out, what fails is tried again with pauses, a ban ends the run, nothing is lost."""

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawl.commands import BIN, DEADLINE_S, crawl, crawl_with, environment, nanhai, records
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page

WALL = Reply(body="<html><title>访问被拦截</title><body>您的请求过于频繁，请完成安全验证</body></html>")


def well(path: str) -> Reply:
    return Reply(body=article(f"{path}处的文章"))


def paths(count: int) -> list[str]:
    return [f"/{number}.html" for number in range(count)]


def first_then(first: Reply, *, times: int = 1) -> Callable[[Asked], Reply]:
    """That many bad answers, then good ones."""
    asked_so_far: list[str] = []

    def answer(asked: Asked) -> Reply:
        asked_so_far.append(asked.path)
        return first if len(asked_so_far) <= times else well(asked.path)

    return answer


def times_of(server: Loopback, path: str) -> list[float]:
    return [asked.time_s for asked in server.asked if asked.path == path]


def test_retry_after_in_seconds_is_waited_out_and_nothing_else_is_asked_for_meanwhile(tmp_path: Path) -> None:
    busy = Reply(status=503, headers=(("Retry-After", "2"),))
    site: dict[str, Answering] = {path: well(path) for path in paths(30)}
    with Loopback({"/": Reply(body=page("/busy", *site)), **site, "/busy": first_then(busy)}) as server:
        ended = crawl(server.url(), tmp_path, "--delay", "0.01")
    before, after = times_of(server, "/busy")
    assert after - before >= 2
    assert max(later.time_s - earlier.time_s for earlier, later in pairwise(server.asked)) > 1.5
    assert (ended.code, ended.counts["new"]) == (0, 31)


def test_retry_after_as_a_date_is_waited_out_by_the_servers_own_clock(tmp_path: Path) -> None:
    lately = time.time() - 7200  # its clock is two hours slow
    headers = (
        ("Date", formatdate(lately, usegmt=True)),
        ("Retry-After", formatdate(lately + 3, usegmt=True)),
    )
    with Loopback({"/": first_then(Reply(status=429, headers=headers))}) as server:
        ended = crawl(server.url(), tmp_path)
    before, after = times_of(server, "/")
    assert 2 <= after - before < 30
    assert ended.code == 0


def test_a_long_retry_after_of_one_page_keeps_only_that_page_waiting(tmp_path: Path) -> None:
    closed = Reply(status=503, headers=(("Retry-After", "86400"),))
    with Loopback({"/": Reply(body=page("/closed", "/a")), "/a": well("/a"), "/closed": closed}) as server:
        ended = crawl(server.url(), tmp_path)
        assert (ended.code, ended.counts["new"], ended.counts["failed"]) == (3, 1, 1)
        again = crawl(server.url(), tmp_path)
    assert server.count("/closed") == 1
    assert again.code == 0


def test_a_long_retry_after_for_too_many_requests_ends_the_run_and_says_until_when(tmp_path: Path) -> None:
    too_many = Reply(status=429, headers=(("Retry-After", "3600"),))
    site: dict[str, Answering] = {path: well(path) for path in paths(40)}
    with Loopback({"/": Reply(body=page("/limit", *site)), **site, "/limit": too_many}) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path, "--delay", "0")
        assert ended.code == 5
        assert f"stopped: {server.host}: status 429: asks to be left alone until 20" in ended.out
        assert len(server.asked) < 40
        again = crawl(server.url(), tmp_path)
    assert again.code == 0
    assert server.count("/limit") == 1
    assert len(records(tmp_path)) == 40


def test_nonsense_in_retry_after_is_passed_over(tmp_path: Path) -> None:
    odd = ("soon", "", "Wed, 99 Foo 2024 99:99:99 GMT", "1e9", "\u0663")
    site: dict[str, Answering] = {
        path: first_then(Reply(status=503, headers=(("Retry-After", words.encode().decode("latin-1")),)))
        for path, words in zip(paths(len(odd)), odd, strict=True)
    }
    with Loopback({"/": Reply(body=page(*site)), **site}) as server:
        assert crawl(server.url(), tmp_path).code == 0


def test_what_fails_is_tried_three_times_with_growing_pauses(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body=page("/bad")), "/bad": Reply(status=500)}) as server:
        ended = crawl(server.url(), tmp_path)
    first, second, third = times_of(server, "/bad")
    assert second - first >= 0.18
    assert third - second >= 0.37
    assert ended.code == 3


def test_a_server_that_fails_every_third_page_twice_is_crawled_whole(tmp_path: Path) -> None:
    moody = Reply(status=502)
    site: dict[str, Answering] = {
        path: first_then(moody, times=2) if number % 3 == 0 else well(path)
        for number, path in enumerate(paths(60))
    }
    with Loopback({"/": Reply(body=page(*site)), **site}) as server:
        # One at a time: of eight at once, three bad answers may overtake the good ones, and slow the crawl down.
        assert crawl(server.url(), tmp_path, "--delay", "0.01").code == 0
    assert len(records(tmp_path)) == 60


def banned_after(hits: int) -> Callable[[Asked], Reply]:
    counted: list[str] = []

    def answer(asked: Asked) -> Reply:
        counted.append(asked.path)
        return well(asked.path) if len(counted) <= hits else Reply(raw=b"")

    return answer


def test_a_ban_in_mid_run_ends_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    site: dict[str, Answering] = dict.fromkeys(paths(80), banned_after(20))
    with Loopback({"/": Reply(body=page(*site)), **site}) as server:
        ended = crawl(server.url(), tmp_path)
        assert (ended.code, ended.summary["outcome"]) == (5, "blocked")
        (stopped,) = ended.summary["stopped"]
        assert stopped["host"] == server.host
        assert "10 bad answers in a row" in stopped["reason"]
        assert len(server.asked) < 2 + 20 + 40
        assert ended.counts["waiting"] > 20
        server.replies.update({path: well(path) for path in site})
        again = crawl(server.url(), tmp_path)
    assert again.code == 0
    assert len(records(tmp_path)) == 80


def test_walls_in_a_row_slow_the_crawl_down_and_end_it(tmp_path: Path) -> None:
    words = ("--delay", "0.01")  # one at a time
    with Loopback({"/": Reply(body=page(*paths(40))), **dict.fromkeys(paths(40), WALL)}) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path, *words)
        assert ended.code == 5
        assert "10 bad answers in a row" in ended.out
        gaps = [later.time_s - earlier.time_s for earlier, later in pairwise(server.asked)]
        assert len(server.asked) <= 2 + 10 + 1  # one may be on its way
        assert gaps[-1] > 2
        assert min(gaps) < 0.25
        assert records(tmp_path) == []
        server.replies.update({path: well(path) for path in paths(40)})
        assert crawl(server.url(), tmp_path).code == 0
    assert len(records(tmp_path)) == 40


def test_what_a_firewall_answers_whatever_its_status_is_no_article_and_stays_due(tmp_path: Path) -> None:
    challenge = "<html><title>安全验证</title><body>请完成安全验证后继续访问 <script>challenge()</script></body></html>"
    walls = {f"/{status}.html": Reply(status=status, body=challenge) for status in (403, 412, 521)}
    site: dict[str, Answering] = {**walls, "/200.html": WALL, "/a.html": well("/a.html")}
    with Loopback({"/": Reply(body=page(*site)), **site}) as server:
        assert crawl(server.url(), tmp_path).code == 3
        assert [one["url"] for one in records(tmp_path)] == [server.url("/a.html")]
        server.replies.update({path: well(path) for path in (*walls, "/200.html")})
        assert crawl(server.url(), tmp_path).code == 0
        good = {one["url"]: one["text_digest"] for one in records(tmp_path)}
        server.replies.update({**walls, "/200.html": WALL})
        assert crawl(server.url(), tmp_path, "--full").code == 3
    assert {one["url"]: one["text_digest"] for one in records(tmp_path)} == good
    assert len(good) == 5


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    robots = Reply(media_type="text/plain", body="User-agent: *\nCrawl-delay: 0.7\n")
    site: dict[str, Answering] = {path: well(path) for path in paths(3)}
    with Loopback({"/robots.txt": robots, "/": Reply(body=page(*site)), **site}) as server:
        assert crawl(server.url(), tmp_path).code == 0
    assert len(server.asked) == 6  # with the column that the articles stand in
    assert min(later.time_s - earlier.time_s for earlier, later in pairwise(server.asked)) >= 0.65
    assert {asked.at_once for asked in server.asked} == {1}


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
_IMPATIENT = "import nanhai_crawler.crawl.settings as settings\nsettings.DOWNLOAD_TIMEOUT = 2"


def test_a_response_that_never_ends_has_a_deadline_and_the_others_go_on(tmp_path: Path) -> None:
    endless = {
        "/body": Reply(raw=_HEAD + b"Content-Length: 9999\r\n\r\n", drip=b"x"),
        "/headers": Reply(raw=_HEAD, drip=b"X-More: and more\r\n"),
        "/status": Reply(raw=b"HTTP/1.1", drip=b" "),
        "/chunks": Reply(raw=_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", drip=b"1\r\nx\r\n"),
    }
    with Loopback({"/": Reply(body=page(*endless, "/a")), **endless, "/a": well("/a")}) as server:
        ended = crawl_with(_IMPATIENT, server.url(), tmp_path)
    assert (ended.code, ended.counts["new"], ended.counts["failed"]) == (3, 1, 4)
    assert {one["reason"] for one in ended.summary["failures"]} == {"no whole answer in time"}
    assert [server.count(path) for path in endless] == [1, 1, 1, 1]


@pytest.mark.parametrize("line", [b"X-Flood: " + b"x" * 1000 + b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_headers_without_end_are_hung_up_on_long_before_they_fill_the_memory(
    line: bytes, tmp_path: Path
) -> None:
    started = line if line.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n" + line
    flood = Reply(raw=started, drip=line * (200_000 // len(line)))
    with Loopback(
        {"/": Reply(body=page("/flood", "/well")), "/flood": flood, "/well": well("/well")}
    ) as server:
        ended = crawl(server.url(), tmp_path)
    (failure,) = ended.summary["failures"]
    assert failure["reason"] == "no answer: headers of more than 262144 bytes"
    assert (ended.code, ended.counts["new"]) == (3, 1)


def test_an_interrupt_does_not_wait_for_what_is_held_back(tmp_path: Path) -> None:
    busy = Reply(status=503, headers=(("Retry-After", "100"),))
    with Loopback({"/": Reply(body=page("/busy", *paths(20))), "/busy": busy}) as server:
        words = ("crawl", server.url(), "--archive", str(tmp_path), "--delay", "0.01")
        with subprocess.Popen(
            [str(BIN / "nanhai"), *words], stdout=subprocess.PIPE, env=environment()
        ) as crawling:
            while "/busy" not in server.paths:
                time.sleep(0.05)
            time.sleep(0.5)
            began_s = time.monotonic()
            crawling.send_signal(signal.SIGTERM)
            crawling.communicate(timeout=DEADLINE_S)
    assert time.monotonic() - began_s < 10
    assert crawling.returncode == 8
    with closing(sqlite3.connect(tmp_path / "nanhai.sqlite3")) as connection:
        (outcome,) = connection.execute("SELECT outcome FROM runs").fetchone()
        (visited,) = connection.execute("SELECT count(*) FROM frontier WHERE last_run IS NOT NULL").fetchone()
    assert outcome == "interrupted"
    assert visited < 20


def test_one_page_that_fails_for_good_does_not_make_every_run_partial(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body=page("/wall", "/a")), "/a": well("/a"), "/wall": WALL}) as server:
        assert [crawl(server.url(), tmp_path).code for _ in range(5)] == [3, 3, 3, 0, 0]
        assert server.count("/wall") == 3
        told = nanhai("status", "--archive", tmp_path).out
        assert f"failing 3 times: {server.url('/wall')} (" in told
        assert crawl(server.url(), tmp_path, "--full").code == 3
