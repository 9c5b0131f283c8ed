"""Pages that a script draws links to: ``createPageHTML(3, 0, "index", "html")``, as the commonest systems write it."""

import re
from collections.abc import Sequence

#: TRS WCM's call: how many pages, which one this is (from 0), name and ending; later pages are name_1, name_2 …. Its
#: younger form has the element to draw in first, counts from 1 and calls the second page name_2.
_CALL = re.compile(
    r"createPageHTML\w*\(\s*(?P<box>['\"][^'\"]{0,40}['\"]\s*,\s*)?(?P<count>\d{1,5})\s*,\s*(?P<place>\d{1,5})\s*,"
    r"\s*['\"](?P<name>[^'\"<>\s]{1,120})['\"]\s*,\s*['\"]\.?(?P<ending>\w{1,8})['\"]",
)
#: From each page of a long list so many to either side are told: the chain holds when a few of them fail.
_NEAR = 10


def drawn_pages(script: str) -> Sequence[str]:
    """The addresses, as relative ones, of the other pages near this one; none where the script draws no pager."""
    if "createPageHTML" not in script:
        return ()
    pages: list[str] = []
    for call in _CALL.finditer(script):
        count, first = int(call["count"]), 1 if call["box"] else 0
        place = int(call["place"]) - first
        if not 0 <= place < count:
            continue
        near = range(max(0, place - _NEAR), min(count, place + _NEAR + 1))
        numbered = [f"_{page + first}" if page else "" for page in near if page != place]
        pages.extend(f"{call['name']}{number}.{call['ending']}" for number in numbered)
    return pages
