"""A redesigned site raises an alarm and costs no text; a holiday raises none (FAULTS F29)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import Ended, crawl, nanhai, records
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page, prose

_ARTICLES = 12
_SITE_NAME = "练习站点"


def title(path: str) -> str:
    return f"第{path[1:-5]}号的文章"


def listing(*links: str) -> Reply:
    return Reply(body=page("/", *links, title="练习栏目"))


def site(count: int = _ARTICLES) -> dict[str, Answering]:
    articles = {f"/{number}.html": Reply(body=article(title(f"/{number}.html"))) for number in range(count)}
    return {"/": listing("/lie.html"), "/lie.html": listing(*articles), **articles}


#: What a redesign makes of an article's page.
REDESIGNS: dict[str, Callable[[str], str]] = {
    "body class renamed": lambda text: text.replace("<div><p>", '<div class="content-v2"><p>'),
    "date gone": lambda text: text.replace("时间：2024-05-06 07:08:09", ""),
    "title is the site's name": lambda text: text.replace(
        text[text.index("<h1>") : text.index("</h1>")], "<h1>" + _SITE_NAME
    ).replace(text[text.index("<title>") : text.index("</title>")], "<title>" + _SITE_NAME),
    "text gone": lambda text: text[: text.index("<p>")] + '<div id="app"></div></div></body></html>',
    "drawn by a script": lambda _: (
        '<html><head><title>x</title></head><body><div id="app"></div></body></html>'
    ),
}


def crawled(server: Loopback, archive: Path, *words: str) -> Ended:
    return crawl(server.url(), archive, "--full", *words)


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["url"], one["title"], one["published"], one["body"], one["revision"]) for one in found]


@pytest.mark.parametrize("change", REDESIGNS)
def test_a_redesign_overwrites_nothing_and_raises_an_alarm_unless_it_is_read_as_before(
    change: str, tmp_path: Path
) -> None:
    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        before = told(records(tmp_path))
        for path, reply in site().items():
            if path[1:-5].isdigit():
                assert isinstance(reply, Reply)
                server.replies[path] = Reply(body=REDESIGNS[change](str(reply.body)))
        ended = crawled(server, tmp_path)
        assert told(records(tmp_path)) == before
        if change == "body class renamed":
            assert (ended.code, ended.counts["unchanged"]) == (0, _ARTICLES)
            return
        assert (ended.code, ended.summary["outcome"]) == (4, "drift")
        assert ended.counts["changed"] == 0
        assert ended.summary["drift"]
        again = crawled(server, tmp_path)  # it is no accident, and no history either
        assert (again.code, told(records(tmp_path))) == (4, before)
        server.replies.update(site())
        assert crawled(server, tmp_path).code == 0


def test_a_list_that_is_empty_raises_an_alarm(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        server.replies["/lie.html"] = listing()
        ended = crawled(server, tmp_path)
        assert ended.code == 4
        assert ended.summary["drift"] == [
            f"{server.url('/lie.html')}: no article on this list; before, there were {_ARTICLES}"
        ]
        assert f"drift: {server.url('/lie.html')}" in nanhai("runs", "2", "--archive", tmp_path).out


def test_a_person_may_accept_what_has_changed(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        for path in [path for path in server.replies if path[1:-5].isdigit()]:
            text = REDESIGNS["title is the site's name"](article(title(path), prose("改版")))
            server.replies[path] = Reply(body=text)
        assert crawled(server, tmp_path).code == 4
        accepted = crawled(server, tmp_path, "--accept-drift")
        assert (accepted.code, accepted.counts["changed"]) == (0, _ARTICLES)
        assert crawled(server, tmp_path).code == 0


def test_a_holiday_raises_no_alarm(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        for _ in range(3):
            assert crawl(server.url(), tmp_path).code == 0
        server.replies["/new.html"] = Reply(body=article("节后第一篇的文章").replace("来源：练习来源", ""))
        server.replies["/lie.html"] = listing("/new.html", *[path for path in site() if path[1:-5].isdigit()])
        ended = crawl(server.url(), tmp_path)
        assert (ended.code, ended.counts["new"]) == (0, 1)


def test_edits_of_titles_and_texts_make_revisions(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        for number in range(_ARTICLES):
            server.replies[f"/{number}.html"] = Reply(
                body=article(f"改过的第{number}号标题", prose("改过的"))
            )
        ended = crawled(server, tmp_path)
    assert (ended.code, ended.counts["changed"]) == (0, _ARTICLES)
    assert {one["title"][:3] for one in records(tmp_path)} == {"改过的"}


def test_one_article_that_reads_worse_is_said_and_raises_no_alarm(tmp_path: Path) -> None:
    def undated(asked: Asked) -> Reply:
        return Reply(body=REDESIGNS["date gone"](article(title(asked.path), prose("别的"))))

    with Loopback(site()) as server:
        assert crawled(server, tmp_path).code == 0
        server.replies["/3.html"] = undated
        ended = crawled(server, tmp_path)
    assert ended.code == 3
    (failure,) = ended.summary["failures"]
    assert failure["reason"] == "reads worse than what is kept: it shows no time any more"
