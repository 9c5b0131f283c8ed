"""Clocks that jump and zones that differ: times are kept as UTC, shown ones as +08:00, durations by a clock that does not jump (F9)."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import crawl, records, run
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page

_UTC = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
#: The crawl's clock goes back a day with every tenth look, or on.
_JUMPING = """
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path
from nanhai_crawler.cli.crawl_report import summary_json
from nanhai_crawler.crawl.order import CrawlOrder
from nanhai_crawler.crawl.plan import make_plan
from nanhai_crawler.crawl.run import run_session
from nanhai_crawler.crawl.session import CrawlSession
from nanhai_crawler.store.clock import utc_now
looks, days = count(), float(sys.argv[3])
clock = lambda: utc_now() + timedelta(days=days * (next(looks) // 10))
plan = make_plan(Path(sys.argv[2]), CrawlOrder(seeds=[sys.argv[1]], delay_s=0))
summary = run_session(CrawlSession(plan, clock=clock))
sys.stdout.write(summary_json(summary))
sys.exit(summary.exit_code)
"""


def site() -> dict[str, Answering]:
    paths = [f"/{number}.html" for number in range(8)]
    return {
        "/": Reply(body=page(*paths)),
        **{path: Reply(body=article(f"{path}处的文章")) for path in paths},
    }


def rows(archive: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize("days", ["-1", "1"])
def test_a_clock_that_jumps_loses_nothing_and_durations_stay_true(days: str, tmp_path: Path) -> None:
    with Loopback(site()) as server:
        ended = run("python", "-c", _JUMPING, server.url(), str(tmp_path), days)
        assert ended.code == 0, ended
        assert 0 < ended.summary["duration_s"] < 60
        assert crawl(server.url(), tmp_path, "--full").code == 0
    assert rows(tmp_path, "SELECT count(*), max(revision), min(status) FROM articles") == [(8, 1, "live")]
    assert all(0 <= duration < 60 for (duration,) in rows(tmp_path, "SELECT duration_s FROM runs"))


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
def test_times_are_the_same_in_every_zone(zone: str, tmp_path: Path) -> None:
    with Loopback(site()) as server:
        assert crawl(server.url(), tmp_path, TZ=zone).code == 0
    found = records(tmp_path)
    assert {one["published"] for one in found} == {"2024-05-06T07:08:09+08:00"}
    assert all(_UTC.fullmatch(one["first_captured"]) for one in found)
    (lately,) = rows(tmp_path, "SELECT max(abs(julianday('now') - julianday(time))) < 0.01 FROM captures")
    assert lately == (1,)
