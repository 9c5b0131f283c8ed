"""Traps: addresses without end come to an end, and the run says what it left out and why."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawl.commands import crawl, records
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page

_WELL = tuple(f"/in/{number}.html" for number in range(6))
_MENU = ("/", *_WELL)


class Site(dict[str, Answering]):
    """Pages by path, and ``beyond`` for every path that has none of its own."""

    def __init__(self, beyond: Callable[[Asked], Reply], entrance: str) -> None:
        super().__init__({path: Reply(body=article(f"{path}处的文章")) for path in _WELL})
        self["/"] = Reply(body=page(*_WELL, entrance))
        self["/robots.txt"] = self["/lie.html"] = Reply(status=404)
        self._beyond = beyond

    def get(self, key: str, default: object = None) -> Answering:
        return super().get(key, self._beyond)


def calendar(asked: Asked) -> Reply:
    year, month = map(int, re.findall(r"\d+", asked.path))
    later = (year + month // 12, month % 12 + 1)
    return Reply(body=page(*_MENU, "/cal/{}/{}/".format(*later), f"/cal/{year + 1}/{month}/", title="日历"))


def last_page_again(asked: Asked) -> Reply:
    number = int(asked.path.rpartition("=")[2])
    return Reply(body=page(*_WELL, f"/list?page={number + 1}", title="列表"))


def growing(asked: Asked) -> Reply:
    return Reply(body=page(*_MENU, f"{asked.path}next/", title="相对地址"))


def with_session(asked: Asked) -> Reply:
    """Three pages, each linking to all three, under an id that every answer makes anew."""
    number = len(asked_for)
    asked_for.append(asked.path)
    links = [f"/s.jsp?p={page}&token=a1b2c3{number:05}" for page in range(3)]
    return Reply(body=page(*_MENU, *links, title=f"第{asked.path[9:10]}页"))


asked_for: list[str] = []
TRAPS: dict[str, tuple[Callable[[Asked], Reply], str, str]] = {
    "calendar": (calendar, "/cal/2024/1/", "of a kind that led to nothing new"),
    "last page again": (last_page_again, "/list?page=1", "of a kind that led to nothing new"),
    "growing path": (growing, "/g/next/", "a path that repeats itself"),
    "session": (with_session, "/s.jsp?p=0&token=a1b2c399999", "a session in the address"),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_ends_and_is_told_and_the_articles_are_had(trap: str, tmp_path: Path) -> None:
    beyond, entrance, why = TRAPS[trap]
    with Loopback(Site(beyond, entrance)) as server:
        ended = crawl(server.url(), tmp_path)
        assert (ended.code, ended.summary["outcome"]) == (0, "complete")
        assert ended.counts["left_out"][why] > 0
        assert len(server.asked) < 100
        assert len(records(tmp_path)) == len(_WELL)
        first = len(server.asked)
        again = crawl(server.url(), tmp_path)
        assert again.code == 0
        assert len(server.asked) - first <= first  # nothing new of it


def test_a_search_by_many_parameters_ends_and_articles_under_the_same_path_are_had(tmp_path: Path) -> None:
    """Every page of it leads to thirty others, by other combinations of parameters, without end."""

    def faceted(asked: Asked) -> Reply:
        if "&id=" in asked.path:
            return Reply(body=article(f"{asked.path}处的文章"))
        some = random.Random(asked.path)  # noqa: S311  no secret
        chosen = [sorted(some.sample("abcdefgh", some.randint(1, 5))) for _ in range(30)]
        links = ["/f?" + "&".join(f"{name}={some.randint(1, 99)}" for name in names) for names in chosen]
        return Reply(body=page(*_MENU, *links, f"/f?c=1&id={len(links[0])}", title="筛选"))

    with Loopback(Site(faceted, "/f?a=1&b=2")) as server:
        ended = crawl(server.url(), tmp_path)
        assert (ended.code, ended.summary["outcome"]) == (0, "complete")
        assert ended.counts["left_out"]["of a kind that led to nothing new"] > 0
        assert len(server.asked) < 2000
        ids = {path for path in server.paths if "&id=" in path}
    assert len(records(tmp_path)) == len(_WELL) + len(ids)


def test_the_months_of_a_calendar_end_when_its_days_do(tmp_path: Path) -> None:
    def months(asked: Asked) -> Reply:
        if "day" in asked.path:
            return Reply(body="<title>日程</title><p>今日没有安排</p>")
        year, month = map(int, re.findall(r"\d+", asked.path))
        days = [f"/day/{year}-{month}-{day}.html" for day in range(1, 29)]
        later = (year + month // 12, month % 12 + 1)
        return Reply(body=page(*_MENU, "/cal/{}/{}/".format(*later), *days, title="日历"))

    with Loopback(Site(months, "/cal/2024/1/")) as server:
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, len(server.asked) < 300) == (0, True), len(server.asked)


def test_a_long_list_is_no_trap(tmp_path: Path) -> None:
    def listed(asked: Asked) -> Reply:
        if asked.path.startswith("/a/"):
            return Reply(body=article(f"{asked.path}处的文章"))
        number = int(asked.path.rpartition("=")[2])
        further = [f"/list?page={number + 1}"] if number < 150 else []
        return Reply(body=page(f"/a/{number}.html", *further, title="列表"))

    with Loopback(Site(listed, "/list?page=1")) as server:
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, ended.counts["new"], ended.counts["left_out"]) == (0, 150 + len(_WELL), {})
