"""Tables of data and lists are kept as what they are; layout is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.items import Article, Block, ItemList, Paragraph, Table
from nanhai_crawler.pages.joining import join_parts
from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs

ROWS = (("阶段", "内容", "学时"), ("集中授课", "政策法规", "32"), ("跟班实践", "镇街窗口", "40"))


def grid(
    rows: tuple[tuple[str, ...], ...] = ROWS, *, head: str = "th", cell: str = "{}", more: str = ""
) -> str:
    tags = [head, *["td"] * (len(rows) - 1)]
    lines = (
        "<tr>" + "".join(f"<{tag}>{cell.format(text)}</{tag}>" for text in row) + "</tr>"
        for tag, row in zip(tags, rows, strict=True)
    )
    return f"<table border=1>{more}{''.join(lines)}</table>"


def blocks(body: str) -> list[Block]:
    return [block for section in article(page(body)).sections for block in section.blocks]


def table(body: str) -> Table:
    (found,) = [block for block in blocks(body) if isinstance(block, Table)]
    return found


def text_of(paragraph: str) -> str:
    return paragraph.strip("　")


def test_a_table_stands_where_it_stood_and_in_no_paragraph() -> None:
    (section,) = article(page(paragraphs(FIRST, SECOND) + grid() + paragraphs(THIRD))).sections
    assert section.blocks == (
        Paragraph(text=text_of(FIRST)),
        Paragraph(text=text_of(SECOND)),
        Table(caption=None, header_rows=1, rows=ROWS),
        Paragraph(text=text_of(THIRD)),
    )
    assert section.paragraphs == tuple(map(text_of, (FIRST, SECOND, THIRD)))


def test_plain_paragraphs_make_no_blocks_of_their_own() -> None:
    (section,) = article(page(paragraphs(FIRST, SECOND))).sections
    assert section.blocks == ()


@pytest.mark.parametrize(
    ("markup", "header_rows"),
    [
        (grid(), 1),
        (grid(head="td"), 0),
        (grid(cell="<p class=MsoNormal><span>{}</span></p>"), 1),
        (grid(head="td").replace("<tr>", "<thead><tr>", 1).replace("</tr>", "</tr></thead>", 1), 1),
        (
            grid(head="td")
            .replace("<td>阶段", "<td><b>阶段</b>")
            .replace("内容<", "<b>内容</b><")
            .replace("学时<", "<b>学时</b><"),
            1,
        ),
    ],
    ids=["th", "td", "Word", "thead", "bold"],
)
def test_what_marks_a_head_is_told(markup: str, header_rows: int) -> None:
    found = table(paragraphs(FIRST, SECOND) + markup)
    assert (found.rows, found.header_rows) == (ROWS, header_rows)


def test_spans_are_told_in_every_cell_they_cover() -> None:
    markup = (
        "<table><tr><th rowspan=2>镇街</th><th colspan='2'>名额</th></tr><tr><th>男</th><th>女</th></tr>"
        "<tr><td>东埔</td><td>12</td><td>9</td></tr><tr><td>青禾</td><td colspan=2>暂缓</td></tr></table>"
    )
    found = table(paragraphs(FIRST, SECOND) + markup)
    assert found.rows == (
        ("镇街", "名额", "名额"),
        ("镇街", "男", "女"),
        ("东埔", "12", "9"),
        ("青禾", "暂缓", "暂缓"),
    )
    assert found.header_rows == 2


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), min_size=2, max_size=4),
        min_size=2,
        max_size=4,
    )
)
def test_any_spans_make_rows_of_one_width(spans: list[list[tuple[int, int]]]) -> None:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td colspan={wide} rowspan={high}>格{place}</td>" for place, (wide, high) in enumerate(row)
        )
        + "</tr>"
        for row in spans
    )
    found = table(paragraphs(FIRST, SECOND) + f"<table>{rows}</table>")
    assert len({len(row) for row in found.rows}) == 1
    assert len(found.rows) == len(spans)


def test_spans_made_to_blow_up_are_told_once() -> None:
    cell = "<td colspan=1000 rowspan=60000>格</td>"
    found = table(paragraphs(FIRST, SECOND) + f"<table>{('<tr>' + cell * 3 + '</tr>') * 30}</table>")
    assert sum(map(len, found.rows)) == 90


def test_a_caption_is_the_tables_own() -> None:
    found = article(page(paragraphs(FIRST, SECOND) + grid(more="<caption>课程安排</caption>")))
    (section,) = found.sections
    assert isinstance(section.blocks[-1], Table)
    assert section.blocks[-1].caption == "课程安排"
    assert "课程安排" not in found.body


def test_numbers_and_links_stay_in_their_cells() -> None:
    rows = (("一月", "2", "3"), ("二月", "4", "<a href='/x.html'>详情</a>"))
    assert table(paragraphs(FIRST, SECOND) + grid(rows, head="td")).rows == (
        ("一月", "2", "3"),
        ("二月", "4", "详情"),
    )


LAYOUTS = {
    "one cell": f"<table><tr><td>{FIRST}<br>{SECOND}</td></tr></table>",
    "a row each": f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr></table>",
    "a picture beside the text": f"<table><tr><td><img src=/a.jpg></td><td>{paragraphs(FIRST, SECOND)}</td></tr></table>",
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS)
def test_a_table_that_lays_out_the_page_is_text(body: str) -> None:
    found = article(page(body))
    assert not any(isinstance(block, Table) for section in found.sections for block in section.blocks)
    assert text_of(FIRST) in found.body


def test_a_table_parts_two_headings_and_is_text_below_one() -> None:
    body = paragraphs(FIRST, SECOND, "获奖名单") + grid() + paragraphs("报名办法", THIRD)
    names = [section.heading for section in article(page(body)).sections]
    assert names == [None, "获奖名单", "报名办法"]


@pytest.mark.parametrize(("tag", "ordered"), [("ul", False), ("ol", True)])
def test_a_list_keeps_its_items_and_they_stay_paragraphs(tag: str, ordered: bool) -> None:
    items = ("手电两支，一支照路，一支照人；", "哨子挂在胸前，三长一短是收队。")
    markup = f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
    (section,) = article(page(paragraphs(FIRST, SECOND) + markup + paragraphs(THIRD))).sections
    assert section.blocks[2] == ItemList(ordered=ordered, items=items)
    assert section.paragraphs[2:4] == items


def test_an_item_of_two_lines_is_one_and_an_inner_lists_items_follow_theirs() -> None:
    markup = "<ul><li>手电两支，<br>一支照路，一支照人；</li><li>雨具：<ul><li>雨衣一件；</li><li>雨鞋一双。</li></ul></li></ul>"
    found = [block for block in blocks(paragraphs(FIRST, SECOND) + markup) if isinstance(block, ItemList)]
    assert found == [
        ItemList(
            ordered=False, items=("手电两支， 一支照路，一支照人；", "雨具：", "雨衣一件；", "雨鞋一双。")
        )
    ]


def test_a_list_that_lays_out_the_page_is_text() -> None:
    body = f"<ul><li>{paragraphs(FIRST, SECOND, THIRD, FIRST + '又', SECOND + '又')}</li><li>完。</li></ul>"
    assert blocks(body) == []


def test_blocks_of_the_pages_of_an_article_are_joined_in_order() -> None:
    def part(body: str) -> Article:
        return article(page(body))

    joined = join_parts([part(paragraphs(FIRST, SECOND)), part(grid() + paragraphs(SECOND, THIRD))])
    (section,) = joined.sections
    assert [block.type for block in section.blocks] == [
        "paragraph",
        "paragraph",
        "table",
        "paragraph",
        "paragraph",
    ]
    assert section.paragraphs == tuple(map(text_of, (FIRST, SECOND, SECOND, THIRD)))


GRID = [
    ["事项", "具体安排"],
    ["报名方式", "　　" + "本人持身份证到桥头村党群服务中心填写报名表，也可以由所在单位统一报送。" * 4],
    ["考核办法", "按笔试、面试、考察的次序进行。"],
]


@pytest.mark.parametrize(
    "cell", ["<td>{}</td>", "<td><p>{}</p></td>", "<td><section><span>{}</span></section></td>"]
)
def test_a_table_whose_columns_and_rows_are_named_may_hold_paragraphs(cell: str) -> None:
    rows = "".join(f"<tr>{''.join(map(cell.format, row))}</tr>" for row in GRID)
    found = article(page(paragraphs(FIRST) + f"<table>{rows}</table>" + paragraphs(SECOND)))
    (section,) = found.sections
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    assert [list(row) for row in table.rows] == [[text.strip("　") for text in row] for row in GRID]
    assert section.paragraphs == (FIRST.strip("　"), SECOND.strip("　"))


def test_a_form_with_its_texts_is_no_table() -> None:
    letter = [["来信标题", "关于桥头村修路的建议和想法"], ["来信内容", FIRST * 4], ["答复内容", SECOND * 6]]
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in letter)
    found = article(page(f"<table>{rows}</table>"))
    assert FIRST.strip("　") in found.body
