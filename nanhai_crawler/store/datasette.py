"""``datasette.json``: the archive's README for Datasette (``datasette nanhai.sqlite3 -m datasette.json``).

Every table, view and column has the description that the README gives it; it is not told a second time.
"""

import json
import re
from typing import Any

_CHAPTER = re.compile(r"(?m)^### ")
_NAME = re.compile(r"`(\w+)`")
_ROW = re.compile(r"(?m)^\| (`[^|]*) \| (.*) \|$")
#: Of no use without the functions of this program.
_HIDDEN = (
    *("search_rows", "search_blocks", "search_slices", "search_tail", "search_index", "search_text"),
    "alembic_version",
)
_NEWEST_FIRST = {"article_latest": "published", "captures": "id", "runs": "id", "revisions": "id"}
_TITLES = {"articles": "url", "columns": "path", "revisions": "title", "captures": "url"}


def datasette_metadata(readme: str) -> str:
    """The metadata as JSON text, from the README of the archive."""
    metadata = {
        "title": "网站文章存档 / Archive of a website's articles",
        "description": "每张表、每一列的说明见各表页面。What the tables and columns hold is said with each of them.",
        "databases": {"nanhai": {"tables": read_tables(readme)}},
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def read_tables(readme: str) -> dict[str, dict[str, Any]]:
    """What the README says of each table and view, and of its columns."""
    tables: dict[str, dict[str, Any]] = {}
    for chapter in _CHAPTER.split(readme)[1:]:
        heading, _, rest = chapter.partition("\n")
        named, _, description = heading.partition(":")
        for name in _NAME.findall(named):
            tables[name] = {"description": description.strip(), **_shown(name)}
            if columns := _columns(rest):
                tables[name]["columns"] = columns
    return tables


def _columns(chapter: str) -> dict[str, str]:
    return {
        name: meaning.replace("`", "")
        for cell, meaning in _ROW.findall(chapter)
        for name in _NAME.findall(cell)
    }


def _shown(name: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"hidden": True} if name in _HIDDEN else {}
    if name in _NEWEST_FIRST:
        shown["sort_desc"] = _NEWEST_FIRST[name]
    if name in _TITLES:
        shown["label_column"] = _TITLES[name]
    return shown
