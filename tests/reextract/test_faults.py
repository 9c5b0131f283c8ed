"""What a re-reading meets: damage, an archive that is held, is not there, or has nothing in it, and other rules."""

import json
import subprocess
from pathlib import Path

import nanhai_crawler
from nanhai_crawler.errors import ExitCode
from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.writer import ArchiveWriter
from tests.crawl.commands import nanhai
from tests.reextract.crawled import OLD, article_page, crawl, records, url_of
from tests.store.given import rows


def test_a_damaged_snapshot_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(number): article_page(number) for number in range(1, 6)}, OLD)
    ((name, offset, length),) = rows(
        folder, "SELECT warc_file, warc_offset, warc_length FROM captures WHERE url = :url", url=url_of(3)
    )
    path = folder / "warc" / name
    content = bytearray(path.read_bytes())
    content[offset + length // 2] ^= 0x55
    path.write_bytes(content)
    before = records(folder)[url_of(3)]
    ended = nanhai("reextract", "--archive", folder, "--json")
    assert ended.code == ExitCode.PARTIAL
    summary = json.loads(ended.out)
    assert (summary["changed"], summary["damaged"]["count"]) == (4, 1)
    assert summary["damaged"]["first"][0]["url"] == url_of(3)
    assert f"at byte {offset}" in summary["damaged"]["first"][0]["reason"]
    assert records(folder)[url_of(3)] == before


def test_a_missing_warc_file_is_told_once_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(number): article_page(number) for number in (1, 2)}, OLD)
    for path in (folder / "warc").iterdir():
        path.unlink()
    assert reextract(folder).damaged.count == 2


def test_an_archive_that_a_crawl_holds_is_left_alone_but_a_dry_run_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    crawl(folder, {url_of(1): article_page(1)}, OLD)
    with ArchiveWriter.open(folder):
        ended = nanhai("reextract", "--archive", folder)
        assert (ended.code, ended.out) == (ExitCode.LOCKED, "")
        assert ended.err.count("\n") == 1
        ended = nanhai("reextract", "--dry-run", "--archive", folder, "--json")
        assert (ended.code, json.loads(ended.out)["changed"]) == (0, 1)


def test_no_archive_is_made_where_there_is_none(tmp_path: Path) -> None:
    for words in (("--dry-run",), ()):
        ended = nanhai("reextract", *words, "--archive", tmp_path / "none")
        assert (ended.code, ended.out) == (ExitCode.STORAGE, "")
        assert "no archive here" in ended.err
    assert not (tmp_path / "none").exists()


def test_an_empty_archive_has_nothing_to_read(tmp_path: Path) -> None:
    with ArchiveWriter.open(tmp_path / "空 档案"):
        pass
    ended = nanhai("reextract", "--archive", tmp_path / "空 档案")
    assert ended.code == 0
    assert "nothing to change" in ended.out


def test_a_site_declared_wrongly_is_told_before_anything_is_read(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {url_of(1): article_page(1)}, OLD)
    (tmp_path / "a" / "sites").mkdir()
    (tmp_path / "a" / "sites" / "x.toml").write_text("title = 3\n")
    ended = nanhai("reextract", "--archive", tmp_path / "a")
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert "x.toml" in ended.err


def test_an_edited_rule_is_another_edition_and_shows_in_a_dry_run(tmp_path: Path) -> None:
    crawl(tmp_path / "a", {url_of(1): article_page(1)})
    package = Path(nanhai_crawler.__file__).parent
    subprocess.run(["cp", "-r", str(package), str(tmp_path)], check=True)
    reading = tmp_path / "nanhai_crawler" / "pages" / "reading.py"
    reading.write_text(
        reading.read_text().replace("charset_evidence=document", "charset_evidence='edited; ' + document")
    )
    ended = nanhai("reextract", "--dry-run", "--archive", tmp_path / "a", "--json", PYTHONPATH=str(tmp_path))
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["described"] == 1
    assert [told["reader"]] != [reader for (reader,) in rows(tmp_path / "a", "SELECT reader FROM revisions")]
