"""What a re-reading meets: damage, kills, interrupts, other processes, archives of earlier versions."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

import nanhai_crawler
from nanhai_crawler.errors import ExitCode
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.writer import ArchiveWriter
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


def test_a_damaged_snapshot_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(number): article_page(number) for number in range(1, 6)}, OLD)
    ((name, offset, length),) = rows(
        folder, "SELECT warc_file, warc_offset, warc_length FROM captures WHERE url = :url", url=url_of(3)
    )
    path = folder / "warc" / name
    content = bytearray(path.read_bytes())
    content[offset + length // 2] ^= 0x55
    path.write_bytes(content)
    before = records(folder)[url_of(3)]
    ended = nanhai("reextract", "--archive", folder, "--json")
    assert ended.code == ExitCode.PARTIAL
    summary = json.loads(ended.out)
    assert (summary["changed"], summary["damaged"]["count"]) == (4, 1)
    assert summary["damaged"]["first"][0]["url"] == url_of(3)
    assert f"at byte {offset}" in summary["damaged"]["first"][0]["reason"]
    assert records(folder)[url_of(3)] == before


def test_a_missing_warc_file_is_told_once_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(number): article_page(number) for number in (1, 2)}, OLD)
    for path in (folder / "warc").iterdir():
        path.unlink()
    assert reextract(folder).damaged.count == 2


def test_an_archive_that_a_crawl_holds_is_left_alone_but_a_dry_run_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(1): article_page(1)}, OLD)
    with ArchiveWriter.open(folder):
        ended = nanhai("reextract", "--archive", folder)
        assert (ended.code, ended.out) == (ExitCode.LOCKED, "")
        assert ended.err.count("\n") == 1
        ended = nanhai("reextract", "--dry-run", "--archive", folder, "--json")
        assert (ended.code, json.loads(ended.out)["changed"]) == (0, 1)


def test_no_archive_is_made_where_there_is_none(tmp_path: Path) -> None:
    for words in (("--dry-run",), ()):
        ended = nanhai("reextract", *words, "--archive", tmp_path / "none")
        assert (ended.code, ended.out) == (ExitCode.STORAGE, "")
        assert "no archive here" in ended.err
    assert not (tmp_path / "none").exists()


def test_an_empty_archive_has_nothing_to_read(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path / "空 档案"):
        pass
    ended = nanhai("reextract", "--archive", tmp_path / "空 档案")
    assert ended.code == 0
    assert "nothing to change" in ended.out


def test_a_site_declared_wrongly_is_told_before_anything_is_read(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {url_of(1): article_page(1)}, OLD)
    (tmp_path / "a" / "sites").mkdir()
    (tmp_path / "a" / "sites" / "x.toml").write_text("title = 3\n")
    ended = nanhai("reextract", "--archive", tmp_path / "a")
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert "x.toml" in ended.err


def test_an_edited_rule_is_another_edition_and_shows_in_a_dry_run(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {url_of(1): article_page(1)})
    package = Path(nanhai_crawler.__file__).parent
    subprocess.run(["cp", "-r", str(package), str(tmp_path)], check=True)
    reading = tmp_path / "nanhai_crawler" / "pages" / "reading.py"
    reading.write_text(
        reading.read_text().replace("charset_evidence=document", "charset_evidence='edited; ' + document")
    )
    ended = nanhai("reextract", "--dry-run", "--archive", tmp_path / "a", "--json", PYTHONPATH=str(tmp_path))
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["described"] == 1
    assert [told["reader"]] != [reader for (reader,) in rows(tmp_path / "a", "SELECT reader FROM revisions")]
