"""Kicker and subtitle are read by where they stand, and never become part of the title."""

import pytest

from tests.pages.markup import FIRST, INFO, SECOND, THIRD, TITLE, article, page, paragraphs

BODY = paragraphs(FIRST, SECOND, THIRD)
KICKER = "榕树下的十二件实事"
SUBTITLE = "——桥头村基层治理观察之一"

BOTH = {
    "an element each": f"<div><p>{KICKER}</p><h2>{TITLE}</h2><p>{SUBTITLE}</p></div>",
    "nothing but divs": f"<div><div>{KICKER}</div><div>{TITLE}</div><div>{SUBTITLE}</div></div>",
    "headings of three sizes": f"<div><h3>{KICKER}</h3><h2>{TITLE}</h2><h3>{SUBTITLE.strip('—')}</h3></div>",
    "smaller in the same heading": f"<h2><small>{KICKER}</small><br>{TITLE}<br><small>{SUBTITLE}</small></h2>",
    "fonts in one cell": f"<table><tr><td align=center><font size=3>{KICKER}</font><br><font size=5><b>{TITLE}</b></font>"
    f"<br><font size=3>{SUBTITLE}</font></td></tr></table>",
    "a row each": f"<table><tr><td>{KICKER}</td></tr><tr><td>{TITLE}</td></tr><tr><td>{SUBTITLE}</td></tr></table>",
    "spans of other sizes": f"<p><span style='font-size:14px'>{KICKER}</span><br><span style='font-size:24px'>{TITLE}"
    f"</span><br><span style='font-size:14px'>{SUBTITLE}</span></p>",
}


@pytest.mark.parametrize("title", BOTH.values(), ids=BOTH)
def test_kicker_and_subtitle_are_read_beside_the_title(title: str) -> None:
    found = article(page(BODY, title=title))
    assert found.title == TITLE
    assert found.kicker == KICKER
    assert (found.subtitle or "").strip("—") == SUBTITLE.strip("—")
    assert {"kicker", "subtitle"} <= found.evidence.keys()


@pytest.mark.parametrize("dash", ["——", "──", "―― ", "--", "—", "－－"])
def test_a_subtitle_begins_with_any_dash(dash: str) -> None:
    assert article(page(BODY, title=f"<h2>{TITLE}</h2><p>{dash}记桥头村</p>")).subtitle == f"{dash}记桥头村"


def test_a_subtitle_below_the_info_line_stays_in_the_text() -> None:
    found = article(page(f"<p>{SUBTITLE}</p>{BODY}"))
    assert found.subtitle is None
    assert SUBTITLE in found.body


def test_a_subtitle_of_a_page_without_info_line_is_none_of_the_body() -> None:
    title = f"<h2>{TITLE}</h2><p>{SUBTITLE}</p>"
    found = article(page(BODY, title=title, info="", head=f'<meta name="ArticleTitle" content="{TITLE}">'))
    assert (found.title, found.subtitle) == (TITLE, SUBTITLE)
    assert SUBTITLE not in found.body


NEITHER = {
    "a house's name as a heading": f"<div><h1>练江市练习区人民政府</h1><h2>{TITLE}</h2></div>",
    "another house's name": f"<div><div>练江市东埔街道办事处委员会</div><h2>{TITLE}</h2></div>",
    "the column's name": f"<div><div>基层党建</div><h2>{TITLE}</h2></div>",
    "a column's name as a heading": f"<div><h2>图片新闻</h2><h2>{TITLE}</h2></div>",
    "a line of the menu": f"<div><div>栏目3</div><h2>{TITLE}</h2></div>",
    "a link": f"<div><a href='/x'>查看本专题的全部文章</a><h2>{TITLE}</h2></div>",
    "tools": f"<div><p>【字体：大 中 小】【打印】</p><h2>{TITLE}</h2></div>",
    "a date": f"<div><p>发布于2024-03-04的文章</p><h2>{TITLE}</h2></div>",
    "a line of another element": f"<div><p>今年以来全区上下同心同德</p></div><div><div><div><div><h2>{TITLE}</h2></div></div></div></div>",
    "an abstract": f"<div><p>{SECOND}</p><h2>{TITLE}</h2></div>",
}


