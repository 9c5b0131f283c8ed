"""The views for people who write SQL, and what Datasette is told of all tables, views and columns."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nanhai_crawler.store.datasette import datasette_metadata, read_tables
from nanhai_crawler.store.folder import readme_text
from tests.judges import fetched, serving
from tests.store.given import article, article_url, rows
from tests.store.test_reader import PAGES, keep


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles, the first with two texts: one in 基层党建, one in 学习培训, one in 干部工作 itself."""
    folder = tmp_path_factory.mktemp("archive")
    keep(folder, replace(PAGES[0], credits=()), *PAGES[1:])
    keep(folder, replace(PAGES[0], title="新题"), *PAGES[1:])
    return folder


def test_the_column_tree_counts_what_stands_in_and_below_a_column(folder: Path) -> None:
    assert rows(folder, "SELECT path, depth, articles, articles_below FROM column_tree") == [
        ("干部工作", 1, 1, 2), ("干部工作 > 学习培训", 2, 1, 1), ("组工党建", 1, 0, 1), ("组工党建 > 基层党建", 2, 1, 1),
    ]  # fmt: skip


def test_article_credits_are_those_of_the_newest_text(folder: Path) -> None:
    found = rows(folder, "SELECT title, role, name, author FROM article_credits ORDER BY title, position")
    assert [row for row in found if row[0] == "新题"] == [
        ("新题", "摄影", "李翠贞", 0),
        ("新题", "记者", "李翠贞", 1),
    ]
    assert len(found) == 4


def test_article_latest_has_one_row_an_article(folder: Path) -> None:
    titles = {title for (title,) in rows(folder, "SELECT title FROM article_latest")}
    assert titles == {"新题", PAGES[1].title, PAGES[2].title}


def test_datasette_is_told_of_every_table_view_and_column(folder: Path) -> None:
    told = read_tables(readme_text())
    for (name,) in rows(folder, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        if name.startswith(("sqlite_", "search_index_")):
            continue
        assert told[name]["description"] or told[name].get("hidden"), name
        if not told[name].get("hidden"):
            columns = {row[0] for row in rows(folder, "SELECT name FROM pragma_table_info(:of)", of=name)}
            assert told[name]["columns"].keys() == columns, name


def test_an_archive_has_the_metadata_of_its_readme(folder: Path) -> None:
    written = (folder / "datasette.json").read_text(encoding="utf-8")
    assert written == datasette_metadata((folder / "README.md").read_text(encoding="utf-8"))
    assert "nanhai" in json.loads(written)["databases"]


def test_datasette_shows_tables_and_views_with_their_descriptions(folder: Path) -> None:
    words = (folder / "nanhai.sqlite3", "-m", folder / "datasette.json", "-h", "127.0.0.1")
    with serving("datasette", "serve", *words) as server:
        assert "网站文章存档" in fetched(f"{server}/").decode()
        for name, told in read_tables(readme_text()).items():
            if told.get("hidden"):
                continue
            page = fetched(f"{server}/nanhai/{name}").decode()
            assert told["description"].split("(")[0].split("'")[0][:30] in page, name
            assert next(iter(told["columns"].values())).split(":")[0][:20] in page, name
        titles = [
            row["title"] for row in json.loads(fetched(f"{server}/nanhai/article_latest.json?_shape=array"))
        ]
    assert len(titles) == 3


def test_an_articles_url_is_not_lost_on_the_way(folder: Path) -> None:
    found = rows(folder, "SELECT DISTINCT url FROM article_credits WHERE title = '新题'")
    assert found == [(article(article_url(1)).url,)]
