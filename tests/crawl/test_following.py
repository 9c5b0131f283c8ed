"""What the crawl follows, on a small site with every way of leading on that SITE.md and the web know."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import Ended, crawl, records
from tests.crawl.loopback import Answering, Asked, Loopback, Reply
from tests.crawl.markup import article, page

#: Each leads to an article that has the name of the way, and nothing else leads there.
WAYS = (
    "link", "area", "frame", "iframe", "base", "refresh", "redirect", "relative", "protocol-relative", "sitemap",
    "sitemap-relative", "sitemap-gz", "sitemap-text", "page-1", "page-2", "page-3", "rel-next", "breadcrumb",
    "upper-case", "entity", "gbk-query", "location-raw",
)  # fmt: skip
_XML = "http://www.sitemaps.org/schemas/sitemap/0.9"
FILES = """<p><img src="/pic/a.png"></p><p><a href="/file/b.pdf">附件：名单.pdf</a></p>
<p><a href="/file/down.jsp?id=3">附件2：表格.docx</a></p>"""


def named(way: str) -> Reply:
    return Reply(body=article(f"由{way}找到的文章"))


def home() -> str:
    return page(
        "/in/link.html",
        "/based/",
        "/refresh.html",
        "/moved",
        "/deep/folder/",
        "/lie.jsp?cid=7",
        "/lie.jsp?cid=7&jsessionid=0123ABCD",
        "/lie.jsp;jsessionid=AAA?cid=7",
        "/chain/1.html",
        "/gbk.html",
        "/raw-location",
        "/files.html",
        "http://elsewhere.example/off-site.html",
        "https://elsewhere.example/",
        "mailto:someone@example.org",
        "javascript:void(0)",
        "ftp://127.0.0.1/x",
        "http://[broken/",
        "#top",
        more="""<map><area href="/in/area.html"></map><iframe src="/in/iframe.html"></iframe>
