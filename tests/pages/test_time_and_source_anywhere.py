"""Time and source are read above the title, below the text, in cells without colons; the title is found all the same."""

import pytest

from tests.pages.markup import CRUMBS, FIRST, FOOT, SECOND, THIRD, TITLE, article, page, paragraphs, reading

_MENU = "".join(f'<a href="/d/{n}/">栏目{n}</a>' for n in range(6))
_LONG = paragraphs(FIRST, SECOND, THIRD, FIRST.replace("傍晚", "清晨"))


def _old(rows: str, *, head: str = "练习区委组织部") -> str:
    return f"<html><head><title>{head}</title></head><body><div>{_MENU}</div><div>{CRUMBS}</div><table>{rows}</table>{FOOT}</body></html>"


def test_a_title_below_its_info_line_is_the_title_where_the_tags_name_only_the_site() -> None:
    info = "<tr><td align=center>[ 2024-3-4 10:20 ]　来源：区委组织部　阅读次数：12</td></tr>"
    title = f"<tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>"
    found = article(_old(info + title + f"<tr><td>{_LONG}</td></tr>"))
    assert (found.title, found.published, found.source) == (TITLE, "2024-03-04T10:20+08:00", "区委组织部")
    assert found.sections[0].paragraphs[0] == FIRST.strip("　")


def test_an_info_line_below_the_text_is_read_and_is_none_of_it() -> None:
    title = f"<tr><td align=center><b>{TITLE}</b></td></tr>"
    info = "<tr><td align=right>（发布日期：2024.03.04　信息来源：练江日报）</td></tr>"
    found = article(_old(title + f"<tr><td>{_LONG}</td></tr>" + info))
    assert (found.title, found.published, found.source) == (TITLE, "2024-03-04", "练江日报")
    assert len(found.sections[0].paragraphs) == 4


def test_credits_between_the_text_and_an_info_line_below_it_stay_credits() -> None:
    title = f"<tr><td align=center><b>{TITLE}</b></td></tr>"
    body = f"<tr><td>{_LONG}<p>供稿：区总工会 廖书言</p></td></tr>"
    info = "<tr><td align=right>（发布日期：2024.03.04　信息来源：练江日报）</td></tr>"
    found = article(_old(title + body + info))
    assert (found.authors, found.source) == (("廖书言",), "练江日报")


def test_a_newspapers_page_head_is_no_title() -> None:
    head = "<tr><td>第B03版：区县</td><td>上一版 下一版</td><td>2024年03月04日 星期一</td></tr>"
    tools = "<tr><td><a href='c1.htm'>上一篇</a> <a href='c3.htm'>下一篇</a> 放大 缩小 默认</td></tr>"
    title = f"<tr><td align=center><strong>{TITLE}</strong></td></tr>"
    found = article(_old(head + tools + title + f"<tr><td>{_LONG}</td></tr>", head="练江日报"))
    assert (found.title, found.published) == (TITLE, "2024-03-04")


def test_labels_in_elements_of_their_own_need_no_colon() -> None:
    info = "<ul><li><em>时间</em><b>2024/3/4 下午2:05</b></li><li><em>来源</em><b>练江日报</b></li><li><em>作者</em><b>廖书言</b></li></ul>"
    html = f"<html><body><div>{CRUMBS}</div><div><h2>{TITLE}</h2>{info}<div>{_LONG}</div></div>{FOOT}</body></html>"
    found = article(html)
    assert (found.published, found.source) == ("2024-03-04T14:05+08:00", "练江日报")
    assert found.authors == ("廖书言",)


def test_the_day_of_publication_goes_before_the_day_a_document_was_made() -> None:
    rows = (
        "<tr><td>发文机关：</td><td>练习区办</td><td>成文日期：</td><td>2024年02月20日</td></tr>"
        f"<tr><td>标　　题：</td><td colspan=3>{TITLE}</td></tr>"
        "<tr><td>发文字号：</td><td>练办〔2024〕1号</td><td>发布日期：</td><td>2024年03月04日</td></tr>"
    )
    found = article(_old(f"{rows}</table><p align=center><b>{TITLE}</b></p>{_LONG}<table>"))
    assert (found.title, found.published) == (TITLE, "2024-03-04")


def test_a_text_that_its_script_makes_visible_is_read() -> None:
    body = f"<div style='visibility: hidden; opacity: 0'>{_LONG}</div>"
    found = article(f"<html><body><h1>{TITLE}</h1><em>2024-03-04 10:20</em>{body}</body></html>")
    assert len(found.sections[0].paragraphs) == 4


