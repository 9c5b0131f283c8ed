"""Content codings, undone before anything else of the crawl sees a response."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from nanhai_crawler.pages.coding import without_codings


class ContentCoding:
    """Downloader middleware: what comes after it sees the payload as the page's author wrote it."""

    def __init__(self, longest_bytes: int) -> None:
        self._longest_bytes = longest_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ContentCoding":
        """The middleware, with the limit that the download has too."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002  Scrapy passes it
        """The response without its codings; raises BrokenCoding."""
        header = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not header.strip(" \t,") or not response.body:
            return response
        body = without_codings(response.body, header, self._longest_bytes)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        return response.replace(body=body, headers=headers)
