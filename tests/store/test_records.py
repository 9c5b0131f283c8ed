"""Records: new, changed, unchanged; every text kept."""

import json
from dataclasses import replace
from pathlib import Path

from nanhai_crawler.items import Credit
from nanhai_crawler.store.article_json import dump_article, load_article
from nanhai_crawler.store.records import Change
from nanhai_crawler.text.terms import index_terms
from nanhai_crawler.urls.identity import article_id
from nanhai_crawler.visits import Outcome, Visit
from tests.store.given import (
    HOME,
    article,
    article_url,
    exchange,
    reading,
    rows,
    running,
    taken,
    visit_article,
)

URL = article_url(1)
FOUND = """
SELECT revision_id FROM search_index JOIN search_rows ON search_rows.id = search_index.rowid
WHERE search_index MATCH :query
"""


def test_a_new_article_is_kept_whole(tmp_path: Path) -> None:
    page = article()
    with running(tmp_path, URL) as writer:
        assert visit_article(writer, page) is Change.NEW
    assert rows(tmp_path, "SELECT id, url, site, entered, status, revision, revision_id FROM articles") == [
        (article_id(URL), URL, "zuzhibu", page.entered, "live", 1, 1)
    ]
    assert rows(tmp_path, "SELECT title, published, source, origin, body, evidence FROM revisions") == [
        (page.title, page.published, page.source, page.origin, page.body, '{"title": "h1"}')
    ]
    assert rows(tmp_path, "SELECT position, heading, paragraphs FROM sections ORDER BY position") == [
        (1, None, "首段。"),
        (2, "下好“一盘棋”", "次段。"),
    ]
    assert rows(tmp_path, "SELECT url, caption, credit FROM images") == [(URL + ".jpg", "图注", "李翠贞 摄")]
    assert rows(tmp_path, "SELECT path, name, parent_id FROM columns ORDER BY id") == [
        ("组工党建", "组工党建", None),
        ("组工党建 > 基层党建", "基层党建", 1),
    ]


def test_an_author_is_marked_once_and_not_by_a_photograph(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        visit_article(writer, article())
    assert rows(tmp_path, "SELECT role, author FROM credits ORDER BY position") == [("摄影", 0), ("记者", 1)]
    assert rows(tmp_path, "SELECT authors FROM article_latest") == [("李翠贞",)]


def test_authors_stand_in_their_order_in_the_view(tmp_path: Path) -> None:
    names = ("梁慧恩", "柯凌娜", "基石")
    people = tuple(Credit(role="记者", name=name, organization=None, raw="x") for name in names)
    with running(tmp_path, URL) as writer:
        visit_article(writer, replace(article(), authors=names, credits=people))
    assert rows(tmp_path, "SELECT authors, column_path FROM article_latest") == [
        ("梁慧恩; 柯凌娜; 基石", "组工党建 > 基层党建")
    ]


def test_unchanged_text_makes_no_new_revision(tmp_path: Path) -> None:
    texts = {"2026-11-01": "首段。", "2026-11-02": "首段。", "2026-11-03": "首段。\u3000"}
    changes = []
    for day, text in texts.items():
        with running(tmp_path, URL) as writer:
            capture = writer.capture(exchange(URL, time=f"{day}T00:00:00.000Z"))
            page = reading(article(body=(text,)))
            visit = Visit(entry=taken(writer), outcome=Outcome.READ, capture=capture, reading=page)
            changes.append(writer.finish(visit))
    assert changes == [Change.NEW, Change.UNCHANGED, Change.UNCHANGED]
    assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(1,)]
    assert rows(tmp_path, "SELECT first_captured, last_captured FROM articles") == [
        ("2026-11-01T00:00:00.000Z", "2026-11-03T00:00:00.000Z")
    ]


def test_every_text_is_kept_also_one_that_comes_back(tmp_path: Path) -> None:
    changes = []
    for text in ("甲", "乙", "甲"):
        with running(tmp_path, URL) as writer:
            changes.append(visit_article(writer, article(body=(text,))))
    assert changes == [Change.NEW, Change.CHANGED, Change.CHANGED]
    assert rows(tmp_path, "SELECT number, substr(body, 1, 1) FROM revisions ORDER BY id") == [
        (1, "甲"),
        (2, "乙"),
        (3, "甲"),
    ]
    assert rows(tmp_path, "SELECT revision, revision_id FROM articles") == [(3, 3)]


