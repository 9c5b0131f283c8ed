"""Only articles are articles: walls, missing pages, lists and plain pages are told apart, with the evidence."""

import pytest

from nanhai_crawler.items import PageKind
from tests.pages.markup import FIRST, SECOND, TITLE, URL, page, paragraphs, reading

MENU = "".join(f'<li><a href="/d/{n}/">栏目{n}</a></li>' for n in range(9))
ROWS = "".join(
    f'<tr><td>·<a href="/{n}.html">第{n}场小板凳会……</a></td><td>2024-03-0{n}</td></tr>' for n in range(1, 8)
)
ABSTRACTS = "".join(
    f'<li><a href="/{n}.html">第{n}场小板凳会</a><p>{FIRST.strip()}</p><span>时间：2024-03-0{n}</span></li>'
    for n in range(1, 7)
)

PAGES = {
    "missing": (
        f"<title>提示信息</title><ul>{MENU}</ul><div>抱歉，您访问的页面不存在或已删除！</div>",
        URL,
        PageKind.MISSING,
    ),
    "wall": (
        "<title>访问被拦截</title><h1>网站防火墙</h1><p>您的请求可能存在风险，已被拦截。</p>",
        URL,
        PageKind.WALL,
    ),
    "wall that tells when": (
        "<title>网站防火墙</title><h1>网站防火墙</h1><p>您的请求已被拦截</p><p>时间：2024-03-04 10:20:00 来源：10.0.0.1</p>",
        "http://a.example/waf.html",
        PageKind.WALL,
    ),
    "challenge": ("<title>Just a moment...</title><p>Checking your browser</p>", URL, PageKind.WALL),
    "challenge by script: yunsuo": (
        """<script>function YunSuoAutoJump(){ if(-1 == window.location.href.indexOf("security_verify_"))
        { document.cookie="srcurl=" + hex(window.location.href) + ";path=/;";}
        self.location = "/?security_verify_data=" + hex("1920,1080");}</script>
        <script>setTimeout("YunSuoAutoJump()", 50);</script>""",
        "http://a.example/",
        PageKind.WALL,
    ),
    "challenge by script: a cookie": (
        '<script>document.cookie="v=abc";window.location.reload();</script><noscript>请开启JavaScript并刷新该页</noscript>',
        URL,
        PageKind.WALL,
    ),
    "challenge by script: the same address": (
        "<script>document.cookie='v=abc;path=/';location.href=location.href;</script><p>请稍候……</p>",
        URL,
        PageKind.WALL,
    ),
    "a home page that goes elsewhere": (
        "<script>document.cookie='lang=zh';location.href='/zh/index.html';</script>",
        "http://a.example/",
        PageKind.HOME,
    ),
    "a list whose menu counts visits": (
        f"<title>练习区</title><ul>{MENU}</ul><script>document.cookie='n=1';function again(){{location.reload();}}</script>",
        "http://a.example/d/1/",
        PageKind.LISTING,
    ),
    "closed for now": (
        "<title>网站维护</title><h1>网站升级维护中</h1><p>尊敬的用户：本网站将于3月4日22:00至6:00升级，期间暂停访问，敬请谅解。</p>",
        URL,
        PageKind.WALL,
    ),
    "closed for now, one line": (
        "<title>练习区</title><p>系统正在升级维护，请稍后再访问。</p>",
        URL,
        PageKind.WALL,
    ),
    "rejected": (
        "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123",
        "http://a.example/n/1.html",
        PageKind.WALL,
    ),
    "security check": (
        "<title>云防护</title><h1>安全检查中……</h1><h2>还差一步，请完成安全检查后访问</h2><p>系统正在确认您是否为真人。</p>",
        URL,
        PageKind.WALL,
    ),
    "list of rows": (
        f"<title>练习区</title><ul>{MENU}</ul><table>{ROWS}</table>",
        "http://a.example/d/1/",
        PageKind.LISTING,
    ),
    "list of abstracts": (
        f"<title>练习区</title><ul>{ABSTRACTS}</ul>",
        "http://a.example/d/1/",
        PageKind.LISTING,
    ),
    "home": (f"<title>练习区</title><ul>{MENU}</ul>{paragraphs(FIRST)}", "http://a.example/", PageKind.HOME),
    "site map": (f"<title>网站地图</title><ul>{MENU}</ul>", "http://a.example/map.html", PageKind.SITE_MAP),
    "about": (
        f"<title>关于我们</title><h2>关于我们</h2>{paragraphs(FIRST, SECOND)}",
        "http://a.example/about.html",
        PageKind.OTHER,
    ),
    "nothing": ("", "http://a.example/x", PageKind.OTHER),
    "article": (page(paragraphs(FIRST, SECOND)), URL, PageKind.ARTICLE),
}


@pytest.mark.parametrize(("html", "url", "kind"), PAGES.values(), ids=PAGES)
def test_a_page_is_what_it_says_it_is(html: str, url: str, kind: PageKind) -> None:
    found = reading(html, url)
    assert found.kind is kind
    assert found.kind_evidence
    assert (found.article is not None) == (kind is PageKind.ARTICLE)


def test_an_article_about_a_missing_page_is_an_article() -> None:
    text = "　　“页面不存在”的提示让村民着急，镇里派人一户户上门，把网上办不成的事当面办好。" * 6
    assert reading(page(paragraphs(text, FIRST, SECOND))).kind is PageKind.ARTICLE


def test_a_short_notice_that_a_service_is_closed_is_an_article() -> None:
    text = "　　因系统升级，练习区党员服务平台页面暂时无法显示，请完成登记后再试。"
    assert reading(page(paragraphs(text))).kind is PageKind.ARTICLE


def test_a_date_of_today_in_the_head_is_not_the_articles() -> None:
    html = page(paragraphs(FIRST, SECOND), head="").replace(
        "<body>", "<body><div>今天是2025年1月1日 星期三</div>"
    )
    found = reading(html).article
    assert found is not None
    assert found.published == "2024-03-04T10:20:00+08:00"


@pytest.mark.parametrize(
    "payload", [b"", b"\x00\xff" * 99, b"<", b"<html>" * 5000, "时间：来源：".encode() * 9000]
)
def test_no_bytes_make_the_reader_raise(payload: bytes) -> None:
    reading(payload.decode("utf-8", "replace"))


def test_text_below_three_thousand_levels_is_read() -> None:
    body = "<div>" * 1500 + paragraphs(FIRST, SECOND) + "</div>" * 1500
    found = reading(page(body)).article
    assert found is not None
    assert SECOND.strip("　") in found.body
    assert found.title == TITLE


@pytest.mark.parametrize("info", ["<p>发布时间：2024-03-04</p>", "<p>2024-03-04 10:20 来源：区信息中心</p>"])
def test_a_notice_that_the_site_will_be_closed_for_a_night_is_an_article(info: str) -> None:
    text = "因网上大厅系统正在升级维护，本网站定于3月5日22时至次日6时暂停对外服务，如有不便，敬请谅解。"
    found = reading(page(paragraphs(text), title="<h2>关于网站系统升级维护的公告</h2>", info=info)).article
    assert found is not None
    assert found.title == "关于网站系统升级维护的公告"


def test_where_the_script_of_a_challenge_goes_is_no_link() -> None:
    html, url, _ = PAGES["challenge by script: yunsuo"]
    assert reading(html, url=url).links == ()
