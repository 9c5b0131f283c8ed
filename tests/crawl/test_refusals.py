"""What a crawl refuses: one line that says what to do, its exit code, and nothing half made."""

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nanhai_crawler.store.writer import ArchiveWriter
from tests.crawl.commands import Ended, nanhai
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import page


def refused(ended: Ended, code: int, *words: str) -> None:
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.startswith("nanhai: ")
    assert ended.err.count("\n") == 1
    assert [word for word in words if word not in ended.err] == []


def test_a_seed_that_is_no_url_is_refused(tmp_path: Path) -> None:
    refused(nanhai("crawl", "no-url", "--archive", tmp_path / "new"), 2, "no-url", "write it like http://")
    assert not (tmp_path / "new").exists()


def test_an_unknown_command_word_is_refused_with_the_nearest_known() -> None:
    refused(nanhai("crwal", "http://127.0.0.1/"), 2, "crwal", "crawl")


def test_a_host_elsewhere_needs_a_contact(tmp_path: Path) -> None:
    ended = nanhai("crawl", "http://nanhai.example/", "--archive", tmp_path / "new")
    refused(ended, 2, "nanhai.example", "export NANHAI_CONTACT=")
    assert not (tmp_path / "new").exists()


def test_a_contact_that_no_header_can_carry_is_refused(tmp_path: Path) -> None:
    ended = nanhai(
        "crawl", "http://127.0.0.1:1/", "--archive", tmp_path / "new", NANHAI_CONTACT="a@b\r\nX-Evil: 1"
    )
    refused(ended, 2, "contact")
    assert not (tmp_path / "new").exists()


def test_an_unknown_site_is_refused_even_beside_a_seed(tmp_path: Path) -> None:
    ended = nanhai("crawl", "http://127.0.0.1:1/", "--site", "nowhere", "--archive", tmp_path / "new")
    refused(ended, 2, "nowhere", "zuzhibu")
    assert not (tmp_path / "new").exists()


def test_a_host_that_is_not_known_does_not_answer(tmp_path: Path) -> None:
    ended = nanhai(
        "crawl",
        "http://nobody.invalid/",
        "--archive",
        tmp_path,
        "--delay",
        "0",
        NANHAI_CONTACT="a@example.org",
    )
    refused(ended, 9, "http://nobody.invalid/", "no such host")


def test_a_host_that_refuses_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: nothing else takes the port
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        refused(nanhai("crawl", url, "--archive", tmp_path, "--delay", "0"), 9, url, "connection refused")


def test_an_archive_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    refused(nanhai("crawl", "http://127.0.0.1:1/", "--archive", file), 6, str(file), "--archive")
    refused(nanhai("crawl", "http://127.0.0.1:1/", "--archive", file / "below"), 6, str(file))
    assert file.read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_an_archive_that_cannot_be_made_is_refused() -> None:
    refused(nanhai("crawl", "http://127.0.0.1:1/", "--archive", "/proc/nanhai"), 6, "/proc/nanhai")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_archive_that_is_read_only_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        refused(nanhai("crawl", "http://127.0.0.1:1/", "--archive", tmp_path), 6, str(tmp_path))
    finally:
        tmp_path.chmod(0o755)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    ArchiveWriter.open(tmp_path).close()
    database = tmp_path / "nanhai.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = database.read_bytes()
    with Loopback({"/": Reply(body=page())}) as server:
        refused(nanhai("crawl", server.url(), "--archive", tmp_path), 6, "newer")
    assert database.read_bytes() == before
    assert server.asked == []


def test_a_limit_is_kept_and_said_in_a_folder_of_any_name(tmp_path: Path) -> None:
    links = [f"/{number}.html" for number in range(9)]
    with Loopback({"/": Reply(body=page(*links))}) as server:
        ended = nanhai(
            "crawl", server.url(), "--archive", tmp_path / "存档 一", "--delay", "0", "--limit", "4"
        )
    assert ended.code == 0
    assert "6 addresses wait for the next run" in ended.out
    assert len(server.asked) == 5  # with robots.txt
