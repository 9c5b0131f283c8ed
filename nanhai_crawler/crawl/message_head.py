"""The head of an answer (status line and headers) has an end: a server that sends headers without one is hung up on."""

from scrapy.core.downloader.handlers import http11
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.iweb import IResponse

#: What Chrome and curl allow before they hang up (net::HttpStreamParser, lib/http.h: 256 and 300 KB). Without a limit
#: a server on a fast line fills the memory before the deadline of the response comes: 6 GB in 60 s on loopback.
LONGEST_HEAD_BYTES = 256 << 10


class BoundedHeadHandler(http11.HTTP11DownloadHandler):
    """Scrapy's handler, whose connections end where a head is longer than :data:`LONGEST_HEAD_BYTES`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Protocol(http11._LenientHTTP11ClientProtocol):
    """One connection, which counts what comes before an answer's body."""

    _head_bytes = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._head_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  Twisted's name
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head_bytes += len(data)
            if self._head_bytes > LONGEST_HEAD_BYTES:
                error = OverflowError(f"headers of more than {LONGEST_HEAD_BYTES} bytes")
                self._giveUp(Failure(error))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(http11._LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802  Twisted's
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
