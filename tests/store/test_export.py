"""Exports: whole or not at all, in the letter of their formats, a row at a time."""

import csv
import errno
import json
import os
import re
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.errors import StorageError
from nanhai_crawler.items import CSV_KEYS, RECORD_KEYS
from nanhai_crawler.store.export.atom import write_atom
from nanhai_crawler.store.export.cdxj import write_cdxj
from nanhai_crawler.store.export.csv import BYTE_ORDER_MARK, guard_cell, unguard_cell, write_csv
from nanhai_crawler.store.export.jsonl import json_line, write_jsonl
from nanhai_crawler.store.export.output import make_folder, open_output
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.store.given import article, article_url
from tests.store.library import empty_library, fill
from tests.store.test_reader import PAGES, keep

RARE = '㐂𠮷镕\ue000 \x85 \u2028 \x00 "引号", 逗号\r\n=1+1'
JOINS = {"column_path": " > ", "authors": "; ", "section_headings": " | "}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES, replace(article(article_url(4)), title=RARE, source="=cmd|' /C calc'!A0"))
    with ArchiveReader.open(folder) as reader:
        yield reader


def as_cells(record: dict[str, Any]) -> dict[str, str]:
    """The record as CSV is to have it."""
    cells = {key: record[key] for key in CSV_KEYS} | {
        key: join.join(record[key]) for key, join in JOINS.items()
    }
    return {key: "" if cell is None else str(cell) for key, cell in cells.items()}


def exported(reader: ArchiveReader, *, excel: bool = False) -> str:
    stream = StringIO(newline="")
    assert write_csv(reader, stream, excel=excel).count == 4
    return stream.getvalue()


def test_csv_read_back_is_the_records(reader: ArchiveReader) -> None:
    rows = list(csv.DictReader(StringIO(exported(reader), newline=""), strict=True))
    assert rows == [as_cells(record) for record in reader.records()]
    assert tuple(rows[0]) == CSV_KEYS


def test_csv_lines_end_with_crlf(reader: ArchiveReader) -> None:
    text = exported(reader)
    assert text.startswith("id,url,site,column_path,title,published,entered,source,origin,authors,")
    assert text.split("\r\n")[0].count(",") == len(CSV_KEYS) - 1
    assert text.endswith("\r\n")


def test_csv_is_what_pythons_writer_writes(reader: ArchiveReader) -> None:
    again = StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(csv.reader(StringIO(exported(reader), newline="")))
    assert again.getvalue() == exported(reader)


def test_csv_for_excel_can_be_undone(reader: ArchiveReader) -> None:
    text = exported(reader, excel=True)
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))
    assert "'=cmd|' /C calc'!A0" in [row["source"] for row in rows]
    plain = [{key: unguard_cell(cell) for key, cell in row.items()} for row in rows]
    assert plain == [as_cells(record) for record in reader.records()]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+x",
        "-x",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "-1+1",
        "'=x",
        "-",
        "--1",
        "＝1+1",
        "＋1",
        "－x",
        "＠x",
        "\n=x",
    ],
)
def test_formulas_are_guarded(cell: str) -> None:
    assert guard_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "党建", "-12", "-3.5", "+7", "-1e5", "-12%", "'引", "1=1", "2023-10-31"]
)
def test_numbers_and_words_are_untouched(cell: str) -> None:
    assert guard_cell(cell) == cell


@given(st.text() | st.text("'=+-@＝＋－＠\t\r\n1.x", max_size=6))
def test_the_guard_can_be_undone(cell: str) -> None:
    assert unguard_cell(guard_cell(cell)) == cell


def test_json_lines_are_the_records_a_line_each(reader: ArchiveReader) -> None:
    stream = StringIO()
    assert write_jsonl(reader, stream).count == 4
    lines = stream.getvalue().splitlines()
    assert [json.loads(line) for line in lines] == list(reader.records())
    assert all(tuple(json.loads(line)) == RECORD_KEYS for line in lines)
    assert RARE in [json.loads(line)["title"] for line in lines]


@given(st.text())
def test_a_json_line_is_one_line_to_every_reader(text: str) -> None:
    assert len(json_line(text).splitlines()) == 1
    assert json.loads(json_line(text)) == text


def test_an_export_has_what_the_search_finds(reader: ArchiveReader) -> None:
    stream = StringIO()
    assert write_jsonl(reader, stream, "党建", Filters(author="李翠贞")).count == 1
    assert json.loads(stream.getvalue())["title"] == PAGES[0].title
    assert write_csv(reader, StringIO(), "党建 -引领").count == 0


