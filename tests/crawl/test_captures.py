"""Captures: every row of the database is what an outside reader finds in the WARC file at that place."""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import fastwarc
import pytest
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from tests.crawl.commands import crawl, records
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import article, page
from tests.crawl.practice_crawl import PracticeCrawl

ANSWERS = (WarcRecordType.response, WarcRecordType.revisit)
_CHINESE = "/政务/公开 目录.html"
_ZIPPED = gzip.compress(article("压缩的文章").encode(), mtime=0)


@dataclass(frozen=True)
class Archived:
    """An archive, and the server that it was crawled from."""

    folder: Path
    server: Loopback


def rows(folder: Path, query: str = "SELECT * FROM captures ORDER BY id") -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{folder / 'nanhai.sqlite3'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def at(folder: Path, row: dict[str, Any]) -> Any:
    """The record that warcio finds at the row's offset."""
    with (folder / "warc" / row["warc_file"]).open("rb") as file:
        file.seek(row["warc_offset"])
        record = next(iter(ArchiveIterator(file, no_record_parse=False)))
        record.payload = record.raw_stream.read()
        return record


def members(folder: Path) -> Iterator[tuple[str, Any]]:
    """Every record of every file in order, as FastWARC reads it."""
    for path in sorted((folder / "warc").iterdir()):
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file, parse_http=True):
                yield path.name, record


def sha256(payload: bytes) -> str:
    return "sha256:" + hashlib.sha256(payload).hexdigest()


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archived]:
    folder = tmp_path_factory.mktemp("captures")
    twin = article("两处相同的文章")
    replies = {
        "/robots.txt": Reply(media_type="text/plain", body="User-agent: *\nDisallow: /no\n"),
        "/": Reply(body=page(_CHINESE, "/hop", "/gone", "/zipped", "/one", "/two", "/no")),
        quote(_CHINESE): Reply(body=article("地址是汉字的文章")),
        "/hop": Reply(status=302, headers=(("Location", "/hop2"),), body="moved"),
        "/hop2": Reply(status=301, headers=(("Location", "/zipped"),), body="moved again"),
        "/gone": Reply(status=404, body="no such page"),
        "/zipped": Reply(body=_ZIPPED, headers=(("Content-Encoding", "gzip"),)),
        "/one": Reply(body=twin, headers=(("ETag", '"1"'),)),
        "/two": Reply(body=twin),
    }
    with Loopback(dict(replies)) as server:
        ended = crawl(server.url(), folder)
        assert ended.code == 0, ended.out + ended.err
        server.replies["/one"] = lambda asked: (
            Reply(status=304, media_type=None)
            if asked.headers.get("if-none-match") == '"1"'
            else Reply(body=twin)
        )
        assert crawl(server.url(), folder, "--full").code == 0
        yield Archived(folder, server)


def captured(archived: Archived, path: str) -> list[dict[str, Any]]:
    url = archived.server.url(path)
    return [row for row in rows(archived.folder) if row["url"] == url]


def test_every_row_is_the_record_at_its_offset(archived: Archived) -> None:
    for row in rows(archived.folder):
        record = at(archived.folder, row)
        headers = record.rec_headers
        assert record.rec_type == row["record_type"]
        assert headers.get_header("WARC-Target-URI") == row["url"]
        assert headers.get_header("WARC-Date") == row["time"]
        assert headers.get_header("WARC-Payload-Digest") == row["payload_digest"]
        assert headers.get_header("WARC-IP-Address") == row["ip_address"] == "127.0.0.1"
        assert int(record.http_headers.get_statuscode()) == row["status"]
        if row["record_type"] == "response":
            assert sha256(record.payload) == row["payload_digest"]
            assert len(record.payload) == row["payload_length"]


def test_the_practice_site_s_rows_are_its_records_too(practice: PracticeCrawl) -> None:
    for row in rows(practice.archive):
        record = at(practice.archive, row)
        assert record.rec_headers.get_header("WARC-Target-URI") == row["url"]
        assert row["record_type"] == "revisit" or sha256(record.payload) == row["payload_digest"]


