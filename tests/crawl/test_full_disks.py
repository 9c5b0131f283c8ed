"""Full and read-only disks: a clean stop with a code of its own that names the disk, and the next crawl goes on."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.commands import crawl, nanhai, records
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page
from tests.crawl.test_interrupts import is_sound, revisions

_ARTICLES = 100


def mount(place: Path, size: str, *more: str) -> None:
    options = ",".join((f"size={size}", *more))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no disk of {size} to be had here: {done.stderr.decode().strip()}")


def remount(place: Path, *options: str) -> None:
    subprocess.run(["mount", "-o", ",".join(("remount", *options)), place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk of 4 MiB in a folder whose name is not easy."""
    place = tmp_path / "存档 盘"
    place.mkdir()
    mount(place, "4m")
    yield place
    while os.path.ismount(place):
        subprocess.run(["umount", "-l", place], check=True)


def heavy_site() -> dict[str, Answering]:
    """Articles whose bytes no gzip makes smaller: about 80 kB each."""
    pages: dict[str, Answering] = {
        f"/{number}.html": Reply(
            body=article(f"第{number}号的文章", more=f"<!-- {os.urandom(80_000).hex()} -->")
        )
        for number in range(_ARTICLES)
    }
    return {"/": Reply(body=page(*pages)), **pages}


def goes_on(server: Loopback, archive: Path) -> None:
    """The crawl that follows takes what is left, and each article is there once, with one text."""
    ended = crawl(server.url(), archive)
    assert ended.code == 0, ended.err
    assert is_sound(archive)
    assert len(records(archive)) == _ARTICLES
    assert revisions(archive) == [1] * _ARTICLES


def test_a_disk_that_fills_up_ends_the_crawl_and_the_next_goes_on(disk: Path) -> None:
    with Loopback(heavy_site()) as server:
        ended = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0.01")
        assert ended.code == 6
        assert f"mounted at {disk}" in ended.err.splitlines()[-1]
        assert is_sound(disk / "a")
        assert '"outcome": "failed"' in nanhai("runs", "--json", "--archive", disk / "a").out
        assert nanhai("status", "--archive", disk / "a").code == 0
        full = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
        asked = len(server.asked)
        assert (full.code, len(server.asked)) == (6, asked)
        assert f"mounted at {disk}" in full.err
        remount(disk, "size=64m")
        goes_on(server, disk / "a")


def test_a_full_disk_under_the_snapshots_alone_is_named(tmp_path: Path, disk: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "warc").symlink_to(disk)
    with Loopback(heavy_site()) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path / "a", "--delay", "0")
        assert ended.code == 6
        assert "warc" in ended.err
        assert is_sound(tmp_path / "a")
        remount(disk, "size=64m")
        goes_on(server, tmp_path / "a")


def test_a_disk_that_is_full_before_the_start_is_asked_nothing(disk: Path) -> None:
    (disk / "filler").write_bytes(bytes(3_500_000))
    with Loopback(heavy_site()) as server:
        ended = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
    assert (ended.code, server.asked) == (6, [])
    assert f"the disk mounted at {disk}" in ended.err
    assert ended.err.count("\n") == 1


def test_a_read_only_disk_is_refused_before_the_first_request(disk: Path) -> None:
    remount(disk, "size=64m")
    with Loopback(heavy_site()) as server:
        assert crawl(server.url(), disk / "a", "--limit", "3").code == 0
        remount(disk, "ro")
        asked = len(server.asked)
        for archive in (disk / "a", disk / "new"):
            ended = nanhai("crawl", server.url(), "--archive", archive, "--delay", "0")
            assert ended.code == 6
            assert str(disk) in ended.err
            assert ended.err.count("\n") == 1
        assert len(server.asked) == asked
        assert nanhai("status", "--archive", disk / "a").code == 0
        remount(disk, "rw")
        goes_on(server, disk / "a")
