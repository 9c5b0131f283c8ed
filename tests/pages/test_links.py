"""Where a page leads is known once each, canonical, with how it was found; a divided article knows its pages."""

import pytest

from nanhai_crawler.items import Via
from nanhai_crawler.pages.joining import join_parts
from tests.pages.markup import FIRST, SECOND, THIRD, URL, article, page, paragraphs, reading

SECOND_PAGE = URL.replace("_1.html", "_2.html")
PAGER = f'<div>上一页 1 <a href="{SECOND_PAGE}">2</a> <a href="{SECOND_PAGE}">下一页</a></div>'


def _links(html: str, url: str = "http://a.example/d/1/index.html") -> dict[str, Via]:
    return {link.url: link.via for link in reading(html, url).links}


@pytest.mark.parametrize(
    ("html", "url", "via"),
    [
        ('<a href="/x.html#top">文</a>', "http://a.example/x.html", Via.LINK),
        ('<a href="?page=2">下一页</a>', "http://a.example/d/1/index.html?page=2", Via.NEXT),
        ('<a href="index_2.html">下页</a>', "http://a.example/d/1/index_2.html", Via.NEXT),
        ('<a href="../2/">2</a>', "http://a.example/d/2/", Via.NEXT),
        ('<a href="../2/">[2]</a>', "http://a.example/d/2/", Via.NEXT),
        ('<a href="../2/">第2页</a>', "http://a.example/d/2/", Via.NEXT),
        ('<a href="../2/">第二批</a>', "http://a.example/d/2/", Via.LINK),
        ('<a href="/map.html">站点地图</a>', "http://a.example/map.html", Via.SITE_MAP),
        ('<base href="/b/"><a href="c.html">文</a>', "http://a.example/b/c.html", Via.LINK),
        ('<iframe src="list.html"></iframe>', "http://a.example/d/1/list.html", Via.LINK),
        ('<map><area href="/m.html"></map>', "http://a.example/m.html", Via.LINK),
        ('<meta http-equiv="refresh" content="0;url=/new.html">', "http://a.example/new.html", Via.REDIRECT),
        (
            '当前位置：<a href="/">首页</a> > <a href="/up/">上级栏目</a>',
            "http://a.example/up/",
            Via.BREADCRUMB,
        ),
    ],
)
def test_an_address_on_a_page_is_a_link(html: str, url: str, via: Via) -> None:
    assert _links(html)[url] is via


@pytest.mark.parametrize("href", ["javascript:void(0)", "mailto:a@b.example", "#", "tel:123", "http://["])
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    assert _links(f'<a href="{href}">文</a>') == {}


def test_an_address_met_twice_is_one_link_with_the_better_name() -> None:
    assert _links('<a href="/2/">列表</a><a href="/2/">下一页</a><a href="/2/">列表</a>') == {
        "http://a.example/2/": Via.NEXT
    }


def test_a_page_of_a_divided_article_knows_its_number_and_the_others() -> None:
    found = reading(page(paragraphs(FIRST) + PAGER))
    assert (found.page_number, found.page_count) == (1, 2)
    assert {link.url for link in found.links if link.via is Via.PART} == {SECOND_PAGE}
    second = reading(page(paragraphs(SECOND)), SECOND_PAGE)
    assert (second.page_number, second.page_count) == (2, 2)
    assert second.article is not None
    assert second.article.url == URL


def test_joined_pages_are_one_article_whose_text_goes_on_under_the_last_heading() -> None:
    first = article(page(paragraphs(FIRST, "　　小板凳上议大事", SECOND) + PAGER))
    second = article(page(paragraphs(THIRD, "　　文/练江日报记者 骆书言")), SECOND_PAGE)
    joined = join_parts([first, second])
    assert joined.section_headings == ("小板凳上议大事",)
    assert joined.sections[1].paragraphs == (SECOND.strip("　"), THIRD.strip("　"))
    assert (joined.url, joined.authors, joined.origin) == (URL, ("骆书言",), "练江日报")
    assert joined.evidence["pages"] == "2 joined"


def test_an_articles_files_are_links_to_files() -> None:
    html = page(
        paragraphs(FIRST)
        + '<p><img src="/u/1.jpg"></p><p>附件：<a href="/u/a.pdf">规则.pdf</a></p>'
        + paragraphs(SECOND)
    )
    links = _links(html, URL)
    assert links["http://lianxi.example/u/1.jpg"] is Via.IMAGE
    assert links["http://lianxi.example/u/a.pdf"] is Via.ATTACHMENT


def test_pages_that_a_script_draws_links_to_are_followed() -> None:
    html = page('<script>createPageHTML(3, 0, "index", "html");</script>')
    links = _links(html, "http://lianxi.example/d/1/")
    assert links["http://lianxi.example/d/1/index_1.html"] is Via.NEXT
    assert links["http://lianxi.example/d/1/index_2.html"] is Via.NEXT
    assert "http://lianxi.example/d/1/index_3.html" not in links
    younger = page("<script>createPageHTML('page_div',40, 2,'7f3a','shtml',800);</script>")
    near = [url for url, via in _links(younger, "http://lianxi.example/d/2/").items() if via is Via.NEXT]
    assert {"http://lianxi.example/d/2/7f3a.shtml", "http://lianxi.example/d/2/7f3a_3.shtml"} <= {*near}
    assert len(near) == 11
    quoted = page(paragraphs("　　网站用 createPageHTML(9, 0, 'x', 'html') 画出页码，开发人员说。"))
    assert not any("x_" in url for url in _links(quoted, URL))


def test_an_article_whose_pages_a_script_draws_is_known_to_be_divided() -> None:
    pager = '<script>createPageHTML(2, 0, "t20240304_7", "html");</script>'
    url = "http://lianxi.example/xw/202403/t20240304_7.html"
    first = reading(page(paragraphs(FIRST, SECOND) + pager), url)
    assert (first.page_number, first.page_count) == (1, 2)
    second = reading(page(paragraphs(THIRD, SECOND) + pager.replace("0,", "1,")), url.replace("_7", "_7_1"))
    assert (second.page_number, second.page_count) == (2, 2)
    assert second.article is not None
    assert second.article.url == url


def test_the_word_that_counts_pages_is_none_of_the_text() -> None:
    pages = "<div><a href='x_1.html'>上一页</a><a href='x_1.html'>1</a><b>2</b><span>共2页</span></div>"
    assert article(page(paragraphs(FIRST, SECOND) + pages)).body.endswith(SECOND.strip("　"))
