"""Pages made to be deep, large or slow (F26–F28): all of their text is read, or they are set aside with the reason."""

import re
import time

import pytest

from nanhai_crawler.errors import PageBeyondLimits
from nanhai_crawler.items import PageKind
from nanhai_crawler.pages.budget import MOST_BYTES, Budget
from tests.pages.markup import FIRST, SECOND, THIRD, TITLE, article, page, paragraphs, reading

TEXT = paragraphs(FIRST, SECOND, THIRD)
WORDS = tuple(text.strip("　") for text in (FIRST, SECOND, THIRD))
#: The slowest takes 1 s here; one that has become quadratic takes minutes.
_BOUND_S = 20.0

DEEP = {
    "div": ("<div>", "</div>"),
    "span": ("<span>", "</span>"),
    "font": ("<FONT size=3>", "</FONT>"),
    "tables": ("<table><tr><td>", "</td></tr></table>"),
    "lists": ("<ul><li>", "</li></ul>"),
    "never closed": ("<b>", ""),
    "after broken tags": ("<x>a</y><div>", "</div>"),
}


@pytest.mark.parametrize("depth", [300, 3000, 20_000])
@pytest.mark.parametrize(("begin", "end"), DEEP.values(), ids=DEEP)
def test_no_text_is_lost_however_deep_it_stands(begin: str, end: str, depth: int) -> None:
    last = "<p>　　末尾还有一段话，说明什么都没有丢。</p>"
    found = article(page(begin * depth + TEXT + last + end * depth))
    for words in (*WORDS, "末尾还有一段话，说明什么都没有丢。"):
        assert words in found.body
    assert found.title == TITLE


SLOW = {
    "来源 in one line": "<p>" + "来源：　　" * 70_000 + "</p>",
    "来源 in lines": "<p>来源：　　</p>" * 40_000,
    "labels between br": "<div>" + "来源：x<br>" * 40_000 + "</div>",
    "dates between br": "<div>" + "2024-03-04<br>" * 20_000 + "</div>",
    "signatures between br": "<div>" + "某某委员会<br>2024年3月4日<br>" * 15_000 + "</div>",
    "years": "<p>" + "2024年" * 100_000 + "</p>",
    "brackets": "<p>" + "（" * 350_000 + "</p>",
    "opened b": "<p>" + "<b>" * 200_000 + "</p>",
    "one row of labels": "<table><tr>" + "<td>来源：</td><td>x</td>" * 10_000 + "</tr></table>",
    "one row of pictures": "<table><tr>" + "<td><img src=/x.jpg?1></td>" * 4_000 + "</tr></table>",
    "breadcrumbs": '<p>当前位置：<a href="/">首页</a></p>' * 20_000,
    "headings": "<p>一个小标题</p>" * 40_000,
    "spans of white space": "<p>" + "　" * 350_000 + "</p>",
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(10_000)) + ">x</p>",
}


@pytest.mark.parametrize("more", SLOW.values(), ids=SLOW)
def test_what_is_made_to_be_slow_is_read_in_a_moment(more: str) -> None:
    begun = time.process_time()
    found = reading(page(TEXT + more))
    assert time.process_time() - begun < _BOUND_S
    assert found.kind is PageKind.ARTICLE


def test_a_title_of_fifty_thousand_lines_is_read_in_a_moment() -> None:
    begun = time.process_time()
    assert reading(page(TEXT, title=f"<h1>{'题目一行<br>' * 50_000}</h1>")).kind is PageKind.ARTICLE
    assert time.process_time() - begun < _BOUND_S


@pytest.mark.parametrize(
    "row",
    ["1" * 30 + "号", "返回首页" * 25 + "者", "A+" * 50 + "x", "扫码分享" * 25 + "者", "3万" * 50 + "元"],
)
def test_a_row_of_numbers_or_tools_that_goes_on_otherwise_is_read_in_a_moment(row: str) -> None:
    begun = time.process_time()
    assert row in article(page(TEXT + f"<p>{row}</p>" + TEXT)).body
    assert time.process_time() - begun < _BOUND_S


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (page(TEXT + "<i>x</i>" * 500_000), "1,000,0.. tags, more than 300,000"),
        (page("<p>" + "中" * (MOST_BYTES // 3) + "</p>"), "bytes, more than"),
    ],
    ids=["a million tags", "one long line"],
)
def test_a_page_beyond_the_limits_is_set_aside_with_the_reason(html: str, reason: str) -> None:
    found = reading(html)
    assert (found.kind, found.article, found.links) == (PageKind.UNREAD, None, ())
    assert re.search(reason, found.kind_evidence)


def test_a_line_of_ten_megabytes_is_read() -> None:
    long = "大家的事大家商量着办，" * 300_000
    assert long in article(page(TEXT + f"<p>{long}</p>")).body


def test_a_budget_ends() -> None:
    seconds = iter((0.0, 1.0, 2.5))
    budget = Budget(cpu_s=2.0, clock=lambda: next(seconds))
    budget.check()
    with pytest.raises(PageBeyondLimits, match="more than 2 s to read"):
        budget.check()


def test_a_page_that_takes_too_long_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nanhai_crawler.pages.reading.Budget", lambda: Budget(cpu_s=-1.0))
    found = reading(page(TEXT))
    assert found.kind is PageKind.UNREAD
    assert found.kind_evidence.endswith("to read")
