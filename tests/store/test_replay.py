"""An exported WARC in the hands of pywb: it shows each page as the server sent it."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from nanhai_crawler.store.export.warc import write_warc
from nanhai_crawler.store.filters import EVERYTHING
from nanhai_crawler.store.reader import ArchiveReader
from tests.judges import fetched, judge, serving
from tests.store.given import HOME, exchange, running
from tests.store.test_reader import PAGES, keep

CHINESE = HOME + "政务/通知（一）.html"
PICTURE = PAGES[0].images[0].url


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pywb has a collection of the export: articles of two runs, of which the second has revisits; other addresses."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, replace(PAGES[0], title="旧题"), *PAGES[1:])
    keep(folder, *PAGES)
    with running(folder) as writer:
        writer.capture(exchange(CHINESE, "<p>通知".encode()))
        writer.capture(exchange(PICTURE, b"\xff\xd8"))
    place = tmp_path_factory.mktemp("pywb")
    with ArchiveReader.open(folder) as reader, (place / "x.warc.gz").open("wb") as stream:
        write_warc(reader, stream, "", EVERYTHING)
    judge("wb-manager", "init", "nanhai", folder=place)
    judge("wb-manager", "add", "nanhai", "x.warc.gz", folder=place)
    return place


def test_pywb_replays_pages_revisits_pictures_and_chinese_addresses(collections: Path) -> None:
    sent = {page.url: page.body.encode() for page in PAGES}
    sent |= {quote(CHINESE, safe=":/"): "<p>通知".encode(), PICTURE: b"\xff\xd8"}
    with serving("wayback", "-b", "127.0.0.1", folder=collections) as server:
        shown = {url: fetched(f"{server}/nanhai/2099id_/{url}") for url in sent}
        lists = {url: fetched(f"{server}/nanhai/cdx?url={quote(url)}").decode() for url in sent}
    assert shown == sent
    assert [len(re.findall(r"^\S+ \d{14} ", lists[page.url], re.MULTILINE)) for page in PAGES] == [2, 2, 2]
