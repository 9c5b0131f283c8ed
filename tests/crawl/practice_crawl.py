"""The practice site crawled twice: what the commands said, what the archive has, what the server was asked."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import PracticeSite, build_site
from tests.crawl.commands import Ended, crawl, records

_LINE = re.compile(r'"GET (?P<path>\S+) HTTP/1.1" (?P<status>\d{3}) (?P<length>\d+) "-" "(?P<agent>[^"]*)"')


@dataclass(frozen=True)
class Hit:
    """One line of the server's access log."""

    path: str
    status: int
    length_bytes: int
    agent: str


@dataclass(frozen=True)
class PracticeCrawl:
    """Two crawls of one site into one archive, the second at once after the first, and full."""

    site: PracticeSite
    url: str
    archive: Path
    first: Ended
    first_hits: list[Hit]
    first_records: list[dict[str, Any]]
    second: Ended
    second_hits: list[Hit]
    second_records: list[dict[str, Any]]


def crawl_twice(archive: Path) -> PracticeCrawl:
    site = build_site()
    with PracticeServer(site) as server:
        first = crawl(server.url, archive)
        first_hits, first_records = hits(server), records(archive)
        server.log.clear()
        second = crawl(server.url, archive, "--full")
        return PracticeCrawl(
            site,
            server.url,
            archive,
            first,
            first_hits,
            first_records,
            second,
            hits(server),
            records(archive),
        )


def hits(server: PracticeServer) -> list[Hit]:
    found = []
    for line in server.log:
        match = _LINE.search(line)
        assert match is not None, line
        found.append(Hit(match["path"], int(match["status"]), int(match["length"]), match["agent"]))
    return found
