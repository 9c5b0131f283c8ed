"""The archive folder: made where it can be, refused where it cannot."""

from pathlib import Path

import pytest

from nanhai_crawler.errors import ArchiveTooNew, StorageError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import running


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = ArchiveFolder(tmp_path / "南海 档案" / "2026")
    folder.prepare()
    assert sorted(path.name for path in folder.path.iterdir()) == [
        "README.md",
        "datasette.json",
        "nanhai.toml",
        "warc",
    ]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    ArchiveFolder(tmp_path).prepare()
    ArchiveFolder(tmp_path).prepare()
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError, match=r"archive: a file, not a folder"):
        ArchiveWriter.open(tmp_path / "archive")
    assert (tmp_path / "archive").read_text(encoding="utf-8") == "mine"


def test_a_file_above_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError, match="file"):
        ArchiveWriter.open(tmp_path / "file" / "archive")


@pytest.mark.parametrize("place", ["/proc/nanhai", "/sys/nanhai"])
def test_a_place_that_cannot_be_written_is_said_in_one_line(place: str) -> None:
    if not Path(place).parent.is_dir():
        pytest.skip("no such file system here")
    with pytest.raises(StorageError) as caught:
        ArchiveWriter.open(Path(place))
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_newer_archive_is_left_as_it_is(tmp_path: Path) -> None:
    with running(tmp_path):
        pass
    (tmp_path / "README.md").write_text("of a newer version", encoding="utf-8")
    with ArchiveWriter.open(tmp_path) as writer:
        writer._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        writer._connection.commit()
    (tmp_path / "README.md").write_text("of a newer version", encoding="utf-8")
    with pytest.raises(ArchiveTooNew):
        ArchiveWriter.open(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "of a newer version"


def test_a_refused_archive_is_not_left_locked(tmp_path: Path) -> None:
    (tmp_path / "nanhai.sqlite3").write_bytes(b"x" * 1000)
    for _ in range(2):
        with pytest.raises(StorageError, match="not a database"):
            ArchiveWriter.open(tmp_path)
