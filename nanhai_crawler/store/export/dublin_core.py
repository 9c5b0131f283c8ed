"""Dublin Core (ISO 15836-1) of a whole archive, as ``oai_dc`` XML."""

import json
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from sqlalchemy import text

from nanhai_crawler.store.reader import ArchiveReader

_OF_ALL = text("""
SELECT count(*) AS articles, min(first_captured) AS first, max(last_captured) AS last,
       (SELECT count(*) FROM revisions) AS texts, (SELECT count(*) FROM captures) AS captures FROM articles
""")
_SITES = text("SELECT DISTINCT site FROM articles ORDER BY site")
_FIRST_RUN = text("SELECT seeds, started FROM runs ORDER BY id LIMIT 1")
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
)


def dublin_core(reader: ArchiveReader) -> str:
    """The description as an XML document."""
    elements = "".join(f"  <dc:{name}>{escape(value)}</dc:{name}>\n" for name, value in _elements(reader))
    return f"{_HEAD}{elements}</oai_dc:dc>\n"


def _elements(reader: ArchiveReader) -> Iterator[tuple[str, str]]:
    with reader.connect() as connection:
        counts = connection.execute(_OF_ALL).one()
        sites = connection.execute(_SITES).scalars().all()
        first_run = connection.execute(_FIRST_RUN).first()
    seeds, started = first_run or ("[]", "")
    yield "title", "网站文章存档"
    yield "title", "Archive of a website's articles"
    yield "description", f"文章{counts.articles}篇，文本{counts.texts}份，留存{counts.captures}次。"
    yield from (("subject", site) for site in sites)
    yield from (("source", seed) for seed in json.loads(seeds))
    if counts.first:
        yield "date", f"{counts.first[:10]}/{counts.last[:10]}"
    yield "identifier", uuid5(NAMESPACE_URL, f"{seeds} {started}").urn
    yield "type", "Collection"
    yield from (
        ("format", kind) for kind in ("application/warc", "application/vnd.sqlite3", "application/x-ndjson")
    )
    yield "language", "zh-CN"
    yield "rights", "文章版权属原发布者。What the articles say stays their publishers'."