def test_a_page_with_nothing_but_a_player_is_no_article() -> None:
    player = "<video src='/v/1.mp4'></video><p>您的浏览器不支持该视频格式，请升级后观看。</p><div>播放 1.2万　点赞 30</div>"
    info = "<div>发布时间：2024-03-04 来源：区融媒体中心</div>"
    html = (
        f"<html><body><div>{CRUMBS}</div><div><h2>微视频：榕树下</h2>{info}{player}</div>{FOOT}</body></html>"
    )
    assert reading(html).article is None


def test_a_catalogue_of_documents_without_a_time_of_its_own_is_no_article() -> None:
    rows = "".join(
        f"<tr><td>4400-2024-{n:04}</td><td><a href='/z/{n}.html'>关于第{n}批项目安排的公告</a></td>"
        f"<td>区农业农村和水利局（区乡村振兴局）办公室第{n}科</td><td>2024-03-{n:02}</td></tr>"
        for n in range(1, 14)
    )
    html = (
        f"<html><body><div>{CRUMBS}</div><h2>主动公开的文件目录</h2><p>本目录由各单位编制，需要目录以外的，可以申请，也可以来电询问。</p>"
        f"<table>{rows}</table>{FOOT}</body></html>"
    )
    assert reading(html, "http://lianxi.example/xxgk/").article is None


def test_a_time_beside_a_linked_publisher_and_linked_tools_is_read() -> None:
    info = (
        "<div><span>2024年03月04日10:20</span>&nbsp;<a href='http://news.lianxi.example/'>练江日报</a>&nbsp;"
        "<a href='#c'>我有话说(36人参与)</a>&nbsp;<a href='javascript:;'>收藏本文</a></div>"
    )
    html = (
        f"<html><body><ul>{_MENU}</ul><div><h1>{TITLE}</h1>{info}<div>{_LONG}</div></div>{FOOT}</body></html>"
    )
    found = article(html, "http://lianxi.example/news/a.html")
    assert (found.title, found.published, found.source) == (TITLE, "2024-03-04T10:20+08:00", "练江日报")


def test_a_row_of_a_list_with_date_and_clock_before_its_linked_title_is_no_info_line() -> None:
    row = "<div>2024-03-04 10:20 <a href='/b.html'>桥头村的榕树下又坐满了商量修路的人</a></div>"
    html = f"<html><body><ul>{_MENU}</ul><div>{row}</div><div>{_LONG}</div>{FOOT}</body></html>"
    assert reading(html, "http://lianxi.example/news/").article is None


@pytest.mark.parametrize(
    "today",
    [
        "<p><i>2024年03月09日</i> <i>星期六</i></p>",
        "<div>2024-03-09</div>",
        "<td>2024年03月09日 星期六</td>",
        "<span>2024年3月9日 周六 多云</span>",
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        "<h5><span>[区发改局]</span>&nbsp;&nbsp; 2024-03-04&nbsp;&nbsp; 字号：<a href='#'>T</a>&nbsp;|&nbsp;<a href='#'>T</a></h5>",
        "<p>2024-03-04</p>",
        "<p>2024-03-04　字体：大 中 小</p>",
    ],
)
def test_todays_date_in_the_pages_head_is_not_the_articles(today: str, shown: str) -> None:
    html = (
        f"<html><head><title>{TITLE}_练习区</title></head><body><div>{today}</div><div>{_MENU}</div><div>{CRUMBS}</div>"
        f"<div><h3>{TITLE}</h3>{shown}<div>{_LONG}</div></div>{FOOT}</body></html>"
    )
    found = article(html, "http://lianxi.example/news/a.html")
    assert (found.title, found.published) == (TITLE, "2024-03-04")
    assert found.source == ("区发改局" if "发改局" in shown else None)


def test_a_date_with_its_weekday_is_the_articles_where_no_other_is_shown() -> None:
    html = f"<html><body><div>{CRUMBS}</div><div><h3>{TITLE}</h3><p>2024年03月04日 星期一</p>{_LONG}</div>{FOOT}</body></html>"
    assert article(html, "http://lianxi.example/news/a.html").published == "2024-03-04"


