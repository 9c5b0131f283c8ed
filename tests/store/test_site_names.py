"""A site that was declared late: what stood under its host stands under its name, nothing twice, nothing lost."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from nanhai_crawler.store.writer import ArchiveWriter
from tests.store.given import article, article_url, links, running, visit_article


def test_columns_of_two_hosts_and_of_the_name_become_one_tree(tmp_path: Path) -> None:
    urls = [article_url(n) for n in range(3)]
    with running(tmp_path / "a") as writer:
        writer.frontier.add(links(*urls), found_on=None, depth=0)
        for url, site in zip(urls, ("one.example", "two.example", "mou"), strict=True):
            visit_article(writer, replace(article(), url=url, site=site))
    with ArchiveWriter.open(tmp_path / "a") as again:
        again.name_sites({"one.example": "mou", "two.example": "mou", "three.example": "x"})
    with closing(sqlite3.connect(tmp_path / "a" / "nanhai.sqlite3")) as connection:
        paths = [" > ".join(article().column_path[: n + 1]) for n in range(len(article().column_path))]
        columns = connection.execute("SELECT site, path FROM columns ORDER BY path").fetchall()
        assert columns == [("mou", path) for path in paths]
        found = connection.execute("SELECT site, column_path FROM article_latest").fetchall()
        assert found == [("mou", paths[-1])] * 3
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
