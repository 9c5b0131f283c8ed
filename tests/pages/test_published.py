"""The time a page shows is kept as shown; what speaks against it is noted and mends nothing."""

from datetime import UTC, datetime

import pytest

from nanhai_crawler.items import Article
from nanhai_crawler.pages.reading import read_page
from tests.pages.markup import FIRST, SECOND, THIRD, TITLE, URL, page, paragraphs

CAPTURED = datetime(2024, 3, 10, 2, 0, tzinfo=UTC)
#: The entry key of URL says 2024-03-05; this address has none.
UNKEYED = "http://lianxi.example/2024/a.html"


def read(
    shown: str,
    *,
    head: str = "",
    captured: datetime | None = CAPTURED,
    url: str = UNKEYED,
    source: str = "区文明办",
) -> Article:
    html = page(paragraphs(FIRST, SECOND, THIRD), info=f"<p>发布时间：{shown} 来源：{source}</p>", head=head)
    found = read_page(url, html.encode(), captured=captured).article
    assert found is not None
    return found


def told(article: Article) -> tuple[str | None, str | None, str | None]:
    return article.published, article.evidence.get("published_raw"), article.evidence.get("published_doubt")


def test_a_sound_time_has_no_doubt() -> None:
    assert told(read("2024-03-04 10:20")) == ("2024-03-04T10:20+08:00", None, None)


@pytest.mark.parametrize("shown", ["2023年13月1日", "2023-02-30", "2023.00.10"])
def test_a_day_of_no_calendar_is_kept_raw_and_flagged(shown: str) -> None:
    found = read(shown)
    assert told(found) == (None, shown, "impossible date")
    assert "published" not in found.evidence


def test_an_impossible_day_is_not_replaced_by_what_the_tags_say() -> None:
    assert read("2023年13月1日", head='<meta name="PubDate" content="2023-11-01">').published is None


def test_an_impossible_clock_leaves_the_day() -> None:
    assert told(read("2024-03-04 25:61")) == ("2024-03-04", "2024-03-04 25:61", "impossible clock")


@pytest.mark.parametrize("shown", ["待定", "见正文", "二月"])
def test_a_labelled_time_that_is_none_is_kept_raw(shown: str) -> None:
    assert told(read(shown)) == (None, shown, "in no form of a date")


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("3天前", "2024-03-07"),
        ("昨天", "2024-03-09"),
        ("昨天 09:30", "2024-03-09T09:30+08:00"),
        ("2小时前", "2024-03-10"),
        ("5分钟前", "2024-03-10"),
    ],
)
def test_a_relative_time_is_reckoned_from_the_capture_and_marked(shown: str, value: str) -> None:
    assert told(read(shown)) == (value, shown, "relative, reckoned from the capture")


@pytest.mark.parametrize("shown", ["3个月前", "2周前", "去年"])
def test_a_relative_time_that_tells_no_day_is_only_kept_raw(shown: str) -> None:
    assert told(read(shown)) == (None, shown, "relative, tells no day")


def test_a_relative_time_is_left_alone_where_the_capture_is_not_known() -> None:
    assert told(read("3天前", captured=None)) == (None, "3天前", "in no form of a date")


def test_a_foreign_form_is_read_behind_the_strict_ones() -> None:
    assert told(read("Mar 4, 2024")) == ("2024-03-04", "Mar 4, 2024", None)


def test_a_future_time_is_kept_as_shown_and_flagged() -> None:
    assert told(read("2024-03-12 08:00")) == ("2024-03-12T08:00+08:00", None, "in the future of its capture")
    assert told(read("2024-03-11"))[2] is None


TAGS = {
    "as the standard has it": '<meta name="PubDate" content="2024-03-02 08:00">',
    "content first, other case": '<META content="2024/03/02" NAME="pubdate">',
    "another maker's": '<meta property="article:published_time" content="2024-03-02T08:00:00+08:00">',
}


@pytest.mark.parametrize("head", TAGS.values(), ids=TAGS)
def test_a_tag_of_another_day_is_noted_and_changes_nothing(head: str) -> None:
    value, raw, doubt = told(read("2024-03-04", head=head))
    assert (value, raw) == ("2024-03-04", None)
    assert doubt is not None
    assert doubt.endswith("says 2024-03-02")


