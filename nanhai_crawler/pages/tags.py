"""The page's own tags: ``title``, ``meta`` and the linked data (JSON-LD), names without case.

The standard tags for government pages are among them. Helpers only: real pages have empty values, a template's stale
dates, the site's name for a title. Nothing here is trusted over what the page shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from nanhai_crawler.text.whitespace import fold

_LINKED_DATA = "application/ld+json"
#: schema.org's name and that of Baidu's time factor; looked for as text, since real pages' JSON breaks its own rules.
_PUBLISHED = re.compile(r'"(?P<name>datePublished|pubDate)"\s*:\s*"(?P<value>[^"]{8,40})"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """``title`` as written, and the first non-empty ``content`` of each meta name, lower case.

    What linked data say of the time of publication has their name for it: ``json-ld datepublished``, ``json-ld pubdate``.
    """

    title: str
    meta: Mapping[str, str]


def read_tags(root: etree._Element) -> Tags:
    """The tags of the page; an absent title is the empty string."""
    title: str | None = None
    meta: dict[str, str] = {}
    for element in root.iter("title", "meta", "script"):
        if element.tag == "meta":
            name = element.get("name") or element.get("property") or element.get("itemprop")
            content = element.get("content")
            if name and content and content.strip():
                meta.setdefault(name.strip().lower(), fold(content))
        elif element.tag == "script":
            if element.text and element.get("type", "").lower() == _LINKED_DATA:
                for match in _PUBLISHED.finditer(element.text):
                    meta.setdefault(f"json-ld {match['name'].lower()}", match["value"])
        elif title is None:
            title = fold("".join(element.itertext()))
    return Tags(title=title or "", meta=meta)
