"""What a person knows of a site: a form to fill in."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from nanhai_crawler.pages.site_rules import NO_LABELS, Labels, Selector, SiteRules
from nanhai_crawler.text.charset import is_charset
from nanhai_crawler.urls.canonical import canonicalize, host_of

#: How much of a connection's safety is asked for: certificate and protocol of today; protocol and ciphers of old
#: servers (TLS 1.0, DHE-1024) allowed; the certificate not checked; neither.
Tls = Literal["verified", "legacy", "unverified", "legacy-unverified"]
#: An hour between two requests is 8,760 pages a year: no crawl.
_LONGEST_DELAY_S = 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A site by its name in records and on the command line.

    ``seeds`` are tried in order; the crawl keeps to their hosts and to ``hosts`` (with the port where it is not the
    default). ``delay_s``: the least time between two requests, null for the archive's. ``charset`` is heard before what
    pages declare; their bytes still decide.
    """

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by forms; a class variable is no field

    name: str
    title: str
    seeds: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    charset: str | None = None
    delay_s: float | None = None
    tls: Tls = "verified"
    labels: Labels = NO_LABELS
    selectors: tuple[Selector, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("title is empty; write what the site calls itself")
        if not self.seeds:
            raise ValueError("seeds is empty; name at least one address to begin at")
        for seed in self.seeds:
            if canonicalize(seed) is None:
                raise ValueError(f'seeds: "{seed}" is no http or https URL')
        for host in self.hosts:
            if _canonical_host(host) is None:
                raise ValueError(
                    f'hosts: "{host}" is no host; write it like www.example.org, without http://'
                )
        if self.charset is not None and not is_charset(self.charset):
            raise ValueError(f'charset: "{self.charset}" is unknown; write utf-8, gb18030 or big5')
        if self.delay_s is not None and not 0 <= self.delay_s <= _LONGEST_DELAY_S:
            raise ValueError(f"delay_s: {self.delay_s} is not between 0 and {_LONGEST_DELAY_S:.0f} seconds")

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """The hosts of the seeds and those declared besides, canonical, each once."""
        seeded = (host_of(canonicalize(seed) or "") for seed in self.seeds)
        return tuple(dict.fromkeys((*seeded, *(_canonical_host(host) or "" for host in self.hosts))))

    def rules_on(self, day: date) -> SiteRules:
        """What the reader is told of pages captured on that day (in Chinese time)."""
        return _rules(self, day)


def _canonical_host(written: str) -> str | None:
    """The host as canonical URLs have it; null for what is more or less than a host."""
    url = canonicalize(f"http://{written}/")
    more = url is None or url.count("/") != 3 or not {"@", "*"}.isdisjoint(written)
    return None if url is None or more else host_of(url)


@lru_cache(maxsize=1024)
def _rules(site: Site, day: date) -> SiteRules:
    return SiteRules(
        site=site.name,
        labels=site.labels,
        selectors=tuple([selector for selector in site.selectors if selector.holds_on(day)]),
        charset=site.charset,
    )