@pytest.mark.parametrize("title", NEITHER.values(), ids=NEITHER)
def test_what_only_stands_near_a_title_is_no_kicker(title: str) -> None:
    found = article(page(BODY, title=title))
    assert (found.title, found.kicker, found.subtitle) == (TITLE, None, None)


@pytest.mark.parametrize(
    "under", [INFO, "字号：大 中 小", "2024年3月4日", "作者：沈知夏", "（此件公开发布）"]
)
def test_what_only_stands_under_a_title_is_no_subtitle(under: str) -> None:
    assert article(page(BODY, title=f"<h2>{TITLE}</h2><p>{under}</p>")).subtitle is None


def test_a_title_in_two_lines_stays_one_title() -> None:
    found = article(page(BODY, title=f"<h2>{TITLE[:6]}<br>{TITLE[6:]}</h2>"))
    assert found.title == f"{TITLE[:6]} {TITLE[6:]}"
    assert (found.kicker, found.subtitle) == (None, None)


def test_the_tags_tell_a_kicker_from_the_first_half_of_a_title() -> None:
    head = f'<meta name="ArticleTitle" content="{TITLE}">'
    found = article(page(BODY, title=f"<h2>{KICKER}<br>{TITLE}</h2>", head=head))
    assert (found.title, found.kicker) == (TITLE, KICKER)


def test_a_catchword_in_an_element_of_its_own_above_the_title_is_a_kicker() -> None:
    assert article(page(BODY, title=f"<div><p>新春走访记</p><h2>{TITLE}</h2></div>")).kicker == "新春走访记"


@pytest.mark.parametrize("label", ["图片新闻", "政府信息公开", "详细信息页", "通知公告栏"])
def test_the_name_of_a_kind_of_page_above_the_title_is_no_kicker(label: str) -> None:
    assert article(page(BODY, title=f"<div><p>{label}</p><h2>{TITLE}</h2></div>")).kicker is None


@pytest.mark.parametrize(
    "title",
    [
        f"<table><tr><td>正　　文</td></tr><tr><td>{KICKER}</td></tr><tr><td><b>{TITLE}</b></td></tr></table>",
        f"<div><p>【打印】</p><p>{KICKER}</p><h2>{TITLE}</h2></div>",
    ],
)
def test_a_kicker_may_have_the_word_for_the_page_above_it(title: str) -> None:
    assert article(page(BODY, title=title)).kicker == KICKER


@pytest.mark.parametrize(
    "title",
    [
        f"<h2>{TITLE}</h2><p>全年商量成事12件，走访村民300多户</p>",
        f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>全年商量成事12件，走访村民300多户</td></tr></table>",
        f"<div><strong>{TITLE}</strong></div><div>全年商量成事12件，走访村民300多户</div>",
    ],
)
def test_a_phrase_between_title_and_info_line_is_a_subtitle(title: str) -> None:
    found = article(page(BODY, title=title))
    assert (found.title, found.subtitle) == (TITLE, "全年商量成事12件，走访村民300多户")


@pytest.mark.parametrize(
    "between",
    [
        "中共练江市练习区委组织部",
        "本报记者 骆书言 许禾",
        "【字号：大 中 小】【打印】",
        "<a href='/x'>查看本专题的全部文章</a>",
        "练江日报记者 骆书言",
    ],
)
def test_who_published_or_wrote_is_no_subtitle(between: str) -> None:
    assert article(page(BODY, title=f"<h2>{TITLE}</h2><p>{between}</p>")).subtitle is None


@pytest.mark.parametrize("info", ["", "<dl><dt>来源</dt><dd>练江日报</dd></dl>"])
def test_title_and_subtitle_alone_in_an_element_are_told_apart_by_their_dress(info: str) -> None:
    title = (
        f"<div align='center'><b>{TITLE}</b><br><span style='font-size:14px'>全年商量成事12件</span></div>"
    )
    found = article(page(BODY + "<p>发布日期：2024-03-04 来源：练江日报</p>", title=title, info=info))
    assert (found.title, found.subtitle) == (TITLE, "全年商量成事12件")
