from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from nanhai_crawler.practice.resource import Resource
from nanhai_crawler.practice.site import PracticeSite

BASE = "http://site.example"


@dataclass
class Walk:
    """Every path that links lead to from the home page, with its answer, and the pages that link to it."""

    answers: dict[str, Resource | None] = field(default_factory=dict)
    linked_from: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def walk(site: PracticeSite) -> Walk:
    seen, todo = Walk(), deque(["/"])
    while todo:
        path = todo.popleft()
        if path in seen.answers:
            continue
        answer = seen.answers[path] = site.get(path)
        if answer is None:
            continue
        for target in {answer.location} if answer.location else links(path, answer):
            seen.linked_from[target].add(path)
            todo.append(target)
    return seen


def links(path: str, answer: Resource) -> set[str]:
    """The paths on the same host that a page names in any attribute that browsers follow."""
    if not answer.media_type.startswith("text/html"):
        return set()
    return set(_own_paths(path, text(answer)))


def _own_paths(path: str, html: str) -> Iterator[str]:
    for link in Selector(html).xpath("//@href | //@src | //@action").getall():
        parts = urlsplit(urljoin(BASE + path, link))
        if f"{parts.scheme}://{parts.netloc}" == BASE:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def text(answer: Resource) -> str:
    """The page decoded as its own declaration says; GBK for gb2312, as browsers do."""
    declared = "gbk" if b"charset=gb2312" in answer.body[:300] else "utf-8"
    return answer.body.decode(declared)
