"""A sitemap's addresses (sitemaps.org protocol): of a sitemap, of an index of sitemaps, or plain text, gzipped or not."""

import re
from collections.abc import Iterable

from lxml import etree
from scrapy.utils.sitemap import Sitemap

from nanhai_crawler.items import Link, Via
from nanhai_crawler.pages.coding import BrokenCoding, undone
from nanhai_crawler.urls.canonical import canonicalize

#: sitemaps.org: a sitemap has at most 50 MB uncompressed.
_LONGEST_BYTES = 50 * 1024 * 1024
_KINDS = {"urlset": Via.LINK, "sitemapindex": Via.SITE_MAP}
_PLAIN = re.compile(rb"\s*(?:https?://\S+\s+)*https?://\S+\s*", re.IGNORECASE)


def read_sitemap(body: bytes, url: str) -> tuple[Link, ...] | None:
    """The links of the sitemap at ``url``; null for what is no sitemap, or broken beyond reading."""
    try:
        if body.startswith(b"\x1f\x8b"):
            body = undone(body, "gzip", _LONGEST_BYTES)
        if _PLAIN.fullmatch(body):
            return _links(body.decode("utf-8", "replace").split(), Via.LINK, url)
        sitemap = Sitemap(body)
        via = _KINDS.get(sitemap.type)
        return None if via is None else _links((entry["loc"] for entry in sitemap), via, url)
    except (BrokenCoding, etree.LxmlError, StopIteration):
        return None


def _links(written: Iterable[str], via: Via, base: str) -> tuple[Link, ...]:
    urls = (canonicalize(address, base) for address in written)
    return tuple([Link(url=url, via=via) for url in urls if url])
