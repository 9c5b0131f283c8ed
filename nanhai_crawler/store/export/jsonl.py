"""JSON Lines: a record a line, UTF-8, all keys of ``RECORD_KEYS`` in order."""

import json
import re
from typing import TextIO

from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader

# Line ends to some readers (Python's splitlines, JavaScript before 2019), though not to JSON Lines: escaped, they are
# the same string to all.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def write_jsonl(
    reader: ArchiveReader, stream: TextIO, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The articles, in the order of their ids."""
    count = 0
    for record in reader.records(query, filters):
        stream.write(json_line(record))
        count += 1
    return Written(count=count)


def json_line(value: object) -> str:
    """The value as JSON on one line, with its line end."""
    line = json.dumps(value, ensure_ascii=False)
    return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"
