"""Updates: what changes beside a text is taken over, what was said before is kept, and nothing is lost by a redesign."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.cli.program import run
from nanhai_crawler.items import Article, Section, Table
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.carrying import carry_on, carry_over
from nanhai_crawler.store.export.jsonl import write_jsonl
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from nanhai_crawler.store.readings import NewReading
from nanhai_crawler.store.records import Change
from nanhai_crawler.store.report import read_report
from tests.pages.markup import CRUMBS, FIRST, INFO, THIRD, TITLE, page, paragraphs
from tests.reextract.crawled import crawl, records, url_of
from tests.store.given import article, exchange, rows, running, visit_article

URL = url_of(1)
IMAGE = '<p><img src="/p/1.jpg"></p>'
FILE = '<p><a href="/f/1.doc">附件：名单.doc</a></p>'
TABLE = (
    "<table><tr><th>村</th><th>户数</th></tr><tr><td>桥头</td><td>12</td></tr>"
    "<tr><td>河东</td><td>30</td></tr></table>"
)


def shown(
    *, info: str = INFO, crumbs: str = CRUMBS, title: str = "", more: str = "", visits: int = 0
) -> bytes:
    """The article's page, the same text always."""
    html = page(
        paragraphs(FIRST, THIRD) + more,
        info=f"<div>{info}</div>",
        crumbs=crumbs,
        title=title or f"<h2>{TITLE}</h2>",
    )
    return html.replace("版权所有", f"访问量：{visits} 版权所有").encode()


#: Each: the page before, the page after, and which key of the record it is about.
CHANGES: dict[str, tuple[bytes, bytes, str]] = {
    "time": (shown(), shown(info=INFO.replace("10:20:00", "11:45:00")), "published"),
    "source": (shown(), shown(info=INFO.replace("区委组织部_Admin", "区人社局_Admin")), "source"),
    "column": (shown(), shown(crumbs=CRUMBS.replace("基层党建", "人才工作")), "column_path"),
    "picture added": (shown(), shown(more=IMAGE), "images"),
    "picture replaced": (shown(more=IMAGE), shown(more=IMAGE.replace("1.jpg", "2.jpg")), "images"),
    "file added": (shown(), shown(more=FILE), "attachments"),
    "table changed": (shown(more=TABLE), shown(more=TABLE.replace("12", "13")), "sections"),
}


def reading_of(folder: Path) -> tuple[Any, ...]:
    """Which reading of which capture the only revision is."""
    return rows(folder, "SELECT number, reading, capture_id FROM revisions")[0]


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_beside_the_text_is_a_new_reading_of_the_same_revision(
    name: str, tmp_path: Path
) -> None:
    before, after, key = CHANGES[name]
    assert crawl(tmp_path / "fresh", {URL: after}) == [Change.NEW]
    assert crawl(tmp_path / "a", {URL: before}) == [Change.NEW]
    was = records(tmp_path / "a")[URL]
    assert crawl(tmp_path / "a", {URL: after}) == [Change.UPDATED]
    now = records(tmp_path / "a")[URL]
    assert now[key] == records(tmp_path / "fresh")[URL][key] != was[key]
    assert (now["revision"], now["text_digest"]) == (1, was["text_digest"])
    assert reading_of(tmp_path / "a") == (1, 2, 2)
    former = "SELECT number, capture_id, former FROM former_readings"
    ((number, capture, said),) = rows(tmp_path / "a", former)
    assert (number, capture, json.loads(said)[key]) == (1, 1, was[key])


@pytest.mark.parametrize("name", CHANGES)
def test_after_an_update_everything_is_as_it_says(name: str, tmp_path: Path) -> None:
    before, after, _ = CHANGES[name]
    for answer in (before, after):
        crawl(tmp_path, {URL: answer})
    assert crawl(tmp_path, {URL: after}) == [Change.UNCHANGED]
    assert crawl(tmp_path, {URL: None}) == [Change.UNCHANGED]
    told = records(tmp_path)
    assert reextract(tmp_path).nothing_changed
    assert records(tmp_path) == told
    assert crawl(tmp_path, {URL: before}) == [Change.UNCHANGED if "added" in name else Change.UPDATED]


def test_surroundings_evidence_schemes_and_caches_are_no_update(tmp_path: Path) -> None:
    crawl(tmp_path, {URL: shown(more=IMAGE)})
    for number, answer in enumerate(
        (
            shown(more=IMAGE, visits=7),
            shown(more=IMAGE.replace("1.jpg", "1.jpg?t=99")),
            shown(more=IMAGE, title=f"<h1>{TITLE}</h1>"),
            shown(more=IMAGE.replace("/p/", "https://127.0.0.1:8080/p/")),
        ),
        2,
    ):
        assert crawl(tmp_path, {URL: answer}) == [Change.UNCHANGED]
        assert rows(tmp_path, "SELECT count(*) FROM captures WHERE status = 200") == [(number,)]
    assert reading_of(tmp_path) == (1, 1, 1)


