"""The database: its schema, its doors, what it refuses."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from nanhai_crawler.errors import ArchiveMissing, ArchiveTooNew, StorageError
from nanhai_crawler.store.database import (
    REVISIONS,
    check_version,
    open_engine_reader,
    open_engine_writer,
)
from nanhai_crawler.store.migration import migrate, scripts_config
from nanhai_crawler.store.models import Base
from tests.store.given import article, running, visit_article


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "nanhai.sqlite3"
    engine = open_engine_writer(path)
    migrate(engine)
    engine.dispose()
    return path


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith("search_index"))


def test_models_and_migrations_agree(made: Path) -> None:
    engine = open_engine_writer(made)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_columns_stand_in_the_same_order_in_models_and_migrations(made: Path) -> None:
    with sqlite3.connect(made) as connection:
        for table in Base.metadata.sorted_tables:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
            assert names == [column.name for column in table.columns]
    connection.close()


def test_known_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory.from_config(scripts_config())
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_a_new_database_is_made_once(tmp_path: Path) -> None:
    engine = open_engine_writer(tmp_path / "nanhai.sqlite3")
    assert migrate(engine)
    assert not migrate(engine)
    engine.dispose()


def test_readers_import_no_alembic() -> None:
    code = "import sys, nanhai_crawler.store.database; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", ["南海 档案", "50%41", "what?is=this#here", "a&b;c", "'\""])
def test_any_name_of_a_folder_works(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with running(folder) as writer:
        visit_article(writer, article())
    engine = open_engine_reader(folder / "nanhai.sqlite3")
    assert check_version(engine) == REVISIONS[-1]
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_readers_cannot_write(made: Path) -> None:
    engine = open_engine_reader(made)
    with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("DELETE FROM runs"))
    engine.dispose()


def test_readers_neither_wait_nor_block(made: Path) -> None:
    writer, reader = open_engine_writer(made), open_engine_reader(made)
    began = time.monotonic()
    with writer.connect() as writing, reader.connect() as reading:
        for _ in range(20):
            add_run(writing)
            assert reading.execute(text("SELECT count(*) FROM runs")).scalar() == 0
            writing.commit()
        reading.rollback()
        assert reading.execute(text("SELECT count(*) FROM runs")).scalar() == 20
    assert time.monotonic() - began < 2
    writer.dispose()
    reader.dispose()


def add_run(connection: Connection) -> None:
    empty_run = (
        "INSERT INTO runs (started, outcome, seeds, counts, version) VALUES ('', 'running', '[]', '{}', '')"
    )
    connection.execute(text(empty_run))


def test_a_missing_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="no archive here"):
        open_engine_reader(tmp_path / "nanhai.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("opened", [open_engine_reader, open_engine_writer])
def test_a_file_that_is_no_database_is_said(tmp_path: Path, opened: Callable[[Path], Engine]) -> None:
    path = tmp_path / "nanhai.sqlite3"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="not a database"):
        opened(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "nanhai.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (id)")
    connection.close()
    engine = open_engine_writer(path)
    with pytest.raises(StorageError, match="some other program"):
        migrate(engine)
    engine.dispose()


def test_a_newer_database_is_said(made: Path) -> None:
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    engine = open_engine_reader(made)
    with pytest.raises(ArchiveTooNew, match="newer version"):
        check_version(engine)
    engine.dispose()


def test_a_damaged_database_is_said(made: Path) -> None:
    made.write_bytes(made.read_bytes()[:100] + b"\xff" * 8000)
    engine = open_engine_reader(made)
    with pytest.raises(StorageError, match=r"nanhai\.sqlite3"):
        check_version(engine)
    engine.dispose()


def test_the_search_index_agrees_with_its_texts(tmp_path: Path) -> None:
    with running(tmp_path / "a") as writer:
        visit_article(writer, article())
    engine = open_engine_writer(tmp_path / "a" / "nanhai.sqlite3")
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"))
        connection.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))
        connection.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"))
    engine.dispose()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting read-only is for root")
def test_an_archive_on_a_read_only_medium_can_be_read(tmp_path: Path, made: Path) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    mount = subprocess.run(
        ["mount", "--bind", "-o", "ro", made.parent, medium], capture_output=True, check=False
    )
    if mount.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        engine = open_engine_reader(medium / made.name)
        assert check_version(engine) == REVISIONS[-1]
        engine.dispose()
    finally:
        subprocess.run(["umount", medium], check=True)