@pytest.mark.parametrize("content", ["", " ", "2024-03-04 23:59:59", "待发布", "2024-13-40"])
def test_a_tag_that_agrees_or_says_nothing_is_not_noted(content: str) -> None:
    assert told(read("2024-03-04", head=f'<meta name="PubDate" content="{content}">'))[2] is None


@pytest.mark.parametrize("shown", ["2024-03-05", "2024-03-06", "2024-02-28", "2023-12-03", "2023-03-06"])
def test_back_dating_is_no_doubt(shown: str) -> None:
    assert told(read(shown, url=URL))[2] is None


@pytest.mark.parametrize("shown", ["2024-03-07", "2022-03-04", "2015-01-01"])
def test_a_day_beyond_back_dating_is_noted(shown: str) -> None:
    assert told(read(shown, url=URL)) == (shown, None, "entry key says 2024-03-05")


def test_a_tag_alone_is_read_and_doubted_where_the_key_says_otherwise() -> None:
    html = page(paragraphs(FIRST, SECOND, THIRD), info="", head='<meta name="PubDate" content="2015-01-01">')
    found = read_page(URL, html.encode(), captured=CAPTURED).article
    assert found is not None
    assert told(found) == ("2015-01-01", None, "entry key says 2024-03-05")
    assert found.evidence["published"] == "meta pubdate"


def test_title_and_source_that_the_tags_tell_otherwise_are_noted() -> None:
    head = (
        '<meta name="ArticleTitle" content="另一篇旧稿的题目"><meta name="contentsource" content="练江日报">'
    )
    found = read("2024-03-04", head=head)
    assert (found.title, found.source) == (TITLE, "区文明办")
    assert found.evidence["title_doubt"] == "meta articletitle says 另一篇旧稿的题目"
    assert found.evidence["source_doubt"] == "meta contentsource says 练江日报"


def test_a_shortened_or_longer_tag_of_the_title_is_no_doubt() -> None:
    for content in (TITLE[:8] + "…", f"{TITLE}——观察之一", TITLE.replace("，", ",")):
        head = (
            f'<meta name="ArticleTitle" content="{content}"><meta name="ContentSource" content=" 区文明办 ">'
        )
        evidence = read("2024-03-04", head=head).evidence
        assert not {"title_doubt", "source_doubt"} & evidence.keys()


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:time" content="2024年03月04日 10:20">',
        '<meta itemprop="datePublished" content="2024-03-04T10:20+08:00">',
        '<meta name="dcterms.created" content="2024-03-04T02:20+00:00">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-04T10:20"}</script>',
        '<script type="application/LD+JSON">{"title": "它的"引号"坏了", "pubDate":"2024-03-04T10:20",}</script>',
    ],
)
def test_tags_of_portals_and_linked_data_tell_the_time_where_nothing_is_shown(head: str) -> None:
    html = page(paragraphs(FIRST, SECOND, THIRD), info="<p>来源：区文明办</p>", head=head)
    found = read_page(UNKEYED, html.encode(), captured=CAPTURED).article
    assert found is not None
    assert found.published == "2024-03-04T10:20+08:00"
    assert found.evidence["published"].startswith("meta ")


def test_linked_data_of_a_list_make_it_no_article() -> None:
    rows = "".join(f"<li><a href='/{n}.html'>榕树下的会开了第{n}次</a></li>" for n in range(12))
    head = '<script type="application/ld+json">{"pubDate": "2024-03-04T10:20"}</script>'
    assert read_page(UNKEYED, page(f"<ul>{rows}</ul>", title="", info="", head=head).encode()).article is None


@pytest.mark.parametrize("shown", ["03-04 10:20", "3月4日 10:20", "3/4 10:20"])
def test_a_day_without_its_year_is_that_of_the_tags_where_they_agree(shown: str) -> None:
    head = '<meta property="article:published_time" content="2024-03-04T10:20:31+08:00">'
    found = read(shown, head=head)
    assert told(found) == ("2024-03-04T10:20:31+08:00", shown, None)
    other = read(shown, head=head.replace("03-04", "03-09"), captured=None)
    assert told(other)[:2] == (None, shown)
