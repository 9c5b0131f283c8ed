"""``nanhai import-check``: what a spreadsheet did to a CSV file is found, and its guard undone."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nanhai_crawler.errors import ExitCode
from tests.cli.test_commands import assert_refused, nanhai
from tests.store.test_reader import PAGES, keep

LONG = "党" * 140_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("存档") / "archive"
    long = replace(PAGES[1].sections[0], paragraphs=(LONG,))
    keep(
        folder,
        replace(PAGES[0], source="=1+1", title="'@旧题"),
        replace(PAGES[1], sections=(long,)),
        PAGES[2],
    )
    return str(folder)


def exported(archive: str, path: Path, *words: str) -> Path:
    assert nanhai("export", "csv", "-o", str(path), "--archive", archive, *words).returncode == 0
    return path


def resaved(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """The file as a spreadsheet might write it again."""
    csv.field_size_limit(1 << 25)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [change(row) for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("words", [(), ("--excel",), ("--since-run", "0")])
def test_what_was_exported_equals_the_archive(archive: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = exported(archive, tmp_path / "a.csv", *words)
    ended = nanhai("import-check", str(path), "--archive", archive)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "3 rows" in ended.stderr
    assert ("guarded" in ended.stderr) == ("--excel" in words)


def test_the_guard_is_undone(archive: str, tmp_path: Path) -> None:
    guarded = exported(archive, tmp_path / "guarded.csv", "--excel")
    plain = exported(archive, tmp_path / "plain.csv")
    assert guarded.read_bytes() != plain.read_bytes()
    words = ("import-check", str(guarded), "-o", str(tmp_path / "undone.csv"), "--archive", archive)
    assert nanhai(*words).returncode == 0
    assert (tmp_path / "undone.csv").read_bytes() == plain.read_bytes()


def test_every_difference_is_told_with_its_place(archive: str, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "a.csv", "--excel")
    resaved(
        path,
        lambda row: {**row, "published": row["published"].replace("-", "/"), "body": row["body"][:32_767]},
    )
    ended = nanhai("import-check", str(path), "--archive", archive, "--json")
    assert ended.returncode == ExitCode.ERROR
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(one["column"] for one in told) == ["body", "published", "published"]
    assert any("as Excel does" in one["told"] for one in told)
    assert "3 differences" in ended.stderr


def test_a_later_capture_is_no_difference_and_an_invented_one_is(archive: str, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "a.csv", "--excel")
    resaved(path, lambda row: {**row, "last_captured": "2001-01-01T00:00:00.000Z"})
    ended = nanhai("import-check", str(path), "--archive", archive)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "0 differences" in ended.stderr
    assert "3 were captured again since" in ended.stderr
    invented = iter(("2999-01-01T00:00:00.000Z", "2001/1/1", ""))
    resaved(path, lambda row: {**row, "last_captured": next(invented)})
    ended = nanhai("import-check", str(path), "--archive", archive)
    assert ended.stdout.count(" last_captured: ") == 3


def test_what_differs_late_in_a_cell_is_told_with_marks_of_omission(archive: str, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "a.csv", "--excel")
    resaved(path, lambda row: {**row, "url": row["url"].replace("_1.html", "_2.html")})
    ended = nanhai("import-check", str(path), "--archive", archive)
    assert '_2.html" in the file, …"' in ended.stdout


def test_rows_that_the_archive_does_not_have_are_told(archive: str, tmp_path: Path) -> None:
    path = exported(archive, tmp_path / "a.csv")
    resaved(path, lambda row: {**row, "revision": "2" if row["source"] == "=1+1" else row["revision"]})
    ended = nanhai("import-check", str(path), "--archive", archive)
    assert ended.returncode == ExitCode.ERROR
    assert "no such text" in ended.stdout


def test_what_is_no_csv_of_ours_is_refused_in_one_line(archive: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    where = ("--archive", archive)
    for content, saying in (
        (b"", "first line"),
        (b"a,b\r\n", "first line"),
        ("id,revision\r\n中".encode("gbk"), "UTF-8"),
    ):
        path.write_bytes(content)
        assert_refused(("import-check", str(path), *where), ExitCode.USAGE, saying)
    assert_refused(("import-check", str(tmp_path / "none.csv"), *where), ExitCode.STORAGE, "none.csv")
