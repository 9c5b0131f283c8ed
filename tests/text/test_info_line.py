import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.info_line import LABELS, InfoLine, read_info_line

# text, published, source, author, editor
LINES = [
    ("时间：2023-10-31 13:02:00  来源：县委组织部_Admin", "2023-10-31T13:02:00+08:00", "县委组织部_Admin", None, None),
    ("时间:2023-10-31 13:02:00\xa0\xa0来源:县委组织部_Admin", "2023-10-31T13:02:00+08:00", "县委组织部_Admin", None, None),
    ("发布时间:2018-08-22 发布单位:练江市文明办 浏览次数:12", "2018-08-22", "练江市文明办", None, None),
    (
        "信息来源：练江日报 发布日期：2023年10月31日 作者：沈知夏 编辑：阮小满 字号：[大 中 小] 打印",
        "2023-10-31", "练江日报", "沈知夏", "阮小满",
    ),
    ("2023-10-31 13:02 来源:练江日报 作者:沈知夏", "2023-10-31T13:02+08:00", "练江日报", "沈知夏", None),
    ("来源：练江日报 | 2023-10-31", "2023-10-31", "练江日报", None, None),
    ("[县发改局] 2023-10-31 字号：T | T", "2023-10-31", "县发改局", None, None),
    ("2023-10-31 09:12来源:练江日报发布于：广东省", "2023-10-31T09:12+08:00", "练江日报", None, None),
    ("2023-10-31 09:25 字号：A- A A+ 来源：练江日报 最后更新: 2023-11-02 08:00", "2023-10-31T09:25+08:00", "练江日报", None, None),
    ("成文日期：2023-10-01 更新时间：2023-10-31 来源：练江日报", "2023-10-31", "练江日报", None, None),
    ("【转发】 2023-10-31 字号：大 中 小", "2023-10-31", None, None, None),
    ("来源于：练江日报 2023-10-31", "2023-10-31", "练江日报", None, None),
    ("2024年05月10日06:58 | 来源：练江网－练江日报", "2024-05-10T06:58+08:00", "练江网－练江日报", None, None),
    ("来　源：练江日报　时 间：2023-10-31", "2023-10-31", "练江日报", None, None),
    ("来源： 作者：沈知夏", None, None, "沈知夏", None),
    ("来源： 作者： 2023-10-31", "2023-10-31", None, None, None),
    ("来源：-- 时间：2023-10-31", "2023-10-31", None, None, None),
    ("发布时间：2023-10-31 13:02来源：练江日报作者：沈知夏点击：12", "2023-10-31T13:02+08:00", "练江日报", "沈知夏", None),
    ("活动开幕 2024-05-15 08:58:52来源：练江网  打印  字大  字小  分享至手机", "2024-05-15T08:58:52+08:00", "练江网", None, None),
    ("来源：练江网-《练江日报》2024-05-20 03:15", "2024-05-20T03:15+08:00", "练江网-《练江日报》", None, None),
    ("本文来源于县统计局　2024-05-11 09:36:26", "2024-05-11T09:36:26+08:00", "县统计局", None, None),
    ("发布时间 2023-10-31 来源 练江日报 浏览 12", "2023-10-31", "练江日报", None, None),
    ("【字体：大 中 小】 发布时间：2023-10-31 来源：练江市人民政府（办公室）", "2023-10-31", "练江市人民政府（办公室）", None, None),
    ("来源：练江网 农村频道 打印本页 关闭窗口", None, "练江网 农村频道", None, None),
    ("来源：练江日报【打印】【关闭】", None, "练江日报", None, None),
    ("来源：打印", None, None, None, None),
    ("来源： 微信公众号“练江组工”", None, "微信公众号“练江组工”", None, None),
    ("2024-05-13 12:03:10 作者：沈知夏 来源:练江网 选稿：阮小满", "2024-05-13T12:03:10+08:00", "练江网", "沈知夏", "阮小满"),
    ("[2023-10-31] 来源：练江日报 责任编辑：沈知夏", "2023-10-31", "练江日报", None, "沈知夏"),
    ("更新时间：2023-11-02 发布时间：2023-10-31", "2023-10-31", None, None, None),
    ("发布于2023-10-31 13:02", "2023-10-31T13:02+08:00", None, None, None),
    ("日期：2023/10/31 14:00:00 点击：[123]", "2023-10-31T14:00:00+08:00", None, None, None),
    ("发布日期：2023-10-31 浏览次数： 字号：[ 大 中 小 ]", "2023-10-31", None, None, None),
    ("2023-10-31 13:02:00 分享到：", "2023-10-31T13:02:00+08:00", None, None, None),
    ("浏览次数：12次 时间：二〇二三年十月三十一日 来源：练江日报", "2023-10-31", "练江日报", None, None),
]  # fmt: skip