def test_no_bytes_of_a_file_belong_to_no_record(archived: Archived) -> None:
    for path in (archived.folder / "warc").iterdir():
        content, ends = path.read_bytes(), 0
        known = {row["warc_offset"]: row for row in rows(archived.folder) if row["warc_file"] == path.name}
        with path.open("rb") as file:
            for record in fastwarc.ArchiveIterator(file, parse_http=False):
                row = known.pop(record.stream_pos, None)
                assert (row is not None) == (record.record_type in ANSWERS)
                if row is not None:
                    ends = row["warc_offset"] + row["warc_length"]
        assert known == {}
        assert ends == len(content)


def test_each_file_begins_with_its_warcinfo_and_each_answer_follows_its_request(archived: Archived) -> None:
    by_file: dict[str, list[Any]] = {}
    for name, record in members(archived.folder):
        by_file.setdefault(name, []).append((record.record_type, dict(record.headers)))
    assert len(by_file) == 2
    for name, found in by_file.items():
        (kind, info), *rest = found
        assert kind == WarcRecordType.warcinfo
        assert info["WARC-Filename"] == name
        assert len(rest) % 2 == 0
        for (asked, request), (_, response) in zip(rest[::2], rest[1::2], strict=True):
            assert asked == WarcRecordType.request
            assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
            assert request["WARC-Target-URI"] == response["WARC-Target-URI"]


def test_redirect_hops_missing_pages_and_robots_txt_are_captured(archived: Archived) -> None:
    statuses = {
        path: captured(archived, path)[0]["status"] for path in ("/hop", "/hop2", "/gone", "/robots.txt")
    }
    assert statuses == {"/hop": 302, "/hop2": 301, "/gone": 404, "/robots.txt": 200}
    assert at(archived.folder, captured(archived, "/hop")[0]).payload == b"moved"


def test_one_capture_an_answer(archived: Archived) -> None:
    assert len(rows(archived.folder)) == len(archived.server.asked)


def test_a_chinese_address_is_percent_encoded_in_records_and_rows(archived: Archived) -> None:
    (first, _) = captured(archived, quote(_CHINESE))
    assert first["url"].isascii()
    assert archived.server.count(quote(_CHINESE)) == 2
    assert quote(_CHINESE) in {
        record["url"].partition(archived.server.host)[2] for record in records(archived.folder)
    }


def test_a_compressed_payload_is_kept_as_it_came(archived: Archived) -> None:
    row = captured(archived, "/zipped")[0]
    assert row["payload_digest"] == sha256(_ZIPPED)
    with (archived.folder / "warc" / row["warc_file"]).open("rb") as file:
        file.seek(row["warc_offset"])
        content = gzip.decompress(file.read(row["warc_length"]))
    assert content.partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")[2].rstrip(b"\r\n") == _ZIPPED.rstrip(
        b"\r\n"
    )
    assert b"\r\nContent-Encoding: gzip\r\n" in content
    assert any(record["title"] == "压缩的文章" for record in records(archived.folder))


def test_a_payload_that_is_kept_already_is_a_revisit(archived: Archived) -> None:
    originals = [row for path in ("/one", "/two") for row in captured(archived, path)]
    kept = [row for row in originals if row["record_type"] == "response"]
    assert len(kept) == 1
    again = [row for row in originals if row["record_type"] == "revisit"]
    assert {row["payload_digest"] for row in again} == {kept[0]["payload_digest"]}
    for row in again:
        headers = at(archived.folder, row).rec_headers
        assert headers.get_header("WARC-Refers-To-Target-URI") == kept[0]["url"]
        assert headers.get_header("WARC-Refers-To-Date") == kept[0]["time"]
        profile = "server-not-modified" if row["status"] == 304 else "identical-payload-digest"
        assert headers.get_header("WARC-Profile").endswith(profile)
    assert 304 in {row["status"] for row in again}


def test_requests_are_kept_as_they_were_sent(archived: Archived) -> None:
    sent = [asked for asked in archived.server.asked if asked.path == "/one"]
    kept = [
        record.http_headers
        for _, record in members(archived.folder)
        if record.record_type == WarcRecordType.request
        and record.headers["WARC-Target-URI"] == archived.server.url("/one")
    ]
    assert [headers.status_line for headers in kept] == ["GET /one HTTP/1.1"] * 2
    for asked, headers in zip(sent, kept, strict=True):
        written = {name.lower(): value for name, value in dict(headers).items()}
        assert {name: asked.headers[name] for name in written} == written
    assert "if-none-match" in sent[1].headers
