"""What the old reader did not see becomes known, what it saw is never deleted, and divided articles stay whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from nanhai_crawler.items import Article, PageReading
from nanhai_crawler.pages.reading import read_page
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.records import Change
from nanhai_crawler.visits import Exchange, Outcome, Visit
from tests.pages.markup import FIRST, INFO, SECOND, THIRD, TITLE, page, paragraphs
from tests.reextract.crawled import (
    OLD,
    Reader,
    article_page,
    blind,
    crawl,
    found,
    records,
    today,
    url_of,
)
from tests.store.given import exchange, rows, running, taken

URL = url_of(1)
PAGE = article_page(1, FIRST)
LATER = article_page(1, FIRST, SECOND)
LAST = article_page(1, FIRST, SECOND, THIRD)
WALL = "<html><title>安全验证</title><body><p>您的访问过于频繁，请完成安全验证</p></body></html>".encode()
LISTING = (
    "<html><title>列表</title><body><ul>"
    + "".join(f"<li><a href='/{n}.html'>第{n}条</a></li>" for n in range(9))
    + "</ul>"
).encode()
BLIND = blind(URL)


def part_page(number: int, *texts: str) -> bytes:
    """A page of an article of three pages."""
    others = "".join(f'<a href="{url_of(1, other)}">[{other}]</a>' for other in (1, 2, 3) if other != number)
    html = page(paragraphs(*texts), title=f"<h2>{TITLE}</h2>", info=f"<div>{INFO}</div>", head="")
    return html.replace("</body>", f"<div>{others}</div></body>").encode()


PARTS = {
    url_of(1, 1): part_page(1, FIRST, "　　第一页到此为止，下一页接着说板凳的故事。"),
    url_of(1, 2): part_page(2, SECOND, "　　第二页到此为止，下一页接着说板凳的故事。"),
    url_of(1, 3): part_page(3, THIRD, "　　第三页到此为止，板凳的故事也说完了。"),
}


def article_of(reading: PageReading) -> Article:
    assert reading.article is not None
    return reading.article


def revisions(folder: Path) -> list[tuple[object, ...]]:
    texts = "SELECT article_id, number, title, body, text_digest, capture_id FROM revisions ORDER BY article_id, number"
    return rows(folder, texts)


def test_a_page_that_was_taken_for_a_list_becomes_an_article_first_captured_then(tmp_path: Path) -> None:
    for folder, reader in (("a", BLIND), ("b", today)):
        crawl(tmp_path / folder, {URL: PAGE, url_of(2): article_page(2)}, reader)
        crawl(tmp_path / folder, {URL: None}, reader)
    assert URL not in records(tmp_path / "a")
    dry = reextract(tmp_path / "a", dry_run=True)
    assert URL not in records(tmp_path / "a")
    summary = reextract(tmp_path / "a")
    for told in (dry, summary):
        assert (told.new_articles, told.changed, dict(told.kinds)) == (1, 0, {"listing → article": 1})
    ((first, last),) = rows(
        tmp_path / "a", "SELECT min(time), max(time) FROM captures WHERE url = :url", url=URL
    )
    record = records(tmp_path / "a")[URL]
    assert (record["first_captured"], record["last_captured"], record["revision"]) == (first, last, 1)
    assert found(tmp_path / "a", "榕树") == found(tmp_path / "b", "榕树")
    assert rows(tmp_path / "a", "SELECT kind FROM captures WHERE url = :url", url=URL) == [
        ("article",),
        (None,),
    ]
    assert rows(tmp_path / "a", "SELECT kind, leads FROM frontier WHERE url = :url", url=URL) == [
        ("article", 0)
    ]
    assert reextract(tmp_path / "a").nothing_changed
    assert crawl(tmp_path / "a", {URL: PAGE}) == [Change.UNCHANGED]


def test_every_text_that_was_not_seen_is_a_revision_in_the_order_of_the_captures(tmp_path: Path) -> None:
    for answer in (PAGE, LATER, PAGE, LAST):
        crawl(tmp_path / "a", {URL: answer}, BLIND)
    assert reextract(tmp_path / "a").new_articles == 1
    bodies = [body for (body,) in rows(tmp_path / "a", "SELECT body FROM revisions ORDER BY number")]
    assert [body.count("\n") + 1 for body in bodies] == [1, 2, 3]
    assert records(tmp_path / "a")[URL]["body"] == bodies[2]
    assert crawl(tmp_path / "a", {URL: LAST}) == [Change.UNCHANGED]


def test_an_older_text_found_later_takes_no_number_and_no_place_from_the_newest(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, BLIND)
    crawl(tmp_path / "a", {URL: LATER})
    newest = records(tmp_path / "a")[URL]
    summary = reextract(tmp_path / "a")
    assert (summary.new_articles, summary.new_texts) == (0, 1)
    record = records(tmp_path / "a")[URL]
    assert (record["revision"], record["body"]) == (1, newest["body"])
    assert record["first_captured"] < newest["first_captured"]
    assert crawl(tmp_path / "a", {URL: LAST}) == [Change.CHANGED]
    assert [number for _, number, *_ in revisions(tmp_path / "a")] == [1, 2, 3]
    assert records(tmp_path / "a")[URL]["revision"] == 3


def test_a_change_that_the_old_reader_could_not_see_is_a_text_of_its_own(tmp_path: Path) -> None:
    """It read no last paragraph; that is where the editors changed something."""
    for answer in (article_page(1, FIRST, SECOND), article_page(1, FIRST, THIRD)):
        crawl(tmp_path / "a", {URL: answer}, OLD)
    assert len(revisions(tmp_path / "a")) == 1
    summary = reextract(tmp_path / "a")
    assert (summary.changed, summary.new_texts) == (1, 1)
    assert crawl(tmp_path / "a", {URL: None}) == [Change.UNCHANGED]
    assert records(tmp_path / "a")[URL]["body"].endswith(THIRD.strip("　"))


def test_the_same_text_in_other_bytes_is_no_text_of_its_own(tmp_path: Path) -> None:
    """A counter in the page's foot: other bytes in each run, and one text to any reader."""
    for count in (1, 2, 3):
        crawl(tmp_path / "a", {URL: PAGE.replace(b"</body>", f"<i>{count}</i></body>".encode())}, OLD)
    assert len(revisions(tmp_path / "a")) == 1
    summary = reextract(tmp_path / "a")
    assert (summary.pages, summary.changed, summary.new_texts) == (3, 1, 0)


