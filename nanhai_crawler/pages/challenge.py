"""A firewall's challenge that says nothing to a person: a script that sets a cookie, and asks for the page again."""

import re
from collections.abc import Sequence

from lxml import etree

from nanhai_crawler.items import PageKind
from nanhai_crawler.pages.kind import Kind
from nanhai_crawler.pages.lines import Line

#: What a challenge shows besides, if anything (请稍候), is shorter than this; a page of a site is not.
_LITTLE = 60
#: Such a page is a few lines of script, however they are made unreadable.
_LONGEST = 20_000
#: yunsuo (云锁), which stood before a sister site, names its parameter; 瑞数 its variable.
_NAMED = re.compile(r"security_(?:session_)?verify|yunsuo|\$_ts\b|__jsl_clearance|acw_sc__v\d")
_SETS_COOKIE = re.compile(r"\bcookie\s*=")
#: HTML §7.2.4, the Location interface: the same address once more. One that is written out is another page's.
_ASKS_AGAIN = re.compile(
    r"\blocation\.reload\(|\blocation(?:\.href)?\s*=\s*(?:\w+\.)*location\b|\blocation\.replace\(\s*(?:\w+\.)*location\b"
)


def tell_challenge(root: etree._Element, lines: Sequence[Line]) -> Kind | None:
    """A wall, where the page has next to no words, no links, and such a script; null for any other page."""
    if (
        len(lines) > _LITTLE
        or any(line.anchors for line in lines)
        or sum(len(line.text) for line in lines) > _LITTLE
    ):
        return None
    if next(root.iter("frame", "iframe"), None) is not None:
        return None
    script = "\n".join((element.text or "")[:_LONGEST] for element in root.iter("script"))
    named = _NAMED.search(script)
    if named is not None:
        return Kind(PageKind.WALL, f"a script alone, with {named.group()!r} in it")
    if _SETS_COOKIE.search(script) and _ASKS_AGAIN.search(script):
        return Kind(PageKind.WALL, "a script alone, which sets a cookie and asks again")
    return None
