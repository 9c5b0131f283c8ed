"""Repair: what is damaged is mended or set aside, nothing is deleted, and a second look finds nothing new."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nanhai_crawler.errors import ArchiveLocked, ArchiveMissing
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.repair.repair import Repair, repair
from nanhai_crawler.store.snapshots import read_snapshot
from nanhai_crawler.store.verification.verification import verify
from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import article_url, rows
from tests.store.test_verification import alter, archive, first_warc, flip, whole

__all__ = ["archive", "whole"]
CAPTURES = (
    "SELECT id, run_id, url, time, status, payload_digest, record_type, warc_file, warc_offset FROM captures"
)
TEXTS = "SELECT article_id, number, text_digest, body FROM revisions ORDER BY id"


def contents(folder: Path) -> set[str]:
    """The digests of all that is in it, by whatever name."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def assert_mended(folder: Path) -> Repair:
    """The repair leaves nothing damaged, and done again does nothing."""
    result = repair(folder)
    assert result.before.findings
    assert result.done
    assert result.left.findings == ()
    again = verify(folder)
    assert (again.findings, again.notes) == ((), ())
    assert repair(folder).done == ()
    return result


def test_a_sound_archive_is_left_as_it_is(archive: Path) -> None:
    before = contents(archive)
    assert repair(archive).done == ()
    assert contents(archive) <= before | {hashlib.sha256(b"").hexdigest()} | contents_of_open_logs(archive)


def contents_of_open_logs(folder: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*-shm")}


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM search_index_docsize", "DELETE FROM search_index_data WHERE id > 10", "DELETE FROM search_index_idx",
     "UPDATE search_index_data SET block = x'00' WHERE id > 10", "DELETE FROM search_index_config",
     "UPDATE search_tail SET signature = x'00'", "DELETE FROM search_tail", "UPDATE search_rows SET plain = NOT plain"],
)  # fmt: skip
def test_the_index_is_made_anew(archive: Path, statement: str) -> None:
    alter(archive, statement)
    result = assert_mended(archive)
    assert not result.unread
    with ArchiveReader.open(archive) as reader:
        assert len(list(reader.search("稿"))) == 12


def test_rows_of_captures_come_back_from_their_records_with_their_numbers(archive: Path) -> None:
    before = rows(archive, CAPTURES)
    alter(archive, "DELETE FROM captures WHERE id IN (4, 5, 20)", "UPDATE captures SET status = 404 WHERE id = 7",
          "UPDATE captures SET warc_offset = warc_offset + 7 WHERE id = 9")  # fmt: skip
    result = assert_mended(archive)
    assert rows(archive, CAPTURES) == before
    assert not result.unread


def test_whole_records_of_a_damaged_file_are_kept_in_a_new_one(archive: Path) -> None:
    old = first_warc(archive)
    query = "SELECT warc_offset FROM captures WHERE id = 3"
    flip(old, rows(archive, query)[0][0] + 40)
    damaged = old.read_bytes()
    assert_mended(archive)
    assert not old.exists()
    assert (archive / "damaged" / old.name).read_bytes() == damaged
    assert rows(archive, "SELECT id FROM captures WHERE record_type = 'lost'") == [(3,)]
    for file, offset, length in rows(
        archive, "SELECT warc_file, warc_offset, warc_length FROM captures WHERE record_type <> 'lost'"
    ):
        assert read_snapshot(archive, file, offset, length).headers
    due = "SELECT etag, last_modified FROM frontier WHERE url = (SELECT url FROM captures WHERE id = 3)"
    assert rows(archive, due) == [(None, None)]


def test_a_lost_file_is_written_down(archive: Path) -> None:
    first_warc(archive).unlink()
    assert_mended(archive)
    assert rows(archive, "SELECT count(*) FROM captures WHERE record_type = 'lost'") == [(13,)]
    (loss,) = map(json.loads, (archive / "damaged" / "losses.jsonl").read_text(encoding="utf-8").splitlines())
    assert (loss["what"], loss["kept_as"]) == ("13 captures lost", None)
    assert len(rows(archive, TEXTS)) == 24


def test_lost_payloads_are_kept_again_when_they_come_again(archive: Path) -> None:
    first_warc(archive).unlink()
    assert_mended(archive)
    with ArchiveWriter.open(archive) as writer:
        writer.begin_run([article_url(1)])
        entry = writer.frontier.take()
        assert entry is not None
        assert (entry.etag, entry.last_modified) == (None, None)


