import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.credits import CreditLine, read_credit_line

CENTRE = "练江市融媒体中心"
Told = tuple[str | None, str | None, str | None]

LINES: list[tuple[str, list[Told], str | None]] = [
    (f"文/{CENTRE}记者 沈知夏 通讯员 阮小满", [("记者", "沈知夏", CENTRE), ("通讯员", "阮小满", None)], CENTRE),
    (f"文／{CENTRE}记者沈知夏 通讯员阮小满", [("记者", "沈知夏", CENTRE), ("通讯员", "阮小满", None)], CENTRE),
    (f"　　文/{CENTRE}记者　沈知夏　通讯员　阮小满", [("记者", "沈知夏", CENTRE), ("通讯员", "阮小满", None)], CENTRE),
    ("文/图 练江日报记者 沈知夏 廖映川", [("记者", "沈知夏", "练江日报"), ("记者", "廖映川", "练江日报")], "练江日报"),
    ("文/图 某报记者 沈知夏", [("记者", "沈知夏", "某报")], "某报"),
    (
        "(记者 沈知夏 通讯员 阮小满、庄予安)",
        [("记者", "沈知夏", None), ("通讯员", "阮小满", None), ("通讯员", "庄予安", None)],
        None,
    ),
    ("（来源：练江日报 记者：沈知夏）", [("来源", None, "练江日报"), ("记者", "沈知夏", None)], "练江日报"),
    ("责任编辑：沈知夏", [("责任编辑", "沈知夏", None)], None),
    ("【责任编辑：沈知夏】", [("责任编辑", "沈知夏", None)], None),
    ("责任编辑：沈知夏_AB1024", [("责任编辑", "沈知夏", None)], None),
    (
        "本文来源：练江日报责任编辑：沈知夏_CD2048",
        [("本文来源", None, "练江日报"), ("责任编辑", "沈知夏", None)],
        "练江日报",
    ),
    ("(责编：沈知夏、阮小满)", [("责编", "沈知夏", None), ("责编", "阮小满", None)], None),
    ("责编：沈知夏 ]", [("责编", "沈知夏", None)], None),
    ("编辑：文晚", [("编辑", "文晚", None)], None),
    ("编 辑：沈知夏  校 对：阮小满", [("编辑", "沈知夏", None), ("校对", "阮小满", None)], None),
    ("供稿：练江支部", [("供稿", None, "练江支部")], None),
    ("供稿：大沙镇党建办 庄予安", [("供稿", "庄予安", "大沙镇党建办")], None),
    ("（县委组织部供稿）", [("供稿", None, "县委组织部")], None),
    ("县委组织部 供稿", [("供稿", None, "县委组织部")], None),
    ("沈知夏 供稿", [("供稿", "沈知夏", None)], None),
    ("撰稿：沈知夏", [("撰稿", "沈知夏", None)], None),
    ("摄影：沈知夏", [("摄影", "沈知夏", None)], None),
    ("图/沈知夏", [("摄影", "沈知夏", None)], None),
    ("文/沈知夏 图/阮小满", [("文", "沈知夏", None), ("摄影", "阮小满", None)], None),
    ("沈知夏/文 阮小满/图", [("文", "沈知夏", None), ("摄影", "阮小满", None)], None),
    ("本报记者 沈知夏 文 阮小满 摄", [("记者", "沈知夏", None), ("摄影", "阮小满", None)], None),
    ("文图/沈知夏", [("文", "沈知夏", None)], None),
    ("图/文：沈知夏", [("文", "沈知夏", None)], None),
    ("■练江日报记者 沈知夏", [("记者", "沈知夏", "练江日报")], "练江日报"),
    ("◎文/练江日报记者 沈知夏", [("记者", "沈知夏", "练江日报")], "练江日报"),
    ("综合整理", [("综合整理", None, None)], None),
    ("记者 沈知夏 综合整理", [("记者", "沈知夏", None)], None),
    ("本报记者 沈知夏 通讯员 阮小满 文/图", [("记者", "沈知夏", None), ("通讯员", "阮小满", None)], None),
    ("本报记者沈知夏文/图", [("记者", "沈知夏", None)], None),
    ("练江日报记者 沈知夏 摄影报道", [("记者", "沈知夏", "练江日报")], "练江日报"),
    (
        "记者：沈知夏 编辑：阮小满 审核：庄予安",
        [("记者", "沈知夏", None), ("编辑", "阮小满", None), ("审核", "庄予安", None)],
        None,
    ),
    ("一审｜沈知夏 二审｜阮小满", [("一审", "沈知夏", None), ("二审", "阮小满", None)], None),
    ("文丨练江日报记者 沈知夏 图丨阮小满", [("记者", "沈知夏", "练江日报"), ("摄影", "阮小满", None)], "练江日报"),
    ("来源：南江日报", [("来源", None, "南江日报")], "南江日报"),
    ("来源：综合南江社、练江日报", [("来源", None, "南江社"), ("来源", None, "练江日报")], "南江社"),
    ("转自《练江日报》", [("转自", None, "练江日报")], "练江日报"),
    ("（据《练江日报》）", [("据", None, "练江日报")], "练江日报"),
    ("《练江日报》（ 2024年05月10日 第 02 版）", [(None, None, "练江日报")], "练江日报"),
    ("来源：县委组织部_Admin", [("来源", None, "县委组织部_Admin")], None),
    ("本报记者  庄予安  季  晚", [("记者", "庄予安", None), ("记者", "季晚", None)], None),
    ("练江日报记者沈知夏通讯员阮小满", [("记者", "沈知夏", "练江日报"), ("通讯员", "阮小满", None)], "练江日报"),
    ("练江日报全媒体记者 沈知夏", [("全媒体记者", "沈知夏", "练江日报")], "练江日报"),
    ("练江日报驻大沙记者 沈知夏", [("记者", "沈知夏", "练江日报")], "练江日报"),
    ("21世纪经济报道记者 沈知夏", [("记者", "沈知夏", "21世纪经济报道")], "21世纪经济报道"),
    ("南方+记者 沈知夏", [("记者", "沈知夏", "南方+")], "南方+"),
    ("练江日报记者沈知夏、阮小满，通讯员庄予安", [
        ("记者", "沈知夏", "练江日报"), ("记者", "阮小满", "练江日报"), ("通讯员", "庄予安", None)], "练江日报"),
    ("文/记者 沈知夏 摄影/记者 阮小满", [("记者", "沈知夏", None), ("摄影", "阮小满", None)], None),
    ("文/练江日报记者 沈知夏 见习记者 阮小满 实习生 庄予安 图/练江日报记者 廖映川", [
        ("记者", "沈知夏", "练江日报"), ("见习记者", "阮小满", None), ("实习生", "庄予安", None),
        ("摄影", "廖映川", "练江日报")], "练江日报"),
    ("通讯员 县委组织部", [("通讯员", None, "县委组织部")], None),
    ("记者/沈知夏 通讯员/基石", [("记者", "沈知夏", None), ("通讯员", "基石", None)], None),
    ("文/记者 阿依古丽·买买提 欧阳修远", [("记者", "阿依古丽·买买提", None), ("记者", "欧阳修远", None)], None),
    ("作者：沈知夏（县委组织部）", [("作者", "沈知夏", "县委组织部")], None),
    ("撰文：沈知夏 | 摄影：阮小满", [("撰文", "沈知夏", None), ("摄影", "阮小满", None)], None),
    ("文/练江日报记者囧知夏", [("记者", "囧知夏", "练江日报")], "练江日报"),
    ("图/文化长廊", [("摄影", None, None)], None),
    ("文/沈知夏 2023-10-31", [("文", "沈知夏", None)], None),
]  # fmt: skip

