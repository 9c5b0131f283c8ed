import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.credits import split_caption

Told = tuple[str | None, str | None, str | None]
P = ("摄影", "沈知夏", None)
D = ("摄影", "沈知夏", "练江日报")

# caption, what stands between, credit as shown, what stands after, credits
CAPTIONS: list[tuple[str | None, str, str, str, list[Told]]] = [
    ("图为活动现场。", "", "练江日报见习记者/沈知夏 摄", "", [D]),
    ("图为活动现场。", "", "练江日报记者沈知夏摄", "", [D]),
    ("图为活动现场。", " ", "沈知夏摄", "", [P]),
    ("图为活动现场", " ", "沈知夏 摄", "", [P]),
    ("图为活动现场", "，", "沈知夏 摄", "", [P]),
    ("图为活动现场", "|", "沈知夏 摄", "", [P]),
    ("党员慰问老人", "，", "练江日报记者/沈知夏 摄", "", [D]),
    ("图为活动现场", "（", "沈知夏 摄", "）", [P]),
    ("图为活动现场。", "(", "图/沈知夏", ")", [P]),
    ("图为活动现场。", "（", "大沙镇党建办供图", "）", [("供图", None, "大沙镇党建办")]),
    ("图为活动现场", "（", "通讯员供图", "）", []),
    ("图为活动现场。", "", "受访者供图", "", []),
    ("活动现场", "（", "资料图片", "）", []),
    ("活动现场。", "", "摄影/沈知夏", "", [P]),
    ("活动现场", "", "摄影：沈知夏", "", [P]),
    ("村民在榕树下议事", "", "摄影:沈知夏 阮小满", "", [P, ("摄影", "阮小满", None)]),
    ("活动现场。", "", "图/练江日报记者 沈知夏", "", [D]),
    ("活动现场。", "", "沈知夏 阮小满 摄", "", [P, ("摄影", "阮小满", None)]),
    ("活动现场。", "", "沈知夏、阮小满摄影", "", [P, ("摄影", "阮小满", None)]),
    ("活动现场。", "", "练江日报记者 沈知夏 通讯员 阮小满 摄", "", [D, ("摄影", "阮小满", None)]),
    ("活动现场。", "", "图片来源：练江日报", "", [("图片来源", None, "练江日报")]),
    ("“中心城区”夜景。", "", "沈知夏 航拍", "", [P]),
    ("农忙时节。", "", "新江社发（沈知夏摄）", "", [("摄影", "沈知夏", "新江社")]),
    ("图为活动现场。", "", "练江日报记者 沈知夏", "", [D]),
    ("图为活动现场。", "", "囧知夏 摄", "", [("摄影", "囧知夏", None)]),
    (None, "", "新江社发（沈知夏摄）", "", [("摄影", "沈知夏", "新江社")]),
    (None, "", "摄影：沈知夏", "", [P]),
    (None, "（", "沈知夏 供图", "）", [("供图", "沈知夏", None)]),
    (None, "(", "通讯员供图", ")", []),
    (None, "", "沈知夏 摄", "", [P]),
    (None, "", "图片由大沙镇党建办提供", "", [("供图", None, "大沙镇党建办")]),
]

WITHOUT = [
    "大沙镇坚持开展“夺标”行动", "记者们在现场拍摄。", "村民拍手称快", "为企业提供优质服务", "他喜欢摄影", "图为沈知夏在拍摄",
    "图1 培训现场", "本报记者 沈知夏", "文/练江日报记者 沈知夏 通讯员 阮小满", "作者：沈知夏 编辑：阮小满", "编辑：沈知夏",
    "党员在学习。", "活动由大沙镇提供，记者沈知夏到场", "会议强调，要加强领导。记者 沈知夏", "微距摄影：露珠",
    "村民学习纪实摄影：村里的老人", "大沙镇一等奖特约摄影：沈知夏",
]  # fmt: skip


@pytest.mark.parametrize(("caption", "between", "credit", "after", "told"), CAPTIONS)
def test_a_caption_is_parted_from_its_credit(
    caption: str | None, between: str, credit: str, after: str, told: list[Told]
) -> None:
    shown = split_caption(f"{caption or ''}{between}{credit}{after}")
    assert shown[:2] == (caption, credit)
    assert [(one.role, one.name, one.organization) for one in shown[2]] == told
    assert all(one.raw == credit for one in shown[2])


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("△ 俯瞰新村 沈知夏摄", "△ 俯瞰新村", "沈知夏摄"),
        ("俯瞰大沙社区 沈知夏/摄", "俯瞰大沙社区", "沈知夏/摄"),
        ("▲ 摄影：沈知夏", "▲", "摄影：沈知夏"),
        ("（图为阮小满（左二）在现场。沈知夏摄）", "图为阮小满（左二）在现场。", "沈知夏摄"),
        ("（图为启动仪式现场。沈知夏摄）", "图为启动仪式现场。", "沈知夏摄"),
        ("志愿者清理河道（练江融媒记者 沈知夏 摄）", "志愿者清理河道", "练江融媒记者 沈知夏 摄"),
        ("志愿者清理河道（练江组工记者 沈知夏 摄）", "志愿者清理河道", "练江组工记者 沈知夏 摄"),
    ],
)
def test_a_view_or_a_mark_is_not_taken_for_who_took_it(text: str, caption: str, credit: str) -> None:
    assert split_caption(text)[:2] == (caption, credit)


@pytest.mark.parametrize("text", WITHOUT)
def test_a_text_without_a_photographer_stays_whole(text: str) -> None:
    assert split_caption(text) == (text, None, ())


def test_nothing_has_neither_caption_nor_credit() -> None:
    assert split_caption("　\xa0") == (None, None, ())


@given(st.text(alphabet="图为现场。沈知夏阮 摄/（）()供图记者练江日报发，：提供"))
def test_nothing_raises(text: str) -> None:
    split_caption(text)
