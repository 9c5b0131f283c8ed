"""Bad answers: what is not whole is no page, what failed is named and stays due, and the rest goes on."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import Ended, crawl, crawl_with, records
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page

_WHOLE = article("终于读到的文章").encode()
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

#: How each fails on the first day, and the words that say so; on the second day all are whole.
FAILING: dict[str, tuple[Reply, str]] = {
    "/500": (Reply(status=500, body="<h1>oops</h1>"), "status 500"),
    "/403": (Reply(status=403, body="no"), "status 403"),
    "/202": (Reply(status=202, body=_WHOLE), "status 202"),
    "/206": (Reply(status=206, body=_WHOLE), "status 206"),
    "/304": (Reply(status=304, media_type=None), "status 304"),
    "/short": (Reply(raw=_HEAD + b"Content-Length: 9999\r\n\r\n" + _WHOLE), "cut short"),
    "/chunk": (Reply(raw=_HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n"), "cut short"),
    "/gzip-half": (
        Reply(body=gzip.compress(_WHOLE)[:-20], headers=(("Content-Encoding", "gzip"),)),
        "cut short",
    ),
    "/gzip-not": (Reply(body=_WHOLE, headers=(("Content-Encoding", "gzip"),)), "not gzip"),
    "/gzip-bomb": (
        Reply(body=gzip.compress(bytes(40 << 20)), headers=(("Content-Encoding", "gzip"),)),
        "when unpacked",
    ),
    "/too-long": (Reply(raw=_HEAD + b"Content-Length: 40000000\r\n\r\n" + _WHOLE), "larger than"),
    "/brotli": (Reply(body=b"\x0b\x02\x80hello\x03", headers=(("Content-Encoding", "br"),)), "br"),
    "/no-http": (Reply(raw=b"\x00\x01 nothing of the kind\r\n\r\n"), "no answer"),
    "/hung-up": (Reply(raw=b""), "no answer"),
    "/nowhere": (Reply(status=302, media_type=None), "status 302"),
    "/wall": (
        Reply(body="<html><title>访问被拦截</title><body>您的请求过于频繁，请完成安全验证</body></html>"),
        "little else",
    ),
}
#: Odd, and read all the same.
READ: dict[str, Reply] = {
    "/no-type": Reply(media_type=None, body=article("没有类型的文章")),
    "/bom-no-type": Reply(media_type=None, body=b"\xef\xbb\xbf" + article("没有类型而有BOM的文章").encode()),
    "/to-the-end": Reply(raw=_HEAD + b"Connection: close\r\n\r\n" + article("没有长度的文章").encode()),
    "/chunks": Reply(
        raw=_HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
        % (len(article("分块的文章").encode()), article("分块的文章").encode())
    ),
    "/odd-coding": Reply(body=article("编码写错的文章"), headers=(("Content-Encoding", "utf-8"),)),
    "/lies-gbk": Reply(media_type="text/html; charset=gb2312", body=article("说是国标其实不是的文章")),
    "/lies-utf": Reply(
        media_type="text/html; Charset=UTF-8", body=article("说是万国码其实不是的文章").encode("gb18030")
    ),
    "/gbk-header": Reply(
        media_type='text/html;  CHARSET="gbk"; x=y', body=article("国标码的文章").encode("gbk")
    ),
    "/deep": Reply(body=article("很深的文章", more="<div>" * 3000 + "</div>" * 3000)),
    "/nul": Reply(body=article("有空字符的文章").replace("荔枝", "荔\x00枝")),
    "/surrogates": Reply(body=article("有半个字的文章", more="<p>&#xD800;&#x110000;&#0;</p>")),
}


#: Redirects that no crawl is to follow (F22).
NO_WEB = {
    "/to-file": "file:///etc/passwd",
    "/to-data": "data:text/html,<h1>x</h1>",
    "/to-script": "javascript:alert(1)",
    "/to-nothing": "http://[",
}


def first_day() -> dict[str, Answering]:
    def gone(asked: Asked) -> Reply:
        return Reply(status=410, body="gone")

    return {
        "/": Reply(body=page(*FAILING, *READ, *NO_WEB, "/circle", "/endless?0", "/leaves", "/gone")),
        **{path: reply for path, (reply, _) in FAILING.items()},
        **READ,
        "/circle": Reply(status=302, media_type=None, headers=(("Location", "/circle2"),)),
        "/circle2": Reply(status=302, media_type=None, headers=(("Location", "/circle"),)),
        **{
            path: Reply(status=302, media_type=None, headers=(("Location", location),))
            for path, location in NO_WEB.items()
        },
        "/leaves": Reply(status=301, media_type=None, headers=(("Location", "http://elsewhere.example/"),)),
        **{
            f"/endless?{n}": Reply(status=302, media_type=None, headers=(("Location", f"/endless?{n + 1}"),))
            for n in range(99)
        },
        "/gone": gone,
    }


@dataclass(frozen=True)
class Days:
    """Two days of one site: on the second everything is well."""

    first: Ended
    first_found: list[dict[str, Any]]
    second: Ended
    second_found: list[dict[str, Any]]
    first_paths: list[str]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    archive: Path = tmp_path_factory.mktemp("bad")
    with Loopback(first_day()) as server:
        first = crawl(server.url(), archive)
        first_found, first_paths = records(archive), server.paths
        for path in FAILING:
            server.replies[path] = Reply(body=_WHOLE.replace("终于".encode(), f"终于从{path}".encode()))
        yield Days(first, first_found, crawl(server.url(), archive), records(archive), first_paths)


def titles(found: list[dict[str, Any]]) -> set[str]:
    return {record["title"] for record in found}


def test_the_run_is_partial_and_says_so(days: Days) -> None:
    assert days.first.code == 3
    assert days.first.summary["outcome"] == "partial"
    assert days.first.counts["failed"] == len(FAILING)
    assert days.first.err == ""


@pytest.mark.parametrize("path", FAILING)
def test_each_failure_is_named_with_its_reason(days: Days, path: str) -> None:
    reasons = {failure["url"]: failure["reason"] for failure in days.first.summary["failures"]}
    (reason,) = [reason for url, reason in reasons.items() if url.endswith(path)]
    assert FAILING[path][1] in reason


def test_nothing_that_failed_became_an_article(days: Days) -> None:
    assert not [title for title in titles(days.first_found) if "终于" in title]
    assert len(days.first_found) == len(READ)


@pytest.mark.parametrize("path", READ)
def test_what_is_odd_and_whole_is_read(days: Days, path: str) -> None:
    (record,) = [record for record in days.first_found if record["url"].endswith(path)]
    assert record["title"].endswith("的文章")
    assert "荔枝收成。" in record["body"] or path == "/nul"


def test_what_failed_is_done_by_the_next_run(days: Days) -> None:
    assert days.second.code == 0, days.second.out
    assert {f"终于从{path}读到的文章" for path in FAILING} <= titles(days.second_found)
    assert days.second.counts["new"] == len(FAILING)


def test_redirects_that_lead_nowhere_end_and_are_counted(days: Days) -> None:
    left_out = days.first.counts["left_out"]
    assert left_out == {
        "redirects in a circle": 1,
        "more than 20 redirects in a row": 1,
        "redirects to other hosts": 1,
        "redirects to no web address": len(NO_WEB),
    }
    assert days.first_paths.count("/circle") == days.first_paths.count("/circle2") == 1
    assert sum(path.startswith("/endless") for path in days.first_paths) == 21


#: Three faults of ours, each on a page of its own.
FAULTS = """
import nanhai_crawler.crawl.spider
import nanhai_crawler.store.captures
import nanhai_crawler.store.records