RUN_TOGETHER = [
    "文/记者囧知夏囧小满囧予安",
    "记者：走马灯下",
    "记者沈知夏阮小满庄予安",
    "文/记者沈知夏阮小满庄予安",
    "记者 沈知夏阮小满",
    "记者：沈夏阮满",
]

SENTENCES = [
    "", "记者", "摄", "文/图", "沈知夏", "大沙镇", "练江日报", "记者从县委组织部获悉，全县将开展培训", "记者采访了沈知夏",
    "记者沈知夏获悉", "编辑推荐", "编辑观察", "记者手记", "记者走基层", "编辑部", "练江市摄影家协会", "摄影大赛", "来源于生活",
    "来源广泛", "图为活动现场", "文明实践", "吹响“冲锋号”", "记者节快乐", "摄影爱好者", "通讯员培训班开班", "作者简介",
    "记者：你怎么看", "记者 你好", "记者问：请介绍情况", "用镜头记录 摄影展开幕", "编辑能力 审核能力", "高质量发展 记者观察",
    "一、加强通讯员队伍建设", "来源：", "作者：", "统筹推进", "策划活动", "设计方案", "供稿要求", "记者在一线", "记者来到大沙镇",
    "沈知夏同志任编辑。", "他是一名记者，热爱摄影", "经济来源 稳定增收", "编辑整理材料", "记者从这里看到", "本报讯", "供图",
    "巩固基层党建“最后一百米”", "（一）记者站建设", "图书 文化", "责任编辑制度", "摄影 书法 绘画",
]  # fmt: skip


