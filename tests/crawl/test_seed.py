"""The seed article, in three markups nobody may rely on, served at its true path and crawled by the command."""

from contextlib import ExitStack
from typing import Any

import pytest

from tests.crawl.commands import crawl, records
from tests.crawl.loopback import Loopback, Reply
from tests.seed import MARKUPS, SEED_PATH, Seed, read_seed, widened

_HEADINGS = 3
_ORGANIZATION = "佛山市新闻传媒中心"


Crawled = dict[str, tuple[Seed, list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Each markup's seed, and the records of the host that serves it: all of them of one crawl."""
    archive = tmp_path_factory.mktemp("seed")
    seeds = {name: widened(read_seed()) if wide else read_seed() for name, (_, wide) in MARKUPS.items()}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(Loopback({SEED_PATH: Reply(body=make(seeds[name]))}))
            for name, (make, _) in MARKUPS.items()
        }
        first, *others = [server.url(SEED_PATH) for server in servers.values()]
        ended = crawl(first, archive, *others)
    assert ended.code == 0, ended.err
    found = records(archive)
    return {
        name: (seeds[name], [record for record in found if record["site"] == server.host])
        for name, server in servers.items()
    }


@pytest.fixture(params=list(MARKUPS))
def markup(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def seed(crawled: Crawled, markup: str) -> Seed:
    return crawled[markup][0]


@pytest.fixture
def record(crawled: Crawled, markup: str) -> dict[str, Any]:
    (only,) = crawled[markup][1]
    return only


def pairs(seed: Seed) -> list[tuple[int, str]]:
    """Where each two-part heading begins among the paragraphs, and the heading as the record tells it."""
    lines = seed.paragraphs
    ends = ("。", "？", "?", "：", ":")
    found = [
        (place, f"{lines[place]} {lines[place + 1]}")
        for place in range(len(lines) - 1)
        if not lines[place].endswith(ends) and not lines[place + 1].endswith(ends)
    ]
    assert len(found) == _HEADINGS
    return found


def test_title_is_the_article_s(seed: Seed, record: dict[str, Any]) -> None:
    assert record["title"] == seed.title


def test_times_are_the_shown_one_and_the_key_s(record: dict[str, Any]) -> None:
    assert record["published"] == "2023-10-31T13:02:00+08:00"
    assert record["entered"] == "2023-11-01T13:02:03.029+08:00"


def test_source_and_column_are_as_shown(record: dict[str, Any]) -> None:
    assert record["source"] == "区委组织部_Admin"
    assert record["column_path"] == ["组工党建", "基层党建"]


def test_three_headings_in_two_parts_follow_the_lead(seed: Seed, record: dict[str, Any]) -> None:
    headings = [heading for _, heading in pairs(seed)]
    assert record["section_headings"] == headings
    assert [section["heading"] for section in record["sections"]] == [None, *headings]


def test_every_paragraph_stands_in_its_section(seed: Seed, record: dict[str, Any]) -> None:
    bounds = [place for place, _ in pairs(seed)]
    text = seed.paragraphs[:-1]  # the last is the credit line
    begins = [0, *(place + 2 for place in bounds)]
    wanted = [list(text[begin:end]) for begin, end in zip(begins, [*bounds, len(text)], strict=True)]
    assert [section["paragraphs"] for section in record["sections"]] == wanted


def test_nothing_of_the_page_s_head_or_foot_is_in_the_body(seed: Seed, record: dict[str, Any]) -> None:
    assert record["body"].split("\n")[0] == seed.paragraphs[0]
    assert record["body"].split("\n")[-1] == seed.paragraphs[-2]
    assert not any(line in record["body"] for line in (*seed.foot, seed.breadcrumb, seed.info))


def test_both_writers_are_credited(seed: Seed, record: dict[str, Any]) -> None:
    raw = seed.paragraphs[-1]
    assert record["credits"] == [
        {"role": "记者", "name": "李翠贞", "organization": _ORGANIZATION, "raw": raw},
        {"role": "通讯员", "name": "林诗韵", "organization": None, "raw": raw},
    ]
    assert record["authors"] == ["李翠贞", "林诗韵"]


def test_origin_is_the_publisher_named_in_the_text(record: dict[str, Any]) -> None:
    assert record["origin"] == _ORGANIZATION


def test_a_page_without_pictures_or_files_has_none(record: dict[str, Any]) -> None:
    assert record["images"] == record["attachments"] == []


def test_the_record_names_the_snapshot_it_was_read_from(record: dict[str, Any]) -> None:
    assert record["url"].endswith(SEED_PATH)
    assert record["warc_file"].endswith(".warc.gz")
    assert (record["status"], record["revision"]) == ("live", 1)
