"""robots.txt by RFC 9309, as the server sees it."""

import gzip
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.crawl.commands import crawl, crawl_with, nanhai
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import page

_SECRET = quote("/政务/一.html")
_SECRET_GBK = quote("/政务/一.html", encoding="gbk")
_RULES = "User-agent: *\nDisallow: /政务/\nDisallow: /no\n"
_HOME = Reply(body=page(_SECRET, _SECRET_GBK, "/no/where.html", "/yes.html"))


def text(body: bytes | str, **more: object) -> Reply:
    return Reply(media_type="text/plain", body=body, **more)  # type: ignore[arg-type]


_EVERYTHING = {_SECRET, _SECRET_GBK, "/no/where.html", "/yes.html"}
_ONLY_OTHER_BYTES = {_SECRET_GBK, "/yes.html"}
#: A robots.txt each, and what of the home page's links may be asked for by it.
WRITTEN: dict[str, tuple[Reply, set[str]]] = {
    "UTF-8": (text(_RULES, wait_s=0.2), _ONLY_OTHER_BYTES),
    "GBK": (text(_RULES.encode("gbk")), {"/yes.html"}),
    "BOM": (text(b"\xef\xbb\xbf" + _RULES.encode()), _ONLY_OTHER_BYTES),
    "gzip": (
        text(gzip.compress(_RULES.encode()), headers=(("Content-Encoding", "gzip"),)),
        _ONLY_OTHER_BYTES,
    ),
    "redirected": (
        Reply(status=301, media_type=None, headers=(("Location", "/rules.txt"),)),
        _ONLY_OTHER_BYTES,
    ),
    "HTML": (Reply(body="<html><body>not found</body></html>"), _EVERYTHING),
    "too long": (text("#" + "x" * 600_000 + "\n" + _RULES), _EVERYTHING),
    "refused": (Reply(status=403), _EVERYTHING),
    "broken": (Reply(status=503), set()),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What each host was asked for in one crawl of all of them."""
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                Loopback({"/robots.txt": robots, "/": _HOME, "/rules.txt": text(_RULES)})
            )
            for name, (robots, _) in WRITTEN.items()
        }
        seeds = [server.url(path) for server in servers.values() for path in ("/", "/yes.html")]
        first, *others = seeds
        assert crawl(first, tmp_path_factory.mktemp("robots"), *others).code == 3  # one is broken
        return {name: server.paths for name, server in servers.items()}


@pytest.mark.parametrize("written", WRITTEN)
def test_rules_are_kept_however_they_are_written(written: str, asked: dict[str, list[str]]) -> None:
    allowed = WRITTEN[written][1]
    assert set(asked[written]) - {"/", "/robots.txt", "/rules.txt"} == allowed
    assert ("/" in asked[written]) == bool(allowed)


def test_where_robots_txt_answers_503_nothing_is_fetched_and_that_is_said(tmp_path: Path) -> None:
    with Loopback({"/robots.txt": Reply(status=503), "/": _HOME}) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path, "--delay", "0")
        assert ended.code == 5
        assert "blocked" in ended.out
        assert "robots.txt answers 503" in ended.out
        assert set(server.paths) == {"/robots.txt"}
        server.replies["/robots.txt"] = text("")
        assert crawl(server.url(), tmp_path).code == 0
    assert "/yes.html" in server.paths


def test_a_site_that_forbids_everything_is_blocked(tmp_path: Path) -> None:
    with Loopback({"/robots.txt": text("User-agent: *\nDisallow: /\n"), "/": _HOME}) as server:
        ended = crawl(server.url(), tmp_path)
    assert ended.code == 5
    assert ended.summary["failures"] == [{"url": server.url(), "reason": "robots.txt forbids it"}]
    assert server.paths == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_whatever_is_due(asked: dict[str, list[str]]) -> None:
    counts = {written: paths.count("/robots.txt") for written, paths in asked.items() if written != "broken"}
    assert set(counts.values()) == {1}


def test_where_robots_txt_never_ends_nothing_is_fetched_and_that_is_said(tmp_path: Path) -> None:
    endless = Reply(
        raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\n", drip=b"#"
    )
    impatient = "import nanhai_crawler.crawl.settings as settings\nsettings.DOWNLOAD_TIMEOUT = 1"
    with Loopback({"/": _HOME, "/robots.txt": endless}) as server:
        ended = crawl_with(impatient, server.url(), tmp_path)
    assert ended.code == 9, ended  # a host of which nothing whole was heard
    assert set(server.paths) == {"/robots.txt"}
    assert "no robots.txt: no whole answer in time" in ended.err
