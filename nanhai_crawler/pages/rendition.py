"""Pages that show another page's article once more, made for the printer."""

import re
from urllib.parse import urlsplit

from lxml import etree

from nanhai_crawler.pages.tags import Tags
from nanhai_crawler.urls.canonical import canonicalize

_PRINT = re.compile(
    r"(?<![a-z])print(?:able|er|view|page|news|article|info)?(?:[-_]?version)?(?![a-z])", re.IGNORECASE
)
_TITLED = re.compile(r"[\[【(（]?\s*(?:打印|文章打印|打印预览)")
_PRINTS = re.compile(r"\bprint\s*\(\s*\)")
#: A page of its own has a menu.
_FEW_LINKS = 5


def is_print_edition(url: str, root: etree._Element, tags: Tags) -> bool:
    """Whether address or title say that this is for the printer, and the page that it is no page of its own.

    It names another address as the canonical one (RFC 6596), prints itself, or leads nowhere.
    """
    if not (_is_for_printer(url) or _TITLED.match(tags.title)):
        return False
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            canonical = canonicalize(link.get("href") or "", url)
            if canonical is not None and canonical != url:
                return True
    if any(_PRINTS.search(body.get("onload") or "") for body in root.iter("body")):
        return True
    return sum(1 for anchor in root.iter("a") if anchor.get("href")) < _FEW_LINKS


def _is_for_printer(url: str) -> bool:
    if "print" not in url.lower():
        return False
    place = urlsplit(url)
    return _PRINT.search(f"{place.path}?{place.query}") is not None
