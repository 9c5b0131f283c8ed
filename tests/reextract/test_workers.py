"""Several processes read, one writes: the same comes of it, and it may be stopped at any moment."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.errors import ExitCode
from nanhai_crawler.reextract.run import reextract
from tests.crawl.commands import BIN, environment, nanhai
from tests.reextract.crawled import OLD, article_page, crawl, records, url_of
from tests.store.given import rows

#: Enough for several workers, and for a kill to come in the midst: a commit comes after 320.
MANY = 640


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that an old reader read."""
    folder = tmp_path_factory.mktemp("many") / "a"
    crawl(folder, {url_of(number): article_page(number) for number in range(1, MANY + 1)}, OLD)
    return folder


@pytest.fixture
def old(many: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    subprocess.run(["cp", "-r", str(many), str(tmp_path / "a")], check=True)
    return tmp_path / "a"


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """``nanhai reextract`` under way, with some of it committed."""
    command = [str(BIN / "nanhai"), "reextract", "--archive", str(folder)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    )
    deadline = time.monotonic() + 60
    while done(folder) == 0:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    return process


def done(folder: Path) -> int:
    """How many revisions were read again."""
    return int(rows(folder, "SELECT count(*) FROM former_readings")[0][0])


def workers_of(group: int) -> list[int]:
    """The processes of that process group that live."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if fields and int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What an undisturbed re-reading makes of it."""
    folder = tmp_path_factory.mktemp("whole") / "a"
    subprocess.run(["cp", "-r", str(many), str(folder)], check=True)
    assert reextract(folder).changed == MANY
    return records(folder)


def test_a_kill_in_the_midst_costs_nothing_but_time(old: Path, whole: dict[str, dict[str, Any]]) -> None:
    process = begin(old)
    process.kill()
    process.communicate()
    before = done(old)
    assert 0 < before < MANY
    with sqlite3.connect(old / "nanhai.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert reextract(old).changed == MANY - before
    assert records(old) == whole
    assert done(old) == MANY
    deadline = time.monotonic() + 10
    while workers_of(process.pid):
        assert time.monotonic() < deadline, "workers outlive the process they read for"
        time.sleep(0.05)


def test_an_interrupt_leaves_a_sound_archive_and_says_so(old: Path, whole: dict[str, dict[str, Any]]) -> None:
    process = begin(old)
    os.killpg(process.pid, signal.SIGINT)
    written, said = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert (written, said.decode().splitlines()[-1]) == (b"", "nanhai: interrupted")
    assert "Traceback" not in said.decode()
    assert (old / "crawl.lock").read_bytes() == b""
    before = done(old)
    assert 0 < before < MANY
    assert reextract(old).changed == MANY - before
    assert records(old) == whole


def test_several_processes_read_what_one_does(old: Path, whole: dict[str, dict[str, Any]]) -> None:
    ended = nanhai("reextract", "--archive", old, "--json")
    assert ended.code == 0, ended.err
    summary = json.loads(ended.out)
    assert (summary["pages"], summary["changed"]) == (MANY, MANY)
    assert summary["fields"]["title"]["count"] == MANY
    assert records(old) == whole
