"""Scrapy's own commands from a checkout: quiet, right, and with the exit codes of ``nanhai crawl``."""

from pathlib import Path

from tests.crawl.commands import CHECKOUT, Ended, nanhai, records, run
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import article, page

_SITE = {"/": Reply(body=page("/a.html")), "/a.html": Reply(body=article("用框架自己的命令读到的文章"))}


def scrapy(*arguments: str) -> Ended:
    words = [word for argument in arguments for word in ("-a", argument)]
    return run("scrapy", "crawl", "nanhai", *words, "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")


def test_scrapy_crawl_fills_an_archive_quietly(tmp_path: Path) -> None:
    with Loopback(dict(_SITE)) as server:
        ended = scrapy(f"seeds={server.url()},{server.url('/a,b.html')}", f"archive={tmp_path}")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert "/a,b.html" in server.paths
    assert [record["title"] for record in records(tmp_path)] == ["用框架自己的命令读到的文章"]
    assert "complete" in nanhai("runs", "--archive", tmp_path).out


def test_scrapy_crawl_tells_on_one_line_what_cannot_begin(tmp_path: Path) -> None:
    archive = tmp_path / "new"
    for arguments, code, word in (
        ((f"archive={archive}", "seeds=not-a-url"), 2, "not-a-url"),
        ((f"archive={archive}", "seeds=http://127.0.0.1:1/", "limit=many"), 2, "limit"),
        ((f"archive={__file__}", "seeds=http://127.0.0.1:1/"), 6, __file__),
    ):
        ended = scrapy(*arguments)
        assert ended.code == code
        assert ended.err.count("\n") == 1
        assert word in ended.err
    assert not archive.exists()


def test_scrapy_crawl_tells_how_a_crawl_ended_that_did_not_go_well(tmp_path: Path) -> None:
    with Loopback({**_SITE, "/a.html": Reply(status=500)}) as server:
        ended = scrapy(f"seeds={server.url()}", f"archive={tmp_path}")
    assert ended.code == 3
    assert ended.err.count("\n") == 1
    assert f"{server.url('/a.html')} (status 500)" in ended.err


def test_scrapy_list_names_the_spider() -> None:
    ended = run("scrapy", "list")
    assert (ended.code, ended.out, ended.err) == (0, "nanhai\n", "")


def test_scrapy_shell_shows_a_page_and_writes_no_archive(tmp_path: Path) -> None:
    before = sorted(CHECKOUT.rglob("nanhai.sqlite3"))
    greeting = Reply(body=page(), headers=(("Set-Cookie", "seen=1"),))
    with Loopback({"/": greeting}) as server:
        ended = run(
            "scrapy", "shell", server.url(), "-c", "response.status", NANHAI_ARCHIVE=str(tmp_path / "new")
        )
    assert (ended.code, ended.out, ended.err) == (0, "200\n", "")
    assert not (tmp_path / "new").exists()
    assert sorted(CHECKOUT.rglob("nanhai.sqlite3")) == before