def test_a_failed_export_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), open_output(path) as stream:
        stream.write("half" * 10_000) // 0
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
    assert path.read_text() == "before"
    with open_output(path) as stream:
        stream.write("甲\r\n")
    assert path.read_bytes() == "甲\r\n".encode()


class FullAfter(StringIO):
    """A stream over a disk that is full after so many writes."""

    def __init__(self, writes: int) -> None:
        super().__init__()
        self._left = writes

    def write(self, text: str, /) -> int:
        self._left -= 1
        if self._left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(text)

    def writelines(self, lines: Iterable[Any], /) -> None:
        for line in lines:
            self.write(line)


@pytest.mark.parametrize("writes", [0, 1, 2])
@pytest.mark.parametrize("writer", [write_csv, write_jsonl, write_atom, write_cdxj])
def test_a_full_disk_under_an_export_is_not_taken_for_the_archives(
    reader: ArchiveReader, writer: Callable[[ArchiveReader, TextIO], object], writes: int
) -> None:
    try:
        writer(reader, FullAfter(writes))
    except OSError as error:
        assert not isinstance(error, StorageError)  # noqa: PT017  the whole of it may fit
    else:
        assert writes == 2


def test_a_full_disk_a_folder_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    for path in (Path("/dev/full"), tmp_path, tmp_path / "none" / "out.csv"):
        with pytest.raises(StorageError, match=f"^{re.escape(str(path))}: "), open_output(path) as stream:
            stream.write("x")
    assert list(tmp_path.iterdir()) == []


def test_an_export_through_a_link_writes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with open_output(tmp_path / "link") as stream:
        stream.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "x"


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    with empty_library(tmp_path / "nanhai.sqlite3") as connection:
        fill(connection, [(f"第{number}篇", "党建" * 2000) for number in range(2500)])
        connection.engine.dispose()
    with ArchiveReader.open(tmp_path) as reader, Path(os.devnull).open("w", encoding="utf-8") as stream:
        write_csv(reader, stream, "第2499篇")
        tracemalloc.start()
        write_csv(reader, stream)
        _, csv_peak = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        write_jsonl(reader, stream, "第")
        _, jsonl_peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # The texts are 20 MB as Python holds them.
    assert max(csv_peak, jsonl_peak) < 12_000_000


def test_a_cell_longer_than_a_spreadsheet_keeps_is_written_whole_and_said(tmp_path: Path) -> None:
    with empty_library(tmp_path / "nanhai.sqlite3") as connection:
        fill(
            connection,
            [("短", "党建"), ("长", "党" * 32_768), ("恰好", "党" * 32_767), ("宽", "𠮷" * 16_384)],
        )
        connection.engine.dispose()
    with ArchiveReader.open(tmp_path) as reader:
        plain, excel = StringIO(newline=""), StringIO(newline="")
        assert write_csv(reader, plain).notes == ()
        (note,) = write_csv(reader, excel, excel=True).notes
    assert note.startswith("2 articles have more than the 32,767 characters")
    assert note.endswith("0000000000000002, 0000000000000004")
    assert excel.getvalue() == BYTE_ORDER_MARK + plain.getvalue()


def test_a_folder_is_there_when_it_is_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "数据包"
    with pytest.raises(ZeroDivisionError), make_folder(target) as folder:
        (folder / "half").write_text("half" * 1000) // 0
    assert list(tmp_path.iterdir()) == []
    with make_folder(target) as folder:
        (folder / "whole").write_text("whole")
    assert [path.name for path in target.iterdir()] == ["whole"]
    with pytest.raises(StorageError, match="there already"), make_folder(target):
        pass
    assert [path.name for path in target.iterdir()] == ["whole"]


HALF_AN_EXPORT = """
import signal, sys
from pathlib import Path
from nanhai_crawler.cli.ending import end_as_interrupted
from nanhai_crawler.store.export.output import open_output
end_as_interrupted()
with open_output(Path(sys.argv[1])) as stream:
    print("begun", flush=True)
    signal.pause()
"""


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_export_that_is_asked_to_end_leaves_nothing(
    tmp_path: Path, request_to_end: signal.Signals
) -> None:
    words = [sys.executable, "-c", HALF_AN_EXPORT, str(tmp_path / "out.csv")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        assert list(tmp_path.iterdir())
        process.send_signal(request_to_end)
        assert process.wait(timeout=60) != 0
    assert list(tmp_path.iterdir()) == []
