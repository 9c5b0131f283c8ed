"""An archive made by an earlier version is brought up to date when it is opened, and nothing in it is lost."""

import csv
import json
import sqlite3
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from nanhai_crawler.cli.program import run
from nanhai_crawler.errors import ArchiveOutdated
from nanhai_crawler.items import ItemList, Paragraph, Section, Table
from nanhai_crawler.store.database import REVISIONS, open_engine_writer
from nanhai_crawler.store.migration import scripts_config
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.repair.repair import repair
from nanhai_crawler.store.verification.finding import Thing
from nanhai_crawler.store.verification.verification import verify
from nanhai_crawler.text.digest import text_digest
from nanhai_crawler.urls.identity import article_id
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import article, article_url, exchange, reading, rows, running, taken, visit_article

TITLE, BODY = "旧档案里的一篇", "首段。\n次段。"
URL = article_url(7)


def make_first_version(folder: Path) -> None:
    """An archive with one article, as the first migration's tables have it."""
    folder.mkdir(exist_ok=True)
    engine = open_engine_writer(folder / "nanhai.sqlite3")
    with engine.connect() as connection:
        config = scripts_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    engine.dispose()
    time = "2026-10-01T00:00:00.000Z"
    given: dict[str, dict[str, Any]] = {
        "runs": {"id": 1, "started": time, "outcome": "complete", "seeds": "[]", "counts": "{}", "version": "0"},
        "captures": {
            "id": 1, "run_id": 1, "url": URL, "time": time, "status": 200, "payload_digest": "sha256:0",
            "payload_length": 1, "record_type": "response", "warc_file": "a.warc.gz", "warc_offset": 0, "warc_length": 1,
        },
        "revisions": {
            "id": 1, "article_id": article_id(URL), "number": 1, "capture_id": 1, "run_id": 1,
            "text_digest": text_digest(TITLE, BODY), "title": TITLE, "evidence": "{}", "body": BODY,
        },
        "articles": {
            "id": article_id(URL), "url": URL, "site": "zuzhibu", "status": "live", "revision": 1, "revision_id": 1,
            "first_captured": time, "last_captured": time,
        },
        "sections": {"revision_id": 1, "position": 1, "paragraphs": BODY},
        "search_index": {"rowid": 1, "title": "第一 版", "body": "的词"},
    }  # fmt: skip
    with sqlite3.connect(folder / "nanhai.sqlite3") as connection_:
        for table, values in given.items():
            places = ", ".join("?" * len(values))
            connection_.execute(
                f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})",  # noqa: S608  ours
                [*values.values()],
            )
    connection_.close()


def test_a_reader_says_that_an_archive_is_of_an_earlier_version(tmp_path: Path) -> None:
    make_first_version(tmp_path / "a")
    with pytest.raises(ArchiveOutdated, match="earlier version"):
        ArchiveReader.open(tmp_path / "a")


