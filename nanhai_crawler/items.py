"""The nouns of a page: what it is, where it leads, the article on it. Frozen values; no behaviour, no framework, no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
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
