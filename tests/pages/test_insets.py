"""What stands between the paragraphs of a text without being of it: boxes of links, advertisements, bars, tables."""

from collections.abc import Callable

import pytest

from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs, reading

WHOLE = "\n".join(text.strip("　") for text in (FIRST, SECOND, THIRD))
LINKS = "<li><a href='/a/1.html'>邻村的祠堂里也摆上了小板凳</a></li><li><a href='/a/2.html'>一条水渠修了三十年</a></li>"

FRAMED = "<figure><img src='/u/1.jpg'><figcaption>村民在商量</figcaption></figure><h3>榕树底下定章程</h3>"
BOXES = {
    "aside": f"<aside><h4>相关阅读</h4><ul>{LINKS}</ul></aside>",
    "div": f"<div class='r'><div>相关新闻：</div><div><ul>{LINKS}</ul></div></div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize(
    "after", ["", "<h3>榕树底下定章程</h3>", "<figure><img src='/u/1.jpg'></figure>", FRAMED]
)
def test_a_box_of_links_between_paragraphs_does_not_end_the_text(box: str, after: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND) + box + after + paragraphs(THIRD)))
    assert found.body.replace("榕树底下定章程\n", "") == WHOLE
    assert len(found.images) == after.count("<img")


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_list_with_abstracts_below_the_text_ends_it(box: str) -> None:
    rows = "".join(
        f"<p><a href='/a/{n}.html'>第{n}条水渠修了三十年</a></p><p>清早，村民又来到渠边，商量着今年的修法。</p>"
        for n in (3, 4)
    )
    assert article(page(paragraphs(FIRST, SECOND, THIRD) + box + rows)).body == WHOLE


@pytest.mark.parametrize(
    "advertisement",
    [
        "<div><span>广告</span><a href='http://ad.example/'><img src='/ad.gif' width=640 height=80></a></div>",
        "<p><img src='/ad.gif'><br>推广</p>",
    ],
)
def test_an_advertisement_is_neither_picture_nor_heading(advertisement: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND) + advertisement + paragraphs(THIRD)))
    assert (found.body, found.images) == (WHOLE, ())


@pytest.mark.parametrize("wrapped", ["{}", "<section>{}</section>", "<div><div>{}</div></div>"])
def test_a_table_with_most_of_the_words_leaves_the_paragraphs_around_it(wrapped: str) -> None:
    cells = [("事项", "具体安排"), ("报名", FIRST * 4), ("考核", SECOND * 4)]
    rows = "".join(f"<tr><td>{name}</td><td>{text}</td></tr>" for name, text in cells)
    table = wrapped.format(f"<table>{rows}</table>")
    found = article(page(paragraphs(THIRD) + table + paragraphs("练习区委组织部", "2024年3月4日")))
    assert found.body == f"{THIRD.strip('　')}\n练习区委组织部\n2024年3月4日"


@pytest.mark.parametrize(
    "says", ["", "<p>您的浏览器不支持video标签，请升级浏览器。</p>", "<div>00:00/03:21倍速超清</div>"]
)
def test_a_page_with_nothing_but_its_bar_is_no_article(says: str) -> None:
    rows = "".join(f"<li><a href='/a/{n}.html'>第{n}条水渠修了三十年</a></li>" for n in range(6))
    bar = f"<div><h3>大家在看</h3><ol>{rows}</ol><img src='/t/1.jpg'><p>关注练江日报微信，第一时间知道身边的新鲜事。</p></div>"
    for url in ("http://lianxi.example/news/312.html", "http://lianxi.example/v/9.html"):
        assert reading(page(says + bar, info="<div>2024-03-04 10:20 来源：</div>"), url).article is None


def test_a_list_of_one_row_with_its_abstract_is_no_article() -> None:
    link = "<a href='/news/1.html'>{}</a>"
    abstract = f"<p>清早，村民又来到渠边，商量着今年的修法……{link.format('[详细]')}</p>"
    row = f"<ul><li><h3>{link.format('一条水渠修了三十年')}</h3>{abstract}<div>2024-03-04 10:20 来源：练江日报</div></li></ul>"
    html = page(row, title="<h1>理论</h1>", info="")
    assert reading(html, "http://lianxi.example/channel/7/p2.html").article is None


@pytest.mark.parametrize(
    "line", ["文/骆书言 图/许禾", "本报记者 骆书言", "撰文：骆书言 摄影：许禾 责编：安宁"]
)
def test_who_made_the_text_is_no_caption_of_its_last_picture(line: str) -> None:
    found = article(
        page(paragraphs(FIRST, SECOND) + f"<p align=center><img src='/u/1.jpg'></p><p>{line}</p>")
    )
    assert found.authors == ("骆书言",)
    assert (found.images[0].caption, found.images[0].credit) == (None, None)