def _told(line: CreditLine) -> list[Told]:
    return [(credit.role, credit.name, credit.organization) for credit in line.credits]


@pytest.mark.parametrize(("text", "told", "origin"), LINES)
def test_a_line_of_credits_is_read(text: str, told: list[Told], origin: str | None) -> None:
    line = read_credit_line(text)
    assert line is not None
    assert _told(line) == told
    assert line.origin == origin


@pytest.mark.parametrize("text", RUN_TOGETHER)
def test_names_run_together_stay_one_raw_credit(text: str) -> None:
    line = read_credit_line(text)
    assert line is not None
    assert [(credit.role, credit.name, credit.raw) for credit in line.credits] == [("记者", None, text)]


@pytest.mark.parametrize("text", SENTENCES)
def test_what_leaves_a_word_over_is_no_credit_line(text: str) -> None:
    assert read_credit_line(text) is None


def test_the_raw_text_is_the_line_as_shown() -> None:
    line = read_credit_line("　　■练江日报记者　沈知夏")
    assert line is not None
    assert line.raw == line.credits[0].raw == "■练江日报记者 沈知夏"


def test_both_widths_of_punctuation_read_alike() -> None:
    wide, narrow = read_credit_line("（记者：沈知夏，阮小满）"), read_credit_line("(记者:沈知夏,阮小满)")
    assert wide is not None
    assert narrow is not None
    assert _told(wide) == _told(narrow)


@given(st.text(alphabet="文图摄/：: 　记者通讯员编辑来源沈知夏阮小满、，（）()某报讯■"))
def test_nothing_raises(text: str) -> None:
    read_credit_line(text)


@given(
    st.lists(
        st.sampled_from("沈知夏 阮小满 庄予安 欧阳一帆 廖映川".split()), min_size=1, max_size=4, unique=True
    )
)
def test_names_apart_are_told_apart(names: list[str]) -> None:
    for text in (
        f"记者 {' '.join(names)}",
        f"记者：{'、'.join(names)}",
        f"文/{'、'.join(names)}",
        f"{' '.join(names)} 摄",
    ):
        line = read_credit_line(text)
        assert line is not None
        assert [credit.name for credit in line.credits] == names


@pytest.mark.parametrize("tool", ["【纠错】", "[我要纠错] ", "（纠错） "])
def test_a_tool_beside_the_editors_is_not_kept_with_their_text(tool: str) -> None:
    line = read_credit_line(f"{tool}【责任编辑:沈知夏】")
    assert line is not None
    assert [(credit.name, credit.raw) for credit in line.credits] == [("沈知夏", "【责任编辑:沈知夏】")]
