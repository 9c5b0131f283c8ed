import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.credits import read_dateline, read_trailing_credit

Told = tuple[str | None, str | None, str | None]
S, R = ("记者", "沈知夏", "练江日报"), ("通讯员", "阮小满", None)

# dateline as shown, what follows, credits, origin
DATELINES: list[tuple[str, str, list[Told], str | None]] = [
    ("练江网10月4日讯（记者沈知夏 整合）", "长假过半，江边人多。", [("记者", "沈知夏", "练江网")], "练江网"),
    ("练江日报讯记者沈知夏报道", " 9月3日,全市召开会议。", [S], "练江日报"),
    ("练江日报讯(记者/沈知夏 通讯员/阮小满)", "昨日,全市召开会议。", [S, R], "练江日报"),
    ("练江日报讯（记者/沈知夏 通讯员/基石）", "昨日，", [S, ("通讯员", "基石", None)], "练江日报"),
    ("练江日报讯 （记者 沈知夏 文/图）", "近日，", [S], "练江日报"),
    ("练江日报讯（记者/沈知夏 图/阮小满）", "近日，", [S, ("摄影", "阮小满", None)], "练江日报"),
    ("练江日报讯 记者沈知夏、通讯员阮小满报道", "：昨日，", [S, R], "练江日报"),
    ("练江日报讯 通讯员 阮小满 报道", " 昨日，", [R], "练江日报"),
    ("某报讯 通讯员 阮小满 报道", " 昨日，", [R], "某报"),
    ("练江日报讯 记者 沈知夏 通讯员 基石", " 9月3日，", [S, ("通讯员", "基石", None)], "练江日报"),
    ("练江日报讯记者沈知夏", " 大沙镇昨日召开会议。", [S], "练江日报"),
    ("练江日报讯记者沈知夏阮小满庄予安报道", " 9月3日,", [("记者", None, "练江日报")], "练江日报"),
    ("练江日报讯记者沈知夏阮小满庄予安", " 9月3日,", [("记者", None, "练江日报")], "练江日报"),
    ("练江日报讯（记者囧知夏）", "昨日，", [("记者", "囧知夏", "练江日报")], "练江日报"),
    ("【练江日报讯】（记者 沈知夏）", "昨日，", [S], "练江日报"),
    ("本报讯（记者 沈知夏）", "昨日，", [("记者", "沈知夏", None)], None),
    ("本报讯 记者沈知夏 通讯员阮小满报道", " 昨日，", [("记者", "沈知夏", None), R], None),
    ("（本报记者 沈知夏 通讯员 阮小满）", "昨日，", [("记者", "沈知夏", None), R], None),
    ("（记者/沈知夏）", "昨日，", [("记者", "沈知夏", None)], None),
    ("新江社南岸5月19日电（记者沈知夏、廖映川）", "全市召开会议。",
     [("记者", "沈知夏", "新江社"), ("记者", "廖映川", "新江社")], "新江社"),
    ("新江社南岸5月19日电（沈知夏、廖映川）", "会议。", [(None, "沈知夏", "新江社"), (None, "廖映川", "新江社")], "新江社"),
    ("据新江社南岸5月19日电", " 全市召开会议。", [], "新江社"),
    ("练江网5月13日讯", " 据消息，", [], "练江网"),
    ("练江日报讯", " 5月19日，", [], "练江日报"),
    ("练江网记者沈知夏5月13日报道", "：全市", [("记者", "沈知夏", "练江网")], "练江网"),
    ("练江日报全媒体记者沈知夏、通讯员阮小满报道", "：昨日", [("全媒体记者", "沈知夏", "练江日报"), R], "练江日报"),
    ("练江融媒讯（首席记者 沈知夏 见习记者 阮小满）", "昨日",
     [("首席记者", "沈知夏", "练江融媒"), ("见习记者", "阮小满", "练江融媒")], "练江融媒"),
]  # fmt: skip

