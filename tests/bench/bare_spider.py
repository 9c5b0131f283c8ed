"""The yardstick of a crawl: Scrapy as it comes, which fetches a list of addresses and does nothing with them.

Run by ``scrapy runspider`` outside the project, so that only Scrapy's own settings hold.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response


class BareSpider(Spider):
    """``-a addresses=FILE`` names the addresses, one a line; how many answers came is written in the end."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        """A request for every address."""
        for address in Path(self.addresses).read_text(encoding="ascii").splitlines():  # type: ignore[attr-defined]
            yield Request(address)

    def parse(self, response: Response, **_: Any) -> None:
        """Nothing."""

    def closed(self, reason: str) -> None:
        """Say how many answers came, redirects and errors too."""
        assert self.crawler.stats is not None
        print(self.crawler.stats.get_value("downloader/response_count"))
