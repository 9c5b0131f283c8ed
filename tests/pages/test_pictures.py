"""Pictures come with their captions and photographers; furniture's pictures do not come at all."""

import pytest

from nanhai_crawler.items import Attachment, Credit, Image
from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs

PICTURE = '<p style="text-align:center"><img src="/u/1.jpg"></p>'
URL = "http://lianxi.example/u/1.jpg"


@pytest.mark.parametrize(
    ("under", "caption", "credit"),
    [
        (
            "<p>村民坐在小板凳上议事。练江日报见习记者/廖书言 摄</p>",
            "村民坐在小板凳上议事。",
            "练江日报见习记者/廖书言 摄",
        ),
        ("<p>村民坐在小板凳上议事</p>", "村民坐在小板凳上议事", None),
        (
            "<p>&nbsp;</p><p>村民坐在小板凳上议事（通讯员供图）</p><p>&nbsp;</p>",
            "村民坐在小板凳上议事",
            "通讯员供图",
        ),
        ("<p style='text-align:center'>村民坐在小板凳上议事。</p>", "村民坐在小板凳上议事。", None),
        ("<figcaption>　　村民坐在小板凳上议事</figcaption>", "村民坐在小板凳上议事", None),
        ("", None, None),
    ],
)
def test_what_stands_under_a_picture_is_its_caption(
    under: str, caption: str | None, credit: str | None
) -> None:
    found = article(page(paragraphs(FIRST) + PICTURE + under + paragraphs(SECOND)))
    assert found.images == (Image(url=URL, caption=caption, credit=credit),)
    assert found.body == "\n".join(text.strip("　") for text in (FIRST, SECOND))


def test_a_photographer_is_credited_and_is_no_author() -> None:
    body = PICTURE + "<p>村民在议事。练江日报记者/廖书言 摄</p>" + paragraphs(FIRST, SECOND)
    found = article(page(body))
    assert found.credits == (
        Credit(role="摄影", name="廖书言", organization="练江日报", raw="练江日报记者/廖书言 摄"),
    )
    assert (found.authors, found.origin) == ((), "练江日报")


@pytest.mark.parametrize(
    "img",
    [
        '<img src="/skin/doc.gif" width=16 height=16>',
        '<img src="/images/share_icon.png">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<div style="display:none"><img src="/u/print.jpg"></div>',
    ],
)
def test_icons_and_hidden_pictures_are_not_the_articles(img: str) -> None:
    assert article(page(paragraphs(FIRST) + img + paragraphs(SECOND))).images == ()


def test_a_lazy_picture_is_where_its_data_says() -> None:
    lazy = '<p><img src="/skin/blank.gif" data-src="/u/1.jpg"></p>'
    assert [image.url for image in article(page(paragraphs(FIRST) + lazy + paragraphs(SECOND))).images] == [
        URL
    ]


def test_a_paragraph_beside_a_picture_stays_a_paragraph() -> None:
    beside = (
        '<p><img src="/u/1.jpg" class="left">在随后的会上，村民提了意见。村干部一一作答，会开到很晚。</p>'
    )
    found = article(page(paragraphs(FIRST) + beside + paragraphs(SECOND)))
    assert found.images == (Image(url=URL, caption=None, credit=None),)
    assert "在随后的会上，村民提了意见。村干部一一作答，会开到很晚。" in found.body


@pytest.mark.parametrize(
    ("line", "name", "media_type"),
    [
        ('<p>附件：<a href="/u/a.pdf">议事规则.pdf</a></p>', "议事规则.pdf", "application/pdf"),
        ('<p>附件1：<a href="/u/a.pdf">点击下载</a></p>', "点击下载", "application/pdf"),
        ('<ul><li><a href="/u/a.pdf" title="议事规则">下载</a></li></ul>', "议事规则", "application/pdf"),
    ],
)
def test_a_file_is_offered_under_the_name_shown_and_its_line_is_no_paragraph(
    line: str, name: str, media_type: str
) -> None:
    found = article(page(paragraphs(FIRST, SECOND) + line))
    assert found.attachments == (
        Attachment(url="http://lianxi.example/u/a.pdf", name=name, media_type=media_type),
    )
    assert found.body == "\n".join(text.strip("　") for text in (FIRST, SECOND))


