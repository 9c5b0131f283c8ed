"""What an article of the practice site says, before any markup: blocks in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from nanhai_crawler.items import Credit
from nanhai_crawler.practice.columns import Column


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """As much of an article as a list shows, and where it is. ``shown`` is its time as the page writes it."""

    number: int
    column: Column
    key: str
    title: str
    shown: str

    def path(self, page: int = 1) -> str:
        """The address of one of its pages."""
        return f"/cms/html/{self.column.number}/{self.key[:4]}/{self.key}/{self.key}_{page}.html"

    def image_path(self, place: int, ending: str) -> str:
        """The address of the picture that is block ``place`` of the text."""
        return f"/cms/upload/image/{self.key[:4]}/{self.number:06d}_{place}.{ending}"

    def file_path(self, place: int, ending: str) -> str:
        """The address of the attachment that is block ``place`` of the text."""
        return f"/cms/upload/file/{self.key[:4]}/{self.number:06d}_{place}.{ending}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """Running text; ``links`` are (words of the text, address)."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Subheading:
    """A heading in the text, told in as many short paragraphs as it has parts."""

    parts: tuple[str, ...]
    bold: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A picture, its caption and who took it, as the caption paragraph shows them."""

    path: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """The closing line that names who wrote it."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLine:
    """An attachment, linked from a line of the text."""

    path: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table of data; its first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    """A list; numbered where it is ``ordered``."""

    ordered: bool
    items: tuple[str, ...]


Block = Paragraph | Subheading | Figure | Signature | FileLine | Grid | Bullets


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A whole article: ``pages`` of blocks (one for most), the credits and the origin that its text names.

    ``tags`` tells which meta tags its pages carry: full, lower (other case, content first), stale, none.
    """

    card: Card
    pages: tuple[tuple[Block, ...], ...]
    credits: tuple[Credit, ...]
    origin: str | None
    tags: str
    kicker: str | None = None
    subtitle: str | None = None

    @property
    def source(self) -> str:
        """What stands after 来源: the account in the CMS, never who really wrote it."""
        return "区文明办_Admin" if self.card.column.sister else "区委组织部_Admin"

    def blocks(self) -> Iterator[Block]:
        """All blocks of all pages in order."""
        for page in self.pages:
            yield from page
