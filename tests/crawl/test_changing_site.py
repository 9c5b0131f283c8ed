"""A site that changes between runs: edits, deletions and returns, bad days; the archive says what was, and when."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import crawl, crawl_on
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page, prose

KEYS = [f"202311011302{number}029260711" for number in range(10, 30)]
PATHS = [f"/cms/html/6486/2023/{key}/{key}_1.html" for key in KEYS]
SOFT = page(title="提示信息", more="<p>抱歉，您访问的页面不存在或已被删除！</p>")


def home(*paths: str) -> Reply:
    return Reply(body=page("/lie.html", *paths, more="<p>欢迎访问练习网站</p>"))


def site(*left_out: str) -> dict[str, Answering]:
    listed = [path for path in PATHS if path not in left_out]
    pages: dict[str, Answering] = {path: Reply(body=article(f"第{path[-6]}号{path}")) for path in listed}
    return {"/": home(*listed), "/lie.html": Reply(body=page(*listed, title="练习栏目")), **pages}


def rows(archive: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{archive / 'nanhai.sqlite3'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def statuses(server: Loopback, archive: Path) -> dict[str, str]:
    """The status of each article that is not live, by path."""
    found = rows(archive, "SELECT url, status FROM articles WHERE status != 'live'")
    return {url.removeprefix(server.url("")): status for url, status in found}


def redirect(to: str) -> Reply:
    return Reply(status=302, media_type=None, headers=(("Location", to),))


WAYS: dict[str, tuple[Answering, str]] = {
    "404": (Reply(status=404, body="no"), "status 404"),
    "410": (Reply(status=410, body="no"), "status 410"),
    "soft": (Reply(body=SOFT), "页面不存在"),
    "redirect": (redirect("/"), "redirects to http"),
    "home": (home(*PATHS), "listing"),
    "elsewhere": (redirect("http://example.org/"), "redirects to http://example.org/"),
}


@pytest.fixture(scope="module")
def gone(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[dict[str, str]], list[tuple[int, int, int]]]:
    """An archive; the statuses, by way, after each of four days; the articles that each day's run found gone, or back."""
    archive = tmp_path_factory.mktemp("changing")
    with Loopback(site()) as server:
        assert crawl(server.url(), archive).code == 0
        victims = dict(zip(WAYS, PATHS, strict=False))
        server.replies.update({victims[way]: WAYS[way][0] for way in WAYS})
        seen, counted = [], []
        for day in (1.5, 2.5, 3.5, 5.5):
            if day == 5.5:
                server.replies.update(site())
            ended = crawl_on(day, server.url(), archive)
            assert ended.code == 0, ended.out
            found = statuses(server, archive)
            seen.append({way: found.pop(victims[way], "live") for way in WAYS})
            assert found == {}
            counted.append((ended.counts["missing"], ended.counts["gone"], ended.counts["returned"]))
    return archive, seen, counted


@pytest.mark.parametrize("way", WAYS)
def test_an_article_goes_and_comes_back_whatever_the_site_answers_meanwhile(
    gone: tuple[Path, list[dict[str, str]], list[tuple[int, int, int]]], way: str
) -> None:
    archive, seen, counted = gone
    count = len(WAYS)
    assert [day[way] for day in seen] == ["missing", "missing", "gone", "live"]
    # However the site says it: what leads home is as missing as what answers 404.
    assert counted == [(count, 0, 0), (count, 0, 0), (count, count, 0), (0, 0, count)]
    place = f"202311011302{10 + list(WAYS).index(way)}029260711"
    told = [
        (status, evidence)
        for url, status, evidence in rows(
            archive,
            "SELECT url, o.status, evidence FROM observations o JOIN articles a ON a.id = article_id "
            "WHERE counted ORDER BY o.id",
        )
        if place in url
    ]
    assert [status for status, _ in told] == ["missing", "missing", "gone", "live"]
    assert all(WAYS[way][1] in evidence for _, evidence in told[:3])


def test_a_site_that_changed_has_every_article_once(
    gone: tuple[Path, list[dict[str, str]], list[tuple[int, int, int]]],
) -> None:
    archive, *_ = gone
    assert rows(archive, "SELECT count(*), max(revision) FROM articles") == [(len(PATHS), 1)]


