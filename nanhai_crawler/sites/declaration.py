"""What a site says of itself to the crawl: a form to fill in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """``seeds`` are tried in order; the crawl keeps to their hosts."""

    name: str
    title: str
    seeds: tuple[str, ...]
