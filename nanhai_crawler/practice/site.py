"""The practice site: from a path to what it answers, made when asked for; and the truth of every article."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from urllib.parse import parse_qs

from nanhai_crawler.practice import addresses, listing, machine_files, other_pages, papers, pictures
from nanhai_crawler.practice.catalogue import Catalogue
from nanhai_crawler.practice.columns import BY_NUMBER, COLUMNS, Column, Paging, Skin
from nanhai_crawler.practice.entry_key import SHANGHAI, moment_in
from nanhai_crawler.practice.frame import frame
from nanhai_crawler.practice.manuscript import numbered
from nanhai_crawler.practice.resource import Resource
from nanhai_crawler.practice.skins import plain, table, word
from nanhai_crawler.practice.story import Figure, FileLine, Story
from nanhai_crawler.practice.truth import truth_of
from nanhai_crawler.practice.view import ArticleView, meta_tags

_ARTICLE = re.compile(r"/cms/html/([0-9]{4})/([0-9]{4})/([0-9]{23})/([0-9]{23})_([0-9]{1,3})\.html")
_LIST = re.compile(r"/cms/html/([0-9]{4})/(?:index(?:_([0-9]{1,6}))?|list_([0-9]{1,6}))\.html")
_NUMBER = re.compile(r"[0-9]{1,9}")
_FILE = re.compile(r"/cms/upload/(?:image|file)/[0-9]{4}/([0-9]{6,9})_[0-9]{1,2}\.([a-z]{3,4})")

#: What has no date of its own was last changed on the day that the invented site was.
_BUILT = datetime(2024, 12, 31, 9, 0, 0, tzinfo=SHANGHAI)
_HTML = "text/html; charset=utf-8"
_UNLISTED = frozenset((addresses.OLD, addresses.DUTY, addresses.WALL))

_SKINS: Mapping[Skin, Callable[[ArticleView], str]] = {
    Skin.PLAIN: plain.article,
    Skin.TABLE: table.article,
    Skin.WORD: word.article,
}
_MAKERS: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "png": ("image/png", pictures.png),
    "jpg": ("image/jpeg", pictures.jpeg),
    "pdf": ("application/pdf", papers.pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", papers.docx),
}


class PracticeSite:
    """An invented site of any number of articles; the same paths give the same bytes, always."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fixed = self._fixed_pages()

    @property
    def article_count(self) -> int:
        """How many articles it has."""
        return self._catalogue.count

    def get(self, path_with_query: str, *, base_url: str = "http://127.0.0.1/") -> Resource | None:
        """What the path answers, or null for 404. Only robots.txt and sitemap.xml contain ``base_url``."""
        path, _, query = path_with_query.partition("?")
        fixed = self._fixed.get(path_with_query)
        if fixed is not None:
            return fixed(base_url)
        if match := _ARTICLE.fullmatch(path):
            return self._article(path, match)
        if match := _FILE.fullmatch(path):
            return self._file(path, int(match[1]), match[2])
        if path == addresses.SEARCH:
            return _page(other_pages.plain_page("站内搜索"))
        return self._list(path, query)

    def missing(self) -> Resource:
        """The answer for a path that ``get`` knows nothing of."""
        return Resource(status=404, media_type=_HTML, body=other_pages.missing_page(), last_modified=_BUILT)

    def truth(self, base_url: str) -> Iterator[dict[str, object]]:
        """The true record of every article, when the site is served at ``base_url``."""
        return (truth_of(self._catalogue.story(number), base_url) for number in range(self.article_count))

    def paths(self) -> Iterator[str]:
        """Every path that answers 200, is linked and allowed by robots.txt; articles and their files come last."""
        yield from (path for path in self._fixed if path not in _UNLISTED)
        for column in COLUMNS:
            count = listing.page_count(self._catalogue, column)
            yield from (column.list_path(page) for page in range(1, count + 1))
        for number in range(self.article_count):
            story = self._catalogue.story(number)
            yield from (story.card.path(page) for page in range(1, len(story.pages) + 1))
            yield from (block.path for block in story.blocks() if isinstance(block, Figure | FileLine))

    def _fixed_pages(self) -> dict[str, Callable[[str], Resource]]:
        catalogue = self._catalogue
        return {
            addresses.HOME: lambda _: _page(listing.home_page(catalogue)),
            addresses.SISTER_HOME: lambda _: _page(listing.sister_home_page(catalogue), "text/html"),
            addresses.SITE_MAP: lambda _: _page(listing.site_map_page()),
            addresses.ABOUT: lambda _: _page(other_pages.about_page()),
            addresses.CONTACT: lambda _: _page(other_pages.contact_page()),
            addresses.SOFT_MISSING: lambda _: _page(other_pages.missing_page()),
            addresses.WALL: lambda _: _page(other_pages.wall_page()),
            addresses.DUTY: lambda _: _page(other_pages.plain_page("值班安排")),
            addresses.OLD: lambda _: self._moved(),
            addresses.ROBOTS: lambda base_url: _page(
                machine_files.robots_txt(base_url), "text/plain; charset=utf-8"
            ),
            addresses.SITE_MAP_XML: lambda base_url: _page(self._site_map_xml(base_url), "application/xml"),
            addresses.LOGO: lambda _: _page(pictures.png("logo"), "image/png"),
            addresses.STYLE: lambda _: _page(b"body{width:1000px;margin:auto;font-size:14px}\n", "text/css"),
            addresses.SCRIPT: lambda _: _page(
                b"function zoom(size) {}\nfunction share() {}\n", "text/javascript"
            ),
        }

    def _moved(self) -> Resource:
        target = self._catalogue.card(numbered("newyear")).path()
        return Resource(status=301, media_type=_HTML, body=b"", location=target, last_modified=_BUILT)

    def _site_map_xml(self, base_url: str) -> bytes:
        slugs = ("harbour", "seminar", "handshake", "errata")  # errata is linked nowhere else
        return machine_files.site_map_xml(
            base_url, (self._catalogue.card(numbered(slug)).path() for slug in slugs)
        )

    def _article(self, path: str, match: re.Match[str]) -> Resource | None:
        number = self._catalogue.number_of(match[3])
        if number is None:
            return None
        story, page = self._catalogue.story(number), int(match[5])
        if not 1 <= page <= len(story.pages) or story.card.path(page) != path:
            return None
        around = frame(sister=story.card.column.sister)
        content = _SKINS[story.card.column.skin](self._view(story, page))
        title = around.name if story.card.column.skin is Skin.WORD else f"{story.card.title}_{around.name}"
        # The sister section's articles come without a charset: the page's own declaration is all there is.
        media_type = "text/html" if story.card.column.sister else _HTML
        body = around.page(title, content, meta_tags(story))
        return Resource(media_type=media_type, body=body, last_modified=moment_in(story.card.key))

    def _view(self, story: Story, page: int) -> ArticleView:
        """The page with its neighbours; a hidden column's articles name none: only breadcrumbs lead there."""
        card = story.card
        near = [] if card.column.hidden else self._catalogue.neighbours(card.number, 2)
        newer = [other for other in near if other.key > card.key]
        older = [other for other in near if other.key < card.key]
        return ArticleView(
            story=story,
            page=page,
            newer=newer[-1] if newer else None,
            older=older[0] if older else None,
            related=tuple(near),
        )

    def _file(self, path: str, number: int, ending: str) -> Resource | None:
        if number >= self.article_count or ending not in _MAKERS:
            return None
        story = self._catalogue.story(number)
        if all(block.path != path for block in story.blocks() if isinstance(block, Figure | FileLine)):
            return None
        media_type, make = _MAKERS[ending]
        return Resource(media_type=media_type, body=make(path), last_modified=moment_in(story.card.key))

    def _list(self, path: str, query: str) -> Resource | None:
        asked = _column_and_page(path, query)
        if asked is None:
            return None
        column, page = asked
        count = listing.page_count(self._catalogue, column)
        if column.paging is Paging.QUERY:
            page = min(page, count)  # such programs show the last page again for every number beyond it
        if not 1 <= page <= count:
            return None
        numbers = self._catalogue.listed(column)
        changed = moment_in(self._catalogue.card(numbers[0]).key) if numbers else _BUILT
        media_type = "text/html; charset=gb2312" if column.sister else _HTML
        return Resource(
            media_type=media_type,
            body=listing.list_page(self._catalogue, column, page),
            last_modified=changed,
        )


def build_site(*, articles: int = 64) -> PracticeSite:
    """The practice site with so many articles. Raises UsageError when the hand-written alone are more."""
    return PracticeSite(Catalogue(articles))


def _page(body: bytes, media_type: str = _HTML) -> Resource:
    return Resource(media_type=media_type, body=body, last_modified=_BUILT)


def _column_and_page(path: str, query: str) -> tuple[Column, int] | None:
    """Which page of which list a path asks for; null when it is no list's address."""
    if match := _LIST.fullmatch(path):
        column, page = BY_NUMBER.get(int(match[1])), int(match[2] or match[3] or 1)
        return (column, page) if column and column.list_path(page) == path else None
    fields = parse_qs(query)
    number, page_text = fields.get("cid", [""])[0], fields.get("page", ["1"])[0]
    if not (_NUMBER.fullmatch(number) and _NUMBER.fullmatch(page_text)):
        return None
    column = BY_NUMBER.get(int(number))
    if column is None or column.paging is not Paging.QUERY or path != column.list_path().partition("?")[0]:
        return None
    return column, int(page_text)
