"""Cookies, kept for the crawl: a firewall or a session may ask to see what it gave.

Scrapy's own middleware fetches a list of public suffixes from a third party's server at the first cookie.
"""

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar


class Cookies:
    """Downloader middleware with one jar; hosts see only their own (RFC 6265, 5.4)."""

    def __init__(self) -> None:
        self._jar = CookieJar()

    def process_request(self, request: Request) -> None:
        """The request carries what its host gave."""
        request.headers.pop("Cookie", None)
        self._jar.add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """What the host gave is kept."""
        if "Set-Cookie" in response.headers:
            self._jar.extract_cookies(response, request)
        return response
