"""``nanhai crawl`` and ``nanhai demo`` as a person runs them, on the practice site."""

import json
import os
import pty
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site
from tests.cli.test_commands import ENVIRONMENT, NANHAI, free_port, nanhai, output


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeServer]:
    with PracticeServer(build_site()) as server:
        yield server


@pytest.fixture(scope="module")
def crawled(server: PracticeServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    summary = json.loads(output("crawl", server.url, "--delay", "0", "--json", "--archive", str(folder)))
    assert (summary["outcome"], summary["exit_code"], summary["counts"]["new"]) == ("complete", 0, 64)
    return folder


def test_the_second_crawl_says_that_nothing_changed(server: PracticeServer, crawled: Path) -> None:
    shown = output("crawl", server.url, "--delay", "0", "--archive", str(crawled))
    assert re.search(r"nothing changed; \d+ addresses that rested are due later", shown)
    shown = output("crawl", server.url, "--delay", "0", "--full", "--archive", str(crawled))
    assert "complete" in shown
    assert "unchanged  64\n" in shown
    assert "nothing changed: all 64 articles are as they were\n" in shown


def test_what_was_crawled_is_found_and_exported(crawled: Path) -> None:
    truth = {str(record["title"]): record for record in build_site().truth("http://127.0.0.1/")}
    lines = output("export", "jsonl", "-o", "-", "--archive", str(crawled)).splitlines()
    assert sorted(json.loads(line)["title"] for line in lines) == sorted(truth)
    hits = output("search", "水", "--json", "--limit", "0", "--archive", str(crawled)).splitlines()
    held = {title for title, record in truth.items() if "水" in f"{title}\n{record['body']}"}
    assert {json.loads(hit)["title"] for hit in hits} == held


def test_a_seed_that_does_not_answer_is_told_on_one_line(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    ended = nanhai("crawl", url, "--delay", "0", "--archive", str(tmp_path / "archive"))
    assert (ended.returncode, ended.stdout) == (ExitCode.SEED_UNREACHABLE, "")
    assert ended.stderr.startswith(f"nanhai: no seed answered: {url} (")
    assert ended.stderr.count("\n") == 1


def test_an_interrupted_crawl_has_its_own_code_and_goes_on_later(
    server: PracticeServer, tmp_path: Path
) -> None:
    words = [*NANHAI, "crawl", server.url, "--delay", "0.3", "--archive", str(tmp_path)]
    asked = len(server.log)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as crawling:
        wait_for(lambda: len(server.log) > asked + 1)
        crawling.send_signal(signal.SIGINT)
        written, _ = crawling.communicate(timeout=30)
    assert crawling.returncode == ExitCode.INTERRUPTED
    assert b"interrupted: what was not visited stays due" in written
    assert json.loads(output("status", "--json", "--archive", str(tmp_path)))["urls_due"] > 0


def test_a_terminal_is_shown_how_far_the_crawl_is(server: PracticeServer, tmp_path: Path) -> None:
    controller, terminal = pty.openpty()
    words = [*NANHAI, "crawl", server.url, "--delay", "0", "--archive", str(tmp_path)]
    seen: list[bytes] = []

    def watch() -> None:
        while True:
            try:
                seen.append(os.read(controller, 65536))
            except OSError:
                return

    watching = threading.Thread(target=watch)
    watching.start()
    environment = ENVIRONMENT | {"TERM": "xterm", "COLUMNS": "120"}
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=terminal, check=True, env=environment)
    os.close(terminal)
    watching.join()
    os.close(controller)
    assert b"articles, " in b"".join(seen)
    assert b" waiting" in b"".join(seen)


def test_the_demonstration_holds_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = nanhai("demo", env={"TMPDIR": str(tmp_path)})
    assert ended.returncode == ExitCode.DONE, ended.stderr
    assert ended.stdout.endswith("All of it held: the archive has what the site has.\n")
    assert list(tmp_path.iterdir()) == []


def wait_for(happened: Callable[[], bool], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends
        time.sleep(0.05)
