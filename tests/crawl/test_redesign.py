"""A redesigned site raises an alarm and costs no text; a holiday raises none (FAULTS F29)."""

import shutil
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loopback, Path]]:
    """The site, and an archive of its first crawl."""
    archive = tmp_path_factory.mktemp("first")
    with Loopback(site()) as server:
        assert crawled(server, archive).code == 0
        yield server, archive


@pytest.fixture
def server(first_day: tuple[Loopback, Path]) -> Loopback:
    """The site as it was on its first day."""
    first_day[0].replies = site()
    return first_day[0]


@pytest.fixture
def archive(first_day: tuple[Loopback, Path], tmp_path: Path) -> Path:
    """What was crawled on that day."""
    return Path(shutil.copytree(first_day[1], tmp_path / "archive"))


def crawled(server: Loopback, archive: Path, *words: str) -> Ended:
    return crawl(server.url(), archive, "--full", *words)


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["url"], one["title"], one["published"], one["body"], one["revision"]) for one in found]


@pytest.mark.parametrize("change", REDESIGNS)
def test_a_redesign_overwrites_nothing_and_raises_an_alarm_unless_it_is_read_as_before(
    change: str, server: Loopback, archive: Path
) -> None:
    before = told(records(archive))
    for path, reply in site().items():
        if path[1:-5].isdigit():
            assert isinstance(reply, Reply)
            server.replies[path] = Reply(body=REDESIGNS[change](str(reply.body)))
    ended = crawled(server, archive)
    assert told(records(archive)) == before
    if change == "body class renamed":
        assert (ended.code, ended.counts["unchanged"]) == (0, _ARTICLES)
        return
    assert (ended.code, ended.summary["outcome"]) == (4, "drift")
    assert ended.counts["changed"] == 0
    assert ended.summary["drift"]
    again = crawled(server, archive)  # it is no accident, and no history either
    assert (again.code, told(records(archive))) == (4, before)
    server.replies.update(site())
    assert crawled(server, archive).code == 0


def test_a_list_that_is_empty_raises_an_alarm(server: Loopback, archive: Path) -> None:
    server.replies["/lie.html"] = listing()
    ended = crawled(server, archive)
    assert ended.code == 4
    assert ended.summary["drift"] == [
        f"{server.url('/lie.html')}: no article on this list; before, there were {_ARTICLES}"
    ]
    assert f"drift: {server.url('/lie.html')}" in nanhai("runs", "2", "--archive", archive).out


def test_a_person_may_accept_what_has_changed(server: Loopback, archive: Path) -> None:
    for path in [path for path in server.replies if path[1:-5].isdigit()]:
        text = REDESIGNS["title is the site's name"](article(title(path), prose("改版")))
        server.replies[path] = Reply(body=text)
    assert crawled(server, archive).code == 4
    accepted = crawled(server, archive, "--accept-drift")
    assert (accepted.code, accepted.counts["changed"]) == (0, _ARTICLES)
    assert crawled(server, archive).code == 0


def test_a_holiday_raises_no_alarm(server: Loopback, archive: Path) -> None:
    for _ in range(3):
        assert crawl(server.url(), archive).code == 0
    server.replies["/new.html"] = Reply(body=article("节后第一篇的文章").replace("来源：练习来源", ""))
    server.replies["/lie.html"] = listing("/new.html", *[path for path in site() if path[1:-5].isdigit()])
    ended = crawl(server.url(), archive)
    assert (ended.code, ended.counts["new"]) == (0, 1)


def test_edits_of_titles_and_texts_make_revisions(server: Loopback, archive: Path) -> None:
    for number in range(_ARTICLES):
        server.replies[f"/{number}.html"] = Reply(body=article(f"改过的第{number}号标题", prose("改过的")))
    ended = crawled(server, archive)
    assert (ended.code, ended.counts["changed"]) == (0, _ARTICLES)
    assert {one["title"][:3] for one in records(archive)} == {"改过的"}


def test_one_article_that_reads_worse_is_said_and_raises_no_alarm(server: Loopback, archive: Path) -> None:
    def undated(asked: Asked) -> Reply:
        return Reply(body=REDESIGNS["date gone"](article(title(asked.path), prose("别的"))))

    server.replies["/3.html"] = undated
    ended = crawled(server, archive)
    assert ended.code == 3
    (failure,) = ended.summary["failures"]
    assert failure["reason"] == "reads worse than what is kept: it shows no time any more"
