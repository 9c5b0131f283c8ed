"""One site, one file: which hosts it has, where its crawl begins, and what the reader must be told of its pages."""

from nanhai_crawler.sites.declaration import Site
from nanhai_crawler.sites.known import BUILT_IN, DEFAULT_SITE, KnownSites, load_sites

__all__ = ["BUILT_IN", "DEFAULT_SITE", "KnownSites", "Site", "load_sites"]
