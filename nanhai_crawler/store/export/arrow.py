"""Records as Apache Arrow: the schema (documented in the README), and batches of records in it.

Needs pyarrow (the extra ``tables``).
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import pyarrow as pa

from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.store.record import Record

#: Records of a batch: 500 articles of 1,600 characters take about 3 MB as Python objects.
BATCH = 500

_STRINGS = pa.list_(pa.string())
_CREDIT = pa.struct([(key, pa.string()) for key in ("role", "name", "organization", "raw")])
_IMAGE = pa.struct([(key, pa.string()) for key in ("url", "caption", "credit")])
_FILE = pa.struct([(key, pa.string()) for key in ("url", "name", "media_type")])
#: ``blocks`` is JSON: paragraphs, lists and tables have different keys.
_SECTION = pa.struct([("heading", pa.string()), ("paragraphs", _STRINGS), ("blocks", pa.string())])
_SHANGHAI_TIME = pa.timestamp("ms", tz="Asia/Shanghai")
_UTC_TIME = pa.timestamp("ms", tz="UTC")
_TYPES = {
    "column_path": _STRINGS,
    "entered": _SHANGHAI_TIME,
    "authors": _STRINGS,
    "credits": pa.list_(_CREDIT),
    "section_headings": _STRINGS,
    "sections": pa.list_(_SECTION),
    "images": pa.list_(_IMAGE),
    "attachments": pa.list_(_FILE),
    "revision": pa.int32(),
    "first_captured": _UTC_TIME,
    "last_captured": _UTC_TIME,
    "warc_offset": pa.int64(),
    "evidence": pa.map_(pa.string(), pa.string()),
}
#: The keys of a record in their order, then ``published_day``: ``published`` keeps its precision as text, so its day is told
#: apart for those who want a date.
SCHEMA = pa.schema(
    [*((key, _TYPES.get(key, pa.string())) for key in RECORD_KEYS), ("published_day", pa.date32())]
)
#: Of records that say what changed.
SCHEMA_OF_CHANGES = SCHEMA.append(pa.field("change", pa.string()))


def read_batches(records: Iterable[Record], schema: pa.Schema = SCHEMA) -> Iterator[pa.RecordBatch]:
    """The records in batches of the schema, made as they are asked for."""
    waiting = iter(records)
    while rows := [_row(record) for record in islice(waiting, BATCH)]:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _row(record: Record) -> dict[str, Any]:
    published = record["published"]
    return {
        **record,
        "entered": _moment(record["entered"]),
        "first_captured": _moment(record["first_captured"]),
        "last_captured": _moment(record["last_captured"]),
        "sections": [
            {**section, "blocks": json.dumps(section["blocks"], ensure_ascii=False)}
            for section in record["sections"]
        ],
        "evidence": list(record["evidence"].items()),
        "published_day": date.fromisoformat(published[:10]) if published else None,
    }


def _moment(time: str | None) -> datetime | None:
    return datetime.fromisoformat(time) if time else None
