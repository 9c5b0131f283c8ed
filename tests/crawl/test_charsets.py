"""Bytes read right whatever header, meta and BOM say (F23), rare characters to the last export (F24), pages set aside (F28)."""

import codecs
import csv
import json
import sqlite3
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.commands import Ended, crawl, nanhai, records
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import article, page, prose

LABELS = (None, "utf-8", "gb2312", "GB18030", "big5", "no-such-charset")
WRITTEN = {"utf-8": codecs.BOM_UTF8, "gb18030": b"\x84\x31\x95\x33"}
BIG5 = "練習區的榕樹下坐著幾位老人，他們一邊下棋一邊談今年的荔枝收成，這是測試寫的文字。"


def replies() -> dict[str, Answering]:
    """A page for every header, meta, BOM and encoding; and two in Big5."""
    found: dict[str, Answering] = {}
    for number, (header, meta, bom, written) in enumerate(product(LABELS, LABELS, (False, True), WRITTEN)):
        head = f'<meta charset="{meta}">' if meta else ""
        html = article(f"第{number}篇镕基写的题目", prose(f"镕基的第{number}号"), head=head)
        media_type = f"text/html; charset={header}" if header else "text/html"
        body = (WRITTEN[written] if bom else b"") + html.encode(written)
        name = f"/{header}.{meta}.{'bom' if bom else 'none'}.{written}.{number}.html"
        found[name] = Reply(media_type=media_type, body=body)
    for number, header in enumerate((None, "big5")):
        head = '<meta http-equiv="Content-Type" content="text/html; charset=big5">'
        big5 = article(f"繁體的題目第{number}篇", BIG5 * 3, head=head).encode("big5", "xmlcharrefreplace")
        media_type = f"text/html; charset={header}" if header else "text/html"
        found[f"/{header}.big5.none.big5hkscs.{number}.html"] = Reply(media_type=media_type, body=big5)
    return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, list[dict[str, Any]], Path]:
    archive = tmp_path_factory.mktemp("charsets") / "a"
    served = replies()
    with Loopback({"/": Reply(body=page(*served)), **served}) as server:
        ended = crawl(server.url(), archive)
    return ended, records(archive), archive


def test_every_page_is_read_right_whatever_is_declared(
    crawled: tuple[Ended, list[dict[str, Any]], Path],
) -> None:
    ended, found, _ = crawled
    assert ended.code == 0, ended.err
    assert len(found) == len(replies())
    wrong = [
        record["url"]
        for record in found
        if ("�" in record["title"] + record["body"])
        or not (("镕基" in record["title"] and "荔枝收成" in record["body"]) or BIG5 in record["body"])
    ]
    assert wrong == []


def test_what_was_declared_used_and_why_is_kept_with_the_capture(
    crawled: tuple[Ended, list[dict[str, Any]], Path],
) -> None:
    _, found, archive = crawled
    connection = sqlite3.connect(archive / "nanhai.sqlite3")
    rows = connection.execute(
        "SELECT url, charset, charset_declared, charset_evidence FROM captures WHERE kind = 'article'"
    ).fetchall()
    connection.close()
    assert len(rows) == len(found)
    for url, charset, declared, evidence in rows:
        header, meta, bom, written, *_ = url.rpartition("/")[2].split(".")
        assert charset == written, url
        said = [label for label in (header, meta) if label != "None"]
        assert declared == (said[0] if said else None), url
        assert all(label in evidence for label in said), (url, evidence)
        assert said or "none declared" in evidence
        assert bom == "none" or written != "utf-8" or "BOM" in evidence
    assert {record["evidence"]["charset"].partition(":")[0] for record in found} == {
        "utf-8",
        "gb18030",
        "big5hkscs",
    }


RARE = "㐂𠮷镕龘\ue000\U000f0000①㎡：，…※"


def test_rare_characters_go_from_the_page_to_every_export_unchanged(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    text = f"甲{RARE}乙，" + prose("生僻字")
    for number, written in enumerate(("utf-8", "gb18030")):
        html = article(f"生僻字{RARE}的题目{number}", text).replace("乙，", "乙，\x00\u2028\r\n丙。", 1)
        served = {
            f"/{written}.html": Reply(media_type=f"text/html; charset={written}", body=html.encode(written))
        }
        with Loopback({"/": Reply(body=page(*served)), **served}) as server:
            assert crawl(server.url(), archive).code == 0
    found = {record["title"]: record["body"] for record in records(archive)}
    assert sorted(found) == [f"生僻字{RARE}的题目{number}" for number in (0, 1)]
    for body in found.values():
        # White space of every kind is one space (none between Chinese lines of the source); NUL is U+FFFD (HTML §13.2.5.1).
        assert body.startswith(f"甲{RARE}乙，�")
        assert "丙。" in body
    told = nanhai("export", "csv", "-o", "-", "--archive", archive)
    assert {row["title"]: row["body"] for row in csv.DictReader(StringIO(told.out, newline=""))} == found
    for query in (RARE[:2], "𠮷镕", "龘"):
        hits = nanhai("search", query, "--json", "--archive", archive).out.splitlines()
        assert {json.loads(line)["title"] for line in hits} == set(found)


def test_a_page_that_is_too_much_to_read_is_kept_and_said_and_the_crawl_goes_on(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    monster = article("太多标签的题目在这里", more="<i>x</i>" * 200_000)
    served: dict[str, Answering] = {
        "/monster.html": Reply(body=monster),
        "/good.html": Reply(body=article("好题目一则写在这里")),
    }
    with Loopback({"/": Reply(body=page(*served)), **served}) as server:
        ended = crawl(server.url(), archive)
        again = crawl(server.url(), archive, "--full")
    assert [record["title"] for record in records(archive)] == ["好题目一则写在这里"]
    for run in (ended, again):
        assert run.code == 0
        assert run.counts["left_out"] == {"kept, but too much to read": 1}
        assert "monster.html: kept, but not read: 400,0" in run.err
    connection = sqlite3.connect(archive / "nanhai.sqlite3")
    said = "SELECT last_outcome, last_reason FROM frontier WHERE url LIKE '%monster%'"
    kept = "SELECT kind, payload_length FROM captures WHERE url LIKE '%monster%' ORDER BY id LIMIT 1"
    (outcome, reason), capture = connection.execute(said).fetchone(), connection.execute(kept).fetchone()
    connection.close()
    assert outcome == "set_aside"
    assert reason.endswith("tags, more than 300,000")
    assert capture == ("unread", len(monster.encode()))
