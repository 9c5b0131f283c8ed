"""Where a page leads: every address a person could go to, canonical, each once, with how it was found."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from nanhai_crawler.items import Link, Via
from nanhai_crawler.urls.canonical import canonicalize

_NEXT = re.compile(
    r"(?:下一?页|后一?页|下一頁|next(?:\s*page)?|[>›»]{1,2}|\d{1,4}|尾页|末页|最后一页)", re.IGNORECASE
)
#: What those two begin with: most links of a page are told apart from them by this alone.
_MARKED = frozenset("下后nN>›»0123456789尾末最网站本sS")
#: What a link to the site map, and the site map itself, are called.
SITE_MAP = re.compile(r"(?:网站|站点|本站)(?:地图|导航)|site\s?map", re.IGNORECASE)
_REFRESH = re.compile(r"\d*\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
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
    for href, via in _addresses(root, breadcrumb):
        link = _resolve(href, base if href[0] in "?#" else folder, encoding, via)
        if link is not None and (via is not Via.LINK or link.url not in found):
            found[link.url] = link
    return tuple(found.values())


@lru_cache(maxsize=_REMEMBERED)
def _resolve(href: str, base: str, encoding: str, via: Via) -> Link | None:
    url = canonicalize(href, base, encoding=encoding)
    return None if url is None else Link(url=url, via=via)


def _addresses(root: etree._Element, breadcrumb: Collection[str]) -> Iterator[tuple[str, Via]]:
    for element in root.iter("a", "area", "frame", "iframe", "link", "meta"):
        tag = element.tag
        if tag == "a":
            href = element.get("href")
            if href:
                yield href, _via(element, href, breadcrumb)
        elif tag == "meta":
            refresh = _REFRESH.match((element.get("content") or "").strip())
            if refresh and (element.get("http-equiv") or "").lower() == "refresh":
                yield refresh.group(1).strip(), Via.REDIRECT
        elif tag == "link":
            if (element.get("rel") or "").lower() in {"next", "prev", "canonical"} and element.get("href"):
                yield element.get("href", ""), Via.NEXT
        else:
            href = element.get("href") or element.get("src")
            if href:
                yield href, Via.LINK


def _via(element: etree._Element, href: str, breadcrumb: Collection[str]) -> Via:
    if href in breadcrumb:
        return Via.BREADCRUMB
    text = (element.text or "").strip()
    if not text or len(text) > 12 or text[0] not in _MARKED:
        return Via.LINK
    if _NEXT.fullmatch(text):
        return Via.NEXT
    return Via.SITE_MAP if SITE_MAP.fullmatch(text) else Via.LINK
