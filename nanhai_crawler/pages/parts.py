"""Which page of a divided article this is, and where its other pages are, by the numbers in their addresses."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from nanhai_crawler.urls.identity import article_page

#: The usual names of later pages: content.html, content_2.html …; or t1.html, t1_1.html, t1_2.html, counting from zero.
_LATER = re.compile(r"(?P<stem>.+)[_-](?P<number>\d{1,2})(?P<ending>\.\w+)")


#: Scripts take the page's number as a parameter: view.aspx?id=7&page=2; a name that may be an id (p) is none.
_PARAMETER = re.compile(
    r"[?&](?:page|page_?no|page_?num|page_?index|article_?page|current_?page|cur_?page|pn)=(?P<number>\d{1,2})(?=&|$)",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """Page ``number`` of ``total``; ``first`` is the URL of page 1, ``others`` the URLs of the other pages met."""

    first: str
    number: int
    total: int
    others: tuple[str, ...]


def find_part(url: str, links: Iterable[str]) -> Part:
    """The place of this page among the pages of its article; 1 of 1 for most."""
    folder = url.rpartition("/")[0] + "/"
    if article_page(url):
        pages = _keyed(url, folder, links)
    else:
        links = tuple(links)
        pages = _numbered(url, links) or _named(url, folder, links)
    own = next((number for number, address in pages.items() if address == url), 1)
    others = tuple(address for number, address in sorted(pages.items()) if number != own)
    return Part(pages.get(1, url), own, max(pages, default=1), others)


def _keyed(url: str, folder: str, links: Iterable[str]) -> dict[int, str]:
    first, number = article_page(url) or (url, 1)
    pages = {1: first, number: url}
    for link in links:
        page = article_page(link) if link.startswith(folder) else None
        if page is not None and page[0] == first:
            pages.setdefault(page[1], link)
    return pages


def _numbered(url: str, links: Iterable[str]) -> dict[int, str]:
    """The pages that differ in nothing but a parameter for the page's number; empty where there is one page alone."""
    place = url.partition("?")[0] + "?"
    stem, number = _unnumbered(url)
    pages = {1: stem, number: url}
    for link in links:
        if link.startswith(place) and _PARAMETER.search(link):
            other, its_number = _unnumbered(link)
            if other == stem:
                pages.setdefault(its_number, link)
    return pages if len(pages) > 1 else {}


def _unnumbered(url: str) -> tuple[str, int]:
    """The address without the page's number, and that number."""
    match = _PARAMETER.search(url)
    if match is None:
        return url, 1
    query = url[: match.start()], url[match.end() :]
    return "?".join((query[0], query[1][1:])) if match[0][0] == "?" and query[1] else "".join(query), int(
        match["number"]
    )


def _named(url: str, folder: str, links: Iterable[str]) -> dict[int, str]:
    siblings = {link[len(folder) :]: link for link in links if link.startswith(folder)}
    name = url[len(folder) :]
    later = _LATER.fullmatch(name)
    stem, dot, ending = name.rpartition(".")
    if later and later["stem"] + later["ending"] in {*siblings}:
        stem, dot, ending = later["stem"], "", later["ending"]
    if not stem:
        return {1: url}
    bare = stem + dot + ending
    numbered = {
        int(match["number"]): link
        for sibling, link in {**siblings, name: url}.items()
        if (match := _LATER.fullmatch(sibling))
        and match["stem"] == stem
        and match["ending"] == (dot + ending)
    }
    shift = 1 if 1 in numbered else 0
    return {
        1: siblings.get(bare, folder + bare),
        **{number + shift: link for number, link in numbered.items()},
    }
