"""Where a redirect leads."""

import re

from scrapy.http import Response

from nanhai_crawler.urls.canonical import canonicalize

_RAW = re.compile(rb"[^\x21-\x7e]")


def redirect_target(response: Response) -> str | None:
    """The canonical URL of a 3xx with a Location; null for any other response.

    Raw bytes are percent-encoded as they came, as browsers do: which charset they are in, the server knows.
    """
    location = response.headers.get("Location")
    if not 300 <= response.status < 400 or location is None:
        return None
    written = _RAW.sub(lambda raw: b"%%%02X" % raw[0][0], location.strip())
    return canonicalize(written.decode("ascii"), response.url)
