"""A Frictionless Data Package: related tables as CSV, with a dictionary of every field (``datapackage.json``)."""

import csv
import json
from codecs import getwriter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from nanhai_crawler import __version__
from nanhai_crawler.store.clock import stamp, utc_now
from nanhai_crawler.store.export.csv import read_rows, rows_with_changes
from nanhai_crawler.store.export.dictionary import Table, read_dictionary
from nanhai_crawler.store.export.package import Package, PackedFile
from nanhai_crawler.store.export.selected import batches, revisions_of, selected_articles, selected_captures
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import find_revisions

_DESCRIPTION = (
    "网站所公布文章的存档：文章及其历次文本、署名、图片、附件与留存记录。文章版权属原发布者，使用时请保留署名与来源。\n\n"
    "Articles that a website has published, every text they have had, and the captures they were read from. What they "
    "say stays their publishers': keep text, byline and source together."
)
_KEYS = {"captures": "id", "revisions": "id"}


def write_datapackage(
    reader: ArchiveReader, package: Package, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The selected articles, with all their revisions and captures."""
    counts: dict[str, int] = {}
    tables = read_dictionary(of_changes=filters.is_incremental)
    with reader.connect() as connection:
        for table in tables:
            with package.open(f"data/{table.name}.csv") as stream:
                writer = csv.writer(getwriter("utf-8")(stream), lineterminator="\r\n")  # type: ignore[arg-type]
                writer.writerow(table.fields)
                counts[table.name] = 0
                for rows in _rows(connection, table, query, filters):
                    writer.writerows(rows)
                    counts[table.name] += len(rows)
    resources = [_resource(table, file) for table, file in zip(tables, package.files, strict=True)]
    package.add("datapackage.json", json.dumps(_descriptor(resources), ensure_ascii=False, indent=2) + "\n")
    return Written(count=counts["articles"])


def _rows(
    connection: Connection, table: Table, query: str, filters: Filters
) -> Iterator[Sequence[Sequence[object]]]:
    """The rows of a table, some hundred at a time."""
    if table.name == "articles":
        for rows in read_rows(connection, find_revisions(connection, query, filters)):
            yield rows_with_changes(connection, rows, filters) if filters.is_incremental else rows
        return
    ids: Iterable[int] = (
        selected_captures(connection, query, filters)
        if table.name == "captures"
        else revisions_of(connection, selected_articles(connection, query, filters))
    )
    key = _KEYS.get(table.name, "revision_id")
    order = "wanted.key" if key == "id" else "wanted.key, position"
    statement = text(
        f"SELECT {', '.join(f'rows.{field}' for field in table.fields)} FROM json_each(:ids) AS wanted"  # noqa: S608
        f" JOIN {table.name} AS rows ON rows.{key} = wanted.value ORDER BY {order}"
    )
    for batch in batches(ids):
        yield connection.execute(statement, {"ids": json.dumps(batch)}).all()


def _resource(table: Table, file: PackedFile) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": file.name,
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.length_bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": table.schema,
    }


def _descriptor(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "nanhai-archive",
        "title": "网站文章存档 / Archive of a website's articles",
        "description": _DESCRIPTION,
        "version": __version__,
        "created": stamp(utc_now()),
        "resources": resources,
    }
