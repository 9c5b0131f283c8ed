"""An invented article page in the shapes of SITE.md, put together from its parts; no site has this markup."""

from nanhai_crawler.items import Article, PageReading
from nanhai_crawler.pages.reading import read_page

URL = "http://lianxi.example/cms/html/7001/2024/20240305091502123000001/20240305091502123000001_1.html"
TITLE = "桥头村：一张小板凳，坐出邻里新气象"
INFO = "时间:2024-03-04 10:20:00  来源:区委组织部_Admin"
CRUMBS = '当前位置: <a href="/">首页</a> &gt; <a href="/d/1/">组工党建</a> &gt; <a href="/d/2/">基层党建</a>'
FIRST = "　　傍晚六点，桥头村的榕树下又坐满了人，村干部搬来小板凳，和村民一起商量修路的事。"
SECOND = "　　“大家的事大家商量着办。”村支书说，今年已经商量成了十二件实事。"
THIRD = "　　据介绍，小板凳会将在全镇推开，让更多心里话有地方说。"
FOOT = "<div class='f'><a href='/map.html'>站点地图</a><p>版权所有：练习区委组织部</p></div>"


def paragraphs(*texts: str) -> str:
    """The texts as p elements."""
    return "".join(f"<p>{text}</p>" for text in texts)


def page(
    body: str,
    *,
    title: str = f"<h2>{TITLE}</h2>",
    info: str = f"<div>{INFO}</div>",
    crumbs: str = CRUMBS,
    head: str = "",
) -> str:
    """A page with a menu, a breadcrumb, a title, an info line, ``body`` and a foot."""
    menu = "".join(f'<li><a href="/d/{n}/">栏目{n}</a></li>' for n in range(12))
    return (
        f"<html><head><meta charset='utf-8'><title>练习区委组织部</title>{head}</head><body><div><h1>练习区委组织部</h1>"
        f"<ul>{menu}</ul></div><div>{crumbs}</div><div>{title}{info}<div>{body}</div></div>{FOOT}</body></html>"
    )


def reading(html: str, url: str = URL) -> PageReading:
    """The page as it is read at ``url``."""
    return read_page(url, html.encode())


def article(html: str, url: str = URL) -> Article:
    """The article on the page; fails the test where there is none."""
    found = reading(html, url).article
    assert found is not None, reading(html, url).kind_evidence
    return found
