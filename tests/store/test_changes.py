"""Incremental exports and the feed: what is new, changed, gone or returned since a run or a moment, and nothing else."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import text

from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import CSV_KEYS, RECORD_KEYS
from nanhai_crawler.store.database import open_engine_writer
from nanhai_crawler.store.export.atom import write_atom
from nanhai_crawler.store.export.csv import write_csv
from nanhai_crawler.store.export.jsonl import write_jsonl
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.store.given import article, article_url, running
from tests.store.test_reader import keep

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<script>alert("1")</script> ]]> &amp; \x00\x1b'
OBSERVATION = text(
    "INSERT INTO observations VALUES (NULL, :article, :run, :time, :status, '404', NULL, :counted)"
)
RUN = text(
    "INSERT INTO runs (id, started, outcome, seeds, counts, version)"
    " VALUES (:run, :started, 'complete', '[]', '{}', '')"
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    """Run 1 finds 1, 2, 3, 4; run 2 a new text of 1 and the new 5; then 2 is gone, 3 returns, and 4 is in doubt."""
    folder = tmp_path_factory.mktemp("archive")
    first = [article(article_url(number), title=f"第{number}篇") for number in range(1, 5)]
    keep(folder, *first)
    keep(folder, replace(first[0], title=HOSTILE), article(article_url(5), title="第5篇"))
    engine = open_engine_writer(folder / "nanhai.sqlite3")
    with engine.begin() as connection:
        ids = {row.url: row.id for row in connection.execute(text("SELECT id, url FROM articles"))}
        for number, status, counted in ((2, "gone", True), (3, "live", True), (4, "missing", False)):
            row = {"article": ids[article_url(number)], "run": 2, "status": status, "counted": counted}
            connection.execute(OBSERVATION, {**row, "time": f"2026-12-0{number}T00:00:00.000Z"})
        gone = {"id": ids[article_url(2)]}
        connection.execute(text("UPDATE articles SET status = 'gone' WHERE id = :id"), gone)
    engine.dispose()
    with ArchiveReader.open(folder) as reader:
        yield reader


def lines(reader: ArchiveReader, filters: Filters = EVERYTHING) -> list[dict[str, object]]:
    stream = StringIO()
    write_jsonl(reader, stream, "", filters)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def changes(reader: ArchiveReader, filters: Filters) -> dict[object, object]:
    return {str(line["url"])[-8]: line["change"] for line in lines(reader, filters)}


def test_what_changed_after_a_run_and_nothing_else(reader: ArchiveReader) -> None:
    expected = {"1": "changed", "2": "gone", "3": "returned", "5": "new"}
    assert changes(reader, Filters(since_run=1)) == expected
    assert changes(reader, Filters(since_run=2)) == {}
    assert changes(reader, Filters(since_run=0)) == {
        **expected,
        "1": "new",
        "3": "new",
        "4": "new",
        "5": "new",
    }


def test_what_changed_since_a_moment_in_any_zone(reader: ArchiveReader) -> None:
    assert changes(reader, Filters(changed_since="2026-12-02")) == {"2": "gone", "3": "returned"}
    assert changes(reader, Filters(changed_since="2026-12-02T09:00:00+08:00")) == {"3": "returned"}
    assert changes(reader, Filters(changed_since="2026-12-04")) == {}


def test_what_stays_missing_or_gone_is_told_once(tmp_path: Path) -> None:
    keep(tmp_path, *(article(article_url(number)) for number in (1, 2)))
    engine = open_engine_writer(tmp_path / "nanhai.sqlite3")
    with engine.begin() as connection:
        ids = {row.url: row.id for row in connection.execute(text("SELECT url, id FROM articles"))}
        for run, status in (
            (2, "missing"),
            (3, "missing"),
            (4, "gone"),
            (5, "gone"),
            (6, "live"),
            (7, "missing"),
        ):
            started = f"2026-12-{run:02}T00:00:00.000Z"
            connection.execute(RUN, {"run": run, "started": started})
            row = {"article": ids[article_url(1)], "run": run, "status": status, "counted": True}
            connection.execute(OBSERVATION, {**row, "time": started})
    engine.dispose()
    with ArchiveReader.open(tmp_path) as reader:
        seen = {run: "1" in changes(reader, Filters(since_run=run)) for run in range(1, 8)}
        assert seen == {1: True, 2: True, 3: True, 4: True, 5: True, 6: True, 7: False}
    becomes(tmp_path, "DELETE FROM observations WHERE run_id > 5", "gone")
    with ArchiveReader.open(tmp_path) as reader:
        assert changes(reader, Filters(since_run=3)) == {"1": "gone"}
        assert changes(reader, Filters(since_run=4)) == {}
        assert changes(reader, Filters(changed_since="2026-12-05")) == {}
        entry = feed(reader).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}updated") == "2026-12-04T00:00:00.000Z"


def becomes(folder: Path, statement: str, status: str) -> None:
    engine = open_engine_writer(folder / "nanhai.sqlite3")
    with engine.begin() as connection:
        connection.execute(text(statement))
        connection.execute(
            text("UPDATE articles SET status = :status WHERE url = :url"),
            {"status": status, "url": article_url(1)},
        )
    engine.dispose()


def test_the_change_is_one_more_key_at_the_end_and_the_order_is_that_of_ids(reader: ArchiveReader) -> None:
    assert [tuple(line) for line in lines(reader)] == [RECORD_KEYS] * 5
    found = lines(reader, Filters(since_run=1))
    assert [tuple(line) for line in found] == [(*RECORD_KEYS, "change")] * 4
    assert [line["id"] for line in found] == sorted(str(line["id"]) for line in found)
    stream = StringIO(newline="")
    assert write_csv(reader, stream, "", Filters(since_run=1)).count == 4
    rows = list(csv.DictReader(StringIO(stream.getvalue(), newline="")))
    assert tuple(rows[0]) == (*CSV_KEYS, "change")
    assert [row["change"] for row in rows] == [line["change"] for line in found]


def test_a_run_that_was_not_and_what_is_no_time_are_refused(reader: ArchiveReader) -> None:
    with pytest.raises(UsageError, match="no run has the number 9"):
        lines(reader, Filters(since_run=9))
    for time in ("yesterday", "2026-13-40T00:00:00Z", "T+08:00"):
        with pytest.raises(UsageError):
            Filters(changed_since=time)


def feed(reader: ArchiveReader, filters: Filters = EVERYTHING) -> etree._Element:
    stream = StringIO()
    write_atom(reader, stream, "", filters)
    return etree.fromstring(stream.getvalue().encode())


def test_the_feed_has_what_changed_the_newest_first(reader: ArchiveReader) -> None:
    entries = feed(reader, Filters(since_run=1)).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries][:2] == [article_url(3), article_url(2)]
    times = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert times == sorted(times, reverse=True)
    assert all(time.endswith("Z") for time in times)
    assert entries[1].findtext(f"{ATOM}title") == "【已消失】第2篇"
    assert len(feed(reader).findall(f"{ATOM}entry")) == 5


def test_the_feed_and_its_entries_keep_their_ids(reader: ArchiveReader) -> None:
    ids = {feed(reader, filters).findtext(f"{ATOM}id") for filters in (EVERYTHING, Filters(since_run=1))}
    assert len(ids) == 1
    assert (ids.pop() or "").startswith("urn:uuid:")


def test_scripts_and_control_characters_are_text(reader: ArchiveReader) -> None:
    titles = [title.text for title in feed(reader).iter(f"{ATOM}title")]
    assert any(
        title and title.endswith('<script>alert("1")</script> ]]> &amp; \ufffd\ufffd') for title in titles
    )


def test_a_feed_without_entries_is_a_feed(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    with ArchiveReader.open(tmp_path) as reader:
        empty = feed(reader)
    assert empty.findtext(f"{ATOM}updated")
    assert empty.findall(f"{ATOM}entry") == []