SENTENCES = [
    "", "记者从县委组织部获悉，全县将开展培训。", "本报讯记者昨日从县委获悉，", "本报讯 记者从县委、县政府获悉，", "本网讯 昨日，",
    "多家媒体记者前来采访报道。", "记者多次深入一线采访报道，得到好评。", "网络通讯技术发展很快。", "据了解，5月19日电力部门抢修。",
    "昨日，记者沈知夏来到大沙镇，采访报道了此事。", "县融媒体中心记者沈知夏说，报道很重要。", "公安局讯问了三人。", "（见图）昨日，",
    "（来源：练江日报）昨日，", "记者沈知夏的报道引起关注。", "巩固党对基层治理的领导。", "（一）加强党的领导。", "情报讯息汇总。",
]  # fmt: skip

ENDINGS: list[tuple[str, list[Told], str | None]] = [
    ("（记者 沈知夏 通讯员 阮小满）", [("记者", "沈知夏", None), R], None),
    ("（练江日报记者 沈知夏）", [S], "练江日报"),
    ("（练江组工记者 沈知夏）", [("记者", "沈知夏", "练江组工")], "练江组工"),
    ("(责编：沈知夏)", [("责编", "沈知夏", None)], None),
    ("（来源：练江日报）", [("来源", None, "练江日报")], "练江日报"),
    ("（大沙镇党建办 供稿）", [("供稿", None, "大沙镇党建办")], None),
    ("【编辑：沈知夏】", [("编辑", "沈知夏", None)], None),
    ("（文/沈知夏 图/阮小满）", [("文", "沈知夏", None), ("摄影", "阮小满", None)], None),
]


@pytest.mark.parametrize(("shown", "rest", "told", "origin"), DATELINES)
def test_a_dateline_is_read(shown: str, rest: str, told: list[Told], origin: str | None) -> None:
    line = read_dateline(f"　　{shown}{rest}")
    assert line is not None
    assert [(credit.role, credit.name, credit.organization) for credit in line.credits] == told
    assert (line.origin, line.raw) == (origin, shown)
    assert all(credit.raw == shown for credit in line.credits)


@pytest.mark.parametrize("text", SENTENCES)
def test_an_ordinary_paragraph_has_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("head", "house"),
    [
        ("练江组工讯", "练江组工"),
        ("练江发布1月16日电", "练江发布"),
        ("练江市新闻传媒中心1月16日电", "练江市新闻传媒中心"),
        ("练江融媒讯", "练江融媒"),
    ],
)
def test_a_house_is_whole_whatever_it_is_called(head: str, house: str) -> None:
    found = read_dateline(f"{head}（记者沈知夏、阮小满）昨日，大沙镇召开会议。")
    assert found is not None
    assert found.origin == house
    assert [(one.name, one.organization) for one in found.credits] == [("沈知夏", house), ("阮小满", house)]


@pytest.mark.parametrize(("bracket", "told", "origin"), ENDINGS)
def test_a_last_bracket_of_credits_is_parted_from_the_text(
    bracket: str, told: list[Told], origin: str | None
) -> None:
    for end in ("", "。"):
        found = read_trailing_credit(f"　　为发展提供保障。{bracket}{end}")
        assert found is not None
        text, line = found
        assert text == "为发展提供保障。"
        assert [(credit.role, credit.name, credit.organization) for credit in line.credits] == told
        assert (line.origin, line.raw) == (origin, bracket)


@pytest.mark.parametrize(
    "bracket",
    ["（完）", "（见图）。", "（沈知夏）", "（以下简称“条例”）。", "（作者系县委党校教师）", "（5月1日）"],
)
def test_a_last_bracket_of_words_stays(bracket: str) -> None:
    assert read_trailing_credit(f"为发展提供保障{bracket}") is None


def test_a_bracket_alone_is_no_ending() -> None:
    assert read_trailing_credit("（记者 沈知夏）") is None


@given(st.text(alphabet="练江日报讯记者通讯员/：（）() 　9月3日电沈知夏阮报道，。"))
def test_nothing_raises(text: str) -> None:
    read_dateline(text)
    read_trailing_credit(text)
