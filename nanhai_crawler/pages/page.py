"""A page whose title, info line and way from the home page are known, and whose article is still to be read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from nanhai_crawler.pages.breadcrumb import Breadcrumb
from nanhai_crawler.pages.info_zone import InfoZone
from nanhai_crawler.pages.lines import Line
from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.pages.title import Title


class Page(NamedTuple):
    """What has been found on a page before its article is read."""

    check: Callable[[], None]  # raises when the page has taken too long
    url: str  # of page 1 of the article
    base: str
    lines: Sequence[Line]
    tags: Tags
    zone: InfoZone | None
    breadcrumb: Breadcrumb | None
    title: Title
    body: Sequence[int] = ()  # the lines that a site's selector says are the body
    sure: bool = True  # that it is an article, whatever its text
    undated: bool = False  # and nothing but title and text says that it is one
    captured: datetime | None = None
    charset: str = ""  # what the bytes were read as, and why
