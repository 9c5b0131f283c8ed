"""Manifests: every crawl leaves sums that other programs check, chained to those of the crawl before."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from nanhai_crawler.store.as_left import as_left_path
from nanhai_crawler.store.database import open_engine_reader
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.sums import Sum, dump_sums, parse_sums
from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import HOME, article, exchange, running, visit_article


def crawled(folder: Path, runs: int = 1) -> Path:
    for number in range(runs):
        with running(folder, f"{HOME}{number}") as writer:
            visit_article(writer, article(body=(f"第{number}段。",)))
    return folder


def manifests(folder: Path) -> list[Path]:
    return sorted((folder / "manifests").glob("nanhai-*"))


def is_vouched_for(folder: Path, sums: Path) -> bool:
    """What coreutils' own program says."""
    command = ["sha256sum", "--check", "--strict", "--quiet", str(sums)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def test_sha256sum_checks_every_manifest_from_the_archive_folder(tmp_path: Path) -> None:
    crawled(tmp_path, runs=3)
    assert len(manifests(tmp_path)) == 3
    for path in (*manifests(tmp_path), as_left_path(ArchiveFolder(tmp_path))):
        assert is_vouched_for(tmp_path, path)


def test_a_later_crawl_makes_no_earlier_manifest_false(tmp_path: Path) -> None:
    crawled(tmp_path)
    before = {path: path.read_bytes() for path in manifests(tmp_path)}
    crawled(tmp_path, runs=2)
    assert all(path.read_bytes() == content for path, content in before.items())
    assert all(is_vouched_for(tmp_path, path) for path in before)


def test_a_manifest_names_the_one_before(tmp_path: Path) -> None:
    first, second = manifests(crawled(tmp_path, runs=2))
    digest = hashlib.sha256(first.read_bytes()).hexdigest()
    assert f"{digest}  manifests/{first.name}\n" in second.read_text(encoding="ascii")


def named_in(path: Path) -> list[str]:
    return [one.name for one in parse_sums(path.read_text(encoding="ascii")) or ()]


def lying_in(folder: Path, *rooms: str) -> list[str]:
    return [f"{room}/{path.name}" for room in rooms for path in sorted((folder / room).iterdir())]


def test_a_run_s_manifest_names_its_snapshots_and_its_reports(tmp_path: Path) -> None:
    (manifest,) = manifests(crawled(tmp_path))
    assert named_in(manifest) == lying_in(tmp_path, "warc", "reports")
    assert any(name.startswith("reports/") for name in named_in(manifest))


def test_what_a_killed_crawl_left_is_named_by_the_next(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        writer.capture(exchange())
    for path in manifests(tmp_path):
        path.unlink()
    crawled(tmp_path)
    assert named_in(manifests(tmp_path)[0]) == lying_in(tmp_path, "warc", "reports")


def test_nothing_new_makes_no_manifest(tmp_path: Path) -> None:
    crawled(tmp_path)
    before = manifests(tmp_path)
    with ArchiveWriter.open(tmp_path):
        pass
    assert manifests(tmp_path) == before


def test_while_a_crawl_writes_nobody_vouches_for_the_database(tmp_path: Path) -> None:
    crawled(tmp_path)
    sums = as_left_path(ArchiveFolder(tmp_path))
    with ArchiveWriter.open(tmp_path):
        assert not sums.exists()
    assert is_vouched_for(tmp_path, sums)


def test_a_reader_that_reads_on_does_not_keep_the_log_full(tmp_path: Path) -> None:
    crawled(tmp_path)
    reader = open_engine_reader(tmp_path / "nanhai.sqlite3")
    with reader.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM runs").scalar()
        connection.rollback()
        crawled(tmp_path)
        assert (tmp_path / "nanhai.sqlite3-wal").stat().st_size == 0
        assert is_vouched_for(tmp_path, as_left_path(ArchiveFolder(tmp_path)))
    reader.dispose()


def test_a_reader_of_an_old_moment_leaves_the_database_without_sums(tmp_path: Path) -> None:
    crawled(tmp_path)
    reader = open_engine_reader(tmp_path / "nanhai.sqlite3")
    with reader.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM runs").scalar()
        crawled(tmp_path)
        assert not as_left_path(ArchiveFolder(tmp_path)).exists()
        assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 1
    reader.dispose()
    crawled(tmp_path)
    assert is_vouched_for(tmp_path, as_left_path(ArchiveFolder(tmp_path)))


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "warc/../../x", "a//b", ".ssh/id", "a\\b", "a b", "", "a/", "warc/文"]
)
def test_no_name_leads_out_of_the_archive(name: str) -> None:
    assert parse_sums(dump_sums([Sum("0" * 64, name)])) is None


@pytest.mark.parametrize("words", ["\n", "0" * 64 + "  a", "0" * 64 + " *a\n", "# \n", "F" * 64 + "  a\n"])
def test_what_this_program_would_not_write_is_no_sums(words: str) -> None:
    assert parse_sums(words) is None
