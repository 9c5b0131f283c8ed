"""WACZ 1.1.1: the captures of articles with their index, and a list of pages with their texts, in one ZIP archive.

Written here by the specification (https://specs.webrecorder.net/wacz/1.1.1/): the library ``wacz`` needs ``surt``, whose
licence (AGPL) does not fit.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile

from sqlalchemy import Connection, text

from nanhai_crawler import __version__
from nanhai_crawler.store.clock import stamp, utc_now
from nanhai_crawler.store.export.cdxj import cdxj_line
from nanhai_crawler.store.export.jsonl import json_line
from nanhai_crawler.store.export.package import Package
from nanhai_crawler.store.export.selected import batches, selected_captures
from nanhai_crawler.store.export.sorted_lines import sort_lines
from nanhai_crawler.store.export.warc import CaptureCopy
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.search.finding import find_revisions

_VERSION = "1.1.1"
_WARC = "data.warc.gz"
_INDEX = "index.cdx.gz"
#: Lines of a block of the compressed index, as the library ``wacz`` has it.
_BLOCK_LINES = 1024
_PAGES = text("""
SELECT revisions.article_id AS id, captures.url, captures.time AS ts, title, revisions.title, body AS text
FROM json_each(:ids) AS wanted
JOIN revisions ON revisions.id = wanted.value
JOIN captures ON captures.id = revisions.capture_id
ORDER BY wanted.key
""")


def write_wacz(
    reader: ArchiveReader, package: Package, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The selected articles' captures (all captures without a selection), and a page for each article."""
    with reader.connect() as connection, TemporaryFile("w+", encoding="utf-8") as index:
        ids = selected_captures(connection, query, filters)
        with package.open(f"archive/{_WARC}") as stream:
            copy = CaptureCopy(connection, reader.folder, stream, for_replay=True)
            lines = (
                cdxj_line(one.capture, _WARC, one.offset, one.length, headless=one.headless)
                for one in copy.write(ids)
            )
            index.writelines(sort_lines(lines))
        index.seek(0)
        _write_index(package, index)
        count = _write_pages(package, connection, find_revisions(connection, query, filters))
    _describe(package)
    return Written(count=count, notes=copy.notes(len(ids)))


def _write_index(package: Package, lines: Iterator[str]) -> None:
    """The lines in compressed blocks, and the index of the blocks by their first keys."""
    blocks = [f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': _INDEX})}\n"]
    with package.open(f"indexes/{_INDEX}") as stream:
        while some := list(islice(lines, _BLOCK_LINES)):
            block = gzip.compress("".join(some).encode(), mtime=0)
            place = {
                "offset": stream.length_bytes,
                "length": len(block),
                "digest": "sha256:" + hashlib.sha256(block).hexdigest(),
                "filename": _INDEX,
            }
            stream.write(block)
            blocks.append(f"{some[0].partition('{')[0].strip()} {json.dumps(place)}\n")
    package.add("indexes/index.idx", "".join(blocks))


def _write_pages(package: Package, connection: Connection, revision_ids: Iterable[int]) -> int:
    """How many articles the list of pages has; each page is that which the newest text was read from."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "文章 / Articles", "hasText": True}
    count = 0
    with package.open("pages/pages.jsonl") as stream:
        stream.write(json_line(head).encode())
        for batch in batches(revision_ids):
            for row in connection.execute(_PAGES, {"ids": json.dumps(batch)}).mappings():
                stream.write(json_line(dict(row)).encode())
                count += 1
    return count


def _describe(package: Package) -> None:
    """The descriptor of all files so far, and its own sum."""
    descriptor = {
        "profile": "data-package",
        "wacz_version": _VERSION,
        "software": f"nanhai_crawler/{__version__}",
        "created": stamp(utc_now()),
        "title": "网站文章存档 / Archive of a website's articles",
        "resources": [
            {
                "name": file.name.rpartition("/")[2],
                "path": file.name,
                "hash": f"sha256:{file.sha256}",
                "bytes": file.length_bytes,
            }
            for file in package.files
        ],
    }
    content = json.dumps(descriptor, ensure_ascii=False, indent=2)
    package.add("datapackage.json", content)
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(content.encode()).hexdigest()}
    package.add("datapackage-digest.json", json.dumps(digest, indent=2))
