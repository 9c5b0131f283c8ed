"""What portals put after, above and into an article's text is none of it."""

import pytest

from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs

_TEXT = paragraphs(FIRST, SECOND, THIRD)
_PARAGRAPHS = tuple(text.strip("　") for text in (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    "after",
    [
        "<h3>全部评论 23条</h3><ul><li>榕树下的张三</li><li>昨天 22:17</li><li>这件事办得真好，希望我们村也能学一学。</li></ul>",
        "<div><h4>最新评论</h4></div><div>李四：路修好了，出门不用再踩泥，谢谢大家。</div>",
        "<div><a href='#c'>51</a>条评论|1,036人参与网友评论</div><p>我觉得，这样的会应该多开，大家都来说。</p>",
        "<div><p>请遵守法律法规，文明发言，理性评论，不发与本文无关的话。</p><p>说得好，支持，希望一直办下去。</p></div>",
        "<h4>小编最近文章</h4><div>榕树下的夜校，一办就是三十年，村民都说好。2015-09-22</div>",
        "<h2>为你推荐</h2><dl><dd>今天是节前最后一天，村里的集市比往日早开了一个时辰。</dd><dd>2019-09-30 07:42</dd></dl>",
        "<p>声明：所载数字由各村报来，核对虽勤，难免有误，仅供参考，不构成任何承诺。</p>",
        "<div>相关解读：<a href='/j'>《桥头村议事办法》解读</a></div><p>议事办法说明了谁来议、怎么议、议什么。</p>",
        "<p>延伸 · 推荐</p><p>邻村也搬来了小板凳，<a href='/b'>村民说</a>，坐下来才好说话。</p>",
        "<div class='x'>图集</div>",
        "<div>练江财经广告合作，<a href='/ad'>请点击这里</a><br>欢迎来电，我们将竭诚服务，期待与您合作。</div>",
        "<p>此内容为练江财经原创，版权归本社，想用的请先来信说一声。</p>",
    ],
)
def test_readers_words_and_recommendations_are_none_of_the_text(after: str) -> None:
    assert article(page(f"<div>{_TEXT}</div>{after}")).sections[0].paragraphs == _PARAGRAPHS


@pytest.mark.parametrize(
    "sentence",
    [
        "最新评论员文章指出，要把小板凳坐到群众心坎上。",
        "请自觉遵守国家法律和相关规定，按号入座，服从现场工作人员安排。",
        "三条评论是他写的，他说，写评论也是参与村里的事。",
        "全部评论由村里的老教师过目，他一字一句地看，看完再贴上墙。",
    ],
)
def test_sentences_about_comments_and_rules_are_text(sentence: str) -> None:
    assert sentence in article(page(f"<div>{_TEXT}{paragraphs(sentence)}</div>")).sections[0].paragraphs


def test_related_links_above_the_text_do_not_end_it() -> None:
    inset = (
        "<p><strong>相关新闻：</strong></p><p><strong><a href='/b1'>桥头村的榕树又发新芽</a></strong></p>"
        "<p><strong><a href='/b2'>村民商量修路的那些晚上</a></strong></p>"
    )
    found = article(page(f"<div><p>下面是记者今天傍晚看到的。</p>{inset}{_TEXT}</div>"))
    assert found.sections[0].paragraphs == ("下面是记者今天傍晚看到的。", *_PARAGRAPHS)


def test_related_links_below_the_text_end_it_whatever_follows() -> None:
    after = (
        "<p><strong>相关新闻：</strong></p><p><a href='/b1'>桥头村的榕树又发新芽</a></p>"
        "<p>邻村的小板凳也坐满了人，村民说，有话当面说。</p>"
    )
    assert article(page(f"<div>{_TEXT}{after}</div>")).sections[0].paragraphs == _PARAGRAPHS


def test_an_offer_of_the_sites_own_program_is_no_paragraph() -> None:
    offer = "<p>安装练江日报客户端第一时间看最全面的新闻→<a href='/app'>【下载地址】</a></p>"
    assert article(page(f"<div>{offer}{_TEXT}</div>")).sections[0].paragraphs == _PARAGRAPHS
    advice = "下载安装反诈中心App，是村里老人学会的第一件事，也是小板凳上说得最多的话。"
    assert advice in article(page(f"<div>{_TEXT}{paragraphs(advice)}</div>")).sections[0].paragraphs


@pytest.mark.parametrize("tag", ["p", "div"])
def test_linked_rows_that_the_text_goes_on_around_are_of_it(tag: str) -> None:
    rows = (
        "▶ 典型案例丨<a href='/c1'>桥头村的小板凳坐出邻里新气象</a>",
        "▶ <a href='/c2'>一图读懂桥头村议事办法</a>",
    )
    parts = (FIRST, SECOND, *rows, "<b>二、接着再议</b>", THIRD)
    body = "".join(f"<{tag}>{part}</{tag}>" for part in parts)
    told = article(page(f"<div>{body}</div>")).body
    assert "▶ 典型案例丨桥头村的小板凳坐出邻里新气象\n▶ 一图读懂桥头村议事办法" in told


@pytest.mark.parametrize(
    "rows",
    [
        "<p><b>相关新闻：</b></p><p><a href='/c1'>桥头村的榕树又发新芽</a></p><p><a href='/c2'>村民商量修路的晚上</a></p>",
        "<ul><li><a href='/c1'>桥头村的榕树又发新芽</a></li><li><a href='/c2'>村民商量修路的晚上</a></li></ul>",
    ],
)
def test_related_rows_set_into_the_text_are_none_of_it(rows: str) -> None:
    found = article(page(f"<div>{paragraphs('下面是今天傍晚看到的。')}{rows}{_TEXT}</div>"))
    assert "榕树又发新芽" not in found.body
    assert _PARAGRAPHS[-1] in found.body


def test_editors_in_the_foots_own_element_are_credited() -> None:
    foot = (
        "<div><div>责任编辑：廖书言</div><div>校对：沈知夏</div><div>练江新闻，未经授权不得转载</div></div>"
    )
    found = article(page(f"<div>{_TEXT}</div>{foot}"))
    assert [(credit.role, credit.name) for credit in found.credits] == [
        ("责任编辑", "廖书言"),
        ("校对", "沈知夏"),
    ]
    assert found.sections[0].paragraphs == _PARAGRAPHS


def test_a_link_back_glued_to_the_source_below_the_text_is_none_of_the_source() -> None:
    glued = "<p>来源：练江日报<a href='/'><span>返回练江，查看更多</span></a></p>"
    found = article(page(f"<div>{_TEXT}{glued}</div>"))
    assert (found.origin, [credit.raw for credit in found.credits]) == ("练江日报", ["来源：练江日报"])


def test_an_info_line_below_a_title_that_has_its_catalogue_above_is_no_paragraph() -> None:
    catalogue = (
        "<table><tr><td>索引号：</td><td>006939000/2024-00012</td><td>分类：</td><td>通知</td></tr><tr><td>发布机构：</td>"
        "<td>练习区办</td><td>发布日期：</td><td>2024-03-04</td></tr></table>"
    )
    again = "<div>发布日期：2024-03-04　浏览次数：1　【字体：大 中 小】</div>"
    found = article(page(f"{again}{_TEXT}", info="", title=f"{catalogue}<h1>桥头村议事办法印发通知</h1>"))
    assert (found.title, found.published) == ("桥头村议事办法印发通知", "2024-03-04")
    assert found.sections[0].paragraphs == _PARAGRAPHS


def test_a_time_of_an_event_that_opens_the_text_is_a_paragraph() -> None:
    event = "时间：2024年3月8日9:00"
    assert event in article(page(f"<div>{paragraphs(event)}{_TEXT}</div>")).body