@pytest.mark.parametrize(
    "told",
    [
        "本报记者 廖书言 沈知夏<span>《 练江日报 》（ 2024年03月04日   第 01 版）</span>",
        "记者 廖书言 沈知夏 《练江日报》(2024年03月04日 第A03版)",
    ],
)
def test_where_and_when_it_was_printed_stands_below_a_newspapers_title(told: str) -> None:
    html = (
        f"<html><head><title>{TITLE}-练江日报</title></head><body><div>{_MENU}</div><div><h3>山货出山看乡村</h3><h1>{TITLE}</h1>"
        f"<p>{told}</p><div>{_LONG}</div></div>{FOOT}</body></html>"
    )
    found = article(html, "http://paper.lianxi.example/html/2024-03/04/nw.1.htm")
    assert (found.title, found.published, found.source) == (TITLE, "2024-03-04", "练江日报")
    assert found.authors == ("廖书言", "沈知夏")


def test_where_it_was_printed_told_below_the_text_outweighs_no_time_above_it() -> None:
    body = f"{_LONG}<p>《 练江日报 》（ 2024年03月03日 04 版）</p>"
    html = f"<html><body><div>{CRUMBS}</div><div><h2>{TITLE}</h2><p>2024-03-04 08:10</p><div>{body}</div></div>{FOOT}</body></html>"
    assert article(html, "http://lianxi.example/news/a.html").published == "2024-03-04T08:10+08:00"


@pytest.mark.parametrize("source", ["<p>来源丨练江组工</p>", "<div>来源：练江组工</div>"])
def test_the_day_under_a_signature_is_not_the_pages_time(source: str) -> None:
    signed = paragraphs(FIRST, SECOND, "练习区委组织部", "2024年3月4日") + source
    found = article(page(signed, info="<div>2024-03-04 10:20</div>"), "http://lianxi.example/p/312")
    assert (found.published, found.source) == ("2024-03-04T10:20+08:00", "练江组工")
    assert found.body.endswith("\n练习区委组织部\n2024年3月4日")


def test_time_and_source_below_a_short_notice_are_its_own() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>骆书言</td><td>桥头村</td></tr>" for n in range(1, 5))
    notice = (
        f"{paragraphs('经研究，现将入选名单予以公示，公示期为五个工作日，请予监督。')}<table>{rows}</table>"
    )
    found = article(
        page(notice + "<p>发布日期：2024-03-04　来源：练江日报</p><p>初审：甲乙　复审：丙丁</p>", info="")
    )
    assert (found.published, found.source) == ("2024-03-04", "练江日报")
    assert found.sections[0].paragraphs[0].startswith("经研究")


def test_a_source_in_cells_without_colons_needs_no_date() -> None:
    info = "<dl><dt>来源</dt><dd>练江日报</dd><dt>点击数</dt><dd>37</dd></dl>"
    assert article(page(_LONG, info=info)).source == "练江日报"


def test_a_source_alone_below_the_text_leaves_title_and_text_above_it() -> None:
    html = page(_LONG * 3 + "<p>来源：练江日报</p><p>责编：许禾</p>", info="").replace(
        "<title>练习区委组织部", f"<title>{TITLE}"
    )
    found = article(html, "http://lianxi.example/p/312")
    assert (found.title, found.source, found.published) == (TITLE, "练江日报", None)
    assert FIRST.strip("　") in found.body


@pytest.mark.parametrize(
    "catalogue",
    [
        (
            "<dl><dt>索引号</dt><dd>LX-2024-07</dd><dt>来源</dt><dd>区委组织部</dd><dt>生成日期</dt><dd>2024-03-01</dd>"
            "<dt>文号</dt><dd>无</dd><dt>主题词</dt><dd>党建</dd><dt>发布日期</dt><dd>2024-03-04 10:20</dd></dl>"
        ),
        (
            "<dl><div><dt>来源</dt><dd>区委组织部</dd></div><div><dt>成文日期</dt><dd>2024-03-01</dd></div>"
            "<div><dt>有效性</dt><dd>有效</dd></div><div><dt>公开时间</dt><dd>2024年3月4日 10:20</dd></div></dl>"
        ),
    ],
)
def test_a_catalogue_of_terms_is_read_to_its_end(catalogue: str) -> None:
    found = article(page(f"<div>{paragraphs(FIRST, SECOND, THIRD)}</div>", info=catalogue))
    assert (found.published, found.source) == ("2024-03-04T10:20+08:00", "区委组织部")
    assert found.body == "\n".join(text.strip("　") for text in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize("above", ["", paragraphs(FIRST)])
def test_a_list_of_terms_in_the_text_is_of_it(above: str) -> None:
    terms = "<dl><dt>名称</dt><dd>榕树下的书屋</dd><dt>主题词</dt><dd>小板凳</dd></dl>"
    told = article(page(f"<div>{above}{terms}{paragraphs(SECOND, THIRD)}</div>")).body
    assert "榕树下的书屋" in told
    assert "小板凳" in told
