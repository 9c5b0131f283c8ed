"""Exported WARC files in the hands of pywb: it shows each page as the server sent it."""

import gzip
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from nanhai_crawler.store.export.package import open_zip
from nanhai_crawler.store.export.wacz import write_wacz
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


def test_pywb_shows_the_page_that_an_answer_304_stands_for_out_of_a_wacz(tmp_path: Path) -> None:
    kept, url = b"<p>as it was", HOME + "unchanged.html"
    with running(tmp_path / "archive") as writer:
        writer.capture(exchange(url, kept, time="2026-11-01T00:00:00.000Z"))
        writer.capture(exchange(url, b"", status=304, time="2026-11-02T00:00:00.000Z"))
    with ArchiveReader.open(tmp_path / "archive") as reader, open_zip(tmp_path / "x.wacz") as package:
        write_wacz(reader, package)
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        warc = Path(package.extract("archive/data.warc.gz", tmp_path))
        index = gzip.decompress(package.read("indexes/index.cdx.gz")).decode()
    judge("fastwarc", "check", warc)
    assert judge("cdxj-indexer", "-s", warc.name, folder=warc.parent).splitlines()[-2:] == index.splitlines()
    judge("wb-manager", "init", "nanhai", folder=tmp_path)
    judge("wb-manager", "add", "nanhai", warc, folder=tmp_path)
    with serving("wayback", "-b", "127.0.0.1", folder=tmp_path) as server:
        assert [fetched(f"{server}/nanhai/{day}id_/{url}") for day in (20261101, 20261102)] == [kept, kept]
