"""Snapshots: what was received is there again, and other programs agree that it is WARC."""

import gzip
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from warcio.archiveiterator import ArchiveIterator

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.folder import ArchiveFolder
from nanhai_crawler.store.snapshots import SnapshotWriter, read_snapshot
from nanhai_crawler.store.warc import sha256
from nanhai_crawler.visits import Capture, Exchange
from tests.store.given import HOME, Ticking, exchange, rows, running

TEXT = some.text(some.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30).map(str.strip)
HEADERS = some.lists(some.tuples(some.from_regex(r"\A[A-Za-z][A-Za-z-]{0,15}\Z"), TEXT), max_size=5)


def writer_in(folder: Path, **settings: Any) -> SnapshotWriter:
    archive = ArchiveFolder(folder)
    archive.prepare()
    return SnapshotWriter(archive, clock=Ticking(), **settings)


def warcs(folder: Path) -> list[Path]:
    return sorted((folder / "warc").iterdir())


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, WARC headers and raw content of each record, by warcio."""
    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(file)
        ]


def assert_judges_agree(path: Path) -> None:
    """FastWARC's own command, every digest by FastWARC, every digest by warcio."""
    subprocess.run([Path(sys.executable).parent / "fastwarc", "check", path], check=True, capture_output=True)
    with path.open("rb") as file:
        for record in FastIterator(file, parse_http=False):
            assert record.verify_block_digest()
            if record.headers["WARC-Type"] in {"request", "response"}:
                record.parse_http()
                assert record.verify_payload_digest()
    with path.open("rb") as file:
        for known in ArchiveIterator(file, check_digests="raise"):
            known.raw_stream.read()


def read(folder: Path, capture: Capture) -> tuple[dict[str, str], bytes]:
    found = read_snapshot(folder, capture.warc_file, capture.warc_offset, capture.warc_length)
    return dict(found.headers), found.payload


def test_a_file_opens_with_what_wrote_it(tmp_path: Path) -> None:
    writer = writer_in(tmp_path, contact="archivist@example.org", part_of="run 7")
    writer.write(exchange(), "sha256:0", None)
    writer.close()
    kind, headers, block = records(warcs(tmp_path)[0])[0]
    assert kind == "warcinfo"
    assert headers["WARC-Filename"] == warcs(tmp_path)[0].name == "nanhai-20261101000001-00000.warc.gz"
    assert b"software: nanhai_crawler/" in block
    assert b"operator: archivist@example.org\r\n" in block
    assert b"isPartOf: run 7\r\n" in block
    assert b"conformsTo: https://" in block


