"""``open_archive``: what a Python program gets of an archive, and that it cannot change it."""

import doctest
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

import nanhai_crawler
from nanhai_crawler import open_archive
from nanhai_crawler.errors import ArchiveMissing, UsageError
from nanhai_crawler.items import RECORD_KEYS
from nanhai_crawler.library import Archive
from nanhai_crawler.library import archive as documented
from tests.store.given import article, article_url
from tests.store.test_reader import PAGES, keep


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("存档")
    keep(folder, *PAGES)
    return folder


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with open_archive(folder) as archive:
        yield archive


def test_the_documented_example_is_what_happens(folder: Path) -> None:
    ran = doctest.testmod(documented, extraglobs={"EXAMPLE": folder, "open_archive": open_archive})
    assert ran.attempted > 0
    assert ran.failed == 0


def test_an_article_is_found_by_id_beginning_and_address(archive: Archive) -> None:
    for known in archive:
        assert (
            archive.article(known.id) == archive.article(known.id[:8]) == archive.article(known.url) == known
        )


def test_an_article_says_what_its_record_does_key_by_key(archive: Archive) -> None:
    given = archive.articles()
    for one, record in zip(given, given.records(), strict=True):
        told = json.dumps({key: getattr(one, key) for key in RECORD_KEYS}, default=asdict)
        assert json.loads(told) == record
    first = next(iter(archive))
    assert first.sections[0].paragraphs
    assert first.credits[0].raw


def test_articles_are_read_as_they_are_asked_for_and_as_often(archive: Archive) -> None:
    found = archive.articles("大沥")
    assert [one.id for one in found] == [one.id for one in found]
    assert {one.id for one in found} <= {one.id for one in archive}


def test_filters_and_search_are_those_of_the_command_line(archive: Archive) -> None:
    found = list(archive.articles(column="基层党建", since="2023"))
    assert found == [
        one for one in archive if "基层党建" in one.column_path and (one.published or "") >= "2023"
    ]
    assert found
    assert not list(archive.articles(author="无此人"))
    hits = list(archive.search("大沥", sort="newest", limit=1))
    assert len(hits) == 1
    with pytest.raises(UsageError):
        archive.articles(status="lost")


def test_a_revision_leads_to_its_capture_and_the_bytes_of_the_page(archive: Archive) -> None:
    for one in archive:
        capture = archive.capture(one)
        assert capture in archive.captures(one.id)
        assert (capture.warc_file, capture.warc_offset) == (one.warc_file, one.warc_offset)
        digest = hashlib.sha256(archive.payload(capture)).hexdigest()
        assert capture.payload_digest == f"sha256:{digest}"


def test_every_text_an_article_had_is_there_the_oldest_first(tmp_path: Path) -> None:
    keep(tmp_path, article(article_url(1)))
    keep(tmp_path, article(article_url(1), body=("改过的首段。",)))
    with open_archive(tmp_path) as archive:
        texts = archive.revisions(article_url(1))
        assert [one.revision for one in texts] == [1, 2]
        assert "改过" in texts[1].body
        assert "改过" not in texts[0].body


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        open_archive(tmp_path)


def test_the_package_has_nothing_else_by_that_way() -> None:
    with pytest.raises(AttributeError):
        nanhai_crawler.close_archive  # type: ignore[attr-defined]  # noqa: B018


def test_counts_are_those_of_the_command_line(archive: Archive) -> None:
    counts = {one.value: one.count for one in archive.count(by="column")}
    assert counts == {"干部工作": 1, "干部工作 > 学习培训": 1, "组工党建 > 基层党建": 1}
    assert [one.value for one in archive.count(by="year")] == ["2022", "2023", None]
    assert archive.count("无此词") == []


def test_a_word_or_number_that_means_nothing_is_refused_with_those_that_do(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no by 'weekday'; there are: column, "):
        archive.count(by="weekday")  # type: ignore[arg-type]  # as a program without types would
    with pytest.raises(UsageError, match="no sort 'best'; there are: relevance, "):
        archive.search("大沥", sort="best")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no time 'published'; there are: shown, "):
        archive.articles(time="published")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="limit -1"):
        archive.search("大沥", limit=-1)
    with pytest.raises(UsageError, match="width -5"):
        archive.kwic("大沥", width=-5)


def test_a_span_of_time_is_of_what_was_shown_entered_or_captured(archive: Archive) -> None:
    everything = list(archive)
    assert [one for one in everything if one.first_captured >= "2020"] == list(
        archive.articles(time="captured", since="2020")
    )
    assert list(archive.articles(time="captured", until="2020")) == []
    with_entry = [one for one in everything if (one.entered or "") >= "2023"]
    assert list(archive.articles(time="entered", since="2023")) == with_entry


def test_an_archive_and_a_selection_say_what_they_are(archive: Archive, folder: Path) -> None:
    assert repr(archive) == f"<Archive {str(folder)!r}: 3 articles>"
    assert repr(archive.articles()) == "<Selection of all articles>"
    chosen = archive.articles("大沥", column="组工党建", since="2023")
    assert repr(chosen) == "<Selection '大沥', column='组工党建', since='2023'>"


def test_help_on_an_archive_names_every_filter() -> None:
    assert all(f"``{name}" in (Archive.__doc__ or "") for name in documented.Wanted.__annotations__)


def test_each_match_stands_in_its_context(archive: Archive) -> None:
    lines = list(archive.kwic("大沥", width=3, column="组工党建"))
    assert [(line.field, line.match, line.right) for line in lines] == [("title", "大沥", "激扬生")]


def test_what_changed_since_a_run_is_asked_for_like_anything_else(archive: Archive) -> None:
    assert len(list(archive.articles(since_run=0))) == 3
    assert list(archive.articles(since_run=1)) == []
