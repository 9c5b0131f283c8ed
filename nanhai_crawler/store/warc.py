"""WARC/1.1 records (ISO 28500:2017), each as the gzip member that a file of them consists of.

warcio lays the records out; the compressing is done here, since warcio always does it at level 9 (measured:
1.1 ms for a page of 27 KB against 0.36 ms at level 4, for 6 % fewer bytes; most payloads come compressed and
gain nothing at all).
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

from w3lib.url import safe_url_string
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from nanhai_crawler.visits import Exchange

GZIP_LEVEL = 4
GZIP_MEMBER = 16 + zlib.MAX_WBITS  # zlib's manual, deflateInit2: a gzip header and trailer
VERSION = "WARC/1.1"
NOT_MODIFIED = 304
#: ISO 28500:2017, 6.7.2 and 6.7.3.
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The capture whose record has the payload that a revisit does without."""

    url: str
    time: str
    payload_digest: str


class ReceivedHead(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A start line and headers, written as received: warcio would percent-encode what is not ASCII."""

    def to_ascii_bytes(self, filter_func: None = None) -> bytes:  # noqa: ARG002  warcio passes it
        """The head's bytes; headers are text of one byte a character (ISO-8859-1), as HTTP has them."""
        lines = [
            f"{self.protocol} {self.statusline}".rstrip(),
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        words = "".join(line.replace("\r", " ").replace("\n", " ") + "\r\n" for line in lines) + "\r\n"
        try:
            return words.encode("latin-1")
        except UnicodeEncodeError:
            return words.encode("utf-8", "surrogateescape")


def target_uri(url: str) -> str:
    """``url`` in ASCII, percent-encoded: pywb answers 500 to a raw Chinese WARC-Target-URI."""
    return url if url.isascii() and " " not in url else safe_url_string(url)


def sha256(content: bytes) -> str:
    """``sha256:…``, the same form in the records, in CDX lines and in the database."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def new_record_id() -> str:
    """A name for a record that no other has."""
    return f"<urn:uuid:{uuid4()}>"


def warcinfo_member(file_name: str, time: str, fields: Mapping[str, str]) -> bytes:
    """The record that opens a file: what wrote it, by which rules."""
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    headers = {"WARC-Date": time, "WARC-Filename": file_name, "WARC-Block-Digest": sha256(block)}
    return member("warcinfo", headers, None, block)


def request_member(exchange: Exchange, concurrent_to: str) -> bytes:
    """What was asked; ``concurrent_to`` is the record of the answer."""
    uri = target_uri(exchange.url)
    parts = urlsplit(uri)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = list(exchange.request_headers)
    if not any(name.lower() == "host" for name, _ in headers):
        headers.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    head = ReceivedHead(f"{target} HTTP/1.1", headers, exchange.method)
    fields = {"WARC-Concurrent-To": concurrent_to, "WARC-Payload-Digest": sha256(b"")}
    return member("request", {**exchange_headers(exchange), **fields}, head, b"")


def response_member(exchange: Exchange, record_id: str, payload_digest: str) -> bytes:
    """What was answered, with its payload."""
    headers = {
        **exchange_headers(exchange),
        "WARC-Record-ID": record_id,
        "WARC-Payload-Digest": payload_digest,
    }
    return member("response", headers, response_head(exchange), exchange.payload)


def revisit_member(exchange: Exchange, record_id: str, original: Original) -> bytes:
    """What was answered, for a payload that ``original`` already has: the headers alone."""
    headers = {
        **exchange_headers(exchange),
        "WARC-Record-ID": record_id,
        "WARC-Profile": SERVER_NOT_MODIFIED if exchange.status == NOT_MODIFIED else IDENTICAL_PAYLOAD,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": original.time,
        "WARC-Payload-Digest": original.payload_digest,
    }
    return member("revisit", headers, response_head(exchange), b"")


def exchange_headers(exchange: Exchange) -> dict[str, str]:
    """What the records of one exchange share."""
    headers = {"WARC-Target-URI": target_uri(exchange.url), "WARC-Date": exchange.time}
    if exchange.ip_address is not None:
        headers["WARC-IP-Address"] = exchange.ip_address
    return headers


def response_head(exchange: Exchange) -> ReceivedHead:
    """The answer's head, true of the payload as it is kept.

    The framework has taken chunks apart, so ``Transfer-Encoding`` and a ``Content-Length`` that is not the
    payload's are kept under another name (``X-Crawler-…``, as in Common Crawl's files): a replay of them
    would be unreadable.
    """
    length = str(len(exchange.payload))
    headers: list[tuple[str, str]] = []
    lacks_length = (
        exchange.status != NOT_MODIFIED
    )  # a 304 tells the length of what it does not send (RFC 9110, 8.6)
    for name, value in exchange.response_headers:
        known = name.lower()
        if known == "transfer-encoding" or (
            known == "content-length" and lacks_length and value.strip() != length
        ):
            headers.append((f"X-Crawler-{name}", value))
            continue
        lacks_length = lacks_length and known != "content-length"
        headers.append((name, value))
    if lacks_length:
        headers.append(("Content-Length", length))
    return ReceivedHead(f"{exchange.status} {reason_phrase(exchange.status)}", headers, exchange.protocol)


def reason_phrase(status: int) -> str:
    """The usual words for ``status``; empty for a number that is none of the registered ones."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def member(record_type: str, headers: Mapping[str, str], head: ReceivedHead | None, payload: bytes) -> bytes:
    """One record as one gzip member."""
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version=VERSION)
    if head is not None:
        headers = {**headers, "WARC-Block-Digest": sha256(head.to_ascii_bytes() + payload)}
    fields = StatusAndHeaders("", [("WARC-Type", record_type), *headers.items()], VERSION)
    if "WARC-Record-ID" not in headers:
        fields.add_header("WARC-Record-ID", new_record_id())
    content_type = WARCWriter.WARC_RECORDS[record_type]
    record = ArcWarcRecord("warc", record_type, fields, BytesIO(payload), head, content_type, len(payload))
    record.payload_length = len(payload)
    writer.write_record(record)
    compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_MEMBER)
    return compressor.compress(plain.getvalue()) + compressor.flush()
