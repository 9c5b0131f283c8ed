"""The reader: records as DESIGN names them, filters, status and runs, while a crawl writes."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.errors import ArchiveMissing, ArchiveTooNew, StorageError, UsageError
from nanhai_crawler.items import RECORD_KEYS, Article, Attachment, Credit
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import (
    CLOCK,
    HOME,
    article,
    article_url,
    exchange,
    reading,
    running,
    taken,
    visit_article,
)
from tests.store.library import empty_library, fill


def by(page: Article, name: str) -> Article:
    credit = Credit(role="记者", name=name, organization=None, raw=f"记者 {name}")
    return replace(page, authors=(name,), credits=(credit,))


PAGES = (
    article(article_url(1), title="大沥激扬生命力", body=("党建引领。", "第二段。")),
    replace(
        by(article(article_url(2), title="桂城学习培训"), "梁慧恩"),
        column_path=("干部工作", "学习培训"), published="2022-03-21", source="区委宣传部", origin=None,
    ),
    replace(
        by(article(article_url(3), title="未注明时间"), "柯凌娜"),
        column_path=("干部工作",), published=None, source=None, sections=(), images=(),
        attachments=(Attachment(url=HOME + "a.pdf", name="附件", media_type="application/pdf"),),
    ),
)  # fmt: skip


def keep(folder: Path, *pages: Article) -> None:
    with running(folder, *(page.url for page in pages)) as writer:
        by_url = {page.url: page for page in pages}
        while (entry := writer.frontier.take()) is not None:
            visit_article(writer, by_url[entry.url], entry)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three articles; the first has had two texts."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, replace(PAGES[0], title="旧题"), *PAGES[1:])
    keep(folder, *PAGES)
    return folder


@pytest.fixture
def reader(folder: Path) -> Iterator[ArchiveReader]:
    with ArchiveReader.open(folder) as reader:
        yield reader


def titles(reader: ArchiveReader, query: str = "", **filters: Any) -> set[str]:
    found = {record["title"] for record in reader.records(query, Filters(**filters))}
    assert found == {hit.title for hit in reader.search(query, Filters(**filters))}
    return found


def test_a_record_has_the_keys_of_the_design_in_order(reader: ArchiveReader) -> None:
    assert [tuple(record) for record in reader.records()] == [RECORD_KEYS] * 3


def test_a_record_says_what_the_article_says(reader: ArchiveReader) -> None:
    page, record = PAGES[0], reader.record(PAGES[0].url)
    for key in ("url", "site", "title", "published", "entered", "source", "origin", "body", "evidence"):
        assert record[key] == getattr(page, key)
    assert record["column_path"] == ["组工党建", "基层党建"]
    assert record["authors"] == ["李翠贞"]
    assert record["credits"][0] == {
        "role": "摄影",
        "name": "李翠贞",
        "organization": None,
        "raw": "李翠贞 摄",
    }
    assert record["section_headings"] == ["下好“一盘棋”"]
    paragraphs = [{"type": "paragraph", "text": text} for text in ("党建引领。", "第二段。")]
    assert record["sections"][0] == {
        "heading": None,
        "paragraphs": ["党建引领。", "第二段。"],
        "blocks": paragraphs,
    }
    assert record["images"] == [{"url": page.url + ".jpg", "caption": "图注", "credit": "李翠贞 摄"}]
    assert record["attachments"] == []
    assert (record["status"], record["revision"]) == ("live", 2)
    assert record["text_digest"].startswith("sha256:")
    assert record["warc_file"].endswith(".warc.gz")


def test_an_article_with_nothing_but_a_title_has_empty_lists(reader: ArchiveReader) -> None:
    record = reader.record(PAGES[2].url)
    assert record["published"] is record["source"] is None
    assert record["sections"] == record["section_headings"] == record["images"] == []
    assert record["body"] == ""
    assert record["attachments"] == [{"url": HOME + "a.pdf", "name": "附件", "media_type": "application/pdf"}]


def test_records_come_in_the_order_of_their_ids(reader: ArchiveReader) -> None:
    ids = [record["id"] for record in reader.records()]
    assert ids == sorted(ids)


def test_an_article_is_found_by_id_beginning_and_any_spelling_of_its_address(reader: ArchiveReader) -> None:
    known = reader.record(PAGES[0].url)
    secure = PAGES[0].url.replace("http://", "HTTPS://")
    for key in (
        known["id"],
        known["id"][:4],
        known["id"].upper(),
        secure,
        article_url(1, page=2),
        f" {PAGES[0].url}#x",
    ):
        assert reader.record(key) == known


@pytest.mark.parametrize(
    "key", ["", "abc", "ffffffffffffffff", "http://127.0.0.1/none", "大沥", "%", "\ud800"]
)
def test_what_names_no_article_is_told(reader: ArchiveReader, key: str) -> None:
    with pytest.raises(UsageError):
        reader.record(key)


def test_a_beginning_that_several_share_is_told(tmp_path: Path) -> None:
    with empty_library(tmp_path / "nanhai.sqlite3") as connection:
        fill(connection, [("甲", ""), ("乙", "")])
        connection.engine.dispose()
    with (
        ArchiveReader.open(tmp_path) as reader,
        pytest.raises(UsageError, match="several articles begin with 0000"),
    ):
        reader.record("0000")


def test_an_older_revision_is_there_with_its_own_text(reader: ArchiveReader) -> None:
    old = reader.record(PAGES[0].url, revision=1)
    assert (old["title"], old["revision"]) == ("旧题", 1)
    with pytest.raises(UsageError, match="no revision 3"):
        reader.record(PAGES[0].url, revision=3)


def test_only_the_newest_text_is_found(reader: ArchiveReader) -> None:
    assert titles(reader, "旧题") == set()
    assert titles(reader, "激扬") == {PAGES[0].title}


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"column": "干部工作"}, {1, 2}),
        ({"column": "學習培訓"}, {1}),
        ({"column": "干部工作 > 学习培训"}, {1}),
        ({"column": "干部工作>学习培训"}, {1}),
        ({"column": "工作"}, set()),
        ({"source": "区委组织部_admin"}, {0}),
        ({"source": "区委"}, set()),
        ({"origin": "佛山市新闻传媒中心"}, {0, 2}),
        ({"author": "梁慧恩"}, {1}),
        ({"author": "\ud800"}, set()),
        ({"status": "live"}, {0, 1, 2}),
        ({"status": "gone"}, set()),
        ({"since": "2022"}, {0, 1}),
        ({"since": "2022-03-22"}, {0}),
        ({"until": "2022"}, {1}),
        ({"until": "2023-10-31"}, {0, 1}),
        ({"until": "2023-10-31T13:01"}, {1}),
        ({"since": "2023-10-31 13:02", "until": "2023-10"}, {0}),
        ({"since": "2023-10-31T13:02:00+08:00", "until": "2023-10-31T13:02:00+08:00"}, {0}),
        ({"since": "2023-10-31T05:02:00Z"}, {0}),
        ({"since": "2023-10-31T05:02:01.5Z"}, set()),
        ({"since": "2022", "author": "李翠贞", "column": "基层党建"}, {0}),
    ],
)
def test_filters_narrow_what_is_found(
    reader: ArchiveReader, filters: dict[str, Any], numbers: set[int]
) -> None:
    assert titles(reader, **filters) == {PAGES[number].title for number in numbers}


@pytest.mark.parametrize(
    "filters",
    [
        {"status": "dead"},
        {"since": "last year"},
        {"until": "2023-1"},
        {"since": "2023-13"},
        {"until": "2023-02-30"},
        {"since": "2023-10-31T25:00"},
        {"since": "２０２３"},
        {"since": ""},
        {"until": "2023-10+08:00"},
        {"changed_since": ""},
        {"until": "0001-01-01T00:00+08:00", "time": "captured"},
    ],
)
def test_filters_that_mean_nothing_are_told(filters: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Filters(**filters)


def test_the_page_behind_a_revision_is_read_from_its_snapshot(reader: ArchiveReader) -> None:
    assert reader.page(PAGES[0].url) == PAGES[0].body
    assert reader.page(PAGES[1].url) == PAGES[1].body


def test_status_counts_what_is_there(reader: ArchiveReader, folder: Path) -> None:
    status = reader.status()
    assert status.articles == {"live": 3}
    assert (status.revisions, status.captures, status.urls_failing) == (4, 6, 0)
    assert status.warc_bytes == sum(path.stat().st_size for path in folder.glob("warc/*"))
    news = {column.path: (column.articles, column.latest) for column in status.columns}
    assert news["组工党建 > 基层党建"] == (1, "2023-10-31T13:02:00+08:00")
    assert news["干部工作"] == (1, None)
    assert status.last_run is not None
    assert status.last_run.id == 2


def test_runs_come_last_first(reader: ArchiveReader) -> None:
    runs = reader.runs()
    assert [(run.id, run.outcome, run.exit_code) for run in runs] == [(2, "complete", 0), (1, "complete", 0)]
    assert runs[0].counts["unchanged"] == 2


def test_records_are_read_as_of_one_moment_and_as_they_are_asked_for(tmp_path: Path) -> None:
    pages = [article(article_url(number), title=f"第{number}篇") for number in range(250)]
    keep(tmp_path, *pages)
    with ArchiveReader.open(tmp_path) as reader:
        records = reader.records()
        first = next(records)
        with ArchiveWriter.open(tmp_path, clock=CLOCK) as writer:
            writer.begin_run([page.url for page in pages])
            for _ in pages:
                entry = taken(writer)
                page = article(entry.url, title="改过")
                visit = Visit(entry=entry, outcome=Outcome.READ, reading=reading(page))
                writer.finish(replace(visit, capture=writer.capture(exchange(entry.url))))
            writer.end_run(outcome="complete", exit_code=0)
        assert {record["title"] for record in (first, *records)} == {page.title for page in pages}
        assert {record["title"] for record in reader.records()} == {"改过"}


def test_no_archive_is_told_with_what_to_do(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(ArchiveMissing, match="nanhai crawl"):
            ArchiveReader.open(folder)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StorageError, match="not an archive folder"):
        ArchiveReader.open(file)
    (tmp_path / "nanhai.sqlite3").touch()
    with pytest.raises(ArchiveMissing):
        ArchiveReader.open(tmp_path)
    (tmp_path / "nanhai.sqlite3").write_bytes(b"no database at all")
    with pytest.raises(StorageError):
        ArchiveReader.open(tmp_path)


def test_a_newer_archive_is_not_touched(tmp_path: Path) -> None:
    keep(tmp_path, PAGES[0])
    connection = sqlite3.connect(tmp_path / "nanhai.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveTooNew):
        ArchiveReader.open(tmp_path)


def test_a_record_is_json(reader: ArchiveReader) -> None:
    for record in reader.records():
        assert json.loads(json.dumps(record)) == record
