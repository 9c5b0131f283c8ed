"""Where a page leads: every address a person could go to, canonical, each once, with how it was found."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import repeat
from urllib.parse import urljoin

from lxml import etree

from nanhai_crawler.items import Link, Via
from nanhai_crawler.pages.drawn_pager import drawn_pages
from nanhai_crawler.urls.canonical import canonicalize

_NEXT = re.compile(
    r"(?:下一?页|后一?页|下一頁|next(?:\s*page)?|[>›»]{1,2}|\d{1,4}|[\[【(（]\d{1,4}[\]】)）]|第\s*\d{1,4}\s*页|尾页|末页|最后一页)",
    re.IGNORECASE,
)
#: What those two begin with: most links of a page are told apart from them by this alone.
_MARKED = frozenset("下后nN>›»0123456789[【(（第尾末最网站本sS")
#: What a link to the site map, and the site map itself, are called.
SITE_MAP = re.compile(r"(?:网站|站点|本站)(?:地图|导航)|site\s?map", re.IGNORECASE)
#: Looked up once: to ask an enumeration for a member takes as long as the rest of a link.
_LINK = Via.LINK
_REFRESH = re.compile(r"\d*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_ORIGIN = re.compile(r"[^/?#]*//[^/?#]*")
#: Addresses that mean the same on every page of a site: those of no page among them.
_FROM_ANYWHERE = ("/", "http://", "https://", "#", "javascript:", "mailto:")
#: Relations that lead to another page of the same text (HTML §4.6.6).
_RELATED = frozenset(("next", "prev", "canonical"))
_LONGEST_TOLD = 12
#: With the white space of an indented source around it.
_LONGEST_WRITTEN = 80
#: Menus repeat on every page; this many distinct addresses are remembered with their canonical form.
_REMEMBERED = 1 << 16


def base_of(root: etree._Element, url: str) -> str:
    """What relative addresses on the page are relative to (HTML §2.4.3: the first ``base`` with an ``href``)."""
    for element in root.iter("base"):
        href = element.get("href")
        if href:
            return urljoin(url, href.strip())
    return url


def find_links(
    root: etree._Element, base: str, *, breadcrumb: Collection[str], encoding: str
) -> tuple[Link, ...]:
    """The links of the page in document order, each URL once; ``breadcrumb`` has the addresses, as written, on the way up."""
    found: dict[str, Link] = {}
    folder = base.rpartition("/")[0] + "/"
    origin = _ORIGIN.match(base)
    top = f"{origin[0]}/" if origin else base
    for element in root.iter("a", "area", "frame", "iframe", "link", "meta", "script"):
        for href, text, via in _addresses(element):
            # What does not depend on the page's own place is remembered for the whole site.
            place = top if href.startswith(_FROM_ANYWHERE) else base if href[0] == "?" else folder
            link = _link(href, text, place, encoding)
            if link is None:
                continue
            if href in breadcrumb:
                found[link.url] = Link(url=link.url, via=Via.BREADCRUMB)
            elif via is not _LINK:
                found[link.url] = Link(url=link.url, via=via)
            elif link.via is not _LINK or link.url not in found:
                found[link.url] = link
    return tuple(found.values())


@lru_cache(maxsize=_REMEMBERED)
def _link(href: str, text: str | None, base: str, encoding: str) -> Link | None:
    """Where a link leads, and by what its text says of it; null for nowhere."""
    url = canonicalize(href, base, encoding=encoding)
    return None if url is None else Link(url=url, via=_told(text.strip()) if text else _LINK)


def _addresses(element: etree._Element) -> Iterable[tuple[str, str | None, Via]]:
    """Addresses as written, the text of a link where it is short enough to tell its kind, and the kind of the others."""
    tag = element.tag
    if tag == "a":
        href, text = element.get("href"), element.text
        if text and len(text) > _LONGEST_WRITTEN:
            text = None
        return ((href, text, _LINK),) if href else ()
    if tag == "meta":
        refreshes = (element.get("http-equiv") or "").lower() == "refresh"
        refresh = _REFRESH.match((element.get("content") or "").strip()) if refreshes else None
        return ((refresh[1].strip(), None, Via.REDIRECT),) if refresh else ()
    if tag == "script":
        return zip(drawn_pages(element.text or ""), repeat(None), repeat(Via.NEXT))
    href = element.get("href") or (element.get("src") if tag != "link" else None)
    if tag == "link" and (element.get("rel") or "").lower() not in _RELATED:
        return ()
    return ((href, None, Via.NEXT if tag == "link" else _LINK),) if href else ()


def _told(text: str) -> Via:
    """How a link counts by its text: to a next page, to the site map, or to somewhere."""
    if not text or len(text) > _LONGEST_TOLD or text[0] not in _MARKED:
        return _LINK
    if _NEXT.fullmatch(text):
        return Via.NEXT
    return Via.SITE_MAP if SITE_MAP.fullmatch(text) else _LINK
