"""Content codings undone (RFC 9110, 8.4): a payload that is cut short or grows without end is refused.

Scrapy's own middleware gives what it could unpack of half a gzip file as if it were the page.
"""

import zlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

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


class ContentCoding:
    """Downloader middleware: what comes after it sees the payload as the page's author wrote it."""

    def __init__(self, longest_bytes: int) -> None:
        self._longest_bytes = longest_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ContentCoding":
        """The middleware, with the limit that the download has too."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002  Scrapy passes it
        """The response without its codings; raises BrokenCoding."""
        header = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        codings = [coding.strip().lower() for coding in header.split(",") if coding.strip()]
        if not codings or not response.body:
            return response
        body = response.body
        for coding in reversed(codings):
            body = undone(body, coding, self._longest_bytes)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        return response.replace(body=body, headers=headers)


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
