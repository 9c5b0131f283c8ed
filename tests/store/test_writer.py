"""The writer: all of a visit or nothing of it, whatever happens to the process and the disk."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.snapshots import read_snapshot
from nanhai_crawler.store.warc import sha256
from nanhai_crawler.store.writer import BATCH_VISITS, ArchiveWriter
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import (
    CLOCK,
    HOME,
    article,
    article_url,
    exchange,
    links,
    rows,
    running,
    taken,
    visit_article,
)
from tests.store.test_snapshots import assert_judges_agree, warcs

#: A crawl of 400 articles that says how far it is; with ``limit``, files cannot grow beyond that many bytes.
CRAWL = """
import resource, signal, sys
from pathlib import Path
from nanhai_crawler.visits import Outcome, Visit
from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import CLOCK, HOME, article, article_url, exchange, links, reading
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with ArchiveWriter.open(folder) as writer:
    writer.begin_run([HOME])
    while (entry := writer.frontier.take()) is not None:
        if entry.url == HOME:
            urls = [article_url(number) for number in range(400)]
            writer.finish(Visit(entry=entry, outcome=Outcome.READ, links=links(*urls)))
            continue
        page = article(entry.url, title=entry.url, body=[entry.url * 20])
        capture = writer.capture(exchange(entry.url, page.body.encode()))
        writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=reading(page)))
        writer.commit_if_due()
        if writer.counts.new % 20 == 0:
            writer.commit()
        print(entry.url, flush=True)
    writer.end_run(outcome="complete", exit_code=0)