@pytest.mark.parametrize(
    "words", [("show", URL, "--json"), ("search", "次段", "--json"), ("export", "jsonl", "-o", "-")]
)
def test_any_command_brings_an_earlier_archive_up_to_date(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    folder = tmp_path / "旧 档案"
    make_first_version(folder)
    assert run([*words, "--archive", str(folder)]) == 0
    said = capfd.readouterr()
    assert "brought up to date" in said.err
    assert json.loads(said.out)["title"] == TITLE
    assert rows(folder, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
    assert rows(folder, "SELECT title, body, kicker FROM article_latest") == [(TITLE, BODY, None)]


def test_an_earlier_archive_is_verified_as_what_it_will_be_and_not_taken_for_damaged(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    before = (tmp_path / "nanhai.sqlite3").read_bytes()
    found = verify(tmp_path)
    assert {finding.thing for finding in found.findings} == {Thing.WARC}  # it has no snapshot
    assert "made by an earlier version" in found.notes[-1]
    assert (tmp_path / "nanhai.sqlite3").read_bytes() == before


def test_a_repair_brings_an_earlier_archive_up_to_date_and_does_not_make_it_anew(tmp_path: Path) -> None:
    make_first_version(tmp_path)
    done = repair(tmp_path).done
    assert "nanhai.sqlite3: brought up to date for this version of the program" in done
    assert not [said for said in done if "made anew with" in said]
    assert rows(tmp_path, "SELECT id, outcome FROM runs") == [(1, "complete")]


def test_what_was_kept_before_reads_as_it_did(tmp_path: Path) -> None:
    make_first_version(tmp_path / "a")
    with running(tmp_path / "a"):
        pass
    with ArchiveReader.open(tmp_path / "a") as reader:
        record = reader.record(URL)
    assert (record["kicker"], record["subtitle"]) == (None, None)
    assert record["sections"] == [
        {
            "heading": None,
            "paragraphs": BODY.split("\n"),
            "blocks": [{"type": "paragraph", "text": text} for text in BODY.split("\n")],
        }
    ]


ROWS = (("巷子", "户数"), ("鱼骨巷", "61"))
WHOLE = replace(
    article(),
    kicker="引题一行",
    subtitle="——副题一行",
    sections=(
        Section(
            heading=None,
            paragraphs=("首段。", "一；", "二。"),
            blocks=(
                Paragraph(text="首段。"),
                Table(caption="表题", header_rows=1, rows=ROWS),
                ItemList(ordered=True, items=("一；", "二。")),
            ),
        ),
        Section(heading="次节", paragraphs=("末段。",)),
    ),
)
WHOLE_BLOCKS = [
    {"type": "paragraph", "text": "首段。"},
    {"type": "table", "caption": "表题", "header_rows": 1, "rows": [list(row) for row in ROWS]},
    {"type": "list", "ordered": True, "items": ["一；", "二。"]},
]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with running(tmp_path / "a") as writer:
        visit_article(writer, WHOLE)
    return tmp_path / "a"


def test_kicker_subtitle_and_blocks_are_kept(kept: Path) -> None:
    with ArchiveReader.open(kept) as reader:
        record = reader.record(WHOLE.url)
    assert (record["kicker"], record["subtitle"]) == ("引题一行", "——副题一行")
    assert [section["blocks"] for section in record["sections"]] == [
        WHOLE_BLOCKS,
        [{"type": "paragraph", "text": "末段。"}],
    ]


def test_tables_are_told_in_sql(kept: Path) -> None:
    found = rows(
        kept,
        "SELECT json_extract(value, '$.caption'), json_extract(value, '$.rows') FROM revisions"
        " JOIN sections ON revision_id = revisions.id, json_each(blocks) WHERE json_extract(value, '$.type') = 'table'",
    )
    assert [(caption, json.loads(words)) for caption, words in found] == [
        ("表题", [list(row) for row in ROWS])
    ]


def test_titles_around_the_title_change_no_text_digest(kept: Path) -> None:
    plain = text_digest(WHOLE.title, WHOLE.body)
    assert rows(kept, "SELECT text_digest FROM revisions") == [(plain,)]


def test_csv_has_kicker_and_subtitle_as_its_last_columns(
    kept: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "csv", "-o", "-", "--archive", str(kept)]) == 0
    (row,) = csv.DictReader(StringIO(capfd.readouterr().out, newline=""))
    assert list(row.items())[-2:] == [("kicker", "引题一行"), ("subtitle", "——副题一行")]


def test_the_pages_of_a_divided_article_keep_their_blocks_while_they_wait(tmp_path: Path) -> None:
    with running(tmp_path / "a", WHOLE.url, article_url(1, 2)) as writer:
        for page, last in ((1, "末段。"), (2, "又一段。")):
            entry = taken(writer)
            sections = (WHOLE.sections[0], replace(WHOLE.sections[1], paragraphs=(last,)))
            part = reading(replace(WHOLE, sections=sections), page, 2)
            capture = writer.capture(exchange(entry.url, f"第{page}页".encode()))
            writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=capture, reading=part))
    with ArchiveReader.open(tmp_path / "a") as reader:
        record = reader.record(WHOLE.url)
    assert [section["heading"] for section in record["sections"]] == [None, "次节", "次节"]
    assert record["sections"][0]["blocks"] == WHOLE_BLOCKS
    assert record["sections"][1]["blocks"][1:] == WHOLE_BLOCKS
