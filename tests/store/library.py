"""An archive whose articles a test tells by title and body, and a scan of them that knows no index."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from opencc import OpenCC
from sqlalchemy import Connection, text

from nanhai_crawler.store.database import open_engine_writer
from nanhai_crawler.store.migration import migrate
from nanhai_crawler.store.search.index import SearchIndex

T2S = OpenCC("t2s")
RUN = "INSERT INTO runs VALUES (1, '', NULL, NULL, 'complete', 0, '[]', '{}', '')"
CAPTURE = (
    "INSERT INTO captures(id, run_id, url, time, status, payload_digest, payload_length, record_type, warc_file,"
    " warc_offset, warc_length) VALUES (1, 1, '', '', 200, '', 0, 'response', 'w', 0, 0)"
)
REVISION = text(
    "INSERT INTO revisions(id, article_id, number, capture_id, run_id, text_digest, title, published, evidence, body)"
    " VALUES (:id, :article, 1, 1, 1, '', :title, :published, '{}', :body)"
)
ARTICLE = text("INSERT INTO articles VALUES (:article, :article, 's', NULL, NULL, 'live', 1, :id, '', '')")


def empty_library(path: Path) -> Connection:
    """A connection to a new archive that has a run and a capture, and no article."""
    engine = open_engine_writer(path)
    migrate(engine)
    connection = engine.connect()
    connection.execute(text(RUN))
    connection.execute(text(CAPTURE))
    connection.commit()
    return connection


def fill(connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
    """The articles are these and no others, numbered from 1; the later, the newer. Eight signatures are a block."""
    for statement in ("DELETE FROM articles", "DELETE FROM search_rows", "DELETE FROM revisions"):
        connection.execute(text(statement))
    rows = [
        {
            "id": number, "article": f"{number:016x}", "title": title, "body": body,
            "published": f"2020-01-01T00:{number // 60:02}:{number % 60:02}+08:00",
        }
        for number, (title, body) in enumerate(texts, 1)
    ]  # fmt: skip
    for insertion in (REVISION, ARTICLE):
        connection.execute(insertion, rows)
    SearchIndex(connection, 8).rebuild()
    connection.commit()


def plainly_folded(line: str) -> str:
    """NFKC, case folded, each character simplified; what does not show left out."""
    narrow = unicodedata.normalize("NFKC", "".join(char for char in line if char not in "\u200b\ufeff"))
    return "".join(T2S.convert(char) for char in unicodedata.normalize("NFKC", narrow.casefold()))


def plainly_holds(texts: tuple[str, str], sought: str, *, whole: bool) -> bool:
    """Whether a line of the title or body has ``sought``; ``whole``: Latin and digits at its ends end there."""
    folded = plainly_folded(sought)
    pattern = re.escape(folded)
    if whole and re.match("[a-z0-9]", folded[0]):
        pattern = "(?<![a-z0-9])" + pattern
    if whole and re.match("[a-z0-9]", folded[-1]):
        pattern += "(?![a-z0-9])"
    lines = "\n".join(texts).split("\n")
    return any(re.search(pattern, plainly_folded(line)) for line in lines)
