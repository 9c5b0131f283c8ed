"""What an article page says is read field by field, whatever the markup says it in."""

import pytest

from tests.pages.markup import FIRST, INFO, SECOND, THIRD, TITLE, article, page, paragraphs

BODY = paragraphs(FIRST, SECOND, THIRD)
TEXTS = tuple(text.strip("　") for text in (FIRST, SECOND, THIRD))

BODIES = {
    "paragraphs": BODY,
    "divs": "".join(f"<div>{text}</div>" for text in (FIRST, SECOND, THIRD)),
    "line breaks": "<br>".join((FIRST, SECOND, THIRD)),
    "double line breaks in a cell": "<table><tr><td>"
    + "<br/><br/>".join((FIRST, SECOND, THIRD))
    + "</td></tr></table>",
    "a row each": "<table>"
    + "".join(f"<tr><td>{text}</td></tr>" for text in (FIRST, SECOND, THIRD))
    + "</table>",
    "Word's spans": "".join(
        f"<p class=MsoNormal><span lang=EN-US>{text[:9]}</span><span>{text[9:]}</span><o:p></o:p></p>"
        for text in (FIRST, SECOND, THIRD)
    ),
    "upper case and fonts": "".join(f"<P><FONT size=3>{text}</FONT></P>" for text in (FIRST, SECOND, THIRD)),
    "wrapped deep": "<section><div><div>" * 9 + BODY + "</div></div></section>" * 9,
    "with tools around": f"<p>【字体：<a href='#'>大</a> 中 小】</p>{BODY}<p>【打印】【关闭】</p><p>分享到： 微信 微博</p>",
    "with neighbours": f"{BODY}<p>上一篇：<a href='/1.html'>旧文一则，说旧事</a></p><p>相关新闻</p>"
    "<p><a href='/2.html'>又一则，说新事。</a></p>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_same_words_are_read_from_every_markup(body: str) -> None:
    (section,) = article(page(body)).sections
    assert section.heading is None
    assert section.paragraphs == TEXTS


TITLES = {
    "h2": f"<h2>{TITLE}</h2>",
    "div": f"<div>{TITLE}</div>",
    "cell": f"<table><tr><td align=center>{TITLE}</td></tr></table>",
    "fonts": f"<center><FONT SIZE=5><B>{TITLE}</B></FONT></center>",
    "spans": f"<p><span>{TITLE[:5]}</span><span>{TITLE[5:]}</span></p>",
    "broken by br": f"<div>{TITLE[:9]}<br>{TITLE[9:]}</div>",
    "with a subtitle": f"<h2>{TITLE}</h2><p>——练习区基层治理观察之一</p>",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_the_title_is_what_stands_above_the_info_line_not_the_sites_name(title: str) -> None:
    assert article(page(BODY, title=title)).title.replace(" ", "") == TITLE


INFOS = {
    "one line": f"<p>{INFO}</p>",
    "full width": f"<p>{INFO.replace(':', '：', 1).replace('来源:', '来源：')}</p>",
    "no-break spaces": f"<p>{INFO.replace('  ', '&nbsp;&nbsp;')}</p>",
    "spans": "<p><span>时间：2024-03-04 10:20:00</span> <span>来源：区委组织部_Admin</span></p>",
    "an element each": "<ul><li>发布时间：2024-03-04 10:20:00</li><li>信息来源：区委组织部_Admin</li><li>浏览次数：12</li></ul>",
    "label and value apart": "<div><b>时间：</b>2024-03-04 10:20:00 <b>来源：</b>区委组织部_Admin</div>",
    "cells without colons": "<table><tr><td>发布时间</td><td>2024-03-04 10:20:00</td><td>来源</td>"
    "<td>区委组织部_Admin</td></tr></table>",
    "with tools": f"<p>{INFO} 【字号：大 中 小】 <a href='#'>打印</a></p>",
}


@pytest.mark.parametrize("info", INFOS.values(), ids=INFOS)
def test_time_and_source_are_read_by_their_labels(info: str) -> None:
    found = article(page(BODY, info=info))
    assert (found.published, found.source) == ("2024-03-04T10:20:00+08:00", "区委组织部_Admin")


def test_a_day_alone_stays_a_day_and_the_key_tells_the_moment_of_entry() -> None:
    found = article(page(BODY, info="<p>发布时间：2024-03-04 发布单位：区文明办</p>"))
    assert (found.published, found.entered) == ("2024-03-04", "2024-03-05T09:15:02.123+08:00")
    assert found.source == "区文明办"


CRUMBS = {
    "links": '当前位置: <a href="/">首页</a> &gt; <a href="/1/">组工党建</a> &gt; <a href="/2/">基层党建</a>',
    "other words": '您现在的位置：<a href="/">网站首页</a>»<a href="/1/">组工党建</a>»<a href="/2/">基层党建</a>»正文',
    "no label": '<a href="/">首页</a> > <a href="/1/">组工党建</a> > <a href="/2/">基层党建</a>',
    "a list": '<ol class=x><li>您的位置：</li><li><a href="/">首页</a></li><li><a href="/1/">组工党建</a></li>'
    '<li><a href="/2/">基层党建</a></li></ol>',
    "ends with the title": f'当前位置：<a href="/">首页</a> &gt;&gt; <a href="/1/">组工党建</a> &gt;&gt; 基层党建 &gt;&gt; {TITLE}',
    "drawn arrows": '<a href="/">首页</a><svg><path d="M4 2"/></svg><a href="/1/">组工党建</a><svg><path d="M4 2"/></svg>'
    '<a href="/2/">基层党建</a><svg><path d="M4 2"/></svg><span>详情</span>',
    "an element each, arrows by style": '<ul><li><a href="/">首页</a></li><li><a href="/1/">组工党建</a></li>'
    '<li><a href="/2/">基层党建</a></li><li>正文</li></ul>',
    "of the site": '当前网站位置：<a href="/">首页</a>&gt;<a href="/1/">组工党建</a>&gt;<a href="/2/">基层党建</a>',
    "the site's name for home": '位置：<a href="/">练习区委组织部</a> &gt; <a href="/1/">组工党建</a> &gt; 基层党建',
}


@pytest.mark.parametrize("crumbs", CRUMBS.values(), ids=CRUMBS)
def test_the_column_path_is_the_breadcrumb_without_home_and_the_page_itself(crumbs: str) -> None:
    assert article(page(BODY, crumbs=crumbs)).column_path == ("组工党建", "基层党建")


def test_every_value_says_which_rule_read_it() -> None:
    evidence = article(page(BODY)).evidence
    assert {"title", "published", "source", "column_path", "entered", "body"} <= evidence.keys()


def test_a_link_back_that_is_glued_to_the_last_paragraph_is_none_of_it() -> None:
    last = f"<p>{SECOND}<a href='/'>返回首页，查看更多</a></p><p>责任编辑：<span></span></p><p>平台声明：该文观点仅代表作者本人。</p>"
    assert article(page(paragraphs(FIRST) + last)).body == "\n".join(
        text.strip("　") for text in (FIRST, SECOND)
    )
