"""Full and read-only disks: a clean stop with a code of its own that names the disk, and the next crawl goes on."""

import os
import random
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.verification.verification import verify
from tests.crawl.commands import Ended, crawl, nanhai, records
from tests.crawl.kills import Held, held
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page
from tests.crawl.test_interrupts import is_sound, revisions

_ARTICLES = 100
_WORDS = "南海狮山丹灶西樵九江里水大沥桂城街道村居党员干部群众服务治理调研学习会议建设项目活动发展乡村振兴基层组织人才工作推进落实教育"


def mount(place: Path, size: str, *more: str) -> None:
    options = ",".join((f"size={size}", *more))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no disk of {size} to be had here: {done.stderr.decode().strip()}")


def remount(place: Path, *options: str) -> None:
    subprocess.run(["mount", "-o", ",".join(("remount", *options)), place], check=True)


def unmount(place: Path) -> None:
    while os.path.ismount(place):
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk of 4 MiB in a folder whose name is not easy."""
    place = tmp_path / "存档 盘"
    place.mkdir()
    mount(place, "4m")
    yield place
    unmount(place)


def heavy_site() -> dict[str, Answering]:
    """Articles whose bytes no gzip makes smaller: about 80 kB each."""
    pages: dict[str, Answering] = {
        f"/{number}.html": Reply(
            body=article(f"第{number}号的文章", more=f"<!-- {os.urandom(80_000).hex()} -->")
        )
        for number in range(_ARTICLES)
    }
    return {"/": Reply(body=page(*pages)), **pages}


def long_site(paragraphs: int) -> dict[str, Answering]:
    """Articles whose bytes are text, each of some 300 bytes a paragraph."""
    chance = random.Random(paragraphs)  # noqa: S311  the same texts each time

    def told(number: int) -> Reply:
        texts = ["".join(chance.choices(_WORDS, k=100)) + "。" for _ in range(paragraphs)]
        return Reply(body=article(f"第{number}号的文章", *texts))

    pages: dict[str, Answering] = {f"/{number}.html": told(number) for number in range(_ARTICLES)}
    return {"/": Reply(body=page(*pages)), **pages}


def fill(disk: Path) -> None:
    """Another program takes all that is left."""
    with (disk / "filler").open("ab", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))


def when_asked(reply: Answering, act: Callable[[], None]) -> Answering:
    """The same answer, after ``act``."""
    assert isinstance(reply, Reply)

    def answer(_: Asked) -> Reply:
        act()
        return reply

    return answer


def stopped_cleanly(ended: Ended, archive: Path, disk: Path) -> None:
    """The crawl ended with 6 and a line that names the disk; its run is closed, and nothing is amiss in the archive."""
    assert ended.code == 6, ended
    assert f"mounted at {disk}" in ended.err
    assert "bytes free" in ended.err
    assert ended.err.count("\n") == 1, ended.err
    assert verify(archive).findings == ()
    with ArchiveReader.open(archive) as reader:
        (run,) = reader.runs()
    assert (run.outcome, run.exit_code) == ("stopped", 6)
    assert run.counts["new"] == len(revisions(archive))
    assert run.counts["waiting"]
    assert (archive / "reports" / "run-00001.json").is_file()


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
        assert '"outcome": "stopped"' in nanhai("runs", "--json", "--archive", disk / "a").out
        assert nanhai("status", "--archive", disk / "a").code == 0
        full = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
        asked = len(server.asked)
        assert (full.code, len(server.asked)) == (6, asked)
        assert f"mounted at {disk}" in full.err
        remount(disk, "size=64m")
        goes_on(server, disk / "a")


@pytest.fixture(scope="module")
def long_articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loopback, Held]]:
    """A site of articles of 15 KB, and what an undisturbed crawl holds of it."""
    with Loopback(long_site(50)) as server:
        archive = tmp_path_factory.mktemp("undisturbed")
        assert crawl(server.url(), archive).code == 0
        yield server, held(archive)


@pytest.mark.parametrize("size", ["2m", "3m", "4m"])
def test_a_disk_that_long_articles_fill_is_left_in_order(
    disk: Path, long_articles: tuple[Loopback, Held], size: str
) -> None:
    server, undisturbed = long_articles
    remount(disk, f"size={size}")
    ended = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
    stopped_cleanly(ended, disk / "a", disk)
    remount(disk, "size=64m")
    assert crawl(server.url(), disk / "a").code == 0
    assert held(disk / "a") == undisturbed
    assert verify(disk / "a").findings == ()


def test_a_disk_that_another_program_fills_leaves_room_to_end_in(disk: Path) -> None:
    remount(disk, "size=32m")
    site = long_site(30)
    with Loopback({**site, "/50.html": when_asked(site["/50.html"], lambda: fill(disk))}) as server:
        ended = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
        stopped_cleanly(ended, disk / "a", disk)
        (disk / "filler").unlink()
        server.replies.update(site)
        goes_on(server, disk / "a")
        assert verify(disk / "a").findings == ()


def test_a_disk_that_turns_read_only_in_mid_run_is_named_and_the_next_goes_on(tmp_path: Path) -> None:
    image, disk = tmp_path / "image", tmp_path / "盘"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(64 << 20)
    if (
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=False).returncode
        or subprocess.run(["mount", "-o", "loop", image, disk], check=False).returncode
    ):
        pytest.skip("no ext4 disk to be had here")
    try:
        site = long_site(10)
        # What the system does when a disk goes bad: whoever has a file open there is told so by the next write.
        turns = when_asked(site["/50.html"], lambda: remount(disk, "abort"))
        with Loopback({**site, "/50.html": turns}) as server:
            ended = nanhai("crawl", server.url(), "--archive", disk / "a", "--delay", "0")
            assert ended.code == 6
            assert str(disk / "a") in ended.err.splitlines()[-1]
            assert nanhai("status", "--archive", disk / "a").code == 0
            subprocess.run(["umount", disk], check=True)
            subprocess.run(["mount", "-o", "loop", image, disk], check=True)
            server.replies.update(site)
            goes_on(server, disk / "a")
        assert verify(disk / "a").findings == ()
    finally:
        unmount(disk)


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


def test_a_full_disk_under_the_log_is_named_before_the_first_request(tmp_path: Path, disk: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "logs").symlink_to(disk)
    fill(disk)
    with Loopback(long_site(1)) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path / "a", "--delay", "0", "--log")
        assert (ended.code, server.asked) == (6, [])
        assert f"mounted at {disk}" in ended.err
        assert ended.err.count("\n") == 1


def test_a_log_that_its_disk_takes_no_more_of_does_not_end_the_crawl(tmp_path: Path, disk: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "logs").symlink_to(disk)
    site = long_site(1)
    with Loopback({**site, "/5.html": when_asked(site["/5.html"], lambda: fill(disk))}) as server:
        ended = nanhai("crawl", server.url(), "--archive", tmp_path / "a", "--delay", "0", "--log")
    assert ended.code == 0, ended
    assert len(revisions(tmp_path / "a")) == _ARTICLES