<a href="/frames.html">frames</a><A HREF='/in/upper-case.html'>x</A><a href="/in/entity.html?a=1&amp;b=2">x</a>""",
    )


def host_of(asked: Asked) -> str:
    return asked.headers["host"]


def listing(number: int) -> Reply:
    """A list whose later pages are reached by ?page=N; beyond the last it shows the last again, and one more number."""
    row = f'<a href="/in/page-{number}.html">a row</a>'
    following = "".join(
        f'<a href="/lie.jsp?cid=7&amp;page={n}">{n}</a>' for n in range(1, min(number + 2, 4))
    )
    return Reply(body=page(more=f"{row}{following}", title="列表"))


def site_map(kind: str, *addresses: str) -> str:
    inner = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    entries = "".join(f"<{inner}><loc>{address}</loc></{inner}>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{_XML}">{entries}</{kind}>'


def site() -> dict[str, Answering]:
    """All the pages; ``/in/…`` are the articles."""
    return {
        **{f"/in/{way}.html": named(way) for way in WAYS},
        "/": Reply(body=home()),
        "/robots.txt": lambda asked: Reply(
            media_type="text/plain",
            body=f"User-agent: *\nDisallow: /never\nSitemap: http://{host_of(asked)}/index.xml\n"
            "Sitemap: /broken.xml\nSitemap: /plain.txt\nSitemap: http://elsewhere.example/sitemap.xml\n",
        ),
        "/index.xml": lambda asked: Reply(
            media_type="application/xml",
            body=site_map("sitemapindex", f"http://{host_of(asked)}/one.xml", "/two.xml.gz"),
        ),
        "/one.xml": lambda asked: Reply(
            media_type="text/html",  # some servers do not know better
            body=site_map("urlset", f"http://{host_of(asked)}/in/sitemap.html", "/in/sitemap-relative.html"),
        ),
        "/two.xml.gz": Reply(
            media_type="application/octet-stream",
            body=gzip.compress(site_map("urlset", "/in/sitemap-gz.html").encode()),
        ),
        "/broken.xml": Reply(media_type="text/xml", body="this is <no XML"),
        "/plain.txt": lambda asked: Reply(
            media_type="text/plain", body=f"http://{host_of(asked)}/in/sitemap-text.html\n"
        ),
        "/frames.html": Reply(
            body='<html><frameset cols="20%,*"><frame src="/in/frame.html"><frame src="/menu.html"></frameset></html>'
        ),
        "/menu.html": Reply(body=page("//elsewhere.example/x", more="")),
        "/based/": Reply(
            body='<html><head><base href="/in/"></head><body><a href="base.html">x</a></body></html>'
        ),
        "/refresh.html": Reply(
            body='<html><head><meta http-equiv="Refresh" content="0; URL=/in/refresh.html"></head></html>'
        ),
        "/moved": Reply(status=302, media_type=None, headers=(("Location", "/moved-again"),)),
        "/moved-again": Reply(status=307, media_type=None, headers=(("Location", "in/redirect.html"),)),
        "/deep/folder/": lambda asked: Reply(
            body=page("../../in/relative.html", f"//{host_of(asked)}/in/protocol-relative.html")
        ),
        "/lie.jsp?cid=7": listing(1),
        "/lie.jsp?cid=7&page=1": listing(1),
        "/lie.jsp?cid=7&page=2": listing(2),
        "/lie.jsp?cid=7&page=3": listing(3),
        "/chain/1.html": Reply(
            body='<html><head><link rel="next" href="/in/rel-next.html"></head><body>1</body></html>'
        ),
        "/lie.html": Reply(body=page("/in/breadcrumb.html", title="练习栏目")),
        "/gbk.html": Reply(
            media_type="text/html; charset=gbk",
            body='<html><body><a href="/cha.jsp?q=党建">x</a></body></html>'.encode("gbk"),
        ),
        "/cha.jsp?q=%B5%B3%BD%A8": Reply(body=page("/in/gbk-query.html")),
        "/raw-location": Reply(
            raw="HTTP/1.1 301 x\r\nContent-Length: 0\r\nLocation: /目录\r\n\r\n".encode("gbk")
        ),
        "/%C4%BF%C2%BC": Reply(body=page("/in/location-raw.html")),
        "/in/entity.html?a=1&b=2": named("entity"),
        "/files.html": Reply(body=article("有附件的文章", more=FILES)),
        "/pic/a.png": Reply(media_type="image/png", body=b"\x89PNG"),
        "/file/b.pdf": Reply(media_type="application/pdf", body=b"%PDF-1.4"),
        "/file/down.jsp?id=3": Reply(media_type="application/octet-stream", body=b"PK"),
    }


@dataclass(frozen=True)
class Followed:
    """The crawl of the site, what it recorded and what was asked."""

    ended: Ended
    found: list[dict[str, Any]]
    server: Loopback


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    archive: Path = tmp_path_factory.mktemp("following")
    with Loopback(site()) as server:
        ended = crawl(server.url(), archive)
        yield Followed(ended, records(archive), server)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_to_its_article(followed: Followed, way: str) -> None:
    assert f"由{way}找到的文章" in {record["title"] for record in followed.found}


def test_the_crawl_ends_complete_and_quiet(followed: Followed) -> None:
    assert followed.ended.err == ""
    assert followed.ended.summary["failures"] == []
    assert followed.ended.code == 0


def test_nothing_is_asked_for_twice(followed: Followed) -> None:
    paths = followed.server.paths
    assert sorted(paths) == sorted(set(paths))


def test_an_address_with_a_session_in_it_is_the_same_address(followed: Followed) -> None:
    assert followed.server.count("/lie.jsp?cid=7") == 1
    assert not [path for path in followed.server.paths if "jsessionid" in path.lower()]


def test_titles_are_there_once(followed: Followed) -> None:
    titles = [record["title"] for record in followed.found]
    assert sorted(titles) == sorted(set(titles))


def test_pictures_and_attachments_of_articles_are_captured(followed: Followed) -> None:
    (record,) = [record for record in followed.found if record["title"] == "有附件的文章"]
    url = followed.server.url
    assert [image["url"] for image in record["images"]] == [url("/pic/a.png")]
    assert [file["url"] for file in record["attachments"]] == [url("/file/b.pdf"), url("/file/down.jsp?id=3")]
    assert {"/pic/a.png", "/file/b.pdf", "/file/down.jsp?id=3"} <= set(followed.server.paths)