@pytest.mark.parametrize("words", ["热词搜索：党建 基层", "标签：党建", "关键词：党建；基层"])
def test_key_words_below_a_text_are_none_of_it(words: str) -> None:
    links = "<p><strong>{}：</strong><a href='/s?k=1'>{}</a></p>".format(*words.split("："))
    for line in (f"<p>{words}</p>", links):
        assert article(page(paragraphs(FIRST, SECOND, THIRD) + line)).body == WHOLE


def test_what_a_site_says_of_itself_below_its_own_links_is_no_text() -> None:
    links = " | ".join(
        f"<a href='/{n}/'>{name}</a>" for n, name in enumerate(("关于我们", "联系方式", "版权声明"))
    )
    foot = f"<div><p>{links}</p><p>练江在线致力于为全区党员提供学习交流的平台，欢迎登录浏览，欢迎提出意见。</p></div>"
    url = "http://lianxi.example/show?id=6"
    assert reading(page(foot, info="<div>2024-03-04 来源：本站</div>"), url).article is None
    assert article(page(f"<div>{paragraphs(FIRST, SECOND, THIRD)}</div>{foot}"), url).body == WHOLE


@pytest.mark.parametrize(
    "between", ["", "<p align=center><img src='/u/1.jpg'></p>", "<p>本报记者 骆书言</p>"]
)
def test_an_abstract_taken_from_the_text_is_not_told_twice(between: str) -> None:
    abstract = f"<div>{FIRST.strip('　')[:30]}……</div>"
    assert article(page(f"{abstract}<div>{between}{paragraphs(FIRST, SECOND, THIRD)}</div>")).body == WHOLE


def test_a_first_paragraph_that_a_later_one_begins_with_stays() -> None:
    texts = (FIRST, SECOND, f"{FIRST}{THIRD.strip('　')}")
    assert len(article(page(paragraphs(*texts))).sections[0].paragraphs) == len(texts)


_PICTURES = {
    "one row": "<tr><td align=center><img src='/u/1.jpg'><br>村民在榕树下商量</td></tr>",
    "a row each": "<tr><td align=center><img src='/u/1.jpg'></td></tr><tr><td align=center>村民在榕树下商量</td></tr>",
    "a table of its own": "<tr><td><table align=center><tr><td><img src='/u/1.jpg'></td></tr><tr><td align=center>"
    "村民在榕树下商量</td></tr></table></td></tr>",
}
_CELLS = {
    "br": lambda *texts: "<br><br>".join(texts),
    "p": paragraphs,
    "indent": lambda *texts: "".join(f"<p style='text-indent:2em'>{text.strip('　')}</p>" for text in texts),
}


@pytest.mark.parametrize("picture", _PICTURES.values(), ids=_PICTURES)
@pytest.mark.parametrize("cell", _CELLS.values(), ids=_CELLS)
def test_a_row_parted_by_a_picture_from_that_with_most_of_the_text_is_of_it(
    cell: Callable[..., str], picture: str
) -> None:
    most = [f"　　第{n}晚，村民又坐到榕树下，商量修路的事，一直说到月亮升起。" for n in range(12)]
    for above, below in (((FIRST,), (SECOND, *most)), ((FIRST, *most), (SECOND,))):
        rows = f"<tr><td>{cell(*above)}</td></tr>{picture}<tr><td>{cell(*below)}</td></tr>"
        found = article(page(f"<table>{rows}</table>"))
        assert found.body == "\n".join(text.strip("　") for text in (*above, *below))
        assert [image.caption for image in found.images] == ["村民在榕树下商量"]


@pytest.mark.parametrize(
    "row",
    [
        "<tr><td><img src='/u/1.jpg'></td></tr><tr><td>村民说，<a href='/b'>小板凳</a>坐出了邻里新气象。</td></tr>",
        "<tr><td>练江日报社出版，每天早上送到，欢迎订阅。</td></tr>",
        "<tr><td><ul><li><a href='/b'>村民说</a></li></ul></td></tr><tr><td>　　练江日报社出版，欢迎订阅。</td></tr>",
    ],
)
def test_a_row_below_a_text_that_is_set_otherwise_or_linked_is_none_of_it(row: str) -> None:
    most = [f"　　第{n}晚，村民又坐到榕树下，商量修路的事，一直说到月亮升起。" for n in range(12)]
    table = f"<table><tr><td>{paragraphs(*most)}</td></tr>{row}</table>"
    assert article(page(table)).body == "\n".join(text.strip("　") for text in most)
