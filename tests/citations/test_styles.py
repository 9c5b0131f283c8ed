"""References hold what a reader needs to find the text again, in the form each standard asks for."""

import json
import re

import pytest

from nanhai_crawler.citations import STYLES, Cited
from tests.citations.given import CAPTURED, RECORD, cited


def test_gbt7714_is_author_title_medium_days_and_path() -> None:
    assert STYLES["gbt7714"]([cited()]) == (
        "阮望舒, 林诗韵. 把“一盘棋”下好：100%走访 & 回访[EB/OL]. (2023-10-31)[2026-11-22]. "
        f"{RECORD['url']}. 第2版文本, sha256:{'ab' * 32}.\n"
    )


def test_gbt7714_names_three_of_more_authors_and_the_house_where_there_is_none() -> None:
    assert STYLES["gbt7714"]([cited(authors=["甲", "乙", "丙", "丁"])]).startswith("甲, 乙, 丙, 等. ")
    assert STYLES["gbt7714"]([cited(authors=[])]).startswith("某市新闻中心. ")
    assert STYLES["gbt7714"]([cited(authors=[], origin=None)]).startswith("中共佛山市南海区委组织部. ")


@pytest.mark.parametrize(
    ("source", "named"),
    [("珠江时报", "珠江时报"), ("区委组织部_Admin", "127.0.0.1:8080"), (None, "127.0.0.1:8080")],
)
def test_of_a_site_that_nobody_named_the_source_shown_is_responsible(source: str | None, named: str) -> None:
    record = {**RECORD, "site": "127.0.0.1:8080", "source": source, "authors": [], "origin": None}
    reference = STYLES["gbt7714"]([Cited.of_record(record, captured=CAPTURED)])
    assert reference.startswith(f"{named}. ")


def test_a_subtitle_follows_the_title_after_a_colon_and_a_missing_day_is_left_out() -> None:
    reference = STYLES["gbt7714"]([cited(subtitle="——记一个社区的早晨", published=None)])
    assert "回访: 记一个社区的早晨[EB/OL]. [2026-11-22]. " in reference


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style_names_address_day_of_access_revision_and_digest(style: str) -> None:
    reference = STYLES[style]([cited()])
    assert str(RECORD["url"]) in reference
    assert re.search(r"2026[-/]11[-/]22|2026,\s+11,\s+22", reference)
    assert "ab" * 32 in reference
    assert re.search(r"revision 2|第2版", reference)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_no_style_hands_on_what_cannot_be_printed_or_turns_the_line(style: str) -> None:
    hostile = "甲\x00\x01\x1b\u202e乙\uffff\x85丙"
    reference = STYLES[style]([cited(title=hostile, subtitle=hostile, authors=[hostile], origin=hostile)])
    assert "甲乙丙" in reference
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\uffff]|\\u0", reference)


def test_bibtex_escapes_what_tex_would_act_on() -> None:
    entry = STYLES["bibtex"]([cited(title=r"50% & 1_2 #3 {a} $b$ ~c^d \e")])
    assert (
        r"title = {{50\% \& 1\_2 \#3 \{a\} \$b\$ \textasciitilde{}c\textasciicircum{}d \textbackslash{}e}}"
        in entry
    )
    assert entry.startswith("@misc{nanhai-0123456789abcdef-r2,\n")
    assert "  author = {{阮望舒} and {林诗韵}},\n" in entry
    assert "  month = oct,\n" in entry


def test_ris_lines_are_tags_and_end_in_crlf() -> None:
    lines = STYLES["ris"]([cited(title="两行\n题名")]).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert "TI  - 两行 题名" in lines
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])


def test_csl_json_is_one_list_for_several_articles() -> None:
    items = json.loads(STYLES["csl"]([cited(), cited(published=None)]))
    assert [item["type"] for item in items] == ["webpage", "webpage"]
    assert items[0]["issued"] == {"date-parts": [[2023, 10, 31]]}
    assert items[0]["author"] == [{"literal": "阮望舒"}, {"literal": "林诗韵"}]
    assert "issued" not in items[1]
