"""What only machines read: robots.txt and sitemap.xml."""

from collections.abc import Iterable
from urllib.parse import urljoin

from nanhai_crawler.practice.addresses import DUTY, SEARCH, SITE_MAP, SITE_MAP_XML
from nanhai_crawler.practice.frame import NOTICE


def robots_txt(base_url: str) -> bytes:
    """The rules: everything but the search and one folder; and where the sitemap is."""
    return (
        f"# {NOTICE}\nUser-agent: *\nDisallow: {SEARCH}\nDisallow: {DUTY.rpartition('/')[0]}/\n\n"
        f"Sitemap: {urljoin(base_url, SITE_MAP_XML)}\n"
    ).encode()


def site_map_xml(base_url: str, article_paths: Iterable[str]) -> bytes:
    """A sitemap of the 0.9 protocol: the site map page and a few articles."""
    paths = (SITE_MAP, *article_paths)
    entries = "".join(f"<url><loc>{urljoin(base_url, path)}</loc></url>\n" for path in paths)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTICE} -->\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    ).encode()
