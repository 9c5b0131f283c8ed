"""The articles that a query and filters select: read lazily, as often as they are asked for, or as a table."""

import importlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from nanhai_crawler.errors import UsageError
from nanhai_crawler.library.article import ArchivedArticle
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.record import Record


class Selection:
    """Some articles of an archive, in the order of their ids."""

    def __init__(self, reader: ArchiveReader, query: str, filters: Filters) -> None:
        self._reader = reader
        self._query = query
        self._filters = filters

    def __repr__(self) -> str:
        asked = {
            name: value for name, value in asdict(self._filters).items() if value != getattr(EVERYTHING, name)
        }
        words = [repr(self._query)] if self._query else []
        words += [f"{name}={value!r}" for name, value in asked.items()]
        return f"<Selection {', '.join(words) or 'of all articles'}>"

    def __iter__(self) -> Iterator[ArchivedArticle]:
        """Each article, read when it is asked for."""
        return map(ArchivedArticle.of_record, self.records())

    def records(self) -> Iterator[Record]:
        """Each record as a dict with the keys of JSON Lines; ``change`` too where only what changed is asked for."""
        return self._reader.records(self._query, self._filters)

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table`` (README: Parquet's schema); UsageError where pyarrow is not installed.

        Where only what changed is asked for, its last column is ``change``.
        """
        arrow = _installed("nanhai_crawler.store.export.arrow")
        schema = arrow.SCHEMA_OF_CHANGES if self._filters.is_incremental else arrow.SCHEMA
        batches = arrow.read_batches(self.records(), schema)
        return _installed("pyarrow").Table.from_batches(batches, schema=schema)

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``, a row an article, indexed by id; UsageError where pandas or pyarrow is not installed."""
        _installed("pandas")
        return self.to_arrow().to_pandas(maps_as_pydicts="strict").set_index("id")


def _installed(module: str) -> Any:
    """A module of an extra; the one place of this room that asks whether it is there."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise UsageError(f"this needs {error.name}: pip install 'nanhai-crawler[tables]'") from error
