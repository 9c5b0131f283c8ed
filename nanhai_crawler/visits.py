"""The nouns of a visit: the URL that is due, the exchange with its server, the capture of that, and how it ended."""

from dataclasses import dataclass
from enum import StrEnum

from nanhai_crawler.items import Link, PageReading, Via


class Outcome(StrEnum):
    """How a visit to a URL ended."""

    READ = "read"  # a page, understood as far as it goes
    FILE = "file"  # an image, an attachment, robots.txt, a sitemap: kept, not read as a page
    NOT_MODIFIED = "not_modified"
    REDIRECTED = "redirected"
    MISSING = "missing"  # 404, 410, or a page that says it does not exist
    WALL = "wall"  # a firewall's or captcha's page
    FORBIDDEN = "forbidden"  # robots.txt, scope
    LEFT_OUT = "left_out"  # a trap, by its looks or its yield: not asked for
    SET_ASIDE = "set_aside"  # a page that is too much to read: kept, and said
    FAILED = "failed"  # no answer, 5xx, 429, 403, cut short: it stays due


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One HTTP request and its response as received: header lists in order, the payload before any decoding."""

    url: str
    time: str  # UTC, ISO 8601 with milliseconds, …Z
    method: str
    request_headers: tuple[tuple[str, str], ...]
    status: int
    protocol: str  # HTTP/1.1
    response_headers: tuple[tuple[str, str], ...]
    payload: bytes
    ip_address: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One fetch at one instant: the row that finds its snapshot again (a CDX line)."""

    id: int
    run_id: int
    url: str
    time: str
    status: int
    media_type: str | None
    payload_digest: str  # sha256:…, of the payload as received
    payload_length: int
    record_type: str  # response, or revisit when the payload was kept before
    warc_file: str
    warc_offset: int
    warc_length: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontierEntry:
    """A URL that is due: what the crawl needs to know to ask for it, and to understand «not modified».

    What follows ``depth`` tells of the last body that was understood, and is null (false) where there was none:
    its validators; its ``kind``, a PageKind or ``file``; whether it ``leads`` to other pages; the time it shows.
    ``interval_s`` is how long after the last visit it was due again; 0: in every run. ``failures``: visits in a row
    that came to nothing.
    """

    id: int
    url: str
    via: Via
    depth: int
    etag: str | None = None
    last_modified: str | None = None
    kind: str | None = None
    leads: bool = False
    published: str | None = None
    payload_digest: str | None = None
    interval_s: int | None = None
    failures: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """How one visit to a frontier URL ended, with everything it gave; what the store commits as one.

    ``reading`` is null unless a page was read; ``capture`` is null where nothing was received. ``reason`` says in a few
    words why a visit did not end in a reading; ``moved_to`` is where a redirect leads that ends somewhere;
    ``not_before`` (UTC, …Z) is what the server said of asking again.
    """

    entry: FrontierEntry
    outcome: Outcome
    capture: Capture | None = None
    reading: PageReading | None = None
    links: tuple[Link, ...] = ()
    reason: str = ""
    moved_to: str | None = None
    not_before: str | None = None
