"""Who is credited, and by whom the text was first published, is read from where the page says it."""

import pytest

from tests.pages.markup import FIRST, SECOND, article, page, paragraphs


@pytest.mark.parametrize(
    ("line", "people", "origin"),
    [
        (
            "文/练江市新闻传媒中心记者 骆书言 通讯员 许禾",
            [("记者", "骆书言", "练江市新闻传媒中心"), ("通讯员", "许禾", None)],
            "练江市新闻传媒中心",
        ),
        ("(记者 骆书言 通讯员 许禾)", [("记者", "骆书言", None), ("通讯员", "许禾", None)], None),
        ("文/记者骆书言许青禾龚晚舟", [("记者", None, None)], None),
        ("责任编辑：骆书言", [("责任编辑", "骆书言", None)], None),
        ("【纠错】【责任编辑：骆书言】", [("责任编辑", "骆书言", None)], None),
    ],
)
def test_a_closing_line_of_credits_is_no_paragraph(
    line: str, people: list[tuple[str, str | None, str | None]], origin: str | None
) -> None:
    found = article(page(paragraphs(FIRST, SECOND, "　　" + line)))
    assert [(credit.role, credit.name, credit.organization) for credit in found.credits] == people
    assert {credit.raw for credit in found.credits} == {line.removeprefix("【纠错】")}
    assert found.origin == origin
    assert found.body == "\n".join(text.strip("　") for text in (FIRST, SECOND))


@pytest.mark.parametrize(
    "dateline",
    [
        "练江日报讯(记者/骆书言 通讯员/许禾)",
        "练江日报讯（记者 骆书言 通讯员 许禾）",
        "练江日报讯 记者骆书言、通讯员许禾报道：",
    ],
)
def test_a_dateline_stays_in_its_paragraph_and_is_read(dateline: str) -> None:
    text = f"　　{dateline}昨日，桥头村开了一场小板凳会，修路的事定了下来。"
    found = article(page(paragraphs(text, SECOND)))
    assert (found.origin, found.authors) == ("练江日报", ("骆书言", "许禾"))
    assert found.sections[0].paragraphs[0] == text.strip("　")


def test_editors_are_credited_and_are_no_authors() -> None:
    info = "<p>2024-03-04 10:20 来源：区委组织部 记者：骆书言 编辑：许禾</p>"
    found = article(page(paragraphs(FIRST, SECOND), info=info))
    assert [(credit.role, credit.name) for credit in found.credits] == [("记者", "骆书言"), ("编辑", "许禾")]
    assert found.authors == ("骆书言",)


def test_an_account_that_put_the_page_on_line_is_nobody() -> None:
    found = article(page(paragraphs(FIRST, SECOND) + "<p align=right>文章录入：admin　责任编辑：admin</p>"))
    assert (found.credits, found.authors) == ((), ())
    assert "admin" not in found.body


def test_a_sentence_that_speaks_of_reporters_credits_nobody() -> None:
    found = article(page(paragraphs("　　记者在桥头村看到，编辑村史的老人正在整理照片来源。", FIRST, SECOND)))
    assert found.credits == ()
    assert len(found.sections[0].paragraphs) == 3


@pytest.mark.parametrize("line", ["（骆书言 许青禾）", "(骆书言、安宁)", "　　（骆书言）"])
def test_names_alone_in_brackets_at_the_end_sign_the_text(line: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND, line)))
    assert found.authors[0] == "骆书言"
    assert found.body.endswith(SECOND.strip("　"))
    assert {credit.role for credit in found.credits} == {None}


@pytest.mark.parametrize("line", ["（节选）", "（新华社）", "（全文完）", "（广州）", "（张三的歌）"])
def test_other_words_in_brackets_at_the_end_name_nobody(line: str) -> None:
    assert article(page(paragraphs(FIRST, SECOND, line))).authors == ()


@pytest.mark.parametrize(
    "info", ["2024-03-04 来源：练江日报记者 骆书言", "2024-03-04 来源：练江日报 记者 骆书言"]
)
def test_a_reporter_told_behind_the_source_is_an_author(info: str) -> None:
    found = article(page(paragraphs(FIRST, SECOND), info=f"<div>{info}</div>"))
    assert (found.source, found.authors) == ("练江日报", ("骆书言",))


def test_editors_are_credited_beside_an_account() -> None:
    found = article(page(paragraphs(FIRST, SECOND) + "<p align=right>文章录入：admin　责任编辑：许禾</p>"))
    assert [(credit.role, credit.name) for credit in found.credits] == [("责任编辑", "许禾")]


@pytest.mark.parametrize("line", ["来源丨练江组工", "来源｜练江组工", "来源：练江组工 编辑：许禾"])
@pytest.mark.parametrize("body", ["<section><section>{}</section></section>", "<div>{}</div>"])
def test_a_source_told_below_the_text_is_the_source(line: str, body: str) -> None:
    text = body.format(paragraphs(FIRST, SECOND) + f"<section>{line}</section>")
    found = article(page(text, info="<div>2024-03-04 10:20</div>"))
    assert found.source == "练江组工"
    assert "来源" not in found.body


def test_reporters_named_in_an_element_above_the_text_are_its_authors() -> None:
    found = article(page(f"<p>本报记者 骆书言 许禾</p><div class='v'>{paragraphs(FIRST, SECOND)}</div>"))
    assert found.authors == ("骆书言", "许禾")
    assert found.body == "\n".join(text.strip("　") for text in (FIRST, SECOND))
