"""Apache Parquet: the records as one typed table (``arrow.SCHEMA``), compressed with Zstandard.

Needs pyarrow (the extra ``tables``).
"""

from typing import BinaryIO

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from nanhai_crawler.store.export.arrow import SCHEMA, SCHEMA_OF_CHANGES, read_batches
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader


class _Sink:
    """A stream that only goes forward, and knows how far it is: a pipe does not."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._written = 0

    def write(self, content: bytes) -> int:
        self._stream.write(content)
        self._written += len(content)
        return len(content)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._stream.flush()


def write_parquet(
    reader: ArchiveReader, stream: BinaryIO, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The articles, in the order of their ids; a row group a batch, so that as much is held in memory."""
    schema = SCHEMA_OF_CHANGES if filters.is_incremental else SCHEMA
    count = 0
    with ParquetWriter(pa.PythonFile(_Sink(stream), mode="w"), schema, compression="zstd") as writer:
        for batch in read_batches(reader.records(query, filters), schema):
            writer.write_batch(batch)
            count += batch.num_rows
    return Written(count=count)
