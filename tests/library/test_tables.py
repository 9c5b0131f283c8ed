"""Articles as tables of pyarrow and pandas; skipped, with the reason, where those are not installed."""

from datetime import date
from pathlib import Path

import pytest

from nanhai_crawler import open_archive
from nanhai_crawler.items import RECORD_KEYS
from tests.store.test_reader import PAGES, keep

pytest.importorskip("pyarrow", reason="the extra 'tables' is not installed")
pytest.importorskip("pandas", reason="the extra 'tables' is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("存档")
    keep(folder, *PAGES)
    return folder


def test_an_arrow_table_has_the_keys_of_the_record_and_typed_times(folder: Path) -> None:
    with open_archive(folder) as archive:
        table = archive.articles().to_arrow()
        records = list(archive.articles().records())
    assert table.column_names == [*RECORD_KEYS, "published_day"]
    rows = table.to_pylist()
    assert [row["body"] for row in rows] == [record["body"] for record in records]
    assert [row["credits"] for row in rows] == [record["credits"] for record in records]
    assert rows[0]["entered"].isoformat(timespec="milliseconds") == records[0]["entered"]
    assert rows[0]["published_day"] == date.fromisoformat(records[0]["published"][:10])


def test_a_table_of_what_changed_says_how(folder: Path) -> None:
    with open_archive(folder) as archive:
        table = archive.articles(since_run=0).to_arrow()
        assert table.column_names == [*RECORD_KEYS, "published_day", "change"]
        assert set(table["change"].to_pylist()) == {"new"}
        assert list(archive.articles(since_run=1).to_pandas()) == [
            *RECORD_KEYS[1:],
            "published_day",
            "change",
        ]


def test_a_data_frame_is_indexed_by_id(folder: Path) -> None:
    with open_archive(folder) as archive:
        frame = archive.articles("大沥").to_pandas()
        ids = [one.id for one in archive.articles("大沥")]
    assert list(frame.index) == ids
    assert frame["title"].str.contains("大沥").any() or frame["body"].str.contains("大沥").all()


def test_no_articles_are_an_empty_table_of_the_same_columns(folder: Path) -> None:
    with open_archive(folder) as archive:
        assert archive.articles("无此词语").to_arrow().num_rows == 0
        assert len(archive.articles("无此词语").to_pandas()) == 0
