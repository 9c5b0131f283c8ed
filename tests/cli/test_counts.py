"""nanhai count and nanhai kwic, on an archive of three articles."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from nanhai_crawler.cli.program import run
from tests.store.given import article, article_url, running, taken, visit_article

TIMES = ("2023-01-05", "2023-03-02T09:30+08:00", None)
BODIES = ("下好党建一盘棋。黨建引领。", "人才（AI）与党建。", "人才。")


@pytest.fixture
def archive(tmp_path: Path) -> str:
    urls = [article_url(number) for number in range(3)]
    with running(tmp_path, *urls) as writer:
        for url, time, body in zip(urls, TIMES, BODIES, strict=True):
            entry = taken(writer)
            page = replace(article(url, title="题", body=(body,)), published=time)
            visit_article(writer, page, entry)
    return str(tmp_path)


def told(capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == 0
    return capfd.readouterr().out


def test_months_are_counted_without_gaps_and_the_undated_last(
    archive: str, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = told(capfd, "count", "--by", "month", "--json", "--archive", archive).splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == [
        ("2023-01", 1, 1),
        ("2023-02", 0, 0),
        ("2023-03", 1, 1),
        (None, 1, 1),
    ]


def test_terms_stand_side_by_side(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("count", "党建 OR 人才", "--by", "year", "--terms", "--csv", "--archive", archive)
    rows = list(csv.reader(io.StringIO(told(capfd, *words))))
    assert rows == [["year", "党建", "人才", "total"], ["2023", "2", "1", "2"], ["", "0", "1", "1"]]


def test_occurrences_are_as_many_as_the_concordance_has_lines(
    archive: str, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ("count", "党建 OR 人才", "--by", "year", "--occurrences", "--archive", archive)
    rows = list(csv.reader(io.StringIO(told(capfd, *words, "--terms", "--csv"))))
    assert rows == [["year", "党建", "人才", "total"], ["2023", "3", "1", "45"], ["", "0", "1", "14"]]
    assert told(capfd, *words).splitlines()[0].split() == ["year", "count", "characters"]
    for query in ("党建", "党建 人才", "党建 -人才", "建 OR 党建", '"）与"', "-党建", ""):
        kwic = told(capfd, "kwic", query, "--json", "--archive", archive).splitlines()
        asked = ("count", query, "--by", "column", "--occurrences", "--json", "--archive", archive)
        counted = [json.loads(line)["count"] for line in told(capfd, *asked).splitlines()]
        assert sum(counted) == len(kwic)


def test_a_chart_has_a_bar_a_value(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    lines = told(capfd, "count", "党建", "--by", "author", "--chart", "--archive", archive).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("李翠贞  2  █")


def test_every_match_stands_in_its_context(archive: str, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("kwic", "党建", "--width", "2", "--sort", "oldest", "--json", "--archive", archive)
    lines = [json.loads(line) for line in told(capfd, *words).splitlines()]
    assert [(line["left"], line["match"], line["right"]) for line in lines] == [
        ("下好", "党建", "一盘"),
        ("棋。", "黨建", "引领"),
        ("）与", "党建", "。"),
    ]


@pytest.mark.parametrize(
    "query", ['"', "(", "a:b", "-x", "南海 AND", "党", "\x00", "党 " * 30_000, "'; DROP"]
)
def test_any_string_can_be_counted_and_shown(
    archive: str, capfd: pytest.CaptureFixture[str], query: str
) -> None:
    told(capfd, "count", query, "--by", "column", "--archive", archive)
    told(capfd, "kwic", query, "--archive", archive)
