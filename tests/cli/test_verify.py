"""``nanhai verify`` as a person runs it: damage of every kind is a line and exit code 1, and a disk need not be written."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nanhai_crawler.cli.program import run
from tests.crawl.test_full_disks import mount, remount, unmount
from tests.store.given import article, article_url, running, visit_article

_ARTICLES = 6


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "存档 一"
    with running(folder, *map(article_url, range(_ARTICLES))) as writer:
        for number in range(_ARTICLES):
            visit_article(writer, article(article_url(number), body=(f"第{number}篇的文字。" * 9,)))
    return folder


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / whole.name))


@pytest.fixture
def read_only(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """The archive on a disk of its own that nobody can write to."""
    disk = tmp_path / "光盘"
    disk.mkdir()
    mount(disk, "16m")
    shutil.copytree(whole, disk / "a")
    remount(disk, "ro")
    yield disk / "a"
    unmount(disk)


def flip(path: Path, where: float) -> None:
    """One byte of the file is another, that far in it."""
    content = bytearray(path.read_bytes())
    content[int(where * len(content))] ^= 0x55
    path.write_bytes(content)


def flip_index(archive: Path) -> None:
    """One byte of a page of the full-text index is another."""
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        (block,) = connection.execute("SELECT max(block) FROM search_index_data").fetchone()
    database = archive / "nanhai.sqlite3"
    content = bytearray(database.read_bytes())
    content[content.rindex(block) + len(block) // 2] ^= 0x01
    database.write_bytes(content)


def newest(archive: Path, room: str) -> Path:
    return max(path for path in (archive / room).iterdir() if path.is_file())


_FLIPS: dict[str, Callable[[Path], None]] = {
    "head of the database": lambda archive: flip(archive / "nanhai.sqlite3", 0.0005),
    "page of the database": lambda archive: flip(archive / "nanhai.sqlite3", 0.6),
    "page of the index": flip_index,
    "record": lambda archive: flip(newest(archive, "warc"), 0.5),
    "manifest": lambda archive: flip(archive / "manifests" / "nanhai-00001.sha256", 0.5),
    "sums as left": lambda archive: flip(archive / "manifests" / "as-left.sha256", 0.5),
    "report": lambda archive: flip(newest(archive, "reports"), 0.5),
    "README": lambda archive: flip(archive / "README.md", 0.5),
    "datasette.json": lambda archive: flip(archive / "datasette.json", 0.5),
}


def test_a_sound_archive_is_told_to_be_one(archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--archive", str(archive)]) == 0
    out, err = capfd.readouterr()
    assert f"{_ARTICLES} revisions" in out
    assert err == ""
    assert run(["verify", "--archive", str(archive), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["damaged"] == 0


@pytest.mark.parametrize("kind", _FLIPS)
def test_one_byte_of_any_kind_of_file_is_a_line_and_exit_code_1(
    kind: str, archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _FLIPS[kind](archive)
    assert run(["verify", "--archive", str(archive)]) == 1
    out, err = capfd.readouterr()
    assert "damaged" in out.splitlines()[-1]
    assert "Traceback" not in out + err
    assert run(["verify", "--archive", str(archive), "--json"]) == 1
    *found, summed = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert summed["damaged"] == len(found) > 0


@pytest.mark.parametrize("kind", ["page of the index", "record"])
def test_what_a_repair_mends_is_sound_afterwards(
    kind: str, archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _FLIPS[kind](archive)
    run(["verify", "--repair", "--archive", str(archive)])
    capfd.readouterr()
    assert run(["verify", "--archive", str(archive)]) == 0, capfd.readouterr().out


def test_an_archive_on_a_disk_that_cannot_be_written_is_verified_and_asked(
    read_only: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    there = ["--archive", str(read_only)]
    assert run(["verify", *there]) == 0, capfd.readouterr()
    assert run(["search", "文字", *there]) == 0
    capfd.readouterr()
    assert run(["verify", "--repair", *there]) == 6
    err = capfd.readouterr().err
    assert str(read_only) in err
    assert err.count("\n") == 1
    remount(read_only.parent, "rw")
    flip(newest(read_only, "warc"), 0.5)
    remount(read_only.parent, "ro")
    assert run(["verify", *there]) == 1
    assert "warc/" in capfd.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["--sample", ""], ["--sample", "some"], ["--seed", "1"], ["--repair", "--sample", "5%"]],
)
def test_a_sample_that_cannot_be_taken_is_a_wrong_use(
    words: list[str], archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", *words, "--archive", str(archive)]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "--sample" in err