def test_request_and_response_belong_together(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        capture = archive.capture(exchange(HOME + "a?b=c"))
    request, response = records(warcs(tmp_path)[0])[1:]
    assert (request[0], response[0]) == ("request", "response")
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    for _, headers, _ in (request, response):
        assert headers["WARC-Target-URI"] == capture.url == HOME + "a?b=c"
        assert headers["WARC-Date"] == capture.time == "2026-11-01T00:00:00.123Z"
        assert headers["WARC-IP-Address"] == "127.0.0.1"
    assert response[1]["WARC-Payload-Digest"] == capture.payload_digest == sha256(b"<p>hello</p>")


def test_the_request_is_as_it_was_sent(tmp_path: Path) -> None:
    writer = writer_in(tmp_path)
    writer.write(exchange(HOME + "a?b=c"), "sha256:0", None)
    writer.close()
    plain = gzip.decompress(warcs(tmp_path)[0].read_bytes())
    head = b"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: test\r\nAccept: text/html\r\n\r\n"
    assert head in plain


def test_rows_and_records_agree(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        kept = [archive.capture(exchange(f"{HOME}{n}", f"<p>{n}".encode() * n)) for n in range(1, 30)]
    (path,) = warcs(tmp_path)
    assert_judges_agree(path)
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        places = {}
        for record in iterator:
            url, kind = record.rec_headers.get_header("WARC-Target-URI"), record.rec_type
            record.raw_stream.read()
            places[url, kind] = (iterator.get_record_offset(), iterator.get_record_length())
    for capture in kept:
        assert places[capture.url, "response"] == (capture.warc_offset, capture.warc_length)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=some.binary(max_size=2000), headers=HEADERS, status=some.integers(100, 599))
def test_whatever_was_received_is_read_again(
    tmp_path: Path, payload: bytes, headers: list[tuple[str, str]], status: int
) -> None:
    skipped = {"transfer-encoding", "content-length"}
    headers = [(name, value) for name, value in headers if name.lower() not in skipped]
    writer = writer_in(tmp_path)
    sent = exchange(payload=payload, response_headers=tuple(headers), status=status)
    place = writer.write(sent, sha256(payload), None)
    writer.close()
    found = read_snapshot(tmp_path, *place)
    assert found.payload == payload
    assert [pair for pair in found.headers if pair[0] != "Content-Length"] == headers
    assert_judges_agree(warcs(tmp_path)[-1])


def test_headers_of_other_charsets_keep_their_bytes(tmp_path: Path) -> None:
    name = "attachment; filename=附件.doc".encode("gbk")
    writer = writer_in(tmp_path)
    sent = exchange(response_headers=(("Content-Disposition", name.decode("latin-1")),))
    writer.write(sent, sha256(sent.payload), None)
    writer.close()
    assert b"Content-Disposition: " + name + b"\r\n" in gzip.decompress(warcs(tmp_path)[0].read_bytes())


def test_compressed_payloads_stay_compressed(tmp_path: Path) -> None:
    packed = gzip.compress("南海".encode() * 100)
    received = (("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))))
    with running(tmp_path) as archive:
        capture = archive.capture(exchange(payload=packed, response_headers=received))
    headers, payload = read(tmp_path, capture)
    assert payload == packed
    assert headers == dict(received)
    with warcs(tmp_path)[0].open("rb") as file:
        plain = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert plain == ["南海".encode() * 100]


def test_chunks_that_were_taken_apart_are_not_claimed(tmp_path: Path) -> None:
    received = (("Transfer-Encoding", "chunked"), ("Content-Length", "99999"), ("Content-Type", "text/html"))
    with running(tmp_path) as archive:
        capture = archive.capture(exchange(response_headers=received))
    headers, payload = read(tmp_path, capture)
    assert payload == b"<p>hello</p>"
    assert headers == {
        "X-Crawler-Transfer-Encoding": "chunked",
        "X-Crawler-Content-Length": "99999",
        "Content-Type": "text/html",
        "Content-Length": "12",
    }
    assert_judges_agree(warcs(tmp_path)[0])


def test_chinese_addresses_are_percent_encoded(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        capture = archive.capture(exchange(HOME + "政务 公开?列=一"))
    assert capture.url == HOME + "%E6%94%BF%E5%8A%A1%20%E5%85%AC%E5%BC%80?%E5%88%97=%E4%B8%80"
    assert records(warcs(tmp_path)[0])[2][1]["WARC-Target-URI"] == capture.url


def test_a_payload_kept_before_becomes_a_revisit(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        first = archive.capture(exchange(HOME + "1"))
        same = archive.capture(exchange(HOME + "2", time="2026-11-01T00:00:01.000Z"))
        archive.commit()
        later = archive.capture(exchange(HOME + "3"))
    with running(tmp_path) as archive:
        next_run = archive.capture(exchange(HOME + "4"))
    assert [one.record_type for one in (first, same, later, next_run)] == ["response", *["revisit"] * 3]
    kind, headers, _ = records(warcs(tmp_path)[0])[4]
    assert kind == "revisit"
    assert headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert headers["WARC-Refers-To-Target-URI"] == first.url
    assert headers["WARC-Refers-To-Date"] == first.time
    assert headers["WARC-Payload-Digest"] == first.payload_digest == same.payload_digest
    found, payload = read(tmp_path, same)
    assert (found["ETag"], payload) == ('"1"', b"")
    for path in warcs(tmp_path):
        assert_judges_agree(path)


def test_not_modified_stands_for_the_payload_it_had(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        first = archive.capture(exchange())
        second = archive.capture(not_modified(HOME))
    with running(tmp_path) as archive:
        third = archive.capture(not_modified(HOME))
    assert [one.record_type for one in (second, third)] == ["revisit", "revisit"]
    assert {one.payload_digest for one in (second, third)} == {first.payload_digest}
    assert (second.payload_length, third.payload_length) == (0, 0)
    headers = records(warcs(tmp_path)[1])[2][1]
    assert headers["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert headers["WARC-Refers-To-Date"] == first.time
    assert_judges_agree(warcs(tmp_path)[1])


def not_modified(url: str) -> Exchange:
    return exchange(url, b"", status=304, response_headers=(("ETag", '"1"'),))


def test_not_modified_with_nothing_kept_is_a_response(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        capture = archive.capture(not_modified(HOME))
    assert capture.record_type == "response"
    assert_judges_agree(warcs(tmp_path)[0])


def test_empty_payloads_are_no_revisits(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        kept = [archive.capture(exchange(HOME + str(n), b"", status=302)) for n in range(2)]
    assert [capture.record_type for capture in kept] == ["response", "response"]


def test_files_roll_and_are_never_gone_on_with(tmp_path: Path) -> None:
    for run in range(2):
        writer = writer_in(tmp_path, roll_at_bytes=1500)
        for number in range(4):
            sent = exchange(f"{HOME}{run}/{number}")
            writer.write(sent, sha256(sent.payload), None)
        writer.close()
    assert len(warcs(tmp_path)) >= 4
    for path in warcs(tmp_path):
        assert records(path)[0][0] == "warcinfo"
        assert_judges_agree(path)
    assert len({path.name for path in warcs(tmp_path)}) == len(warcs(tmp_path))


def test_a_damaged_record_is_said(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        capture = archive.capture(exchange())
    path = warcs(tmp_path)[0]
    whole = path.read_bytes()
    for damaged in (whole[:-5], whole[: capture.warc_offset] + b"\0" * capture.warc_length):
        path.write_bytes(damaged)
        with pytest.raises(StorageError, match=f"no whole record at byte {capture.warc_offset}"):
            read(tmp_path, capture)
    path.unlink()
    with pytest.raises(StorageError, match=path.name):
        read(tmp_path, capture)


@pytest.mark.parametrize("name", ["../nanhai.sqlite3", "/etc/passwd", "a/b.warc.gz"])
def test_a_file_outside_the_archive_is_not_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="not the name of a file"):
        read_snapshot(tmp_path, name, 0, 10)


def test_a_record_that_is_no_response_is_said(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        capture = archive.capture(exchange())
    with pytest.raises(StorageError):
        read(tmp_path, replace(capture, warc_offset=0))


def test_rows_hold_what_was_received(tmp_path: Path) -> None:
    with running(tmp_path) as archive:
        archive.capture(
            exchange(response_headers=(("content-TYPE", "Text/HTML; charset=gbk"), ("Last-Modified", "x")))
        )
    found = rows(
        tmp_path, "SELECT status, media_type, payload_length, etag, last_modified, ip_address FROM captures"
    )
    assert found == [(200, "text/html", 12, None, "x", "127.0.0.1")]