@pytest.mark.parametrize("damage", ["zeros", "gone", "half", "empty"])
def test_a_database_that_cannot_be_read_is_made_anew_from_the_records(archive: Path, damage: str) -> None:
    database = archive / "nanhai.sqlite3"
    before, content = rows(archive, CAPTURES), database.read_bytes()
    runs = rows(archive, "SELECT DISTINCT run_id FROM captures")
    changed = {"zeros": b"\0" * 9000, "half": content[:9000], "empty": b"", "gone": None}[damage]
    if changed is None:
        database.unlink()
    else:
        database.write_bytes(changed)
    result = assert_mended(archive)
    assert result.unread
    assert rows(archive, CAPTURES) == before
    assert rows(archive, "SELECT id, outcome FROM runs") == [(number, "rebuilt") for (number,) in runs]
    assert rows(archive, "SELECT count(*) FROM frontier WHERE due_at <= strftime('%Y-%m-%dT%H:%M:%fZ')") == [
        (13,)
    ]
    assert (
        changed in {None, (archive / "damaged" / "nanhai.sqlite3").read_bytes()}
        if changed is not None
        else True
    )


def test_what_can_be_read_of_a_damaged_database_is_taken_over(archive: Path) -> None:
    database = archive / "nanhai.sqlite3"
    before = rows(archive, TEXTS)
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT pageno FROM dbstat WHERE name = 'revisions' AND pagetype = 'leaf' LIMIT 1"
        try:
            (page,) = connection.execute(query).fetchone()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell where a table lies")
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    database.write_bytes(content)
    result = assert_mended(archive)
    assert result.unread
    after = rows(archive, TEXTS)
    assert set(after) <= set(before)
    assert after
    assert rows(archive, "SELECT count(*) FROM runs WHERE outcome = 'complete'") == [(2,)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE revisions SET body = '假' WHERE id = 5", "DELETE FROM sections WHERE revision_id = 5",
     "DELETE FROM revisions WHERE id = 5", "DELETE FROM articles WHERE revision_id = 13"],
)  # fmt: skip
def test_an_article_in_contradiction_waits_to_be_read_again_and_no_other(
    archive: Path, statement: str
) -> None:
    before = rows(archive, TEXTS)
    alter(archive, statement)
    result = assert_mended(archive)
    assert result.unread
    after = rows(archive, TEXTS)
    assert set(after) < set(before)
    assert len({row[0] for row in after}) == 11
    assert (archive / "damaged" / "nanhai.sqlite3").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda archive: flip(archive / "reports" / "run-00002.json", 3),
        lambda archive: (archive / "reports" / "run-00002.json").unlink(),
        lambda archive: flip(archive / "manifests" / "nanhai-00001.sha256", 5),
        lambda archive: flip(archive / "manifests" / "nanhai-00002.sha256", 5),
        lambda archive: (archive / "manifests" / "nanhai-00001.sha256").unlink(),
        lambda archive: (archive / "manifests" / "nanhai-00002.sha256").unlink(),
        lambda archive: flip(archive / "manifests" / "as-left.sha256", 5),
        lambda archive: flip(archive / "README.md", 5),
        lambda archive: (archive / "warc" / "mine.warc.gz").write_bytes(b"strange"),
        lambda archive: flip(first_warc(archive), 5),
    ],
)
def test_no_byte_is_deleted(archive: Path, damage: Callable[[Path], object]) -> None:
    damage(archive)
    kept = {
        "README.md",
        "as-left.sha256",
        "nanhai.sqlite3-shm",
        "crawl.lock",
        "nanhai.sqlite3",
        "nanhai.sqlite3-wal",
    }
    before = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in archive.rglob("*")
        if path.is_file() and path.name not in kept
    }
    result = assert_mended(archive)
    assert not result.unread
    assert before <= contents(archive)


def test_a_crawl_is_not_disturbed_by_a_repair(archive: Path) -> None:
    flip(archive / "reports" / "run-00002.json", 3)
    with ArchiveWriter.open(archive), pytest.raises(ArchiveLocked):
        repair(archive)
    assert not (archive / "damaged").exists()


def test_no_archive_is_made_by_a_repair(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        repair(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_repaired_archive_is_crawled_on(archive: Path) -> None:
    (archive / "nanhai.sqlite3").unlink()
    assert_mended(archive)
    with ArchiveWriter.open(archive) as writer:
        writer.begin_run([article_url(1)])
        assert writer.frontier.waiting == 13
        writer.end_run(outcome="interrupted", exit_code=8)
    assert verify(archive).findings == ()


def test_a_schema_that_is_no_text_is_told_and_mended(archive: Path) -> None:
    database = archive / "nanhai.sqlite3"
    content = database.read_bytes()
    assert b"sqlite_autoindex_articles_1" in content
    database.write_bytes(
        content.replace(b"sqlite_autoindex_articles_1", b"sqlite_aut\x95index_articles_1", 1)
    )
    assert_mended(archive)


def test_a_database_whose_header_forbids_writing_is_made_anew(archive: Path) -> None:
    database = archive / "nanhai.sqlite3"
    content = bytearray(database.read_bytes())
    content[18] ^= 0x40  # the file format's write version: above 2, SQLite opens a file for reading only
    database.write_bytes(content)
    assert verify(archive).findings
    assert repair(archive).left.findings == ()
    assert (archive / "damaged" / "nanhai.sqlite3").read_bytes() == bytes(content)
