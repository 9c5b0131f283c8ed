"""The data package: related tables that agree with one another and with what is said of them."""

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nanhai_crawler.items import CSV_KEYS
from nanhai_crawler.store.export.datapackage import write_datapackage
from nanhai_crawler.store.export.dictionary import read_dictionary
from nanhai_crawler.store.export.package import open_package
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.models import Base
from nanhai_crawler.store.reader import ArchiveReader
from tests.judges import judge
from tests.store.test_export import RARE
from tests.store.test_reader import PAGES, keep


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    """Three articles; the first has had two texts, and a title of rare characters."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES)
    keep(folder, replace(PAGES[0], title=RARE), *PAGES[1:])
    with ArchiveReader.open(folder) as reader:
        yield reader


@pytest.fixture(scope="module")
def package(reader: ArchiveReader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "数据包"
    with open_package(path) as opened:
        assert write_datapackage(reader, opened).count == 3
    return path


def described(package: Path) -> dict[str, dict[str, Any]]:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in descriptor["resources"]}


def read(package: Path, table: str) -> list[dict[str, str]]:
    with (package / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_frictionless_finds_it_valid(package: Path) -> None:
    judge("frictionless", "validate", "--json", package / "datapackage.json")


def test_frictionless_finds_a_zip_of_a_selection_valid(reader: ArchiveReader, tmp_path: Path) -> None:
    path = tmp_path / "部分.zip"
    with open_package(path) as opened:
        assert write_datapackage(reader, opened, "桂城").count == 1
    assert zipfile.ZipFile(path).testzip() is None
    judge("frictionless", "validate", "--json", path)


def test_each_file_has_the_sum_and_the_columns_that_the_descriptor_says(package: Path) -> None:
    for resource in described(package).values():
        content = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert content.decode().split("\r\n")[0] == ",".join(fields)


def test_every_reference_leads_to_a_row(package: Path, reader: ArchiveReader, tmp_path: Path) -> None:
    with open_package(tmp_path / "some") as opened:
        write_datapackage(reader, opened, filters=Filters(column="学习培训"))
    for place in (package, tmp_path / "some"):
        for name, resource in described(place).items():
            for key in resource["schema"]["foreignKeys"]:
                (field,), (other,) = key["fields"], key["reference"]["fields"]
                there = {row[other] for row in read(place, key["reference"]["resource"])}
                assert {row[field] for row in read(place, name)} <= there, (name, field)


def test_what_changed_is_one_more_field_at_the_end(reader: ArchiveReader, tmp_path: Path) -> None:
    with open_package(tmp_path / "changes") as opened:
        assert write_datapackage(reader, opened, filters=Filters(since_run=1)).count == 1
    (row,) = read(tmp_path / "changes", "articles")
    assert tuple(row) == (*CSV_KEYS, "change")
    assert row["change"] == "changed"
    (_, *_, last) = described(tmp_path / "changes")["articles"]["schema"]["fields"]
    assert last["name"] == "change"
    judge("frictionless", "validate", "--json", tmp_path / "changes" / "datapackage.json")


def test_articles_are_the_rows_of_csv_and_all_their_texts_are_there(package: Path) -> None:
    assert tuple(read(package, "articles")[0]) == CSV_KEYS
    texts = {row["title"] for row in read(package, "revisions")}
    assert {RARE, *(page.title for page in PAGES)} == texts
    assert {row["url"] for row in read(package, "attachments")} == {PAGES[2].attachments[0].url}


def test_every_field_is_explained_and_is_a_column_of_the_archive() -> None:
    for table in read_dictionary():
        for field in table.schema["fields"]:
            assert len(field["description"]) > 5
            assert any("一" <= character <= "鿿" for character in field["title"] + field["description"])
        if table.name != "articles":
            assert set(table.fields) <= set(Base.metadata.tables[table.name].columns.keys())
