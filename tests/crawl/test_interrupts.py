"""Interrupts and locks: a crawl that is stopped leaves a sound archive, and only one crawl writes it."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import fastwarc
import pytest

from nanhai_crawler.store.lock import CrawlLock
from tests.crawl.commands import BIN, DEADLINE_S, crawl, environment, nanhai, run, without_progress
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page

_ARTICLES = 12


def slow_site(wait_s: float = 0.15) -> dict[str, Answering]:
    paths = [f"/{number}.html" for number in range(_ARTICLES)]
    pages = {path: Reply(body=article(f"第{path[1:-5]}号的文章"), wait_s=wait_s) for path in paths}
    return {"/": Reply(body=page(*paths)), **pages}


@contextmanager
def crawling(server: Loopback, archive: Path, delay: str) -> Iterator[subprocess.Popen[bytes]]:
    """A crawl under way, that some of the site has been given to; dead at the end whatever happens."""
    words = ("crawl", server.url(), "--archive", str(archive), "--delay", delay, "--json")
    process = subprocess.Popen(
        [str(BIN / "nanhai"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    try:
        wait_until(lambda: len(server.asked) >= 4)
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_sound(archive: Path) -> bool:
    """Whether SQLite finds no fault in the database, and every WARC file is whole to its last record."""
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        known = {row[0] for row in connection.execute("SELECT warc_offset || warc_file FROM captures")}
    found = set()
    for path in (archive / "warc").iterdir():
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file, strict_mode=True):
                record.reader.read()
                found.add(f"{record.stream_pos}{path.name}")
    return bool(said == "ok" and known <= found)


def revisions(archive: Path) -> list[int]:
    """The number of the newest revision of each article."""
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        return [number for (number,) in connection.execute("SELECT revision FROM articles")]


def test_one_interrupt_ends_the_crawl_and_the_next_completes_it(tmp_path: Path) -> None:
    with Loopback(slow_site()) as server:
        with crawling(server, tmp_path, "0.05") as process:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=DEADLINE_S)
        assert process.returncode == 8
        assert without_progress(err.decode()) == ""
        summary = json.loads(out)
        assert summary["outcome"] == "interrupted"
        assert summary["counts"]["waiting"] > 0
        asked = {path for path in server.paths if path[1:-5].isdigit()}
        assert is_sound(tmp_path)
        assert f"{summary['counts']['waiting']} due" in nanhai("status", "--archive", tmp_path).out
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, ended.summary["outcome"], ended.counts["waiting"]) == (0, "complete", 0)
    assert ended.counts["new"] == _ARTICLES - summary["counts"]["new"]
    assert summary["counts"]["new"] == len(asked)  # pages in flight are finished
    assert revisions(tmp_path) == [1] * _ARTICLES


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_termination_and_a_hangup_end_the_crawl_as_one_interrupt(
    tmp_path: Path, number: signal.Signals
) -> None:
    with Loopback(slow_site()) as server, crawling(server, tmp_path, "0.05") as process:
        process.send_signal(number)
        out, err = process.communicate(timeout=DEADLINE_S)
    assert (process.returncode, without_progress(err.decode())) == (8, "")
    summary = json.loads(out)
    assert (summary["outcome"], Path(summary["report"]).is_file()) == ("interrupted", True)
    asked = {path for path in server.paths if path[1:-5].isdigit()}
    assert summary["counts"]["new"] == len(asked) < _ARTICLES  # pages in flight are finished
    assert is_sound(tmp_path)


def test_a_terminal_that_is_closed_ends_the_crawl_as_one_interrupt(tmp_path: Path) -> None:
    with Loopback(slow_site()) as server:
        words = ["nanhai", "crawl", server.url(), "--archive", str(tmp_path), "--delay", "0.05"]
        child, terminal = pty.fork()
        if child == 0:
            os.execve(BIN / "nanhai", words, environment())  # noqa: S606  no shell is wanted
        wait_until(lambda: len(server.asked) >= 4)
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 8
    assert is_sound(tmp_path)
    assert (tmp_path / "reports" / "run-00001.json").is_file()


def test_a_hangup_is_nothing_to_a_crawl_under_nohup(tmp_path: Path) -> None:
    with Loopback(slow_site()) as server:
        words = ["crawl", server.url(), "--archive", str(tmp_path), "--delay", "0.01", "--json"]
        process = subprocess.Popen(
            ["nohup", str(BIN / "nanhai"), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        wait_until(lambda: len(server.asked) >= 4)
        process.send_signal(signal.SIGHUP)
        out, err = process.communicate(timeout=DEADLINE_S)
    assert process.returncode == 0, err
    assert json.loads(out)["counts"]["new"] == _ARTICLES


def test_two_interrupts_stop_at_once_and_leave_a_sound_archive(tmp_path: Path) -> None:
    with Loopback(slow_site(wait_s=0.6)) as server:
        with crawling(server, tmp_path, "0.01") as process:
            process.send_signal(signal.SIGINT)
            time.sleep(0.1)
            began_s = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=DEADLINE_S)
        assert time.monotonic() - began_s < 2
        assert process.returncode == 8
        assert is_sound(tmp_path)
        server.replies.update(slow_site(wait_s=0))
        ended = crawl(server.url(), tmp_path)
    assert (ended.code, revisions(tmp_path)) == (0, [1] * _ARTICLES)


def test_a_killed_crawl_is_taken_over_and_completed(tmp_path: Path) -> None:
    with Loopback(slow_site()) as server:
        with crawling(server, tmp_path, "0.05") as process:
            os.kill(process.pid, signal.SIGKILL)
        looked = nanhai("verify", "--archive", tmp_path)
        assert looked.code == 0, looked  # what a kill leaves is no damage: the next crawl takes it in
        assert "run 1 was killed" in looked.err
        ended = crawl(server.url(), tmp_path)
    assert ended.code == 0
    assert "took over a lock" in ended.err
    assert "run 1 was killed" in ended.err
    report = json.loads((tmp_path / "reports" / "run-00001.json").read_text(encoding="utf-8"))
    assert (report["outcome"], report["exit_code"]) == ("killed", None)
    assert report["ended"] >= report["started"]
    new = sum(column["new"] for column in report["columns"])
    assert report["counts"]["new"] == new < _ARTICLES
    assert "run 1 killed: " in nanhai("runs", "1", "--archive", tmp_path).out
    assert is_sound(tmp_path)
    assert revisions(tmp_path) == [1] * _ARTICLES


def test_a_second_crawl_knows_before_it_loads_what_crawls(tmp_path: Path) -> None:
    program = (
        "import sys; from nanhai_crawler.cli.program import run; code = run(sys.argv[1:]); "
        "print(code, [name for name in ('scrapy', 'sqlalchemy') if name in sys.modules])"
    )
    lock = CrawlLock(tmp_path / "crawl.lock")
    lock.acquire(datetime.now(UTC))
    ended = run("python", "-c", program, "crawl", "http://127.0.0.1:1/", "--archive", tmp_path)
    lock.release()
    assert ended.out == "7 []\n"
    assert f"process {os.getpid()}" in ended.err


def test_a_second_crawl_refuses_and_names_the_first(tmp_path: Path) -> None:
    quick = {path: reply for path, reply in slow_site(0).items() if path in {"/", "/0.html", "/1.html"}}
    endless = {**slow_site(10 * DEADLINE_S), **quick}  # however long the others take, the first is under way
    with Loopback(endless) as server, crawling(server, tmp_path, "0.5") as first:
        second = nanhai("crawl", server.url(), "--archive", tmp_path)
        assert second.code == 7
        assert second.out == ""
        assert f"process {first.pid}" in second.err
        assert second.err.count("\n") == 1
        third = run("scrapy", "crawl", "nanhai", "-a", f"seeds={server.url()}", "-a", f"archive={tmp_path}")
        assert third.code == 7
        assert third.err.count("\n") == 1
        assert nanhai("status", "--archive", tmp_path).code == 0  # readers are not in the way
        assert first.poll() is None


def test_readers_beside_a_crawl_never_hear_of_a_lock(tmp_path: Path) -> None:
    questions = (["search", "榕树"], ["export", "jsonl", "-o", "-"], ["status"], ["verify"])
    with Loopback(slow_site()) as server, crawling(server, tmp_path, "0.01") as writer:
        asking = [
            subprocess.Popen(
                [str(BIN / "nanhai"), *words, "--archive", str(tmp_path)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment(),
            )
            for words in questions
        ]
        said = [process.communicate(timeout=DEADLINE_S)[1].decode() for process in asking]
        assert [process.returncode for process in asking] == [0, 0, 0, 0], said
        assert "locked" not in "".join(said)
        assert writer.wait(DEADLINE_S) == 0
    assert revisions(tmp_path) == [1] * _ARTICLES
