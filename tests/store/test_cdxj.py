"""CDXJ: the lines of the outside indexer, from the database alone."""

import json
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.errors import StorageError
from nanhai_crawler.store.export.cdxj import write_cdxj
from nanhai_crawler.store.export.sorted_lines import sort_lines
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.judges import judge
from tests.store.given import article_url, exchange, running
from tests.store.test_reader import PAGES, keep

ODD = (
    "http://www.nanhai.gov.cn:8080/党建/a.html?b=2&a=1&A=中",
    "https://nanhai.gov.cn/%E5%8D%97/../B//c/?",
    "http://nanhai.gov.cn/x.jsp?jsessionid=" + "0a" * 16 + "&tid=all",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    """Three articles captured twice, the second time as revisits; and addresses of odd shapes."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES)
    keep(folder, *PAGES)
    with running(folder) as writer:
        for url in ODD:
            writer.capture(exchange(url, b"<p>x"))
        writer.capture(exchange(ODD[0], b"", status=304))
        writer.capture(exchange(ODD[1], b"", response_headers=()))
        writer.capture(exchange(PAGES[0].images[0].url, b"\xff\xd8"))
    with ArchiveReader.open(folder) as reader:
        yield reader


def lines(reader: ArchiveReader, query: str = "", filters: Filters | None = None) -> list[str]:
    stream = StringIO()
    written = write_cdxj(reader, stream, query, filters or Filters())
    found = stream.getvalue().splitlines(keepends=True)
    assert len(found) == written.count
    return found


def test_the_lines_are_those_of_cdxj_indexer(reader: ArchiveReader) -> None:
    warcs = sorted(reader.folder.warcs.iterdir())
    assert "".join(lines(reader)) == judge("cdxj-indexer", "--sort", *warcs)


def test_every_capture_has_a_line_and_they_are_sorted(reader: ArchiveReader) -> None:
    found = lines(reader)
    assert found == sorted(found)
    assert len(found) == 12
    assert (
        sum(json.loads(line.split(" ", 2)[2])["mime"] == "warc/revisit" for line in found if "mime" in line)
        == 5
    )


def test_a_selection_has_the_captures_of_its_articles_alone(reader: ArchiveReader) -> None:
    found = [json.loads(line.split(" ", 2)[2]) for line in lines(reader, "大沥")]
    assert {line["url"] for line in found} == {article_url(1), PAGES[0].images[0].url}
    assert [line.get("mime") for line in found].count("warc/revisit") == 1


def test_no_article_no_line(reader: ArchiveReader, tmp_path: Path) -> None:
    assert lines(reader, "无此词") == []


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_lines_sorted_in_runs_are_lines_sorted(texts: list[str]) -> None:
    whole = [text + "\n" for text in texts]
    assert list(sort_lines(whole, run=3)) == sorted(whole, key=str.encode)


def test_a_full_disk_under_the_lines_is_not_taken_for_the_archives(reader: ArchiveReader) -> None:
    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as stream:
        with pytest.raises(OSError, match="No space left") as raised:
            write_cdxj(reader, stream)
        assert not isinstance(raised.value, StorageError)
        with suppress(OSError):
            stream.close()
