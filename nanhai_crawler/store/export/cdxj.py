"""CDXJ: the index by which replay tools (pywb, ReplayWeb.page) find captures in the archive's WARC files.

The lines are those that cdxj-indexer writes of the same files: key, time, and a JSON object.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from nanhai_crawler.store.export.selected import read_captures, selected_captures
from nanhai_crawler.store.export.sorted_lines import sort_lines
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.urls.surt import surt

#: What cdxj-indexer takes for the end of a media type.
_AFTER_TYPE = re.compile(r"[;\s]")
_NOT_DIGITS = re.compile(r"\D")


def write_cdxj(
    reader: ArchiveReader, stream: TextIO, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The captures of the selected articles (all captures without a selection), sorted by key and time."""
    count = 0
    for line in sort_lines(_lines(reader, query, filters)):
        stream.write(line)
        count += 1
    return Written(count=count)


def _lines(reader: ArchiveReader, query: str, filters: Filters) -> Iterator[str]:
    with reader.connect() as connection:
        for row in read_captures(connection, selected_captures(connection, query, filters)):
            yield cdxj_line(row, row.warc_file, row.warc_offset, row.warc_length)


def cdxj_line(capture: Any, warc_file: str, offset: int, length: int, *, headless: bool = False) -> str:
    """The line, with its end, of a capture whose record stands there; one without the answer's headers tells no status."""
    is_revisit = capture.record_type == "revisit"
    media_type = "warc/revisit" if is_revisit else _AFTER_TYPE.split(capture.media_type or "", 1)[0]
    fields = {
        "url": capture.url,
        **({"mime": media_type} if media_type else {}),
        **({} if headless else {"status": str(capture.status)}),
        "digest": capture.payload_digest,
        "length": str(length),
        "offset": str(offset),
        "filename": warc_file,
    }
    timestamp = _NOT_DIGITS.sub("", capture.time)[:14]
    return f"{surt(capture.url)} {timestamp} {json.dumps(fields)}\n"
