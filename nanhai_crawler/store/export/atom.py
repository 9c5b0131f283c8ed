"""An Atom feed (RFC 4287) of what is new, changed and gone, the newest first; its texts are plain text."""

import json
import re
from dataclasses import replace
from datetime import datetime
from heapq import nlargest
from itertools import islice
from typing import TextIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import Connection, text

from nanhai_crawler import __version__
from nanhai_crawler.store.changes import ChangeKind, read_changes
from nanhai_crawler.store.clock import stamp, utc_now
from nanhai_crawler.store.export.selected import selected_articles
from nanhai_crawler.store.export.written import Written
from nanhai_crawler.store.filters import EVERYTHING, Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.record import Record, read_records

#: Entries of a feed that is asked for without a point to begin at: what feed readers fetch again and again.
_NEWEST = 100
#: Characters of a summary.
_SUMMARY = 200
_BATCH = 100
# XML 1.0, 2.2: characters that no document may have, however they are written.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = {
    ChangeKind.CHANGED: "【已更改】",
    ChangeKind.MISSING: "【未见】",
    ChangeKind.GONE: "【已消失】",
    ChangeKind.RETURNED: "【恢复】",
}
_FIRST_RUN = text("SELECT seeds || started FROM runs ORDER BY id LIMIT 1")
_NEWEST_REVISIONS = text("SELECT revision_id FROM articles WHERE id IN (SELECT value FROM json_each(:ids))")


def write_atom(
    reader: ArchiveReader, stream: TextIO, query: str = "", filters: Filters = EVERYTHING
) -> Written:
    """The articles that changed since the point that the filters name, else the 100 that changed last.

    An entry's id is the article's address, so that a later change is the same entry updated.
    """
    with reader.connect() as connection:
        articles = selected_articles(connection, query, filters)
        changes = (
            (change.time, key, change.kind)
            for key, change in read_changes(connection, articles, filters.point)
        )
        newest = sorted(changes, reverse=True) if filters.is_incremental else nlargest(_NEWEST, changes)
        stream.write(_head(connection, query, filters, newest[0][0] if newest else stamp(utc_now())))
        waiting = iter(newest)
        while batch := list(islice(waiting, _BATCH)):
            records = {record["id"]: record for record in _records(connection, [key for _, key, _ in batch])}
            stream.writelines(_entry(records[key], time, kind) for time, key, kind in batch)
        stream.write("</feed>\n")
    return Written(count=len(newest))


def _head(connection: Connection, query: str, filters: Filters, updated: str) -> str:
    archive = connection.execute(_FIRST_RUN).scalar() or ""
    chosen = replace(filters, since_run=None, changed_since=None)
    identity = uuid5(NAMESPACE_URL, f"{archive} {query} {chosen}").urn
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"{_element('id', identity)}{_element('title', f'网站文章变化 {query}'.strip())}{_element('updated', updated)}"
        f"<author>{_element('name', 'nanhai_crawler')}</author>\n"
        f'<generator version="{__version__}">nanhai_crawler</generator>\n'
    )


def _entry(record: Record, time: str, kind: ChangeKind) -> str:
    authors = record["authors"] or ([record["source"]] if record["source"] else [])
    column = " > ".join(record["column_path"])
    shown = [_element("published", shown)] if (shown := _moment(record["published"])) else []
    return "".join(
        [
            "<entry>\n",
            _element("id", record["url"]),
            _element("title", _SHOWN.get(kind, "") + (record["title"] or record["url"]), type="text"),
            f'<link rel="alternate" type="text/html" href={quoteattr(_xml(record["url"]))}/>\n',
            _element("updated", time),
            *shown,
            *(f"<author>{_element('name', author)}</author>\n" for author in authors),
            f'<category term="{kind}" scheme="urn:x-nanhai:change"/>\n',
            f"<category term={quoteattr(_xml(column))}/>\n" if column else "",
            _element("summary", record["body"][:_SUMMARY], type="text"),
            "</entry>\n",
        ]
    )


def _records(connection: Connection, articles: list[str]) -> list[Record]:
    rows = connection.execute(_NEWEST_REVISIONS, {"ids": json.dumps(articles)})
    return list(read_records(connection, [row.revision_id for row in rows]))


def _moment(published: str | None) -> str | None:
    """A shown time as RFC 3339 has it; null where no clock is shown."""
    return datetime.fromisoformat(published).isoformat() if published and "T" in published else None


def _element(name: str, content: str, **attributes: str) -> str:
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{escape(_xml(content))}</{name}>\n"


def _xml(content: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", content)
