"""WARC and WACZ of a selection: the archive's own bytes, whole, and an index that leads to them."""

import gzip
import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.export.package import open_zip
from nanhai_crawler.store.export.wacz import write_wacz
from nanhai_crawler.store.export.warc import write_warc
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.judges import judge
from tests.store.given import HOME, article, article_url, exchange, running
from tests.store.test_reader import PAGES, keep


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles captured twice, the second time as revisits; a home page and a picture."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES)
    keep(folder, *PAGES)
    with running(folder) as writer:
        writer.capture(exchange(HOME, b"<p>home"))
        writer.capture(exchange(PAGES[0].images[0].url, b"\xff\xd8"))
    return folder


@pytest.fixture
def reader(folder: Path) -> Iterator[ArchiveReader]:
    with ArchiveReader.open(folder) as reader:
        yield reader


def exported(reader: ArchiveReader, query: str = "", filters: Filters | None = None) -> bytes:
    stream = BytesIO()
    assert write_warc(reader, stream, query, filters or Filters()).notes == ()
    return stream.getvalue()


def records(content: bytes) -> list[tuple[str, str, bytes]]:
    return [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.content_stream().read() if record.rec_type != "warcinfo" else b"",
        )
        for record in ArchiveIterator(BytesIO(content))
    ]


def test_a_selection_has_its_pages_pictures_requests_and_revisits(reader: ArchiveReader) -> None:
    found = records(exported(reader, "大沥"))
    assert [kind for kind, _, _ in found] == ["warcinfo", *("request", "response"), *("request", "revisit"),
                                              *("request", "response")]  # fmt: skip
    assert {url for _, url, _ in found[1:]} == {article_url(1), PAGES[0].images[0].url}


def test_everything_is_what_the_archive_has_byte_for_byte(reader: ArchiveReader) -> None:
    whole = b"".join(path.read_bytes() for path in sorted(reader.folder.warcs.iterdir()))
    kept = Counter(records(whole)) - Counter(record for record in records(whole) if record[0] == "warcinfo")
    ours = exported(reader)
    assert Counter(records(ours)[1:]) == kept
    member = ours[len(ours) - 200 :]
    assert member in whole


def test_an_answer_304_is_copied_with_its_headers_into_a_warc_and_without_into_a_wacz(tmp_path: Path) -> None:
    with running(tmp_path / "archive") as writer:
        writer.capture(exchange(HOME, b"<p>home"))
        writer.capture(exchange(HOME, b"", status=304, response_headers=(("ETag", '"1"'),)))
    with ArchiveReader.open(tmp_path / "archive") as reader:
        assert b"304 Not Modified\r\nETag" in gzip.decompress(exported(reader))
        with open_zip(tmp_path / "x.wacz") as package:
            write_wacz(reader, package)
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        *_, revisit = ArchiveIterator(BytesIO(package.read("archive/data.warc.gz")))
        last = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()[-1]
    assert (revisit.rec_type, revisit.length) == ("revisit", 0)
    assert revisit.rec_headers.get_header("WARC-Refers-To-Target-URI") == HOME
    assert "status" not in json.loads(last.split(" ", 2)[2])


def test_a_revisit_comes_with_what_it_refers_to_though_another_article_has_it(tmp_path: Path) -> None:
    twin = replace(article(article_url(2)), title="同文异题")
    keep(tmp_path, article(article_url(1)), twin)
    with ArchiveReader.open(tmp_path) as reader:
        found = records(exported(reader, "同文异题"))
    assert [(kind, url) for kind, url, _ in found if kind in {"response", "revisit"}] == [
        ("response", article_url(1)), ("revisit", article_url(2)),
    ]  # fmt: skip


def test_fastwarc_finds_it_sound(reader: ArchiveReader, tmp_path: Path) -> None:
    path = tmp_path / "选.warc.gz"
    path.write_bytes(exported(reader, "大沥 OR 桂城"))
    judge("fastwarc", "check", path)


def test_a_damaged_record_is_not_handed_on(tmp_path: Path) -> None:
    keep(tmp_path, *PAGES)
    warc = next((tmp_path / "warc").iterdir())
    content = bytearray(warc.read_bytes())
    content[-30] ^= 1
    warc.write_bytes(bytes(content))
    with ArchiveReader.open(tmp_path) as reader, pytest.raises(StorageError, match="no whole record at byte"):
        write_warc(reader, BytesIO())
    with (
        ArchiveReader.open(tmp_path) as reader,
        pytest.raises(StorageError),
        open_zip(tmp_path / "x.wacz") as it,
    ):
        write_wacz(reader, it)
    assert not (tmp_path / "x.wacz").exists()


@pytest.fixture(scope="module")
def wacz(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "存档.wacz"
    with ArchiveReader.open(folder) as reader, open_zip(path) as package:
        assert write_wacz(reader, package).count == 3
    return path


def test_the_wacz_library_finds_it_valid(wacz: Path) -> None:
    assert "Validation succeeded" in judge("wacz", "validate", "-f", wacz)


def test_every_line_of_the_index_leads_to_its_record(wacz: Path) -> None:
    with zipfile.ZipFile(wacz) as package:
        index, warc = package.read("indexes/index.cdx.gz"), package.read("archive/data.warc.gz")
        blocks = package.read("indexes/index.idx").decode().splitlines()[1:]
    assert package.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
    lines = gzip.decompress(index).decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 8
    for line in lines:
        place = json.loads(line.split(" ", 2)[2])
        (record,) = ArchiveIterator(BytesIO(warc[int(place["offset"]) :][: int(place["length"])]))
        assert record.rec_headers.get_header("WARC-Target-URI") == place["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == place["digest"]
    for block in blocks:
        place = json.loads(block.split(" ", 2)[2])
        part = index[place["offset"] :][: place["length"]]
        assert place["digest"] == "sha256:" + hashlib.sha256(part).hexdigest()
        assert gzip.decompress(part).decode().startswith(block.split(" {")[0])


def test_pages_have_the_texts_and_the_sums_are_right(wacz: Path) -> None:
    with zipfile.ZipFile(wacz) as package:
        head, *pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        described = json.loads(package.read("datapackage.json"))
        sums = {one["path"]: one["hash"] for one in described["resources"]}
        assert sums == {
            name: "sha256:" + hashlib.sha256(package.read(name)).hexdigest()
            for name in package.namelist() if not name.startswith("datapackage")
        }  # fmt: skip
        digest = json.loads(package.read("datapackage-digest.json"))["hash"]
        assert digest == "sha256:" + hashlib.sha256(package.read("datapackage.json")).hexdigest()
    assert head["hasText"] is True
    assert {page["title"] for page in pages} == {page.title for page in PAGES}
    assert all(page["ts"].endswith("Z") and page["text"] is not None for page in pages)
