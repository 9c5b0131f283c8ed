"""A sitemap's addresses (sitemaps.org protocol; a sitemap index lists sitemaps)."""

from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from nanhai_crawler.items import Link, Via
from nanhai_crawler.urls.canonical import canonicalize

#: sitemaps.org: a sitemap has at most 50 MB uncompressed.
_LONGEST_BYTES = 50 * 1024 * 1024


def read_sitemap(body: bytes) -> tuple[Link, ...]:
    """The links of a sitemap or sitemap index, gzipped or not; none for what is no sitemap."""
    if body[:2] == b"\x1f\x8b":
        body = gunzip(body, max_size=_LONGEST_BYTES)
    sitemap = Sitemap(body)
    via = Via.SITE_MAP if sitemap.type == "sitemapindex" else Via.LINK
    urls = (canonicalize(entry.get("loc", "")) for entry in sitemap)
    return tuple([Link(url=url, via=via) for url in urls if url])
