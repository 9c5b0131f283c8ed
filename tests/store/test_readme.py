"""The archive's README: it must explain everything that is there."""

import re
import sqlite3
from pathlib import Path

from nanhai_crawler.store.folder import ArchiveFolder, readme_text
from nanhai_crawler.store.models import Base
from tests.store.given import article, running, visit_article

REPOSITORY = Path(__file__).parents[2]


def chapters() -> dict[str, str]:
    """The README's chapters by what their headings name."""
    found: dict[str, str] = {}
    for chapter in re.split(r"(?m)^### ", readme_text())[1:]:
        heading, _, rest = chapter.partition("\n")
        found.update(dict.fromkeys(re.findall(r"`(\w+)`", heading), rest))
    return found


def explained(chapter: str) -> set[str]:
    """What the first cells of a chapter's table name."""
    cells = re.findall(r"(?m)^\| (`[^|]*) \|", chapter)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_the_repository_has_the_same_readme() -> None:
    assert (REPOSITORY / "archive" / "README.md").read_text(encoding="utf-8") == readme_text()


def test_every_table_view_and_column_is_explained(tmp_path: Path) -> None:
    with running(tmp_path / "a"):
        pass
    known = chapters()
    with sqlite3.connect(tmp_path / "a" / "nanhai.sqlite3") as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        ).fetchall()
        for (name,) in names:
            if name.startswith(("search_", "sqlite_")):
                assert f"`{name}`" in readme_text()
                continue
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert explained(known[name]) == columns, name
    connection.close()


def test_nullable_columns_are_said_to_be() -> None:
    known = chapters()
    for table in Base.metadata.sorted_tables:
        lines = {
            line.split("`")[1]: line for line in known[table.name].splitlines() if line.startswith("| `")
        }
        for column in table.columns:
            says_null = "null" in lines[column.name]
            assert says_null == bool(column.nullable), f"{table.name}.{column.name}"


def test_every_file_is_explained(tmp_path: Path) -> None:
    with running(tmp_path / "a") as writer:
        visit_article(writer, article())
        there = {path.name for path in (tmp_path / "a").iterdir()}
    files = readme_text().partition("## Files")[2].partition("\n## ")[0]
    named = {
        vars(ArchiveFolder(tmp_path))[name].name for name in vars(ArchiveFolder(tmp_path)) if name != "path"
    }
    for name in there | named:
        assert re.search(rf"`{re.escape(name)}/?`", files), name


def test_an_archive_has_the_readme(tmp_path: Path) -> None:
    with running(tmp_path / "a"):
        pass
    assert (tmp_path / "a" / "README.md").read_text(encoding="utf-8") == readme_text()
