"""Verification: what is altered in an archive behind its back is named, and nothing else is."""

import gzip
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nanhai_crawler.errors import ArchiveMissing, ArchiveTooNew, UsageError
from nanhai_crawler.store.verification.finding import Thing
from nanhai_crawler.store.verification.index_check import check_pages
from nanhai_crawler.store.verification.sample import Sample, parse_sample
from nanhai_crawler.store.verification.verification import Verification, verify
from nanhai_crawler.store.writer import ArchiveWriter
from nanhai_crawler.text.terms import index_terms
from tests.store.given import HOME, article, article_url, exchange, running, visit_article


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two runs: articles with two texts each, a payload repeated."""
    folder = tmp_path_factory.mktemp("whole") / "存档"
    for run in range(2):
        with running(folder, *map(article_url, range(1, 13))) as writer:
            for number in range(1, 13):
                visit_article(writer, article(article_url(number), body=(f"第{number}篇，第{run}稿。" * 9,)))
            writer.capture(exchange(HOME + "same", b"the same" * 99))
    return folder


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "archive")
    return tmp_path / "archive"


def things(found: Verification) -> set[Thing]:
    return {finding.thing for finding in found.findings}


def alter(archive: Path, *statements: str) -> None:
    """What a person with the sqlite3 shell does."""
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        connection.create_function("terms", 2, index_terms, deterministic=True)
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 0x55
    path.write_bytes(content)


def first_warc(archive: Path) -> Path:
    return min((archive / "warc").iterdir())


def test_a_merge_of_the_index_that_goes_on_is_no_damage() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE search_index USING fts5(terms, detail=none)")
        merge = "INSERT INTO search_index(search_index, rank) VALUES (?, ?)"
        connection.executemany(merge, [("pgsz", 64), ("automerge", 0), ("usermerge", 2)])
        for batch in range(4):
            rows = [
                (f"{number * 7919 % 100_003:05} {batch}",) for number in range(batch * 200, batch * 200 + 200)
            ]
            connection.executemany("INSERT INTO search_index(terms) VALUES (?)", rows)
            connection.commit()
        connection.execute(merge, ("merge", 8))
        connection.commit()
        leading = "SELECT count(*) FROM search_index_idx WHERE (segid << 37) + (pgno >> 1) NOT IN (SELECT id FROM search_index_data)"
        assert connection.execute(leading).fetchone() > (0,)
        assert list(check_pages(connection, "a")) == []
        connection.execute(
            "DELETE FROM search_index_idx WHERE pgno = (SELECT max(pgno) FROM search_index_idx)"
        )
        assert len(list(check_pages(connection, "a"))) == 1


def test_a_sound_archive_is_sound(archive: Path) -> None:
    found = verify(archive)
    assert (found.findings, found.notes) == ((), ())
    assert found.looked_at["captures"] == 26
    assert found.looked_at["revisions"] == 24
    assert verify(archive, sample=Sample(seed=1, count=5)).findings == ()


def contents(archive: Path) -> dict[str, bytes]:
    """What is in it, without SQLite's own files beside a database that is open."""
    return {
        str(path): path.read_bytes()
        for path in archive.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_verifying_writes_nothing(archive: Path) -> None:
    before = contents(archive)
    verify(archive)
    assert contents(archive) == before


@pytest.mark.parametrize("room", [".", "warc", "manifests", "reports"])
def test_a_flipped_byte_is_found_wherever_it_is(archive: Path, room: str) -> None:
    chance = random.Random(room)  # noqa: S311  the same places each time
    paths = sorted(path for path in (archive / room).iterdir() if path.is_file() and path.stat().st_size)
    paths = [path for path in paths if path.name != "nanhai.toml"]  # a person's to change
    for path in paths:
        whole = path.read_bytes()
        for _ in range(3):
            offset = chance.randrange(len(whole))
            flip(path, offset)
            assert verify(archive).findings, f"{path.name} at {offset}"
            path.write_bytes(whole)
    assert not verify(archive).findings


def test_an_index_out_of_step_is_named(archive: Path) -> None:
    alter(archive, "INSERT INTO search_index(search_index, rowid, terms) SELECT 'delete', id, terms FROM search_text LIMIT 1")  # fmt: skip
    assert Thing.INDEX in things(verify(archive))


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM search_index_docsize WHERE id = (SELECT max(id) FROM search_rows)", "DELETE FROM search_index_data WHERE id > 10",
     "DELETE FROM search_index_idx", "DELETE FROM search_index_config",
     "UPDATE search_tail SET signature = zeroblob(768) WHERE id = (SELECT max(id) FROM search_rows)",
     "DELETE FROM search_tail WHERE id = (SELECT max(id) FROM search_rows)", "UPDATE search_rows SET plain = NOT plain"],
)  # fmt: skip
def test_rows_taken_from_the_index_tables_are_seen(archive: Path, statement: str) -> None:
    alter(archive, statement)
    assert Thing.INDEX in things(verify(archive))


