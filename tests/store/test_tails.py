"""Tails of WARC files: nothing captured is lost, and no half record stays."""

import shutil
from pathlib import Path

import pytest

from nanhai_crawler.store.snapshots import read_snapshot
from tests.store.given import HOME, exchange, rows, running
from tests.store.test_snapshots import assert_judges_agree, warcs

PLACES = """
SELECT url, time, status, media_type, payload_digest, payload_length, record_type, warc_file, warc_offset,
       warc_length, etag, last_modified, ip_address
FROM captures ORDER BY warc_file, warc_offset
"""


def archive_with_captures(folder: Path, count: int) -> None:
    with running(folder) as writer:
        for number in range(count):
            writer.capture(exchange(f"{HOME}{number}", f"<p>{number}".encode()))
        writer.capture(exchange(f"{HOME}again", b"<p>0"))


def forget_captures(folder: Path, beyond: int) -> None:
    with running(folder) as writer:
        writer._connection.exec_driver_sql("DELETE FROM captures WHERE id > ?", (beyond,))


def test_records_without_rows_are_adopted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    archive_with_captures(tmp_path, 5)
    before = rows(tmp_path, PLACES)
    forget_captures(tmp_path, 2)
    assert len(rows(tmp_path, PLACES)) == 2
    with running(tmp_path):
        pass
    adopted = rows(tmp_path, PLACES)
    assert [row[:5] + row[6:] for row in adopted] == [row[:5] + row[6:] for row in before]
    assert "adopted 4 captures" in caplog.text
    with running(tmp_path):
        pass
    assert rows(tmp_path, PLACES) == adopted


@pytest.mark.parametrize("cut", [1, 10, 300])
def test_half_a_record_is_cut(tmp_path: Path, cut: int, caplog: pytest.LogCaptureFixture) -> None:
    archive_with_captures(tmp_path, 3)
    known = rows(tmp_path, PLACES)
    (path,) = warcs(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[-400:-cut])
    with running(tmp_path):
        pass
    assert_judges_agree(path)
    assert "of a half record" in caplog.text
    assert rows(tmp_path, PLACES) == known


def test_a_database_put_back_from_before_takes_the_files_since(tmp_path: Path) -> None:
    archive_with_captures(tmp_path, 2)
    shutil.copy(tmp_path / "nanhai.sqlite3", tmp_path / "copy")
    with running(tmp_path) as writer:
        last = writer.capture(exchange(HOME + "later", b"later"))
    shutil.copy(tmp_path / "copy", tmp_path / "nanhai.sqlite3")
    with running(tmp_path):
        pass
    place_of = "SELECT warc_file, warc_offset, warc_length FROM captures WHERE url = :url"
    (place,) = rows(tmp_path, place_of, url=last.url)
    assert read_snapshot(tmp_path, *place).payload == b"later"


def test_other_peoples_files_are_left_alone(tmp_path: Path) -> None:
    archive_with_captures(tmp_path, 1)
    other = tmp_path / "warc" / "mine.warc.gz"
    other.write_bytes(b"half a record")
    with running(tmp_path):
        pass
    assert other.read_bytes() == b"half a record"