def test_what_a_list_no_longer_has_is_asked_for_in_the_same_run(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawl(server.url(), tmp_path).code == 0
        server.replies.pop(PATHS[4])
        server.replies.update({"/lie.html": site(PATHS[4])["/lie.html"]})
        assert crawl(server.url(), tmp_path).code == 0
        assert statuses(server, tmp_path) == {PATHS[4]: "missing"}
        ((evidence,),) = rows(tmp_path, "SELECT evidence FROM observations")
    assert evidence == f"status 404; no longer on {server.url('/lie.html')}"


def test_a_304_after_a_404_is_the_article_again(tmp_path: Path) -> None:
    validated: Reply = Reply(body=article("有校验码的文章"), headers=(("ETag", '"1"'),))

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == '"1"'
        return Reply(status=304, media_type=None, headers=(("ETag", '"1"'),)) if known else validated

    with Loopback({**site(), PATHS[4]: answer}) as server:
        assert crawl(server.url(), tmp_path).code == 0
        server.replies.pop(PATHS[4])
        assert crawl_on(1.5, server.url(), tmp_path).code == 0
        assert statuses(server, tmp_path) == {PATHS[4]: "missing"}
        server.replies[PATHS[4]] = answer
        assert crawl_on(2.5, server.url(), tmp_path).counts["returned"] == 1
        assert statuses(server, tmp_path) == {}


BAD_DAYS: list[Answering] = [Reply(status=404, body="no"), redirect("/"), home(*PATHS)]


def test_days_on_which_every_article_is_absent_leave_all_live_and_are_told(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawl(server.url(), tmp_path).code == 0
        for day, bad in enumerate(BAD_DAYS, 1):
            server.replies.update(dict.fromkeys(PATHS, bad))
            ended = crawl_on(day + 0.5, server.url(), tmp_path)
            assert ended.code == 4
            assert any(
                "20 articles are not where they were, and only 0 are" in said
                for said in ended.summary["drift"]
            )
            assert statuses(server, tmp_path) == {}
        server.replies.update(site())
        assert crawl_on(5.5, server.url(), tmp_path).code == 0
    assert rows(tmp_path, "SELECT status, count(*), max(revision) FROM articles") == [("live", 20, 1)]


def test_a_wall_that_leads_every_address_to_its_login_ends_in_an_alarm(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawl(server.url(), tmp_path).code == 0
        login = Reply(
            body="<title>统一身份认证</title><form>用户名<input name=u>密码<input type=password></form>"
        )
        server.replies.update({**dict.fromkeys(server.replies, redirect("/login")), "/login": login})
        ended = crawl_on(1.5, server.url(), tmp_path, "--full")
        assert (ended.code, statuses(server, tmp_path)) == (4, {})


def test_a_person_may_accept_that_most_articles_are_gone(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawl(server.url(), tmp_path).code == 0
        for path in PATHS[:15]:
            del server.replies[path]
        assert crawl_on(1.5, server.url(), tmp_path).code == 4
        assert crawl_on(2.5, server.url(), tmp_path, "--accept-drift").code == 0
        assert set(statuses(server, tmp_path)) == set(PATHS[:15])
        assert crawl_on(3.5, server.url(), tmp_path).code == 0  # said once, and known


def test_runs_that_are_not_complete_advance_nothing(tmp_path: Path) -> None:
    with Loopback({**site(), "/broken.html": Reply(body=page())}) as server:
        server.replies["/"] = home(*PATHS, "/broken.html")
        assert crawl(server.url(), tmp_path).code == 0
        server.replies.pop(PATHS[4])
        server.replies["/broken.html"] = Reply(status=403, body="no")
        for day in (1.5, 2.5, 3.5):
            assert crawl_on(day, server.url(), tmp_path).code == 3
        assert statuses(server, tmp_path) == {}


def test_edits_are_revisions_and_a_page_s_surroundings_are_not(tmp_path: Path) -> None:
    with Loopback(site()) as server:
        for day, text, seen, today in (
            (0, "甲", 1, "11月1日 星期日"),
            (1.5, "甲", 25, "11月2日 星期一"),
            (3.5, "乙", 31, "11月4日 星期三"),
            (4.5, "甲", 32, "11月5日 星期四"),
        ):
            shown = article("第四号文章", prose(text), time=f"2024-05-06 07:08:09 浏览次数：{seen}")
            around = (
                f"<body><div>今天是2026年{today}</div><ul><li><a href='/{seen}.html'>菜单{seen}</a></li></ul>"
            )
            server.replies[PATHS[4]] = Reply(body=shown.replace("<body>", around))
            assert crawl_on(day, server.url(), tmp_path, "--full").code == 0
    found = rows(
        tmp_path, "SELECT number, instr(body, '乙') > 0 FROM revisions WHERE title = '第四号文章' ORDER BY 1"
    )
    assert found == [(1, 0), (2, 1), (3, 0)]


def test_a_small_home_page_in_place_of_an_article_says_that_it_is_gone(tmp_path: Path) -> None:
    small = Reply(body=page("/lie.html", "/tu.html"))
    pages = {**site(), "/": small, "/tu.html": Reply(body=page("/", title="联系我们"))}
    with Loopback(pages) as server:
        assert crawl(server.url(), tmp_path).code == 0
        server.replies[PATHS[0]] = small
        ended = crawl_on(1.5, server.url(), tmp_path)
        assert ended.code == 0, ended.out
        assert statuses(server, tmp_path) == {PATHS[0]: "missing"}
        closed = Reply(body=page("/", title="系统维护", more="<p>网站正在维护升级，请稍后访问。</p>"))
        server.replies.update(dict.fromkeys(["/", *PATHS], closed))
        assert crawl_on(3, server.url(), tmp_path, "--full").code not in {0, 3}
        assert statuses(server, tmp_path) == {PATHS[0]: "missing"}
