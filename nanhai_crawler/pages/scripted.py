"""Where a page leads that is nothing but a script: some home pages only say ``location.href = "…"``."""

import re

from lxml import etree

from nanhai_crawler.items import Link, Via
from nanhai_crawler.urls.canonical import canonicalize

#: The ways to go elsewhere of HTML §7.2.4 (the Location interface), with the address as a plain string.
_GOES_TO = re.compile(
    r"\blocation(?:\.href)?\s*=\s*(['\"])(?P<set>[^'\"\n]+)\1|\blocation\.(?:replace|assign)\(\s*(['\"])(?P<called>[^'\"\n]+)\3"
)
#: Such a page is a few lines; a script of a megabyte is no such page.
_LONGEST = 10_000


def find_scripted(root: etree._Element, base: str, *, encoding: str) -> tuple[Link, ...]:
    """The addresses that the page's scripts go to, each once; for a page without any link."""
    found: dict[str, Link] = {}
    for script in root.iter("script"):
        for match in _GOES_TO.finditer((script.text or "")[:_LONGEST]):
            url = canonicalize(match["set"] or match["called"], base, encoding=encoding)
            if url is not None:
                found[url] = Link(url=url, via=Via.REDIRECT)
    return tuple(found.values())
