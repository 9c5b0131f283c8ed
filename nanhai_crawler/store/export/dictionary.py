"""The data dictionary of the data package: its tables and fields, explained in Chinese and English."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from nanhai_crawler.store.changes import ChangeKind

#: What a field holds that is not any string of its type.
_CONSTRAINTS: dict[str, dict[str, Any]] = {
    "articles.change": {"enum": [str(kind) for kind in ChangeKind]},
    "articles.status": {"enum": ["live", "missing", "gone"]},
    "captures.record_type": {"enum": ["response", "revisit", "lost"]},
    "text_digest": {"pattern": "sha256:[0-9a-f]{64}"},
    "published": {"pattern": r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?\+08:00)?"},
}
#: How SQLite writes them.
_BOOLEAN = {"trueValues": ["1"], "falseValues": ["0"]}


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One table of the package; the names of its fields are those of the columns it is filled from."""

    name: str
    title: str
    description: str
    fields: tuple[str, ...]
    schema: dict[str, Any]


def read_dictionary(*, of_changes: bool = False) -> list[Table]:
    """The tables, each after those that it refers to; ``of_changes`` with the field that says what changed."""
    text = files("nanhai_crawler.store.export").joinpath("datapackage.toml").read_text(encoding="utf-8")
    return [_table(name, told, of_changes=of_changes) for name, told in tomllib.loads(text).items()]


def _table(name: str, told: dict[str, Any], *, of_changes: bool) -> Table:
    keys = told["primary_key"]
    fields = told["fields"] | (told.get("change_fields", {}) if of_changes else {})
    schema = {
        "fields": [_field(name, field, *words, is_key=field in keys) for field, words in fields.items()],
        "missingValues": [""],
        "primaryKey": keys,
        "foreignKeys": [_foreign_key(field, to) for field, to in told.get("foreign_keys", {}).items()],
    }
    return Table(
        name=name,
        title=told["title"],
        description=told["description"],
        fields=tuple(fields),
        schema=schema,
    )


def _field(
    table: str, name: str, type_: str, title: str, chinese: str, english: str, *, is_key: bool
) -> dict[str, Any]:
    constraints = _CONSTRAINTS.get(f"{table}.{name}") or _CONSTRAINTS.get(name) or {}
    constraints = {"required": True, **constraints} if is_key else constraints
    return {
        "name": name,
        "type": type_,
        "title": title,
        "description": f"{chinese}。{english[0].upper()}{english[1:]}.",
        **(_BOOLEAN if type_ == "boolean" else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_key(field: str, to: str) -> dict[str, Any]:
    table, _, key = to.partition(".")
    return {"fields": [field], "reference": {"resource": table, "fields": [key]}}
