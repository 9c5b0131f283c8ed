"""Part of an archive read again: what is chosen says what the whole re-reading would make of it, and nothing else changes."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.errors import UsageError
from nanhai_crawler.items import PageReading
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.pages.markup import FIRST, SECOND, TITLE
from tests.reextract.crawled import OLD, Reader, article_page, blind, crawl, records, today, url_of
from tests.reextract.test_found import PARTS, article_of, revisions
from tests.store.given import rows

ONE, TWO, OTHER = url_of(1), url_of(2), url_of(3).replace(":8080", ":8081")
PAGES = {
    ONE: article_page(1, FIRST, SECOND, info="时间：2020-05-06　来源：甲办"),
    TWO: article_page(2, info="时间：2021-05-06　来源：乙办"),
    OTHER: article_page(3, info="时间：2022-05-06　来源：乙办"),
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Three articles of two sites, all read badly."""
    crawl(tmp_path / "old", PAGES, OLD)
    return tmp_path / "old"


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ({"source": "乙办"}, {TWO, OTHER}),
        ({"since": "2021", "until": "2021"}, {TWO}),
        ({"site": "127.0.0.1:8081"}, {OTHER}),
        ({"site": "127.0.0.1:8080", "source": "乙办"}, {TWO}),
        ({"status": "gone"}, set()),
        ({"site": "nowhere.example"}, set()),
        ({"time": "captured", "until": "1999"}, set()),
        ({"time": "captured", "since": "1999"}, {ONE, TWO, OTHER}),
        ({"since_run": 0}, {ONE, TWO, OTHER}),
        ({"since_run": 1}, set()),
    ],
)
def test_only_what_the_filters_choose_is_read_again(
    old: Path, filters: dict[str, Any], chosen: set[str]
) -> None:
    before = records(old)
    dry = reextract(old, Filters(**filters), dry_run=True)
    summary = reextract(old, Filters(**filters))
    assert (summary.pages, summary.changed) == (len(chosen), len(chosen)) == (dry.pages, dry.changed)
    after = records(old)
    assert {url for url in after if after[url] != before[url]} == chosen
    assert {after[url]["title"] for url in chosen} <= {TITLE}


def test_articles_are_chosen_by_id_and_by_address(old: Path) -> None:
    with ArchiveReader.open(old) as reader:
        key = reader.record(ONE)["id"]
    reextract(old, articles=[key[:8], TWO.replace("http:", "https:")])
    told = records(old)
    assert [told[url]["title"] == TITLE for url in (ONE, TWO, OTHER)] == [True, True, False]
    assert reextract(old, Filters(source="甲办"), [TWO]).pages == 0
    with pytest.raises(UsageError, match="no article"):
        reextract(old, articles=["ffffffffffffffff"])


def test_article_by_article_comes_to_the_same_as_all_at_once(old: Path, tmp_path: Path) -> None:
    shutil.copytree(old, tmp_path / "whole")
    for url in PAGES:
        reextract(old, articles=[url])
    reextract(tmp_path / "whole")
    assert records(old) == records(tmp_path / "whole")
    assert revisions(old) == revisions(tmp_path / "whole")
    assert reextract(old).nothing_changed


def test_pages_of_a_site_that_were_no_articles_become_some_those_of_others_wait(tmp_path: Path) -> None:
    crawl(tmp_path / "a", PAGES, blind(*PAGES))
    assert reextract(tmp_path / "a", Filters(source="乙办")).pages == 0
    assert reextract(tmp_path / "a", Filters(site="127.0.0.1:8081")).new_articles == 1
    assert set(records(tmp_path / "a")) == {OTHER}
    assert reextract(tmp_path / "a", Filters(time="captured", since="1999")).new_articles == 2


def test_a_site_is_named_by_the_archives_own_files(tmp_path: Path) -> None:
    crawl(tmp_path / "a", PAGES, OLD)
    (tmp_path / "a" / "sites").mkdir()
    declared = 'title = "练习"\nseeds = ["http://127.0.0.1:8080/"]\n'
    (tmp_path / "a" / "sites" / "lianxi.toml").write_text(declared, encoding="utf-8")
    assert reextract(tmp_path / "a", Filters(site="Lianxi")).changed == 2


def test_a_payload_that_came_again_in_the_span_is_the_text_it_was_read_from(tmp_path: Path) -> None:
    """The capture in the span is not the one that the revision was read from."""
    crawl(tmp_path / "a", {ONE: PAGES[ONE]}, OLD)
    crawl(tmp_path / "a", {ONE: PAGES[ONE].replace(b"</body>", b"<i>2</i></body>")}, OLD)
    crawl(tmp_path / "a", {ONE: PAGES[ONE]}, OLD)
    times = [time for (time,) in rows(tmp_path / "a", "SELECT time FROM captures ORDER BY id")]
    span = Filters(time="captured", since=times[-1][:19], until=times[-1][:19])
    summary = reextract(tmp_path / "a", span)
    assert (summary.changed, summary.new_texts) == (1, 0)
    assert len(revisions(tmp_path / "a")) == 1


@pytest.mark.parametrize("reader", [OLD, today])
def test_an_article_that_is_a_page_of_another_brings_the_others(tmp_path: Path, reader: Reader) -> None:
    page_2 = list(PARTS)[1]
    alone = page_2.replace("_", "-")

    def apart(reading: PageReading) -> PageReading:
        reading = reader(reading)
        if reading.url != page_2:
            return reading
        article = replace(article_of(reading), url=alone)
        return replace(reading, article=article, page_number=1, page_count=1)

    crawl(tmp_path / "a", PARTS, apart)
    shutil.copytree(tmp_path / "a", tmp_path / "whole")
    assert set(records(tmp_path / "a")) == {alone}
    assert reextract(tmp_path / "a", articles=[alone]).new_articles == 1
    reextract(tmp_path / "whole")
    assert revisions(tmp_path / "a") == revisions(tmp_path / "whole")


def test_a_divided_article_of_a_chosen_site_is_joined(tmp_path: Path) -> None:
    crawl(tmp_path / "a", PARTS, blind(*PARTS))
    assert reextract(tmp_path / "a", Filters(site="127.0.0.1:8080")).new_articles == 1
    crawl(tmp_path / "b", PARTS)
    assert revisions(tmp_path / "a") == revisions(tmp_path / "b")