@pytest.mark.parametrize("answer", [WALL, LISTING])
def test_what_is_no_article_to_this_reader_stays_and_is_told(tmp_path: Path, answer: bytes) -> None:
    article = read_page(URL, PAGE)
    crawl(tmp_path / "a", {URL: answer}, lambda _reading: article)
    before = records(tmp_path / "a")
    summary = reextract(tmp_path / "a")
    assert (summary.changed, summary.no_articles.count, summary.no_articles.first[0][0]) == (0, 1, URL)
    assert records(tmp_path / "a") == before
    flagged = "SELECT captures.kind FROM revisions JOIN captures ON captures.id = capture_id"
    assert rows(tmp_path / "a", flagged) != [("article",)]
    again = reextract(tmp_path / "a")
    assert again.no_articles.count == 1
    assert again.nothing_changed


def test_walls_and_missing_pages_become_no_articles(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE})
    crawl(tmp_path / "a", {URL: WALL})
    assert reextract(tmp_path / "a").nothing_changed
    assert len(revisions(tmp_path / "a")) == 1


@pytest.mark.parametrize("reader", [OLD, blind(*PARTS)])
def test_a_divided_article_is_joined_as_in_a_crawl(tmp_path: Path, reader: Reader) -> None:
    crawl(tmp_path / "a", PARTS, reader)
    crawl(tmp_path / "b", PARTS)
    assert len(records(tmp_path / "b")) == 1
    reextract(tmp_path / "a")
    assert revisions(tmp_path / "a") == revisions(tmp_path / "b")
    parts = "SELECT article_url, page_number, url, page_count, links, reading FROM parts ORDER BY 2"
    assert rows(tmp_path / "a", parts) == rows(tmp_path / "b", parts)
    assert reextract(tmp_path / "a").nothing_changed


@pytest.mark.parametrize(
    "answers", [PARTS, dict.fromkeys(PARTS), {**PARTS, url_of(1, 2): None}], ids=["sent", "304", "some"]
)
def test_the_next_crawl_of_an_unchanged_divided_article_finds_it_unchanged(
    tmp_path: Path, answers: dict[str, bytes | Exchange | None]
) -> None:
    crawl(tmp_path / "a", PARTS, OLD)
    reextract(tmp_path / "a")
    assert set(crawl(tmp_path / "a", answers)) == {None, Change.UNCHANGED}


