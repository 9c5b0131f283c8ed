"""One site, one file: which hosts it has and where its crawl begins."""

from nanhai_crawler.errors import UsageError
from nanhai_crawler.sites.declaration import Site
from nanhai_crawler.sites.wmw import WMW
from nanhai_crawler.sites.zuzhibu import ZUZHIBU

__all__ = ["DEFAULT_SITE", "SITES", "Site", "site_named"]

SITES = {site.name: site for site in (ZUZHIBU, WMW)}
DEFAULT_SITE = ZUZHIBU


def site_named(name: str | None) -> Site:
    """The site of that name, the default one for null; raises UsageError with the names there are."""
    if name is None:
        return DEFAULT_SITE
    if name not in SITES:
        raise UsageError(f"no site is called {name!r}; there are: {', '.join(sorted(SITES))}")
    return SITES[name]