NONE_OF_IT = [
    "", "2023-10-31", "沈知夏", "会议时间：2023年10月31日上午9:00", "报名时间：2023年10月31日", "公示时间：2023年1月1日至5日",
    "时间：2023年10月31日 地点：三楼会议室", "记者获悉，数据来源：统计局", "时间：2023年10月31日。会议开始。",
    "作者：沈知夏", "编辑：阮小满", "来源广泛，形式多样", "截至2023年10月31日，全县共有党员三千名", "图片来源：练江日报",
    "5月30日，练江市发布提升计划及2023年“夺标”项目",
]  # fmt: skip


def _read(text: str) -> InfoLine:
    info = read_info_line(text)
    assert info is not None, text
    return info


@pytest.mark.parametrize(("text", "published", "source", "author", "editor"), LINES)
def test_a_line_is_read_by_its_labels(
    text: str, published: str | None, source: str | None, author: str | None, editor: str | None
) -> None:
    info = _read(text)
    assert (info.published.value if info.published else None) == published
    assert (info.source, info.author, info.editor) == (source, author, editor)


@pytest.mark.parametrize("text", NONE_OF_IT)
def test_other_texts_are_no_info_line(text: str) -> None:
    assert read_info_line(text) is None


def test_both_widths_of_punctuation_read_alike() -> None:
    text = "发布时间：2023-10-31 来源：练江日报 （县委）作者：沈知夏"
    narrow = text.replace("：", ":").replace("（", "(").replace("）", ")")
    assert _read(text).author == _read(narrow).author == "沈知夏"
    assert _read(text).published == _read(narrow).published


def test_a_labelled_time_that_is_no_date_is_kept_raw() -> None:
    published = _read("时间：2023年13月1日 来源：练江日报").published
    assert published is not None
    assert (published.value, published.raw) == (None, "2023年13月1日")
    relative = _read("时间：3天前 来源：练江日报").published
    assert relative is not None
    assert (relative.value, relative.raw) == (None, "3天前")


def test_all_labels_found_are_told_without_their_spaces() -> None:
    assert dict(_read("时 间：2023-10-31 来源： 点击：7").labels) == {
        "时间": "2023-10-31",
        "来源": "",
        "点击": "7",
    }


@pytest.mark.parametrize("label", [*LABELS["time"], *LABELS["source"]])
def test_every_time_and_source_label_is_known(label: str) -> None:
    kind = "time" if label in LABELS["time"] else "source"
    spread = "　".join(label)
    for shown in (f"{label}：2023-10-31", f"{label}:2023-10-31", f"{spread}：2023-10-31 点击：3"):
        info = _read(shown if kind == "time" else shown.replace("2023-10-31", "练江日报"))
        assert info.source == ("练江日报" if kind == "source" else None)
        assert (info.published is not None) == (kind == "time")


@pytest.mark.parametrize(
    ("text", "source", "people"),
    [
        ("时间：2023-10-31 来源：练江+ 记者 沈知夏 通讯员 阮小满", "练江+", "记者 沈知夏 通讯员 阮小满"),
        ("来源：练江日报记者 沈知夏 时间：2023-10-31", "练江日报", "记者 沈知夏"),
        ("2023-10-31 来源：练江日报社", "练江日报社", ""),
        ("2023-10-31 来源：记者之家", "记者之家", ""),
        ("2023-10-31 来源： 热度：0 点击：3", None, ""),
    ],
)
def test_people_named_behind_the_source_are_none_of_it(text: str, source: str | None, people: str) -> None:
    assert (_read(text).source, _read(text).people) == (source, people)


def test_a_label_does_not_take_the_end_of_the_value_before_it() -> None:
    read = _read("发布时间：2023-10-31 稿件来源：练江新闻 作者：沈知夏")
    assert (read.source, read.author) == ("练江新闻", "沈知夏")
    read = _read("2023-10-31 来源：练江网 网站编辑：沈知夏")
    assert (read.source, read.editor) == ("练江网", "沈知夏")


@given(st.text(alphabet="时间来源作者编辑：: 　2023-10月日|【】打印大中小报某"))
def test_nothing_raises(text: str) -> None:
    read_info_line(text)