@pytest.mark.parametrize(
    ("statement", "thing"),
    [
        ("UPDATE revisions SET body = body || '。' || '假' WHERE id = 5", Thing.TEXT),
        ("UPDATE revisions SET title = '假' WHERE id = 5", Thing.TEXT),
        ("UPDATE revisions SET text_digest = 'sha256:0' WHERE id = 5", Thing.TEXT),
        ("DELETE FROM sections WHERE revision_id = 5 AND position = 2", Thing.TEXT),
        ("UPDATE sections SET heading = '假' WHERE revision_id = 5 AND position = 2", Thing.TEXT),
        ("UPDATE articles SET url = url || 'x' WHERE revision_id = 13", Thing.TEXT),
        ("DELETE FROM revisions WHERE id = 5", Thing.ROWS),
        ("DELETE FROM articles WHERE revision_id = 13", Thing.ROWS),
        ("UPDATE articles SET revision = 1", Thing.ROWS),
        ("DELETE FROM captures WHERE id = 5", Thing.ROWS),
        ("DELETE FROM captures WHERE id = 5", Thing.RECORD),
        ("UPDATE captures SET url = 'http://127.0.0.1/x' WHERE id = 5", Thing.CAPTURE),
        ("UPDATE captures SET status = 404 WHERE id = 5", Thing.CAPTURE),
        ("UPDATE captures SET payload_digest = 'sha256:0' WHERE id = 26", Thing.CAPTURE),
        ("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 5", Thing.WARC),
        ("UPDATE captures SET warc_offset = 9223372036854775807 WHERE id = 5", Thing.WARC),
        ("UPDATE captures SET warc_file = '../nanhai.sqlite3' WHERE id = 5", Thing.WARC),
    ],
)
def test_a_row_altered_behind_its_back_is_named(archive: Path, statement: str, thing: Thing) -> None:
    shutil.rmtree(archive / "manifests")  # the sums alone would tell that something was altered, not what
    alter(archive, statement)
    assert thing in things(verify(archive))


def test_a_truncated_file_is_named(archive: Path) -> None:
    path = first_warc(archive)
    path.write_bytes(path.read_bytes()[:-1])
    for sample in (None, Sample(seed=1, count=1)):
        found = [finding for finding in verify(archive, sample=sample).findings if path.name in finding.where]
        assert any("cut short" in finding.what for finding in found)


@pytest.mark.parametrize("name", ["warc", "manifests", "reports", "nanhai.sqlite3"])
def test_a_deleted_file_is_named(archive: Path, name: str) -> None:
    path = archive / name
    gone = min(path.glob("[nr]*-*")) if path.is_dir() else path
    gone.unlink()
    for sample in (None, Sample(seed=1, count=1)):
        assert any(gone.name in finding.where for finding in verify(archive, sample=sample).findings)


def test_bytes_that_nobody_knows_are_named(archive: Path) -> None:
    path = first_warc(archive)
    content = path.read_bytes()
    path.write_bytes(content + content[-200:])
    (archive / "warc" / "mine.warc.gz").write_bytes(b"half a record")
    where = " ".join(finding.where for finding in verify(archive).findings)
    assert f"{path.name}: bytes {len(content)} to {len(content) + 200}" in where
    assert "mine.warc.gz: bytes 0 to 13" in where


def test_one_damaged_record_does_not_hide_the_others(archive: Path) -> None:
    shutil.rmtree(archive / "manifests")
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        places = connection.execute(
            "SELECT warc_file, warc_offset + 30, url FROM captures WHERE id IN (3, 9)"
        ).fetchall()
    for name, offset, _ in places:
        flip(archive / "warc" / name, offset)
    found = verify(archive).findings
    assert len(found) == 2
    for (_, _, url), finding in zip(places, found, strict=True):
        assert "1 captures" in finding.meaning
        assert url in finding.meaning


