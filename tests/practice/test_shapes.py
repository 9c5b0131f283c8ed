import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from nanhai_crawler.practice import addresses
from nanhai_crawler.practice.site import PracticeSite, build_site
from tests.practice.walk import text

Record = dict[str, Any]


@pytest.fixture(scope="module")
def site() -> PracticeSite:
    return build_site()


@pytest.fixture(scope="module")
def records(site: PracticeSite) -> list[Record]:
    loaded: list[Record] = json.loads(json.dumps(list(site.truth("http://127.0.0.1:8000/"))))
    return loaded


@pytest.fixture(scope="module")
def pages(site: PracticeSite, records: list[Record]) -> list[str]:
    answers = (site.get(urlsplit(record["url"]).path) for record in records)
    return [text(answer) for answer in answers if answer]


def test_addresses_have_23_digits_that_begin_with_the_moment_of_entry(records: list[Record]) -> None:
    for record in records:
        match = re.fullmatch(
            r"/cms/html/\d{4}/(\d{4})/(\d{23})/(\d{23})_1\.html", urlsplit(record["url"]).path
        )
        assert match
        assert match[2] == match[3]
        assert match[1] == match[2][:4]
        assert re.sub(r"\D", "", record["entered"][:-6]) == match[2][:17]


def test_shown_times_have_a_clock_or_none(records: list[Record]) -> None:
    forms = {re.sub(r"\d", "9", record["published"]) for record in records}
    assert forms == {"9999-99-99", "9999-99-99T99:99:99+99:99", "9999-99-99T99:99+99:99"}


def test_articles_are_back_dated_by_1_6_and_93_days_with_the_clock_left(records: list[Record]) -> None:
    clocks = {1: False, 6: False, 93: False}
    for record in records:
        shown, entered = record["published"], record["entered"]
        days = (date.fromisoformat(entered[:10]) - date.fromisoformat(shown[:10])).days
        if days and "T" in shown:
            clocks[days] |= shown[10:16] == entered[10:16] and shown[16:19] == ":00"
    assert clocks == {1: True, 6: True, 93: True}
    assert any(record["published"][:4] != record["entered"][:4] for record in records)


def test_info_lines_come_with_one_or_two_spaces_or_nbsps_and_both_colons(pages: list[str]) -> None:
    gaps = {match[1] for page in pages for match in re.finditer(r"\d( |  |(?: ?&nbsp;)+)来源", page)}
    assert gaps == {" ", "  ", "&nbsp;", "&nbsp;&nbsp;", " &nbsp;"}
    assert {colon for page in pages for colon in re.findall("来源([:：])", page)} == {":", "："}


def test_breadcrumbs_lead_three_levels_down_under_two_labels(records: list[Record], pages: list[str]) -> None:
    assert {len(record["column_path"]) for record in records} == {1, 2, 3}
    labels = {label for page in pages for label in re.findall("当前位置|您现在的位置", page)}
    assert labels == {"当前位置", "您现在的位置"}


def test_headings_come_single_and_in_two_parts_bold_and_unmarked(
    records: list[Record], pages: list[str]
) -> None:
    found = set()
    for record, page in zip(records, pages, strict=True):
        for heading in record["section_headings"]:
            first, _, second = heading.partition(" ")
            found.add(
                (bool(second), bool(re.search(f"<(?:strong|b)[^>]*>(?:<span>)?{first}", page, re.IGNORECASE)))
            )
    assert found == {(False, False), (False, True), (True, False), (True, True)}


def test_credits_come_in_every_form(records: list[Record]) -> None:
    raws = [credit["raw"] for record in records for credit in record["credits"]]
    forms = (
        r"文/\w+记者 \w+ 通讯员 \w+", r"\w+讯记者\w+报道", r"\w+讯\(记者/\w+ 通讯员/\w+\)", r"\w+讯（记者/\w+ 通讯员/\w+）",
        r"\w+见习记者/\w+ 摄", r"\w+ 摄", r"文/记者\w{7,}", r"文/记者 \w+ \w+",
    )  # fmt: skip
    assert [form for form in forms if not any(re.fullmatch(form, raw) for raw in raws)] == []
    assert any(not record["credits"] for record in records)


def test_names_that_run_together_stay_one_nameless_credit(records: list[Record]) -> None:
    joined = [
        record
        for record in records
        if any(re.fullmatch(r"文/记者\w{7,}", credit["raw"]) for credit in record["credits"])
    ]
    assert joined
    assert all(record["authors"] == [] for record in joined)


