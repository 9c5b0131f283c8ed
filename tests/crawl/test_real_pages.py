"""Fourteen real pages, served at their own paths and crawled by the command: a first floor, for a later step to raise."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crawl.commands import Ended, crawl, records
from tests.crawl.loopback import Answering, Loopback, Reply
from tests.crawl.markup import page

_PAGES = Path(__file__).resolve().parents[3] / "shared" / "pages"
#: What reading reached when every one of them was an article; a general extractor reaches 0.92 here.
_BODY_FLOOR = 0.97


@pytest.fixture(scope="module")
def truths() -> list[dict[str, Any]]:
    if not (_PAGES / "truth.json").exists():
        pytest.skip("../shared/pages is not here")
    found: list[dict[str, Any]] = json.loads((_PAGES / "truth.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def crawled(
    truths: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ended, dict[str, dict[str, Any]]]:
    """How the crawl ended, and each page's record by its file."""
    archive = tmp_path_factory.mktemp("pages")
    paths = {truth["file"]: path_of(truth) for truth in truths}
    replies: dict[str, Answering] = {
        path: Reply(media_type="text/html", body=(_PAGES / file).read_bytes()) for file, path in paths.items()
    }
    with Loopback({"/": Reply(body=page(*paths.values())), **replies}) as server:
        ended = crawl(server.url(), archive)
        read = {record["url"]: record for record in records(archive)}
        return ended, {
            file: read[server.url(path)] for file, path in paths.items() if server.url(path) in read
        }


def path_of(truth: dict[str, Any]) -> str:
    """Path and query of the page's own address."""
    parts = urlsplit(truth["url"])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", _PAGES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reading(record: dict[str, Any]) -> dict[str, str | None]:
    """As the annotators counted: captions and credit lines belong to the body."""
    captions = [text for image in record["images"] for text in (image["caption"], image["credit"]) if text]
    credit_lines = dict.fromkeys(credit["raw"] for credit in record["credits"])
    body = "\n".join([record["body"], *captions, *credit_lines])
    return {"title": record["title"], "date": record["published"], "body": body}


def test_reading_does_not_fall_below_its_floor(
    truths: list[dict[str, Any]], crawled: tuple[Ended, dict[str, dict[str, Any]]]
) -> None:
    results = {file: reading(record) for file, record in crawled[1].items()}
    score = scorer().score(results, truths)
    print(json.dumps(score))
    assert score["body_f1"] >= _BODY_FLOOR
    assert score["day"] == 1.0


def test_every_page_is_read_as_an_article(
    truths: list[dict[str, Any]], crawled: tuple[Ended, dict[str, dict[str, Any]]]
) -> None:
    ended, read = crawled
    assert ended.code == 0, ended.err
    assert ended.counts["pages"] == len(truths) + 1
    assert len(read) == len(truths)
