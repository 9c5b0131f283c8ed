"""A better reader's reading takes the place of the old one: same article, same revision, nothing lost."""

import gzip
import json
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from nanhai_crawler.pages.edition import reader_edition
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.records import Change
from nanhai_crawler.text.terms import index_terms
from nanhai_crawler.visits import Exchange
from tests.pages.markup import FIRST, SECOND, THIRD, TITLE
from tests.reextract.crawled import (
    OLD,
    article_page,
    crawl,
    found,
    records,
    today,
    url_of,
    with_article,
)
from tests.store.given import exchange, rows

URL = url_of(1)
PAGE = article_page(1, FIRST, SECOND, THIRD)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """What today's reader makes of the page."""
    crawl(tmp_path / "fresh", {URL: PAGE})
    return tmp_path / "fresh"


def texts_of(folder: Path) -> dict[str, dict[str, object]]:
    return records(folder, ("warc_file", "warc_offset", "first_captured", "last_captured"))


def check_index(folder: Path) -> None:
    """Raises where the index is not what the texts make."""
    connection = sqlite3.connect(folder / "nanhai.sqlite3")
    connection.create_function("terms", 2, index_terms, deterministic=True)
    connection.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
    connection.rollback()
    connection.close()


def test_what_is_read_as_it_was_is_left_as_it_is(fresh: Path) -> None:
    before = records(fresh)
    summary = reextract(fresh)
    assert (summary.pages, summary.revisions, summary.changed, summary.fields) == (1, 1, 0, {})
    assert summary.nothing_changed
    assert records(fresh) == before
    assert rows(fresh, "SELECT reading, reader FROM revisions") == [(1, reader_edition())]


def test_a_changed_reading_is_a_new_reading_of_the_same_revision(tmp_path: Path, fresh: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, OLD)
    was = records(tmp_path / "a")[URL]
    summary = reextract(tmp_path / "a")
    assert (summary.changed, summary.new_articles, summary.new_texts) == (1, 0, 0)
    assert texts_of(tmp_path / "a") == texts_of(fresh)
    assert rows(tmp_path / "a", "SELECT number, reading, reader FROM revisions") == [(1, 2, reader_edition())]
    ((number, reader, former),) = rows(tmp_path / "a", "SELECT number, reader, former FROM former_readings")
    assert (number, reader) == (1, reader_edition())
    assert json.loads(former) == {key: was[key] for key in ("title", "sections", "text_digest")}


def test_search_finds_what_is_read_now_and_no_more_what_was_read(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, OLD)
    assert found(tmp_path / "a", "练习区委") == [URL]
    assert found(tmp_path / "a", "小板凳会") == []
    reextract(tmp_path / "a")
    assert found(tmp_path / "a", "练习区委") == []
    assert found(tmp_path / "a", "小板凳会") == [URL]
    check_index(tmp_path / "a")


@pytest.mark.parametrize("answer", [PAGE, None])
def test_the_next_crawl_of_the_unchanged_page_finds_it_unchanged(
    tmp_path: Path, answer: bytes | None
) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, OLD)
    reextract(tmp_path / "a")
    assert crawl(tmp_path / "a", {URL: answer}) == [Change.UNCHANGED]


def test_without_reading_again_the_next_crawl_would_cry_wolf(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, OLD)
    assert crawl(tmp_path / "a", {URL: PAGE}) == [Change.CHANGED]


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {URL: PAGE}, OLD)
    reextract(tmp_path / "a")
    before = rows(tmp_path / "a", "SELECT * FROM revisions")
    assert reextract(tmp_path / "a").nothing_changed
    assert rows(tmp_path / "a", "SELECT * FROM revisions") == before
    assert rows(tmp_path / "a", "SELECT count(*) FROM former_readings") == [(1,)]


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(number): article_page(number, FIRST, THIRD) for number in (1, 2, 3, 4)}, OLD)
    before = {path: sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}
    dry = reextract(folder, dry_run=True)
    assert {path: sha256(path.read_bytes()).digest() for path in before} == before
    done = reextract(folder)
    assert replace(dry, dry_run=False, duration_s=0) == replace(done, duration_s=0)
    assert {name: changes.count for name, changes in dry.fields.items()} == {"title": 4, "body": 4}
    title = dry.fields["title"].examples[0]
    assert (title.revision, title.old, title.new) == (1, "练习区委组织部", TITLE)
    assert len(dry.fields["title"].examples) == 3