def test_photographers_are_no_authors_and_stand_with_their_picture(records: list[Record]) -> None:
    for record in records:
        photographers = {credit["raw"] for credit in record["credits"] if credit["role"] == "摄影"}
        assert photographers == {image["credit"] for image in record["images"] if image["credit"]}


def test_origin_is_the_paper_of_the_text_else_of_a_caption(records: list[Record]) -> None:
    for record in records:
        organizations = [credit["organization"] for credit in record["credits"] if credit["organization"]]
        assert record["origin"] == next(iter(organizations), None)


def test_captions_stand_in_unindented_paragraphs_between_empty_ones(pages: list[str]) -> None:
    between = r"<p>&nbsp;</p>\n<p style=\"text-align: center;\">[^<　]+</p>\n<p>&nbsp;</p>"
    assert any(re.search(between, page) for page in pages)


def test_one_hand_written_article_has_two_pages_with_a_pager_inside(
    site: PracticeSite, records: list[Record]
) -> None:
    (path,) = (urlsplit(record["url"]).path for record in records if "荔坡村：一张" in record["title"])
    first, second = site.get(path), site.get(path.replace("_1.html", "_2.html"))
    assert first is not None
    assert second is not None
    assert re.search(r"<span>上一页</span> <span>1</span> <a [^>]+>2</a> <a [^>]+>下一页</a>", text(first))
    assert re.search(r"<a [^>]+>上一页</a> <a [^>]+>1</a> <span>2</span> <span>下一页</span>", text(second))


def test_the_sister_section_is_gbk_under_the_name_gb2312_with_its_own_labels(site: PracticeSite) -> None:
    paths = [
        path for path in site.paths() if "/9201/" in path or "/9202/" in path or path == addresses.SISTER_HOME
    ]
    for path in (path for path in paths if path.endswith(".html")):
        answer = site.get(path)
        assert answer is not None
        assert b"charset=gb2312" in answer.body[:300]
        html = answer.body.decode("gbk")
        assert "文明练习网" in html
        assert "<p" not in html
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")
        if path.endswith("_1.html") and "list" not in path:
            assert re.search("发布时间[:：].*发布单位[:：]", html)
            assert answer.media_type == "text/html"


def test_rare_characters_outside_gb2312_stand_in_the_sister_section(pages: list[str]) -> None:
    (page,) = (page for page in pages if "陶喆堃,今年" in page)
    with pytest.raises(UnicodeEncodeError):
        page.encode("gb2312")


def test_meta_tags_are_right_oddly_written_stale_or_absent(pages: list[str]) -> None:
    heads = [page.partition("</head>")[0] for page in pages]
    assert any('name="ArticleTitle" content="望湖' in head for head in heads)
    assert any(re.search('content="[^"]+" name="pubdate"', head) for head in heads)
    assert any(
        'name="PubDate" content="2015-01-01"' in head and 'ArticleTitle" content=""' in head for head in heads
    )
    assert any("pubdate" not in head.lower() for head in heads)


def test_three_markups_are_used(pages: list[str]) -> None:
    marks = ('class="q7"', "<FONT size=5", 'class="MsoNormal"')
    assert all(sum(mark in page for mark in marks) == 1 for page in pages)
    assert all(any(mark in page for page in pages) for mark in marks)


def test_attachments_and_a_table_are_there(records: list[Record], pages: list[str]) -> None:
    types = {
        file["media_type"].rpartition("/")[2][:3] for record in records for file in record["attachments"]
    }
    assert types == {"pdf", "vnd"}
    assert any("<th>学时</th>" in page for page in pages)
    assert not any("集中授课、" in record["body"] and "32" in record["body"] for record in records)


def test_lists_shorten_long_titles(site: PracticeSite) -> None:
    listing = site.get("/cms/html/7111/index.html")
    assert listing is not None
    assert re.search(r"<li><span>\d{4}-\d\d-\d\d</span><a [^>]+>[^<]{18}…</a></li>", text(listing))


def test_a_missing_page_and_a_wall_answer_200_under_article_addresses(site: PracticeSite) -> None:
    for path, words in ((addresses.SOFT_MISSING, "您访问的页面不存在"), (addresses.WALL, "网站防火墙")):
        answer = site.get(path)
        assert answer is not None
        assert answer.status == 200
        assert words in text(answer)


def test_full_width_digits_are_on_a_page_and_folded_in_its_truth(
    records: list[Record], pages: list[str]
) -> None:
    (place,) = (place for place, record in enumerate(records) if record["title"].startswith("窑火&代码"))
    assert "１２万元" in pages[place]
    assert "12万元" in records[place]["body"]
    assert "窑火&amp;代码" in pages[place]
