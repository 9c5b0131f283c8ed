"""Scope: a crawl keeps to the hosts of its seeds, whatever else its archive knows or a page links to."""

from pathlib import Path

from tests.crawl.commands import crawl, nanhai, records
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import article, page


def test_two_hosts_in_one_archive_are_crawled_apart(tmp_path: Path) -> None:
    here = {"/": Reply(body=page("/a.html", "/b.html")), "/a.html": Reply(body=article("此处的文章"))}
    there = {"/": Reply(body=page("/c.html")), "/c.html": Reply(body=article("彼处的文章"))}
    with Loopback(dict(here)) as first, Loopback(dict(there)) as second:
        assert crawl(first.url(), tmp_path, "--limit", "1").summary["outcome"] == "limited"
        left = len(first.asked)
        ended = crawl(second.url(), tmp_path)
        assert (ended.code, ended.summary["outcome"], ended.counts["waiting"]) == (0, "complete", 0)
        assert len(first.asked) == left
        assert [record["title"] for record in records(tmp_path)] == ["彼处的文章"]
        asked = len(second.asked)
        ended = crawl(first.url(), tmp_path)
        assert (ended.counts["new"], ended.counts["unchanged"]) == (1, 0)
        assert len(second.asked) == asked


def test_other_hosts_are_never_asked(tmp_path: Path) -> None:
    with Loopback({"/": Reply(body="never")}) as other:
        moved = Reply(status=301, media_type=None, headers=(("Location", other.url("/moved")),))
        more = f'<a href="{other.url()}">x</a><iframe src="//{other.host}/frame"></iframe><base href="{other.url()}">'
        text = article("有外链的文章", more=f'<p><img src="{other.url("/x.png")}"></p>')
        site = {
            "/": Reply(body=page("/moved", "/a.html", more=more)),
            "/moved": moved,
            "/a.html": Reply(body=text),
        }
        with Loopback(dict(site)) as server:
            assert crawl(server.url("/a.html"), tmp_path, server.url()).code == 0
    assert other.asked == []


def test_a_seed_that_leads_to_another_host_is_not_called_complete(tmp_path: Path) -> None:
    moved = Reply(status=301, media_type=None, headers=(("Location", "http://www.example.invalid/"),))
    with Loopback({"/": moved}) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path, "--delay", "0")
    assert ended.code == 3
    assert "redirects to other hosts: to http://www.example.invalid/" in ended.out


def test_a_seed_that_is_not_there_is_not_called_complete(tmp_path: Path) -> None:
    with Loopback({}) as server:
        ended = crawl(server.url("/tpyo.html"), tmp_path)
    assert ended.code == 3
    assert ended.summary["failures"] == [{"url": server.url("/tpyo.html"), "reason": "status 404"}]