def test_each_text_is_read_again_from_its_own_capture(tmp_path: Path) -> None:
    later = article_page(1, FIRST, SECOND)
    for folder, reader in (("old", OLD), ("new", today)):
        crawl(tmp_path / folder, {URL: PAGE}, reader)
        crawl(tmp_path / folder, {URL: later}, reader)
    assert reextract(tmp_path / "old").changed == 2
    texts = "SELECT number, title, body, text_digest FROM revisions"
    assert rows(tmp_path / "old", texts) == rows(tmp_path / "new", texts)


def test_a_third_reading_keeps_the_two_before(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {URL: PAGE}, OLD)
    with sqlite3.connect(folder / "nanhai.sqlite3") as connection:
        connection.execute("UPDATE revisions SET reader = 'first'")
    connection.close()
    reextract(folder)
    with sqlite3.connect(folder / "nanhai.sqlite3") as connection:
        connection.execute("UPDATE revisions SET published = NULL, reader = 'second'")
    connection.close()
    assert reextract(folder).fields["published"].examples[0].old is None
    former = rows(folder, "SELECT number, reader, former FROM former_readings ORDER BY number")
    assert [(number, reader) for number, reader, _ in former] == [(1, "first"), (2, "second")]
    assert json.loads(former[1][2]) == {"published": None}


def test_the_column_is_that_of_the_newest_text_and_an_empty_one_goes(tmp_path: Path, fresh: Path) -> None:
    wrong = with_article(lambda article: replace(article, column_path=("首页", "组工党建 > 基层党建")))
    crawl(tmp_path / "a", {URL: article_page(1, FIRST)}, wrong)
    crawl(tmp_path / "a", {URL: PAGE}, wrong)
    summary = reextract(tmp_path / "a")
    assert summary.fields["column_path"].count == 1
    paths = "SELECT path FROM columns ORDER BY path"
    assert rows(tmp_path / "a", paths) == rows(fresh, paths)


def test_bytes_kept_before_are_read_where_they_are_kept(tmp_path: Path) -> None:
    """The same bytes at another address, with another charset in the header: a revisit, read as it came."""
    text = article_page(1, FIRST, THIRD).decode().replace("<meta charset='utf-8'>", "").encode("gb18030")
    headers = (("Content-Type", "text/html; charset=gb2312"), ("Content-Encoding", "gzip"))
    packed = gzip.compress(text, mtime=0)

    def answer(number: int) -> Exchange:
        return exchange(url_of(number), packed, response_headers=headers)

    crawl(tmp_path / "a", {url_of(1): answer(1), url_of(2): answer(2)}, OLD)
    assert rows(tmp_path / "a", "SELECT record_type FROM captures") == [("response",), ("revisit",)]
    assert reextract(tmp_path / "a").changed == 2
    crawl(tmp_path / "b", {url_of(1): answer(1), url_of(2): answer(2)})
    assert texts_of(tmp_path / "a") == texts_of(tmp_path / "b")


def test_what_the_bytes_were_read_as_is_told_anew(tmp_path: Path) -> None:
    wrong = with_article(lambda article: article)
    crawl(
        tmp_path / "a",
        {URL: PAGE},
        lambda page: replace(wrong(page), charset="gb18030", charset_evidence="guess"),
    )
    crawl(
        tmp_path / "a", {URL: PAGE}, lambda page: replace(page, charset="gb18030", charset_evidence="guess")
    )
    assert reextract(tmp_path / "a").charsets == {"gb18030 → utf-8": 1}
    assert rows(tmp_path / "a", "SELECT DISTINCT charset FROM captures") == [("utf-8",)]
    assert reextract(tmp_path / "a").nothing_changed
