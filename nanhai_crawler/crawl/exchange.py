"""A Scrapy response, as it came off the wire, as an Exchange."""

from collections.abc import Callable
from datetime import UTC, datetime

from scrapy.http import Headers, Request, Response

from nanhai_crawler.urls.canonical import host_of
from nanhai_crawler.visits import Exchange


def to_exchange(request: Request, response: Response, clock: Callable[[], datetime]) -> Exchange:
    """What was sent and received. Header names have Scrapy's capitals; the payload is still content-coded."""
    return Exchange(
        url=response.url,
        time=clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        method=request.method,
        request_headers=(("Host", host_of(response.url)), *_pairs(request.headers)),
        status=response.status,
        protocol=response.protocol or "HTTP/1.1",
        response_headers=_pairs(response.headers),
        payload=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in headers.items()
            for value in values
        ]
    )
