"""The nouns: frozen values that one room hands to another. No behaviour, no framework, no markup."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class PageKind(StrEnum):
    """What a page is, as the reader sees it."""

    ARTICLE = "article"
    LISTING = "listing"
    SITE_MAP = "site_map"
    HOME = "home"
    WALL = "wall"
    MISSING = "missing"
    OTHER = "other"
    UNREAD = "unread"  # too much to read: kept, and nothing understood of it


class Via(StrEnum):
    """How a URL became known; it decides in what order URLs are fetched."""

    SEED = "seed"
    REDIRECT = "redirect"
    PART = "part"
    SITE_MAP = "site_map"
    BREADCRUMB = "breadcrumb"
    NEXT = "next"
    LINK = "link"
    IMAGE = "image"
    ATTACHMENT = "attachment"


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
class Link:
    """A URL worth visiting, canonical and absolute, and how it was found."""

    url: str
    via: Via


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """One person or organization credited by a page. ``raw`` is the text it was read from, as shown.

    ``role`` is the word the page uses (记者, 通讯员, 编辑 …; 摄影 for every 摄, 图/ and 摄影); ``name`` is null when the
    names run together and cannot be told apart, or when only an organization is named.
    """

    role: str | None
    name: str | None
    organization: str | None
    raw: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Running text."""

    type: Literal["paragraph"] = "paragraph"
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemList:
    """A list that the markup says is one; the items of lists inside it stand after the item they belong to."""

    type: Literal["list"] = "list"
    ordered: bool
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of data: every row has as many cells; one that spans several is told in each of them.

    ``header_rows`` is how many rows at the top are marked as headings (``thead``, ``th``, all bold).
    """

    type: Literal["table"] = "table"
    caption: str | None
    header_rows: int
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | ItemList | Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A run of paragraphs under one heading; the text before the first heading has ``heading`` null.

    ``paragraphs`` has the items of lists too, and nothing of tables; ``blocks`` has all of it in order, and is empty
    where there is nothing but the paragraphs.
    """

    heading: str | None
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the article: absolute URL, its caption without the credit, the credit as shown."""

    url: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file the article offers: absolute URL, the name shown, the media type its ending says."""

    url: str
    name: str
    media_type: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What one page, or the joined pages of one article, say. Values as the page has them (DESIGN: record)."""

    url: str
    site: str
    column_path: tuple[str, ...]
    title: str
    published: str | None
    entered: str | None
    source: str | None
    origin: str | None
    authors: tuple[str, ...]
    credits: tuple[Credit, ...]
    sections: tuple[Section, ...]
    images: tuple[Image, ...]
    attachments: tuple[Attachment, ...]
    evidence: Mapping[str, str]
    kicker: str | None = None
    subtitle: str | None = None

    @property
    def section_headings(self) -> tuple[str, ...]:
        """The headings in order; empty where the text has none."""
        return tuple(section.heading for section in self.sections if section.heading is not None)

    @property
    def body(self) -> str:
        """All headings and paragraphs in order, one a line."""
        lines: list[str] = []
        for section in self.sections:
            if section.heading is not None:
                lines.append(section.heading)
            lines.extend(section.paragraphs)
        return "\n".join(lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageReading:
    """All that was understood of one page.

    ``article`` is null unless ``kind`` is article. ``page_number`` and ``page_count`` tell which page of a divided
    article this is (1 of 1 for most); ``charset`` is what the bytes were read as, ``charset_evidence`` why,
    ``charset_declared`` the label that the header, else the page itself, gives, as written.
    """

    url: str
    kind: PageKind
    kind_evidence: str
    links: tuple[Link, ...]
    charset: str
    charset_evidence: str
    article: Article | None = None
    page_number: int = 1
    page_count: int = 1
    charset_declared: str | None = None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCounts:
    """What a run did, so far or in the end.

    ``updated`` counts articles with the text they had and another time, source, picture …;
    ``missing`` counts addresses, ``gone`` and ``returned`` articles; ``waiting`` is what is due and not visited,
    ``not_due`` what is known and rests until a later run.
    """

    pages: int = 0
    files: int = 0
    new: int = 0
    changed: int = 0
    updated: int = 0
    unchanged: int = 0
    missing: int = 0
    gone: int = 0
    returned: int = 0
    failed: int = 0
    forbidden: int = 0
    waiting: int = 0
    not_due: int = 0
    bytes_received: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunTroubles:
    """What went wrong in a run, for its report: URLs and hosts with their reasons, and what used to be full and is empty.

    ``observed`` is what the run saw of fields and lists, the history of later runs.
    """

    failures: tuple[tuple[str, str], ...] = ()
    failures_not_listed: int = 0
    stopped: tuple[tuple[str, str], ...] = ()
    drift: tuple[str, ...] = ()
    drift_accepted: bool = False
    observed: Mapping[str, object] | None = None


#: The keys of a record, in the order that JSON Lines and the API give them (DESIGN: record).
RECORD_KEYS = (
    "id", "url", "site", "column_path", "title", "published", "entered", "source", "origin", "authors", "credits",
    "section_headings", "sections", "body", "images", "attachments", "status", "revision", "first_captured",
    "last_captured", "text_digest", "warc_file", "warc_offset", "evidence", "kicker", "subtitle",
)  # fmt: skip

#: The keys that CSV has columns for, in order.
CSV_KEYS = tuple(
    key for key in RECORD_KEYS if key not in {"credits", "sections", "images", "attachments", "evidence"}
)
