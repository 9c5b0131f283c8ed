"""Content codings undone (RFC 9110, 8.4): a payload that is cut short or grows without end is refused.

Scrapy's own middleware gives what it could unpack of half a gzip file as if it were the page.
"""

import zlib

#: What an answer may have, packed and unpacked: no page of a government site comes near, and it fits into memory.
LONGEST_BYTES = 32 * 1024 * 1024
#: zlib's manual, inflateInit2: gzip; zlib; deflate without a header, which RFC 9110, 8.4.1.2, says some servers send.
_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
#: Nobody asked for these. Other words (``utf-8``, ``none``) are servers' mistakes, which browsers pass over.
_FOREIGN = frozenset(("br", "zstd", "compress", "x-compress"))


class BrokenCoding(Exception):
    """The payload is not what its content coding says."""


def without_codings(payload: bytes, content_encoding: str, longest_bytes: int = LONGEST_BYTES) -> bytes:
    """``payload`` without all the codings that its Content-Encoding lists; raises BrokenCoding."""
    if not payload:
        return payload
    for coding in reversed(content_encoding.split(",")):
        payload = undone(payload, coding.strip().lower(), longest_bytes)
    return payload


def undone(payload: bytes, coding: str, longest_bytes: int) -> bytes:
    """``payload`` without ``coding``; raises BrokenCoding unless it is whole and no longer than the limit."""
    if coding in _FOREIGN:
        raise BrokenCoding(f"coded as {coding}, which was not asked for")
    for window in _WINDOWS.get(coding, ()):
        try:
            return _inflated(payload, window, longest_bytes)
        except zlib.error:
            continue
    if coding in _WINDOWS:
        raise BrokenCoding(f"not {coding}, though it says so")
    return payload


def _inflated(payload: bytes, window: int, longest_bytes: int) -> bytes:
    """All gzip members, or the one stream; padding after the last is passed over."""
    found, rest = b"", payload
    while rest and (not found or rest.startswith(b"\x1f\x8b")):
        inflater = zlib.decompressobj(window)
        found += inflater.decompress(rest, longest_bytes + 1 - len(found))
        if len(found) > longest_bytes:
            raise BrokenCoding(f"more than {longest_bytes} bytes when unpacked")
        if not inflater.eof:
            raise BrokenCoding("cut short")
        rest = inflater.unused_data
    return found