def test_a_file_at_an_address_without_ending_is_known_by_its_name() -> None:
    line = '<p>　　附件：<a href="/download.jsp?id=3">岗位表.xlsx</a></p>'
    (found,) = article(page(paragraphs(FIRST, SECOND) + line)).attachments
    assert found.name == "岗位表.xlsx"
    assert found.media_type is not None
    assert found.media_type.endswith("spreadsheetml.sheet")


def test_captions_in_the_row_below_a_row_of_pictures_go_by_column() -> None:
    table = (
        '<table><tr><td><img src="/u/1.jpg"></td><td><img src="/u/2.jpg"></td></tr>'
        "<tr><td>议事前的榕树下</td><td>议事后的榕树下　练江日报记者/廖书言 摄</td></tr></table>"
    )
    found = article(page(paragraphs(FIRST) + table + paragraphs(SECOND)))
    assert [(image.caption, image.credit) for image in found.images] == [
        ("议事前的榕树下", None),
        ("议事后的榕树下", "练江日报记者/廖书言 摄"),
    ]


def test_a_centred_line_that_says_so_above_a_picture_is_its_caption() -> None:
    above = "<p align=center>（图1：榕树下的小板凳）</p>" + PICTURE
    found = article(page(paragraphs(FIRST) + above + paragraphs(SECOND)))
    assert [image.caption for image in found.images] == ["（图1：榕树下的小板凳）"]
    assert found.section_headings == ()


@pytest.mark.parametrize(
    "frame",
    [
        '<div><img src="/u/1.jpg"><div>村民坐在小板凳上议事。</div></div>',
        '<div><div><img src="/u/1.jpg"></div><div>村民坐在小板凳上议事。</div></div>',
    ],
)
def test_what_an_element_holds_with_a_picture_alone_is_its_caption(frame: str) -> None:
    plain = [text.strip("　") for text in (FIRST, SECOND)]
    found = article(page(paragraphs(plain[0]) + frame + paragraphs(plain[1])))
    assert [image.caption for image in found.images] == ["村民坐在小板凳上议事。"]
    assert found.body == "\n".join(plain)


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        (["二、板凳上说话"], "二、板凳上说话"),
        (["摆好“小板凳”", "让村民把话说完"], "摆好“小板凳” 让村民把话说完"),
    ],
)
def test_a_heading_under_a_picture_is_no_caption(lines: list[str], heading: str) -> None:
    plain = [text.strip("　") * 2 for text in (FIRST, SECOND)]
    body = paragraphs(plain[0]) + '<div><img src="/u/1.jpg"></div>' + paragraphs(*lines, plain[1])
    found = article(page(body))
    assert found.section_headings == (heading,)
    assert [image.caption for image in found.images] == [None]


def test_a_picture_in_a_table_between_title_and_text_keeps_its_caption() -> None:
    table = '<table><tr><td><img src="/u/1.jpg"></td></tr><tr><td>村民在议事。本报记者 廖书言 摄</td></tr></table>'
    found = article(page(f"<div>{table}</div><div>{paragraphs(FIRST, SECOND)}</div>"))
    assert [(image.caption, image.credit) for image in found.images] == [
        ("村民在议事。", "本报记者 廖书言 摄")
    ]


def test_files_whose_names_stand_in_the_query_are_attachments() -> None:
    files = "<div>附件下载：<a href='/down.jsp?id=1&n=a.doc'>1.报名表</a><br><a href='/down.jsp?id=2'>2.名单</a></div>"
    found = article(page(paragraphs(FIRST, SECOND) + files))
    assert [(file.name, file.url.rpartition("?")[2]) for file in found.attachments] == [
        ("1.报名表", "id=1&n=a.doc"),
        ("2.名单", "id=2"),
    ]


