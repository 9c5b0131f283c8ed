"""The page's own tags: ``title`` and ``meta``, names without case (the standard tags for government pages among them).

Helpers only: real pages have empty values, a template's stale dates, the site's name for a title. Nothing here is
trusted over what the page shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from nanhai_crawler.text.whitespace import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """``title`` as written, and the first non-empty ``content`` of each meta name, lower case."""

    title: str
    meta: Mapping[str, str]


def read_tags(root: etree._Element) -> Tags:
    """The tags of the page; an absent title is the empty string."""
    title = next((fold("".join(element.itertext())) for element in root.iter("title")), "")
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property")
        content = element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), fold(content))
    return Tags(title=title, meta=meta)
