"""The practice site through the public commands: what the archive has is what the site is."""

from collections import Counter

import pytest

from nanhai_crawler.practice import addresses
from nanhai_crawler.practice.columns import COLUMNS
from tests.crawl.practice_crawl import PracticeCrawl

#: What a page determines; the record's other keys are the archive's own.
FIELDS = (
    "url", "site", "column_path", "title", "published", "entered", "source", "origin", "authors", "credits",
    "section_headings", "sections", "body", "images", "attachments", "kicker", "subtitle",
)  # fmt: skip


def test_every_article_is_found_and_none_invented(practice: PracticeCrawl) -> None:
    true = [record["url"] for record in practice.site.truth(practice.url)]
    assert sorted(record["url"] for record in practice.first_records) == sorted(map(str, true))


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_what_the_site_says(practice: PracticeCrawl, field: str) -> None:
    read = {record["url"]: record[field] for record in practice.first_records}
    true = {record["url"]: record[field] for record in practice.site.truth(practice.url)}
    assert {url: value for url, value in read.items() if value != true[url]} == {}


def test_every_field_says_which_rule_read_it(practice: PracticeCrawl) -> None:
    told = ("title", "published", "source", "column_path", "entered")
    silent = [
        (record["url"], field)
        for record in practice.first_records
        for field in told
        if record[field] and not record["evidence"].get(field)
    ]
    assert silent == []


def test_the_column_that_only_a_breadcrumb_leads_to_is_found(practice: PracticeCrawl) -> None:
    hidden = {column.name for column in COLUMNS if column.hidden}
    found = {record["column_path"][-1] for record in practice.first_records if record["column_path"]}
    assert hidden
    assert hidden <= found


def test_nothing_is_fetched_twice_in_a_run(practice: PracticeCrawl) -> None:
    for hits in (practice.first_hits, practice.second_hits):
        assert [path for path, count in Counter(hit.path for hit in hits).items() if count > 1] == []


def test_every_page_and_file_that_is_linked_is_asked_for(practice: PracticeCrawl) -> None:
    # What a browser loads to show a page is no link, and belongs to no article.
    unlinked = {addresses.LOGO, addresses.STYLE, addresses.SCRIPT}
    assert set(practice.site.paths()) - {hit.path for hit in practice.first_hits} <= unlinked


def test_what_robots_txt_forbids_is_never_asked_for(practice: PracticeCrawl) -> None:
    asked = {hit.path.partition("?")[0] for hit in practice.first_hits + practice.second_hits}
    assert not asked & {addresses.SEARCH, addresses.DUTY}
    assert practice.first.counts["forbidden"] == 2


def test_the_first_crawl_is_complete_and_says_what_is_new(practice: PracticeCrawl) -> None:
    counts = practice.first.counts
    assert practice.first.code == 0
    assert practice.first.err == ""
    assert practice.first.summary["outcome"] == "complete"
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (practice.site.article_count, 0, 0)
    assert (counts["failed"], counts["waiting"]) == (0, 0)


def test_the_second_crawl_says_that_nothing_changed(practice: PracticeCrawl) -> None:
    counts = practice.second.counts
    assert practice.second.code == 0
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, practice.site.article_count)
    assert {record["revision"] for record in practice.second_records} == {1}


def test_the_second_crawl_gets_no_body_a_second_time(practice: PracticeCrawl) -> None:
    assert [hit.path for hit in practice.second_hits if hit.status == 200] == []
    assert sum(hit.status == 304 for hit in practice.second_hits) > practice.site.article_count


def test_the_second_crawl_counts_what_the_first_did(practice: PracticeCrawl) -> None:
    counted = ("pages", "files", "missing", "forbidden", "failed", "waiting")
    first, second = practice.first.counts, practice.second.counts
    assert [second[name] for name in counted] == [first[name] for name in counted]


def test_a_second_crawl_changes_no_record_but_when_it_was_seen_last(practice: PracticeCrawl) -> None:
    def lasting(records: list[dict[str, object]]) -> list[dict[str, object]]:
        return [{key: value for key, value in record.items() if key != "last_captured"} for record in records]

    assert lasting(practice.second_records) == lasting(practice.first_records)
    assert all(
        after["last_captured"] > before["last_captured"]
        for before, after in zip(practice.first_records, practice.second_records, strict=True)
    )
