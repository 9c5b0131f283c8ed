"""Which URLs a crawl may ask for: those on the hosts of its seeds and of its sites."""

from collections.abc import Iterable

from nanhai_crawler.errors import ContactMissing, SeedError, UsageError
from nanhai_crawler.items import Link
from nanhai_crawler.urls.canonical import canonicalize, host_of, is_loopback
from nanhai_crawler.urls.contact import is_contact


class Scope:
    """The hosts of the seeds and ``hosts``, with both schemes: what every URL of the crawl begins with (``prefixes``)."""

    def __init__(self, seeds: Iterable[str], hosts: Iterable[str] = ()) -> None:
        self.hosts = tuple(dict.fromkeys((*(host_of(seed) for seed in seeds), *hosts)))
        self.prefixes = tuple(f"{scheme}://{host}/" for host in self.hosts for scheme in ("http", "https"))

    def within(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """Those links that lead to a host of the seeds."""
        prefixes = self.prefixes
        return tuple([link for link in links if link.url.startswith(prefixes)])


def canonical_seeds(seeds: Iterable[str]) -> tuple[str, ...]:
    """The seeds in canonical form, each once; raises SeedError for one that is no http(s) URL."""
    found = []
    for seed in seeds:
        url = canonicalize(seed)
        if url is None:
            raise SeedError(f"{seed!r} is no http or https URL; write it like http://127.0.0.1:8000/")
        found.append(url)
    return tuple(dict.fromkeys(found))


def require_contact(hosts: Iterable[str], contact: str | None) -> None:
    """Raises ContactMissing when a host is not this machine and there is nobody to write to.

    UsageError for one that nobody can write to.
    """
    if contact is not None and contact.strip() and not is_contact(contact):
        raise UsageError(f"the contact {contact!r} is no mail address or URL in plain ASCII")
    if contact is not None and contact.strip():
        return
    for host in hosts:
        if not is_loopback(host):
            raise ContactMissing(
                f"crawling {host} needs a contact that its keepers can write to; set one: "
                "export NANHAI_CONTACT='you@example.org', or contact in the archive's nanhai.toml"
            )