@pytest.mark.parametrize(
    "under",
    [
        "(责编：廖书言、沈知夏)",
        "责任编辑：廖书言",
        "【纠错】责任编辑：廖书言",
        "主办单位：练习区纪委 版权所有",
    ],
)
def test_who_put_the_page_on_line_is_no_caption_of_a_picture_above(under: str) -> None:
    found = article(
        page(f"<div>{paragraphs(FIRST, SECOND)}</div><p><img src='/u/1.jpg'></p><div>{under}</div>")
    )
    assert [image.caption for image in found.images] == [None] * len(found.images)


def test_a_line_framed_with_its_picture_is_its_caption_however_deep_the_picture() -> None:
    picture = "<section><section><section><img src='/u/1.jpg'></section></section>{}</section>"
    picture = picture.format("<section><span>议事亭成了村民的会客厅。</span></section>")
    found = article(page(paragraphs(FIRST, SECOND) + picture))
    assert found.images[0].caption == "议事亭成了村民的会客厅。"


_DRESSED = "<p style='text-align:center'><span style='font-size:20px'>{}</span></p>"


def test_a_heading_under_an_uncaptioned_picture_is_no_caption() -> None:
    body = (
        paragraphs(FIRST)
        + _DRESSED.format("小板凳上议大事")
        + paragraphs(SECOND)
        + "<p align=center><img src='/u/1.jpg'></p>"
    )
    found = article(page(body + _DRESSED.format("榕树底下定章程") + paragraphs(THIRD)))
    assert found.section_headings == ("小板凳上议大事", "榕树底下定章程")
    assert found.images[0].caption is None


def test_what_says_above_a_picture_that_it_is_its_caption_is_believed() -> None:
    body = (
        paragraphs(FIRST)
        + "<div align=center>图1：村民正在商量</div><div align=center><img src='/u/1.jpg'></div>"
    )
    found = article(page(body + "<div align=center>榕树底下定章程</div>" + paragraphs(SECOND)))
    assert "村民正在商量" in (found.images[0].caption or "")
    assert "榕树底下定章程" in found.body


def test_a_sentence_alone_in_a_linked_pictures_table_is_its_caption() -> None:
    table = "<table><tr><td><a href='/u/1_b.jpg'><img src='/u/1.jpg'></a></td></tr><tr><td>议事亭成了村民的会客厅。</td></tr></table>"
    found = article(page(paragraphs(FIRST) + table + paragraphs(SECOND)))
    assert found.images[0].caption == "议事亭成了村民的会客厅。"


@pytest.mark.parametrize(
    "caption",
    [
        "村民坐在小板凳上议事<small>沈知夏 摄</small>",
        "<span>村民坐在小板凳上议事</span><span>沈知夏 摄</span>",
        "<b>村民坐在小板凳上议事</b>\n<cite><i>沈知夏 摄</i></cite>\n",
    ],
)
def test_a_credit_in_an_element_of_its_own_at_a_captions_end_is_parted(caption: str) -> None:
    figure = f"<figure><img src='/u/1.jpg'><figcaption>{caption}</figcaption></figure>"
    image = article(page(f"<div>{paragraphs(FIRST)}{figure}{paragraphs(SECOND, THIRD)}</div>")).images[0]
    assert (image.caption, image.credit) == ("村民坐在小板凳上议事", "沈知夏 摄")


@pytest.mark.parametrize("caption", ["村民在<em>榕树下</em>", "图为小板凳会<i>记者们在拍摄</i>"])
def test_what_names_nobody_at_a_captions_end_is_of_it(caption: str) -> None:
    figure = f"<figure><img src='/u/1.jpg'><figcaption>{caption}</figcaption></figure>"
    image = article(page(f"<div>{paragraphs(FIRST)}{figure}{paragraphs(SECOND, THIRD)}</div>")).images[0]
    assert image.credit is None
    assert image.caption is not None
    assert " " not in image.caption
