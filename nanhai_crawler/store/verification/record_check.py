"""One record of a WARC file, read whole, without trust: bounded in size, its own digests held against its bytes.

warcio would not do here: it passes truncated files, and unpacks whatever a record claims to be.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from nanhai_crawler.store.warc import GZIP_MEMBER, sha256

#: Four times the most that a crawl takes in of one answer (crawl.settings: 32 MiB).
MOST_RECORD_BYTES = 128 << 20
_MOST_HEAD_BYTES = 64 << 10
_CHUNK_BYTES = 32 << 10
_MAGIC = b"\x1f\x8b\x08"
_HEAD_END = b"\r\n\r\n"
# A file made to look like records everywhere is not searched for ever.
_MOST_CANDIDATES = 10_000


class Record(NamedTuple):
    """A whole gzip member; ``faults`` says what is wrong with the record in it, empty for nothing."""

    offset: int
    length: int
    type: str
    fields: dict[str, str]
    head: bytes
    payload: bytes
    faults: tuple[str, ...]


class Gap(NamedTuple):
    """Bytes that are no whole gzip member, and why."""

    offset: int
    length: int
    why: str


def walk(file: BinaryIO, size: int, position: int = 0) -> Iterator[Record | Gap]:
    """All that the first ``size`` bytes of the file hold, from ``position`` on, in order and without a hole."""
    while position < size:
        found = read_record(file, position, size)
        if isinstance(found, Gap):
            end = next_record(file, position + 1, size)
            found = Gap(position, end - position, found.why)
        yield found
        position += found.length


def read_record(file: BinaryIO, offset: int, size: int) -> Record | Gap:
    """The record whose gzip member begins at ``offset``; a gap (of no length) where none does."""
    file.seek(offset)
    decompressor = zlib.decompressobj(GZIP_MEMBER)
    plain, waiting, taken = bytearray(), b"", 0
    try:
        while not decompressor.eof:
            chunk = waiting or file.read(min(_CHUNK_BYTES, size - offset - taken))
            if not chunk:
                return Gap(offset, 0, "cut short" if plain else "no record")
            taken += 0 if waiting else len(chunk)
            plain += decompressor.decompress(chunk, _bound(plain) - len(plain))
            waiting = decompressor.unconsumed_tail
            if len(plain) >= _bound(plain):
                return Gap(offset, 0, "more than a record can be")
    except zlib.error:
        return Gap(offset, 0, "damaged (its checksum or coding is off)")
    return _parsed(offset, taken - len(decompressor.unused_data), bytes(plain))


def next_record(file: BinaryIO, position: int, size: int) -> int:
    """Where the next record begins, as far as can be told; ``size`` where none does."""
    for _ in range(_MOST_CANDIDATES):
        position = _find(file, _MAGIC, position, size)
        if position >= size or _begins_record(file, position):
            return position
        position += 1
    return size


def status_of(head: bytes) -> int | None:
    """The status in the first line of an HTTP answer; null where there is none."""
    words = head.split(b"\r\n", 1)[0].split(b" ")
    return int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) < 6 else None


def _bound(plain: bytearray) -> int:
    """How much may be unpacked: what the record says it has and a little, once it has said so."""
    end = plain.find(_HEAD_END, 0, _MOST_HEAD_BYTES)
    if end < 0:
        return _MOST_HEAD_BYTES
    length = _content_length(_fields(bytes(plain[:end])))
    return min(MOST_RECORD_BYTES, end + (length or 0) + 2 * len(_HEAD_END) + 1)


def _parsed(offset: int, length: int, plain: bytes) -> Record:
    head, mark, rest = plain.partition(_HEAD_END)
    fields = _fields(head)
    kind = fields.get("warc-type", "")
    declared = _content_length(fields)
    block = rest[: declared or 0]
    faults = []
    if not mark or not head.startswith(b"WARC/1.") or not kind:
        faults.append("no WARC record")
    if declared is None or rest[declared:] != _HEAD_END:
        faults.append("not as long as it says")
    if fields.get("warc-block-digest") != sha256(block):
        faults.append("its block digest does not match")
    http_head, _, payload = block.partition(_HEAD_END) if kind != "warcinfo" else (b"", b"", block)
    if kind in {"request", "response"} and fields.get("warc-payload-digest") != sha256(payload):
        faults.append("its payload digest does not match")
    return Record(offset, length, kind, fields, http_head, payload, tuple(faults))


def _fields(head: bytes) -> dict[str, str]:
    """The record's headers by their names in small letters; of several of one name, the first."""
    found: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, mark, value = line.partition(":")
        if mark:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _content_length(fields: dict[str, str]) -> int | None:
    words = fields.get("content-length", "")
    return int(words) if re.fullmatch(r"[0-9]{1,12}", words) else None


def _find(file: BinaryIO, sought: bytes, position: int, size: int) -> int:
    """Where ``sought`` stands next; ``size`` for nowhere."""
    while position < size:
        file.seek(position)
        chunk = file.read(min(1 << 20, size - position))
        place = chunk.find(sought)
        if place >= 0:
            return position + place
        if len(chunk) < 1 << 20:
            return size
        position += len(chunk) - len(sought) + 1
    return size


def _begins_record(file: BinaryIO, position: int) -> bool:
    file.seek(position)
    try:
        return zlib.decompressobj(GZIP_MEMBER).decompress(file.read(1024), 7) == b"WARC/1."
    except zlib.error:
        return False