#: What a redesign may take from every page; of the time, a part of it.
LOSSES = {
    "source": (shown(), shown(info=INFO.partition("来源")[0])),
    "column_path": (shown(), shown(crumbs="")),
    "images": (shown(more=IMAGE), shown()),
    "attachments": (shown(more=FILE), shown()),
    "sections": (shown(more=TABLE), shown()),
    "published": (shown(), shown(info=INFO.replace(" 10:20:00", ""))),
}


@pytest.mark.parametrize("name", LOSSES)
def test_what_a_page_has_no_longer_stands(name: str, tmp_path: Path) -> None:
    whole, less = LOSSES[name]
    crawl(tmp_path, {URL: whole})
    told = records(tmp_path)[URL]
    assert crawl(tmp_path, {URL: less}) == [Change.UNCHANGED]
    assert {**records(tmp_path)[URL], "last_captured": 0} == {**told, "last_captured": 0}
    assert reextract(tmp_path).nothing_changed


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_beside_a_change_stands_and_is_said(name: str, tmp_path: Path) -> None:
    whole, less = LOSSES[name]
    crawl(tmp_path, {URL: whole})
    was = records(tmp_path)[URL]
    more, key = (IMAGE, "images") if name == "attachments" else (FILE, "attachments")
    changed = less.replace(THIRD.encode() + b"</p>", THIRD.encode() + b"</p>" + more.encode())
    assert crawl(tmp_path, {URL: changed}) == [Change.UPDATED]
    now = records(tmp_path)[URL]
    assert now[name] == was[name]
    assert (was[key], len(now[key])) == ([], 1)
    assert now["evidence"][name].endswith("kept from capture 1")
    assert reextract(tmp_path).nothing_changed
    assert crawl(tmp_path, {URL: changed}) == [Change.UNCHANGED]
    assert crawl(tmp_path, {URL: changed + b"<!-- other bytes -->"}) == [Change.UNCHANGED]


def test_an_accepted_loss_is_a_loss(tmp_path: Path) -> None:
    whole = article(URL)
    with running(tmp_path, URL) as writer:
        visit_article(writer, whole)
    poorer = replace(whole, source=None, images=())
    for accept, change in ((False, Change.UNCHANGED), (True, Change.UPDATED), (True, Change.UNCHANGED)):
        with running(tmp_path, URL, accept_losses=accept) as writer:
            assert visit_article(writer, poorer, payload=b"poorer") is change
    record = records(tmp_path)[URL]
    assert (record["source"], record["images"]) == (None, [])
    assert rows(tmp_path, "SELECT count(*) FROM former_readings") == [(1,)]


@pytest.mark.parametrize("told", ["3天前", "昨天 09:30", "刚刚"])
def test_a_time_reckoned_from_the_capture_is_the_first_one(told: str, tmp_path: Path) -> None:
    relative = INFO.replace("2024-03-04 10:20:00", told)
    crawl(tmp_path, {URL: shown(info=relative)})
    was = records(tmp_path)[URL]["published"]
    assert was is not None
    rows_before = rows(tmp_path, "SELECT count(*) FROM former_readings")
    for visits in (1, 2):
        assert crawl(tmp_path, {URL: shown(info=relative, visits=visits)}) == [Change.UNCHANGED]
    assert records(tmp_path)[URL]["published"] == was
    assert rows(tmp_path, "SELECT count(*) FROM former_readings") == rows_before
    assert crawl(tmp_path, {URL: shown(info=INFO)}) == [Change.UPDATED]
    assert records(tmp_path)[URL]["published"] == "2024-03-04T10:20:00+08:00"


def reckoned(published: str, raw: str) -> Article:
    evidence = {"published": "info line, by dateparser, relative", "published_raw": raw}
    return replace(article(), published=published, evidence=evidence)


@pytest.mark.parametrize(
    ("published", "raw", "kept"),
    [
        ("2026-11-05", "3天前", True),
        ("2026-11-02", "5天前", True),
        ("2026-11-05", "10月5日", False),
    ],
)
def test_a_reckoned_time_stands_while_it_may_mean_the_same_day(published: str, raw: str, kept: bool) -> None:
    old = reckoned("2026-11-01", "3天前")
    now = carry_over(old, reckoned(published, raw), 7)
    assert (now.published == old.published) is kept
    assert (now.evidence["published_raw"] == "3天前") is kept


def test_a_carried_value_is_carried_by_every_later_reading() -> None:
    old = article()
    once = carry_over(old, replace(old, credits=(), authors=(), evidence={}), 3)
    again = carry_over(once, replace(old, credits=(), authors=(), evidence={}), 9)
    assert again == once
    assert once.evidence == {"credits": "kept from capture 3", "authors": "kept from capture 3"}
    standing = NewReading.of(once).values
    assert NewReading.of(carry_on(standing, replace(old, credits=(), authors=()))).values["authors"] == [
        "李翠贞"
    ]
    found = replace(old, authors=("梁慧恩",), evidence={})
    assert carry_on(standing, found) is found  # a reader that finds it is believed