def test_each_text_of_a_divided_article_is_joined_of_its_own_captures(tmp_path: Path) -> None:
    """In the second run page 1 is not sent again, and page 2 is another."""
    second = {**dict.fromkeys(PARTS), url_of(1, 2): part_page(2, FIRST, SECOND)}
    for folder, reader in (("a", OLD), ("b", today)):
        crawl(tmp_path / folder, PARTS, reader)
        crawl(tmp_path / folder, second, reader)
    assert len(revisions(tmp_path / "a")) == 2
    assert reextract(tmp_path / "a").changed == 2
    assert revisions(tmp_path / "a") == revisions(tmp_path / "b")
    assert crawl(tmp_path / "a", dict.fromkeys(PARTS)) == [None, None, Change.UNCHANGED]


def test_a_page_that_lacks_others_is_told_and_is_no_article(tmp_path: Path) -> None:
    two = {url: PARTS[url] for url in (url_of(1, 1), url_of(1, 3))}
    crawl(tmp_path / "a", two)
    summary = reextract(tmp_path / "a")
    assert (summary.new_articles, summary.incomplete.count) == (0, 1)
    assert summary.incomplete.first == [(url_of(1, 1), "page 2 was not captured")]


def test_pages_that_were_articles_of_their_own_are_joined_and_stay(tmp_path: Path) -> None:
    def each_alone(reading: PageReading) -> PageReading:
        article = replace(article_of(reading), url=reading.url.replace("_", "-"))
        return replace(reading, article=article, page_number=1, page_count=1)

    crawl(tmp_path / "a", PARTS, each_alone)
    assert len(records(tmp_path / "a")) == 3
    summary = reextract(tmp_path / "a")
    assert (summary.new_articles, summary.no_articles.count) == (1, 3)
    assert len(records(tmp_path / "a")) == 4
    assert crawl(tmp_path / "a", dict.fromkeys(PARTS)) == [None, None, Change.UNCHANGED]


def test_pages_that_were_joined_and_are_articles_of_their_own_become_some(tmp_path: Path) -> None:
    urls = [url_of(1), url_of(2)]

    def joining(reading: PageReading) -> PageReading:
        article = replace(article_of(reading), url=urls[0])
        return replace(reading, article=article, page_number=urls.index(reading.url) + 1, page_count=2)

    pages: dict[str, bytes | Exchange | None] = {
        url: article_page(number) for number, url in enumerate(urls, 1)
    }
    crawl(tmp_path / "a", pages, joining)
    assert len(records(tmp_path / "a")) == 1
    summary = reextract(tmp_path / "a")
    assert (summary.new_articles, summary.changed) == (1, 1)
    assert len(records(tmp_path / "a")) == 2
    assert crawl(tmp_path / "a", dict.fromkeys(urls)) == [Change.UNCHANGED] * 2


def test_files_and_pages_of_no_known_address_are_not_read(tmp_path: Path) -> None:
    with running(tmp_path / "a", URL) as writer:
        writer.capture(exchange("http://127.0.0.1:8080/robots.txt", PAGE))
        capture = writer.capture(exchange(URL, PAGE))
        writer.finish(Visit(entry=taken(writer), outcome=Outcome.FILE, capture=capture))
    assert reextract(tmp_path / "a").pages == 0


def test_a_site_that_a_person_declared_is_read_by_its_rules_of_that_day(tmp_path: Path) -> None:
    shown = page(
        paragraphs(FIRST), title="<p class='t'>真正的题目在这里写着</p><h2>不是题目的一行字</h2>"
    ).encode()
    crawl(tmp_path / "a", {URL: shown})
    sites = tmp_path / "a" / "sites"
    sites.mkdir()
    declared = (
        'title = "练习"\nseeds = ["http://127.0.0.1:8080/"]\n'
        '[[selectors]]\nfield = "title"\ncss = ".t"\nvalid_until = {}\n'
    )
    (sites / "lianxi.toml").write_text(declared.format("2020-01-01"), encoding="utf-8")
    reextract(tmp_path / "a")
    assert records(tmp_path / "a")[URL]["title"] != "真正的题目在这里写着"
    (sites / "lianxi.toml").write_text(declared.format("2099-01-01"), encoding="utf-8")
    assert reextract(tmp_path / "a").fields["title"].count == 1
    assert records(tmp_path / "a")[URL]["title"] == "真正的题目在这里写着"
