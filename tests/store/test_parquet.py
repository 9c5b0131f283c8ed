"""Parquet: the records as a typed table; skipped, with the reason, where pyarrow is not installed."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest

from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.store.test_reader import PAGES, keep

pytest.importorskip("pyarrow", reason="the extra 'tables' is not installed")
parquet = import_module("pyarrow.parquet")
export = import_module("nanhai_crawler.store.export.parquet")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    folder = tmp_path_factory.mktemp("存档")
    keep(folder, *PAGES)
    with ArchiveReader.open(folder) as reader:
        yield reader


def test_a_table_read_back_is_the_records(reader: ArchiveReader) -> None:
    stream = BytesIO()
    assert export.write_parquet(reader, stream).count == 3
    table = parquet.read_table(BytesIO(stream.getvalue()))
    assert table.column_names == [*RECORD_KEYS, "published_day"]
    for row, record in zip(table.to_pylist(), reader.records(), strict=True):
        for key in ("id", "title", "column_path", "authors", "body", "credits", "images", "warc_offset"):
            assert row[key] == record[key]
        assert row["published_day"] == (
            date.fromisoformat(record["published"][:10]) if record["published"] else None
        )
    assert (
        parquet.ParquetFile(BytesIO(stream.getvalue())).metadata.row_group(0).column(0).compression == "ZSTD"
    )


def test_a_selection_without_articles_is_a_table_without_rows(reader: ArchiveReader) -> None:
    stream = BytesIO()
    assert export.write_parquet(reader, stream, "无此词", Filters(since="2023")).count == 0
    assert parquet.read_table(BytesIO(stream.getvalue())).num_rows == 0


def test_a_pipe_gets_the_same_bytes_as_a_file(reader: ArchiveReader, tmp_path: Path) -> None:
    class OnlyForward(BytesIO):
        def tell(self) -> int:
            raise OSError("a pipe")

    there, piped = BytesIO(), OnlyForward()
    export.write_parquet(reader, there)
    export.write_parquet(reader, piped)
    assert piped.getvalue() == there.getvalue()