def test_a_forged_record_is_told_by_its_digest(archive: Path) -> None:
    shutil.rmtree(archive / "manifests")
    path = first_warc(archive)
    with closing(sqlite3.connect(archive / "nanhai.sqlite3")) as connection:
        query = "SELECT warc_offset, warc_length FROM captures WHERE warc_file = ? ORDER BY 1 DESC"
        offset, length = connection.execute(query, (path.name,)).fetchone()
    content = path.read_bytes()
    record = gzip.decompress(content[offset : offset + length]).replace(b"the same", b"not same")
    path.write_bytes(content[:offset] + gzip.compress(record))
    assert any("digest does not match" in finding.what for finding in verify(archive).findings)


def test_a_database_that_is_none_is_told_in_one_line(archive: Path) -> None:
    (archive / "nanhai.sqlite3").write_bytes(b"\0" * 5000)
    found = [finding for finding in verify(archive).findings if "cannot be opened" in finding.what]
    assert len(found) == 1
    assert "\n" not in str(found[0])


def test_what_a_crawl_is_writing_is_no_damage(archive: Path) -> None:
    with ArchiveWriter.open(archive) as writer:
        writer.begin_run([HOME])
        writer.capture(exchange(HOME + "new"))
        found = verify(archive)
    assert found.findings == ()
    assert "a crawl is writing now" in found.notes[0]


def test_no_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        verify(tmp_path)


def test_a_newer_archive_is_not_judged(archive: Path) -> None:
    alter(archive, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveTooNew):
        verify(archive)


def bomb(declared: int) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {declared}\r\n\r\n".encode()
    return gzip.compress(head + b"\0" * 300_000_000, compresslevel=9)


def nested(_: Path) -> bytes:
    return gzip.compress(gzip.compress(b"WARC/1.1\r\n" * 1000))


@pytest.mark.parametrize(
    "made",
    [
        lambda archive: bomb(10),
        lambda archive: bomb(300_000_000),
        lambda archive: bomb(10**11),
        lambda archive: b"\x1f\x8b\x08" * 50_000,
        lambda archive: gzip.compress(b"WARC/1.1\r\n" + b"a: b\r\n" * 50_000),
        lambda archive: gzip.compress(
            b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n\r\n\r\n"
        ),
        lambda archive: gzip.compress(b""),
        lambda archive: b"",
        nested,
    ],
)
def test_a_hostile_record_is_a_line_and_takes_bounded_memory(
    archive: Path, made: Callable[[Path], bytes]
) -> None:
    content = made(archive)
    (archive / "warc" / "nanhai-20300101000000-00000.warc.gz").write_bytes(content)
    found = verify(archive).findings
    assert bool(found) == bool(content)
    assert all("nanhai-20300101000000-00000" in finding.where for finding in found)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON runs BEGIN SELECT 1; END",
        "UPDATE captures SET warc_file = x'00ff' WHERE id = 1",
        "UPDATE captures SET warc_offset = 'far', warc_length = x'ff' WHERE id = 1",
        "UPDATE revisions SET body = x'ff00fe', title = 17 WHERE id = 1",
        "UPDATE sections SET paragraphs = x'ff', heading = 9 WHERE revision_id = 1",
        "UPDATE articles SET url = x'ff' WHERE revision_id = 13",
        "UPDATE alembic_version SET version_num = x'ff'",
        "DELETE FROM alembic_version",
        "DROP TABLE sections",
        "DROP TABLE search_index",
        "ALTER TABLE captures RENAME COLUMN url TO uri",
    ],
)
def test_a_hostile_database_is_a_line_and_no_crash(archive: Path, statement: str) -> None:
    alter(archive, statement)
    try:
        found = verify(archive)
    except ArchiveTooNew:
        return
    assert found.findings
    assert all("\n" not in str(finding) for finding in found.findings)


def test_a_hostile_manifest_opens_no_other_file(archive: Path) -> None:
    (archive / "manifests" / "nanhai-00001.sha256").write_text(
        f"{'0' * 64}  ../../../etc/passwd\n", encoding="ascii"
    )
    assert not any("passwd" in str(finding) for finding in verify(archive).findings)


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    ids = list(range(1000))
    assert Sample(seed=3, percent=5).choose(ids) == Sample(seed=3, percent=5).choose(ids)
    assert len(Sample(seed=3, percent=5).choose(ids)) == 50
    assert Sample(seed=3, percent=5).choose(ids) != Sample(seed=4, percent=5).choose(ids)
    assert Sample(seed=3, count=5).choose([]) == []
    assert Sample(seed=3, percent=0.01).choose([7]) == [7]


@pytest.mark.parametrize("words", ["", "0", "-1", "0%", "101%", "5 5", "x", "1e3", "１０"])
def test_a_sample_of_nonsense_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="--sample"):
        parse_sample(words, 1)
