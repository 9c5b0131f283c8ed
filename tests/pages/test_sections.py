"""Headings are told from paragraphs by the shape of the text, with or without markup."""

import pytest

from nanhai_crawler.items import Section
from tests.pages.markup import FIRST, SECOND, THIRD, article, page, paragraphs

LEAD, ONE, TWO = (text.strip("　") for text in (FIRST, SECOND, THIRD))

HEADINGS = {
    "plain": ("　　小板凳上议大事", "　　榕树底下定章程"),
    "bold": ("<b>小板凳上议大事</b>", "<strong>榕树底下定章程</strong>"),
    "bold by style": (
        '<span style="font-weight: bold">小板凳上议大事</span>',
        '<span style="font-weight:700">榕树底下定章程</span>',
    ),
}


@pytest.mark.parametrize(("first", "second"), HEADINGS.values(), ids=HEADINGS)
def test_short_lines_that_end_no_sentence_head_what_follows(first: str, second: str) -> None:
    assert article(page(paragraphs(FIRST, first, SECOND, second, THIRD))).sections == (
        Section(heading=None, paragraphs=(LEAD,)),
        Section(heading="小板凳上议大事", paragraphs=(ONE,)),
        Section(heading="榕树底下定章程", paragraphs=(TWO,)),
    )


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_heading_tags_head_what_follows(tag: str) -> None:
    body = f"{paragraphs(FIRST)}<{tag}>怎样才坐得住？</{tag}>{paragraphs(SECOND, THIRD)}"
    assert article(page(body)).section_headings == ("怎样才坐得住？",)


@pytest.mark.parametrize("dress", ["　　{}", "<b>{}</b>"])
def test_a_heading_told_in_two_lines_is_one(dress: str) -> None:
    body = paragraphs(FIRST, dress.format("搬来“小板凳”"), dress.format("坐出邻里“新气象”"), SECOND)
    assert article(page(body)).section_headings == ("搬来“小板凳” 坐出邻里“新气象”",)


def test_numbered_headings_that_follow_each_other_are_two() -> None:
    body = paragraphs(FIRST, "　　一、总体要求", "　　（一）坚持问题导向", SECOND)
    assert article(page(body)).section_headings == ("一、总体要求", "（一）坚持问题导向")


def test_a_question_in_the_text_and_a_line_that_announces_are_paragraphs() -> None:
    body = paragraphs(FIRST, "　　修一条路，难在哪里？", "　　不妨先来看一组数据：", SECOND)
    assert article(page(body)).section_headings == ()


def test_a_list_of_names_has_no_headings() -> None:
    names = ("　　桥头村党支部", "　　塘边村党支部", "　　新围社区党支部", "　　沙尾社区党支部")
    found = article(page(paragraphs(FIRST, *names, SECOND)))
    assert found.section_headings == ()
    assert "塘边村党支部" in found.body


@pytest.mark.parametrize("day", ["2024年3月4日", "二〇二四年三月四日"])
def test_who_signs_and_when_belongs_to_the_text(day: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND, "练习区委组织部", day)))
    assert found.section_headings == ()
    assert found.sections[-1].paragraphs[-2:] == ("练习区委组织部", day)


def test_the_cells_of_a_table_are_in_no_paragraph() -> None:
    table = "<table><tr><th>村</th><th>件数</th></tr><tr><td>桥头村</td><td>十二件</td></tr></table>"
    found = article(page(paragraphs(FIRST) + table + paragraphs(SECOND)))
    assert [(part.heading, part.paragraphs) for part in found.sections] == [(None, (LEAD, ONE))]


@pytest.mark.parametrize(
    "line",
    [
        "公示时间：2024年3月5日至3月11日",
        "一、报名时间：3月5日至11日",
        "信访举报电话：0757-80001234",
        "面试地点：镇文化站三楼",
    ],
)
def test_what_a_label_tells_heads_nothing(line: str) -> None:
    found = article(page(paragraphs(FIRST, line, SECOND)))
    assert found.section_headings == ()
    assert line in found.sections[0].paragraphs


@pytest.mark.parametrize("signed", ["练习区委组织部", "练习区人才工作领导小组办公室"])
def test_a_notice_is_signed_with_the_day_that_its_head_shows(signed: str) -> None:
    info = "<div>发布时间：<span>2024年3月4日</span></div><p>2024年3月4日</p>"
    found = article(page(paragraphs(FIRST, SECOND, signed, "2024年3月4日"), info=info))
    assert found.body.endswith(f"{signed}\n2024年3月4日")


def test_lines_of_preformatted_text_are_paragraphs() -> None:
    text = f"{FIRST}\n\n{SECOND}\r\n\n　　　　　　练习区委组织部\n　　　　　　2024年3月4日\n"
    found = article(page(f"<pre>{text}</pre>"))
    assert found.body == f"{LEAD}\n{ONE}\n练习区委组织部\n2024年3月4日"
    link = "<pre>第一行写着通知的来由。\n第二行有<a href='/x'>一条链接</a></pre>"
    assert article(page(paragraphs(FIRST) + link)).body.endswith("第一行写着通知的来由。\n第二行有一条链接")
