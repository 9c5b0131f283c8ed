"""Every usual form of a credit, at the end of an article or at its beginning: who, as what, of which house; nobody invented."""

import pytest

from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs
from tests.quality.truth import Credited

_NEWS = "昨日，桥头村的小板凳又摆出来了，大家一起商量修路的事。"

#: Lines of their own below the text, and what they credit.
LINES: dict[str, tuple[Credited, ...]] = {
    "文/李翠贞": (("文", "李翠贞", None),),
    "文/图 练江日报记者 李翠贞": (("记者", "李翠贞", "练江日报"),),
    "图/陈立": (("摄影", "陈立", None),),
    "摄影/陈立 王小明": (("摄影", "陈立", None), ("摄影", "王小明", None)),
    "视频/陈立": (("视频", "陈立", None),),
    "剪辑/李翠贞": (("剪辑", "李翠贞", None),),
    "监制 | 李翠贞": (("监制", "李翠贞", None),),
    "出品：练江融媒": (("出品", None, "练江融媒"),),
    "记者 李翠贞 林诗韵": (("记者", "李翠贞", None), ("记者", "林诗韵", None)),
    "通讯员：林诗韵、陈立": (("通讯员", "林诗韵", None), ("通讯员", "陈立", None)),
    "见习记者 陈立": (("见习记者", "陈立", None),),
    "实习生 王小明": (("实习生", "王小明", None),),
    "编辑：李翠贞": (("编辑", "李翠贞", None),),
    "（责任编辑：李翠贞）": (("责任编辑", "李翠贞", None),),
    "【编辑:李翠贞】": (("编辑", "李翠贞", None),),
    "值班编委：李翠贞": (("值班编委", "李翠贞", None),),
    "来源：练江日报": (("来源", None, "练江日报"),),
    "供稿：李翠贞": (("供稿", "李翠贞", None),),
    "供稿：区委组织部": (("供稿", None, "区委组织部"),),
    "■练江日报记者 李翠贞 通讯员 林诗韵": (("记者", "李翠贞", "练江日报"), ("通讯员", "林诗韵", None)),
    "■本报记者 李翠贞": (("记者", "李翠贞", None),),
    "（记者/李翠贞 通讯员/林诗韵）": (("记者", "李翠贞", None), ("通讯员", "林诗韵", None)),
    "综合整理：李翠贞": (("综合整理", "李翠贞", None),),
    "综合整理自练江日报": (("综合整理", None, "练江日报"),),
    "文：李翠贞 图：陈立": (("文", "李翠贞", None), ("摄影", "陈立", None)),
    "撰稿：李翠贞 | 摄影：陈立 | 编辑：王小明": (
        ("撰稿", "李翠贞", None),
        ("摄影", "陈立", None),
        ("编辑", "王小明", None),
    ),
    "图文/桥头村 李翠贞": (("文", "李翠贞", "桥头村"),),
    "作者：李翠贞（作者系区委组织部干部）": (("作者", "李翠贞", None),),
    "一审：李翠贞 二审：陈立": (("一审", "李翠贞", None), ("二审", "陈立", None)),
    "通讯员李翠贞 林诗韵供稿": (("通讯员", "李翠贞", None), ("通讯员", "林诗韵", None)),
    # Names that run together stay one credit, its text as shown.
    "记者李翠贞林诗韵陈立": (("记者", None, None),),
}
#: What opens the first paragraph, and what it credits.
DATELINES: dict[str, tuple[Credited, ...]] = {
    "珠江时报讯(记者/柯凌娜 通讯员/基石)": (("记者", "柯凌娜", "珠江时报"), ("通讯员", "基石", None)),
    "珠江时报讯记者梁慧恩报道 9月3日，": (("记者", "梁慧恩", "珠江时报"),),
    "本报讯（记者 李翠贞）": (("记者", "李翠贞", None),),
    "新华社广州10月31日电（记者李翠贞、林诗韵）": (
        ("记者", "李翠贞", "新华社"),
        ("记者", "林诗韵", "新华社"),
    ),
    "南方网讯（全媒体记者/李翠贞 通讯员/林诗韵）": (
        ("全媒体记者", "李翠贞", "南方网"),
        ("通讯员", "林诗韵", None),
    ),
    "记者李翠贞报道：": (("记者", "李翠贞", None),),
    "记者从区委组织部获悉，": (),
    "央视网消息：": (),
}
#: These made the article ready, or its pictures.
_NO_AUTHORS = frozenset(("摄影", "编辑", "责任编辑", "值班编委", "监制", "一审", "二审"))


@pytest.mark.parametrize(("line", "credited"), LINES.items(), ids=LINES)
def test_a_line_of_credits_names_people_by_role_and_house_and_is_no_paragraph(
    line: str, credited: tuple[Credited, ...]
) -> None:
    found = article(page(paragraphs(FIRST, SECOND, THIRD, line)))
    assert {(credit.role, credit.name, credit.organization) for credit in found.credits} == set(credited)
    names = {name for role, name, _ in credited if name and role not in _NO_AUTHORS}
    assert set(found.authors) == names
    assert line not in found.body


@pytest.mark.parametrize(("dateline", "credited"), DATELINES.items(), ids=DATELINES)
def test_a_dateline_names_people_and_stays_in_its_paragraph(
    dateline: str, credited: tuple[Credited, ...]
) -> None:
    found = article(page(paragraphs(f"　　{dateline}{_NEWS}", SECOND, THIRD)))
    assert {(credit.role, credit.name, credit.organization) for credit in found.credits} == set(credited)
    assert found.body.startswith(dateline[:4])
    assert found.origin == next((house for _, _, house in credited if house), _NAMED_ALONE.get(dateline))


#: Datelines that name their house and nobody.
_NAMED_ALONE = {"央视网消息：": "央视网"}


#: Who wrote may stand behind the source without a label's colon: it is no part of the source.
SOURCES = (
    "来源：练江日报",
    "来源：练江日报 记者 李翠贞",
    "来源：练江日报 | 李翠贞",
    "来源：练江日报 文/李翠贞",
    "来源:练江日报 参与互动",
    "来源:练江日报 12评论",
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_ends_where_people_and_tools_begin(source: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND, THIRD), info=f"<p>2024-03-04 10:20 {source}</p>"))
    assert (found.published, found.source) == ("2024-03-04T10:20+08:00", "练江日报")