def test_changes_within_one_batch_count_as_well(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        changes = [visit_article(writer, article(body=(text,)), entry) for text in "甲甲乙乙丙"]
        assert rows(tmp_path, "SELECT count(*) FROM revisions") == [(0,)]
    assert [str(change) for change in changes] == ["new", "unchanged", "changed", "unchanged", "changed"]
    assert rows(tmp_path, "SELECT revision FROM articles") == [(3,)]


def test_both_schemes_of_an_address_are_one_article(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        assert visit_article(writer, article(), entry) is Change.NEW
        assert visit_article(writer, article(URL.replace("http", "https")), entry) is Change.UNCHANGED


def test_a_moved_column_is_taken_over_with_the_next_text(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        visit_article(writer, article(), entry)
        visit_article(writer, replace(article(body=("新",)), column_path=("党风",)), entry)
        visit_article(writer, replace(article(article_url(2)), column_path=()), entry)
    assert rows(tmp_path, "SELECT column_path FROM article_latest ORDER BY revision DESC") == [
        ("党风",),
        (None,),
    ]


def test_not_modified_moves_only_the_time(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        visit_article(writer, article())
    with running(tmp_path, URL) as writer:
        capture = writer.capture(exchange(URL, b"", status=304, time="2027-01-01T00:00:00.000Z"))
        visit = Visit(entry=taken(writer), outcome=Outcome.NOT_MODIFIED, capture=capture)
        assert writer.finish(visit) is Change.UNCHANGED
        assert (writer.counts.unchanged, writer.counts.pages) == (1, 1)
    assert rows(tmp_path, "SELECT revision, last_captured FROM articles") == [(1, "2027-01-01T00:00:00.000Z")]


def test_not_modified_of_a_page_that_is_no_article_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as writer:
        capture = writer.capture(exchange(HOME, b"", status=304))
        assert (
            writer.finish(Visit(entry=taken(writer), outcome=Outcome.NOT_MODIFIED, capture=capture)) is None
        )


def test_only_readings_become_records(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        capture = writer.capture(exchange(URL))
        for outcome in (Outcome.WALL, Outcome.MISSING, Outcome.FAILED, Outcome.FILE):
            visit = Visit(entry=entry, outcome=outcome, capture=capture, reading=reading(article()))
            assert writer.finish(visit) is None
    assert rows(tmp_path, "SELECT count(*) FROM articles") == [(0,)]


def test_a_new_text_is_found_and_the_index_holds_every_revision(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        visit_article(writer, article(body=("巩固最后一百米",)), entry)
        visit_article(writer, article(body=("扛旗夺标",)), entry)
    for words, found in (("百米", [(1,)]), ("夺标", [(2,)])):
        query = f'"{index_terms("", words).split()[-1]}"'
        assert rows(tmp_path, FOUND, query=query) == found


def test_a_captures_row_says_what_the_page_was(tmp_path: Path) -> None:
    with running(tmp_path, URL) as writer:
        entry = taken(writer)
        early, late = writer.capture(exchange(URL)), writer.capture(exchange(URL, b"other"))
        writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=late, reading=reading(article())))
        writer.commit()
        writer.finish(Visit(entry=entry, outcome=Outcome.READ, capture=early, reading=reading(None)))
    found = rows(tmp_path, "SELECT kind, kind_evidence, charset, charset_evidence FROM captures ORDER BY id")
    assert found == [(kind, "told by the test", "utf-8", "header") for kind in ("other", "article")]


def test_rare_characters_are_kept(tmp_path: Path) -> None:
    rare = "㐂𠮷镕\ue000\0\u2028①㎡……"
    with running(tmp_path, URL) as writer:
        visit_article(writer, article(title=rare, body=(rare,)))
    assert rows(tmp_path, "SELECT title, substr(body, 1, 1) FROM revisions")[0][0] == rare
    assert rows(tmp_path, "SELECT CAST(paragraphs AS BLOB) FROM sections")[0][0].decode() == rare


def test_articles_survive_their_json() -> None:
    assert load_article(dump_article(article())) == article()
    assert json.loads(dump_article(article()))["column_path"] == ["组工党建", "基层党建"]
