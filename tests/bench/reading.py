"""Reading alone: pages a CPU second of ``read_page``, of trafilatura and of lxml's bare parse, on the same bytes.

``python -m tests.bench.reading N`` measures round N and writes one JSON object: for each set of pages the seconds a page
of each reader. A round has a process and practice pages of its own, and reads each page once: what a reader remembers it
has from other pages of the site, as in a crawl, and never from the page itself.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

import trafilatura
from lxml import html as lxml_html

from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.practice.site import PracticeSite, build_site
from nanhai_crawler.text.charset import decode
from tests.bench.child import CHECKOUT

# trafilatura takes 6 ms a page: so many pages are a second a round.
_PRACTICE_PAGES = 100
_LONG_PAGE_BYTES = 300_000
#: Real pages that may lie beside the checkout; they are not part of it.
_REAL = CHECKOUT.parent / "shared" / "pages"
_BASE = "http://127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Given:
    """A page as it was received; ``charset`` is that of its header, ``written_in`` the one its bytes are in."""

    url: str
    payload: bytes
    charset: str | None
    written_in: str


def ours(page: Given) -> object:
    """What this program reads of the page."""
    return read_page(page.url, page.payload, header_charset=page.charset)


def theirs(page: Given) -> object:
    """What trafilatura reads of it, with its own settings."""
    return trafilatura.bare_extraction(page.payload, url=page.url)


def bare(page: Given) -> object:
    """The page's tree, and nothing read from it; told the charset, for lxml stops early at one that is declared wrong."""
    return lxml_html.document_fromstring(page.payload, parser=_PARSERS[page.written_in])


_PARSERS = {name: lxml_html.HTMLParser(encoding=name) for name in ("utf-8", "gb18030")}
READERS: Mapping[str, Callable[[Given], object]] = {"ours": ours, "trafilatura": theirs, "lxml": bare}


def practice_pages(site: PracticeSite) -> Iterator[Given]:
    """The first pages of the practice site's articles."""
    for record in site.truth(f"{_BASE}/"):
        url = str(record["url"])
        resource = site.get(url.removeprefix(_BASE))
        if resource is not None:
            _, _, charset = resource.media_type.partition("charset=")
            yield _given(url, resource.body, charset or None)


def real_pages() -> list[Given]:
    """The real pages; empty where there are none."""
    return [_given(f"{_BASE}/{path.name}", path.read_bytes(), None) for path in sorted(_REAL.glob("*.html"))]


def long_page(site: PracticeSite) -> Given:
    """A page of 300 KB: one article after another in its body."""
    paragraphs: list[str] = []
    length_bytes = 0
    for record in site.truth(f"{_BASE}/"):
        for line in str(record["body"]).splitlines():
            paragraphs.append(f"<p>　　{escape(line)}</p>\n")
            length_bytes += len(paragraphs[-1].encode())
        if length_bytes >= _LONG_PAGE_BYTES:
            break
    head = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>长篇汇编</title></head><body>'
        '<div>当前位置：<a href="/">首页</a> &gt; <a href="/cms/html/7110/index.html">组工党建</a></div>'
        "<h1>长篇汇编：把一年的故事放在一页里</h1><p>时间：2024-01-02 09:30:00  来源：区委组织部_Admin</p>"
    )
    page = f"{head}<div>{''.join(paragraphs)}</div></body></html>"
    return _given(f"{_BASE}/long.html", page.encode(), "utf-8")


def seconds_a_page(pages: Sequence[Given], read: Callable[[Given], object]) -> float:
    """CPU seconds a page that a reader takes who has not met these pages."""
    gc.collect()
    began_s = time.process_time()
    for page in pages:
        read(page)
    return (time.process_time() - began_s) / len(pages)


def main() -> None:
    """Measure one round, and write what was measured."""
    number = int(sys.argv[1])
    site = build_site(articles=(number + 2) * _PRACTICE_PAGES)
    pages = practice_pages(site)
    met = list(islice(pages, _PRACTICE_PAGES))
    own = list(pages)[-_PRACTICE_PAGES:]
    sets = {"practice pages": own, "real pages": real_pages(), "a page of 300 KB": [long_page(site)]}
    for read in READERS.values():  # tables are made, and the site's menus met
        seconds_a_page(met, read)
    measured = {
        name: {reader: seconds_a_page(pages, read) for reader, read in READERS.items()}
        for name, pages in sets.items()
        if pages
    }
    print(json.dumps(measured, ensure_ascii=False))


def _given(url: str, payload: bytes, charset: str | None) -> Given:
    written_in = decode(payload, header_charset=charset).charset
    return Given(url=url, payload=payload, charset=charset, written_in=written_in)


if __name__ == "__main__":
    main()
