"""The lock: one crawl at a time, and none held up by a dead one."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nanhai_crawler.errors import ArchiveLocked
from nanhai_crawler.store.lock import CrawlLock, is_held
from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import rows, running

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
HOLD = """
import sys
from pathlib import Path
from nanhai_crawler.store.writer import ArchiveWriter
writer = ArchiveWriter.open(Path(sys.argv[1]))
writer.begin_run(["http://127.0.0.1/"])
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the archive."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_second_crawl_is_refused_at_once_and_told_of_the_first(tmp_path: Path) -> None:
    first = holder(tmp_path)
    began = time.monotonic()
    with pytest.raises(ArchiveLocked, match=f"process {first.pid} on .*, since 20"):
        ArchiveWriter.open(tmp_path)
    assert time.monotonic() - began < 1
    end(first)


def test_readers_do_not_mind_the_lock(tmp_path: Path) -> None:
    first = holder(tmp_path)
    assert rows(tmp_path, "SELECT outcome FROM runs") == [("running",)]
    end(first)


def test_a_killed_crawls_lock_is_taken_over_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = holder(tmp_path)
    end(first)
    with running(tmp_path):
        pass
    assert f"left behind by process {first.pid}" in caplog.text
    assert rows(tmp_path, "SELECT outcome FROM runs ORDER BY id") == [("killed",), ("complete",)]


def test_a_lock_that_names_a_living_process_of_another_program_is_stale(tmp_path: Path) -> None:
    path = tmp_path / "crawl.lock"
    words = {"pid": os.getppid(), "process_started": "2001-01-01T00:00:00Z", "host": "here", "since": "2001"}
    path.write_text(json.dumps(words), encoding="utf-8")
    lock = CrawlLock(path)
    lock.acquire(SINCE)
    assert lock.stale is not None
    assert lock.stale.pid == os.getppid()
    lock.release()


@pytest.mark.parametrize("words", ["", "{", "[]", '{"pid": 1}', "南海", "[" * 100_000])
def test_words_that_name_nobody_are_nobody(tmp_path: Path, words: str) -> None:
    (tmp_path / "crawl.lock").write_text(words, encoding="utf-8")
    lock = CrawlLock(tmp_path / "crawl.lock")
    lock.acquire(SINCE)
    assert lock.stale is None
    lock.release()


def test_the_lock_names_its_holder_and_is_empty_afterwards(tmp_path: Path) -> None:
    lock = CrawlLock(tmp_path / "crawl.lock")
    lock.acquire(SINCE)
    words = json.loads((tmp_path / "crawl.lock").read_text(encoding="utf-8"))
    assert words["pid"] == os.getpid()
    assert words["since"] == "2026-11-01T00:00:00.000Z"
    assert words["host"]
    with pytest.raises(ArchiveLocked):
        CrawlLock(tmp_path / "crawl.lock").acquire(SINCE)
    lock.release()
    lock.release()
    assert (tmp_path / "crawl.lock").read_bytes() == b""


def test_a_lock_that_came_with_a_copy_from_another_host_is_taken_over_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    words = {
        "pid": os.getppid(),
        "process_started": "2001-01-01T00:00:00Z",
        "host": "elsewhere",
        "since": "2001",
    }
    (tmp_path / "crawl.lock").write_text(json.dumps(words), encoding="utf-8")
    with running(tmp_path):
        pass
    assert "on elsewhere" in caplog.text


def test_a_living_holder_is_believed_where_the_file_system_keeps_no_locks(tmp_path: Path) -> None:
    first = holder(tmp_path)
    words = (tmp_path / "crawl.lock").read_bytes()
    (tmp_path / "crawl.lock").unlink()
    (tmp_path / "crawl.lock").write_bytes(words)  # another file, that nobody has locked
    with pytest.raises(ArchiveLocked, match=f"process {first.pid}"):
        CrawlLock(tmp_path / "crawl.lock").acquire(SINCE)
    end(first)
    lock = CrawlLock(tmp_path / "crawl.lock")
    lock.acquire(SINCE)
    assert lock.stale is not None
    lock.release()


def test_whether_a_crawl_writes_can_be_asked_without_a_trace(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "crawl.lock")
    assert list(tmp_path.iterdir()) == []
    first = holder(tmp_path)
    assert is_held(tmp_path / "crawl.lock")
    end(first)
    assert not is_held(tmp_path / "crawl.lock")