def failing(room, name, path, url_of):
    act = getattr(room, name)
    def fail(*words, **options):
        if url_of(words).endswith(path):
            raise LookupError("no such luck with " + path)
        return act(*words, **options)
    setattr(room, name, fail)

failing(nanhai_crawler.crawl.spider, "read_page", "/reader", lambda words: words[0])
failing(nanhai_crawler.store.captures.Captures, "keep", "/captures", lambda words: words[1].url)
failing(nanhai_crawler.store.records.Records, "keep", "/records", lambda words: words[1].url)
"""


def test_a_fault_of_ours_on_a_page_loses_no_page(tmp_path: Path) -> None:
    paths = ("/reader", "/captures", "/records", "/well")
    pages = {path: Reply(body=article(f"{path}处的文章")) for path in paths}
    with Loopback({"/": Reply(body=page(*pages)), **pages}) as server:
        ended = crawl_with(FAULTS, server.url(), tmp_path)
        assert ended.code == 3
        assert ended.counts["new"] == 1
        assert {failure["url"] for failure in ended.summary["failures"]} == set(map(server.url, paths[:3]))
        said = ended.err.splitlines()
        assert len(said) == 3
        assert all(any(f"no such luck with {path}" in line for line in said) for path in paths[:3])
        again = crawl(server.url(), tmp_path)
    assert (again.code, again.counts["new"]) == (0, 3)