"""


def crawl(folder: Path, limit: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CRAWL, str(folder), str(limit)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)


def assert_sound(folder: Path) -> None:
    """Every visit has its capture, every capture its snapshot, every article one revision."""
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]
    assert rows(folder, "PRAGMA foreign_key_check") == []
    captures = rows(
        folder, "SELECT payload_digest, record_type, warc_file, warc_offset, warc_length FROM captures"
    )
    for digest, kind, *place in captures:
        snapshot = read_snapshot(folder, *place)
        assert kind == "revisit" or sha256(snapshot.payload) == digest
    visited = rows(folder, "SELECT url FROM frontier WHERE last_run IS NOT NULL AND last_capture IS NOT NULL")
    assert rows(folder, "SELECT url FROM articles ORDER BY url") == sorted(visited)
    assert rows(folder, "SELECT count(*) FROM revisions") == [(len(visited),)]
    assert rows(folder, "SELECT count(*) FROM search_index_docsize") == [(len(visited),)]


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_crawl_loses_nothing_and_says_nothing_twice(tmp_path: Path, seed: int) -> None:
    stop = random.Random(seed).randrange(10, 390)  # noqa: S311  not for secrets
    process = crawl(tmp_path)
    assert process.stdout is not None
    for _ in range(stop):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert_sound(tmp_path)
    known = rows(tmp_path, "SELECT count(*) FROM frontier")[0][0]
    unvisited = rows(tmp_path, "SELECT count(*) FROM frontier WHERE last_run IS NULL")[0][0]
    assert known == 401
    assert unvisited > 0
    process = crawl(tmp_path)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert_sound(tmp_path)
    assert rows(tmp_path, "SELECT count(*), min(revision), max(revision) FROM articles") == [(400, 1, 1)]
    assert rows(tmp_path, "SELECT count(*) FROM frontier WHERE last_run IS NULL") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM frontier WHERE last_run = 2") == [
        (unvisited + 1,)
    ]  # and the seed
    for path in warcs(tmp_path):
        assert_judges_agree(path)


@pytest.mark.parametrize("limit", [100_000, 300_000, 700_000])
def test_a_full_disk_stops_cleanly_and_the_crawl_goes_on_when_there_is_space(
    tmp_path: Path, limit: int
) -> None:
    process = crawl(tmp_path, limit)
    _, said = process.communicate()
    assert process.returncode == 1
    last = said.strip().splitlines()[-1]
    assert last.startswith("nanhai_crawler.errors.StorageError: ")
    assert str(tmp_path) in last
    if rows(tmp_path, "SELECT count(*) FROM sqlite_master WHERE name = 'articles'") == [(1,)]:
        assert_sound(tmp_path)
    for path in warcs(tmp_path):
        assert_judges_agree(path)
    process = crawl(tmp_path)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert_sound(tmp_path)


def test_nothing_is_seen_before_it_is_committed_and_all_of_it_then(tmp_path: Path) -> None:
    with running(tmp_path, article_url(1)) as writer:
        visit_article(writer, article())
        counting = "SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM revisions)"
        assert rows(tmp_path, counting) == [(0, 0)]
        writer.commit()
        assert rows(tmp_path, counting) == [(1, 1)]


def test_what_is_committed_is_in_the_file(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        capture = writer.capture(exchange())
        writer.commit()
        place = (capture.warc_file, capture.warc_offset, capture.warc_length)
        assert read_snapshot(tmp_path, *place).payload == b"<p>hello</p>"


def test_a_batch_ends_with_its_visits_or_its_second(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        writer.commit()
        assert not writer.commit_if_due()
        time.sleep(1.01)
        assert writer.commit_if_due()
        entry = taken(writer)
        for _ in range(BATCH_VISITS):
            assert not writer.commit_if_due()
            writer.finish(Visit(entry=entry, outcome=Outcome.READ))
        assert writer.commit_if_due()


def test_a_run_says_what_it_did(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path, clock=CLOCK) as writer:
        assert writer.begin_run([HOME, article_url(1)]) == 1
        seed = taken(writer)
        writer.finish(
            Visit(entry=seed, outcome=Outcome.READ, links=links(*(HOME + name for name in "abcde")))
        )
        visit_article(writer, article())
        for outcome in (Outcome.MISSING, Outcome.FAILED, Outcome.WALL, Outcome.FORBIDDEN, Outcome.FILE):
            writer.finish(Visit(entry=taken(writer), outcome=outcome))
        writer.leave_out("too deep", 3)
        assert (writer.counts.pages, writer.counts.new, writer.counts.waiting) == (2, 1, 0)
        writer.end_run(outcome="partial", exit_code=3)
    ((outcome, code, seeds, counts, started, ended, duration),) = rows(
        tmp_path, "SELECT outcome, exit_code, seeds, counts, started, ended, duration_s FROM runs"
    )
    assert (outcome, code, json.loads(seeds)) == ("partial", 3, [HOME, article_url(1)])
    expected = {"pages": 2, "files": 1, "new": 1, "missing": 1, "failed": 2, "forbidden": 1, "waiting": 0}
    assert json.loads(counts).items() >= expected.items()
    assert json.loads(counts)["left_out"] == {"too deep": 3}
    assert started < ended
    assert 0 <= duration < 5


def test_a_writer_closed_in_mid_run_keeps_what_was_finished(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path) as writer:
        writer.begin_run([article_url(1)])
        visit_article(writer, article())
    assert rows(tmp_path, "SELECT count(*) FROM articles") == [(1,)]
    assert rows(tmp_path, "SELECT outcome, ended FROM runs") == [("running", None)]


def test_a_run_must_be_begun(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path) as writer:
        with pytest.raises(RuntimeError, match="no run"):
            writer.capture(exchange())
        writer.begin_run([HOME])
        with pytest.raises(RuntimeError, match="under way"):
            writer.begin_run([HOME])


def test_one_writer_can_run_twice(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path, clock=CLOCK) as writer:
        for _ in range(2):
            writer.begin_run([article_url(1)])
            visit_article(writer, article())
            writer.end_run(outcome="complete", exit_code=0)
    assert rows(tmp_path, "SELECT count(*) FROM runs") == [(2,)]
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(1,)]


def test_a_warc_folder_that_vanishes_is_said(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path) as writer:
        writer.begin_run([HOME])
        (tmp_path / "warc").rmdir()
        with pytest.raises(StorageError, match="warc"):
            writer.capture(exchange())


def test_after_an_error_while_writing_nothing_half_written_is_committed(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path) as writer:
        writer.begin_run([article_url(1)])
        visit_article(writer, article(title="\ud800"))
        with pytest.raises(UnicodeEncodeError):
            writer.commit()
        with pytest.raises(StorageError, match="earlier error"):
            writer.commit()
    assert rows(tmp_path, "SELECT count(*) FROM captures") == [(0,)]
    assert rows(tmp_path, "SELECT last_run FROM frontier") == [(None,)]
    with running(tmp_path, article_url(1)) as writer:
        visit_article(writer, article())
    assert rows(tmp_path, "SELECT count(*) FROM captures") == [(2,)]