def test_the_run_says_how_many_and_where(tmp_path: Path) -> None:
    two = url_of(2)
    crawl(tmp_path, {URL: shown(), two: shown(visits=1)})
    crawl(tmp_path, {URL: CHANGES["source"][1], two: shown(visits=2)})
    with ArchiveReader.open(tmp_path) as reader:
        (last, _) = reader.runs()
        assert (last.counts["updated"], last.counts["unchanged"]) == (1, 1)
        report = read_report(reader.folder, last)
    (column,) = report["columns"]
    assert (column["changed"], column["updated"]) == (0, 1)


def test_search_goes_by_what_is_said_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, _ = CHANGES["time"]
    crawl(tmp_path, {URL: before})
    crawl(tmp_path, {URL: after.replace("区委组织部_Admin".encode(), "区人社局_Admin".encode())})
    for source, hits in (("区人社局_Admin", 1), ("区委组织部_Admin", 0)):
        run(["search", "榕树", "--source", source, "--json", "--archive", str(tmp_path)])
        assert len(capsys.readouterr().out.splitlines()) == hits


def test_show_names_the_capture_and_what_was_said_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, _ = CHANGES["source"]
    crawl(tmp_path, {URL: before})
    crawl(tmp_path, {URL: after})
    assert run(["show", URL, "--archive", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "reading    2, of capture 2 of " in out
    assert "former     1, of capture 1 of " in out
    assert "source: 区委组织部_Admin" in out


def test_a_change_on_any_page_of_a_divided_article_is_seen(tmp_path: Path) -> None:
    links = "".join(f'<a href="{url_of(1, number)}">{number}</a> ' for number in (1, 2))
    one = shown(more=links)
    two = page(paragraphs(THIRD * 2) + links).encode()
    first, second = url_of(1), url_of(1, 2)
    assert crawl(tmp_path, {first: one, second: two})[-1] is Change.NEW
    pictured = two.replace(THIRD.encode() * 2, THIRD.encode() * 2 + b'<img src="/p/2.jpg">')
    assert crawl(tmp_path, {first: None, second: pictured})[-1] is Change.UPDATED
    assert [one["url"][-5:] for one in records(tmp_path)[first]["images"]] == "2.jpg".split()
    for answers in ({first: None, second: None}, {first: one, second: pictured}):
        assert crawl(tmp_path, answers)[-1] is Change.UNCHANGED
        assert reextract(tmp_path).nothing_changed


def test_tables_are_compared_and_white_space_is_not(tmp_path: Path) -> None:
    table = Table(caption=None, header_rows=1, rows=(("村", "户数"), ("桥头", "12")))
    spaced = Table(caption=None, header_rows=1, rows=(("村", "户 数"), ("桥头", "１２")))
    changes = []
    for number, block in enumerate((table, spaced, replace(table, rows=(("村", "户数"), ("桥头", "13"))))):
        told = article(URL, body=("甲",))
        told = replace(told, sections=(Section(heading="下", paragraphs=("甲",), blocks=(block,)),))
        with running(tmp_path, URL) as writer:
            changes.append(visit_article(writer, told, payload=str(number).encode()))
    assert changes == [Change.NEW, Change.UNCHANGED, Change.UPDATED]


def test_the_page_behind_a_reading_that_rests_on_a_304_is_read_in_its_charset(tmp_path: Path) -> None:
    """Page 1 of a divided article is as it was; page 2 has a picture more."""
    links = "".join(f'<a href="{url_of(1, number)}">{number}</a> ' for number in (1, 2))
    first, second = url_of(1), url_of(1, 2)
    one = exchange(
        first,
        shown(more=links).decode().replace("charset='utf-8'", "charset='gb18030'").encode("gb18030"),
        response_headers=(("Content-Type", "text/html"),),
    )
    two = page(paragraphs(THIRD * 2) + links).encode()
    crawl(tmp_path, {first: one, second: two})
    pictured = two.replace(THIRD.encode() * 2, THIRD.encode() * 2 + b'<img src="/p/2.jpg">')
    assert crawl(tmp_path, {first: None, second: pictured})[-1] is Change.UPDATED
    assert rows(tmp_path, "SELECT status FROM revisions JOIN captures ON captures.id = capture_id") == [
        (304,)
    ]
    with ArchiveReader.open(tmp_path) as reader:
        assert TITLE in reader.page(first)


def test_an_export_of_changes_has_updates(tmp_path: Path) -> None:
    before, after, _ = CHANGES["source"]
    two = url_of(2)
    crawl(tmp_path, {URL: before, two: shown(visits=1)})
    crawl(tmp_path, {URL: after, two: shown(visits=2)})
    with ArchiveReader.open(tmp_path) as reader:
        filters = Filters(since_run=1)
        found = with_changes_of(reader, filters)
    assert found == {URL: "updated"}


def with_changes_of(reader: ArchiveReader, filters: Filters) -> dict[str, str]:
    stream = StringIO()
    write_jsonl(reader, stream, "", filters)
    return {one["url"]: one["change"] for one in map(json.loads, stream.getvalue().splitlines())}
