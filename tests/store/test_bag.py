"""The bag for hand-over: valid by RFC 8493, and an archive again where it arrives."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from nanhai_crawler.errors import UsageError
from nanhai_crawler.store.export.bagit import write_bag
from nanhai_crawler.store.export.package import open_bag, open_package
from nanhai_crawler.store.filters import Filters
from nanhai_crawler.store.reader import ArchiveReader
from tests.judges import judge
from tests.store.given import exchange, running
from tests.store.test_reader import PAGES, keep

DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, *PAGES)
    (folder / "sites").mkdir()
    (folder / "sites" / "练习 100%.toml").write_text("", encoding="utf-8")
    (folder / "sites" / "link.toml").symlink_to("/etc/hostname")
    return folder


@pytest.fixture(scope="module")
def bag(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "移交"
    with ArchiveReader.open(folder) as reader, open_package(path) as package:
        assert write_bag(reader, package).count == 3
    return path


def manifest(bag: Path, name: str) -> dict[str, str]:
    lines = (bag / name).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def test_bagit_finds_it_valid(bag: Path) -> None:
    judge("bagit.py", "--validate", bag)


def test_every_file_is_in_a_manifest_with_its_sum(bag: Path) -> None:
    files = {path.relative_to(bag).as_posix(): path for path in bag.rglob("*") if path.is_file()}
    payload, tags = manifest(bag, "manifest-sha256.txt"), manifest(bag, "tagmanifest-sha256.txt")
    assert payload.keys() == {name for name in files if name.startswith("data/")}
    assert tags.keys() == files.keys() - payload.keys() - {"tagmanifest-sha256.txt"}
    for name, digest in (payload | tags).items():
        assert digest == hashlib.sha256(files[name].read_bytes()).hexdigest()
    length = sum(files[name].stat().st_size for name in payload)
    assert f"Payload-Oxum: {length}.{len(payload)}" in (bag / "bag-info.txt").read_text(encoding="utf-8")
    assert "data/archive/sites/练习 100_.toml" in payload
    assert "data/archive/sites/link.toml" not in payload


def test_what_was_handed_over_is_the_archive(bag: Path, folder: Path) -> None:
    with ArchiveReader.open(folder) as ours, ArchiveReader.open(bag / "data" / "archive") as theirs:
        assert list(theirs.records()) == list(ours.records())
        for record in ours.records():
            assert theirs.payload(theirs.capture(record["id"])) == ours.payload(ours.capture(record["id"]))


def test_the_manifests_of_the_runs_hold_in_the_bag(bag: Path) -> None:
    archive = bag / "data" / "archive"
    (run,) = (archive / "manifests").iterdir()
    for line in run.read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((archive / name).read_bytes()).hexdigest() == digest


def test_dublin_core_tells_what_it_is(bag: Path) -> None:
    root = etree.fromstring((bag / "metadata" / "dublin-core.xml").read_bytes())
    told = [(element.tag, element.text) for element in root]
    assert (f"{DC}description", "文章3篇，文本3份，留存3次。") in told
    assert (f"{DC}subject", "zuzhibu") in told
    assert (f"{DC}language", "zh-CN") in told


def test_a_bag_in_a_zip_stands_in_its_folder(folder: Path, tmp_path: Path) -> None:
    with ArchiveReader.open(folder) as reader, open_bag(tmp_path / "移交.zip") as package:
        write_bag(reader, package)
    with zipfile.ZipFile(tmp_path / "移交.zip") as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"移交"}
        archive.extractall(tmp_path)
    judge("bagit.py", "--validate", tmp_path / "移交")


def test_a_bag_made_during_a_crawl_is_as_of_one_moment(tmp_path: Path) -> None:
    keep(tmp_path / "a", *PAGES)
    with running(tmp_path / "a") as writer:
        writer.capture(exchange(body := "http://127.0.0.1:8080/other", b"kept"))
        writer.commit()
        writer.capture(exchange(body + "2", b"not yet committed"))
        with ArchiveReader.open(tmp_path / "a") as reader, open_package(tmp_path / "bag") as package:
            write_bag(reader, package)
    with ArchiveReader.open(tmp_path / "bag" / "data" / "archive") as reader:
        assert reader.status().captures == 4
    for warc in (tmp_path / "bag" / "data" / "archive" / "warc").iterdir():
        assert b"not yet" not in warc.read_bytes()
        judge("fastwarc", "check", warc)


def test_a_part_of_an_archive_is_no_hand_over(folder: Path, tmp_path: Path) -> None:
    with (
        ArchiveReader.open(folder) as reader,
        pytest.raises(UsageError, match="whole archive"),
        open_package(tmp_path / "x") as package,
    ):
        write_bag(reader, package, filters=Filters(since="2023"))
    assert not (tmp_path / "x").exists()
