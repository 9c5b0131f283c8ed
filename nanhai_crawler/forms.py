"""Forms: TOML files that a person fills in, held against the value they stand for; what is wrong is one line."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from nanhai_crawler.errors import FormError

_Value = TypeVar("_Value")
#: A form is written by hand: some kilobytes. What is longer is another file.
_LONGEST_BYTES = 1 << 20
#: As much of a wrong value as finds it again in the file.
_LONGEST_SHOWN = 60
_UNKNOWN = frozenset(("unexpected_keyword_argument", "extra_forbidden"))
_MISSING = frozenset(("missing", "missing_argument"))


def read_table(path: Path) -> dict[str, Any]:
    """What the file says; empty where there is none. Raises FormError for what is no TOML."""
    try:
        payload = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise FormError(f"{path}: {error.strerror or error}") from error
    if len(payload) > _LONGEST_BYTES:
        raise FormError(f"{path}: {len(payload)} bytes are no form; {_LONGEST_BYTES} at most")
    try:
        return tomllib.loads(payload.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FormError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{path}: no TOML: {error}; a text stands in quotes, a list in [ ]") from error


def fill(form: type[_Value], table: dict[str, Any], path: Path) -> _Value:
    """The value that the table stands for; raises FormError with every key that is wrong, and what is allowed.

    ``form`` is a frozen dataclass; one whose ``__pydantic_config__`` forbids extra keys refuses unknown ones.
    """
    # By way of JSON, strictly: lists become tuples and tables dataclasses there, but no word becomes a number.
    written = json.dumps(table, default=_isoformat)
    try:
        return TypeAdapter(form).validate_json(written, strict=True)
    except ValidationError as error:
        faults = [_in_words(fault, form) for fault in error.errors(include_url=False)]
        raise FormError(f"{path}: {'; '.join(faults)}") from error


def _isoformat(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_words(fault: ErrorDetails, form: type[object]) -> str:
    place, kind = fault["loc"], fault["type"]
    if kind in _UNKNOWN:
        known = ", ".join(_keys(form, place))
        return f"{_key(place)} is no key here; there are: {known}"
    if kind in _MISSING:
        return f"{_key(place)} is missing"
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if kind == "value_error":
        return f"{_key(place)}: {message}" if place else message
    shown = json.dumps(fault["input"], ensure_ascii=False, default=str)
    return f"{_key(place)} {message}, not {shown[:_LONGEST_SHOWN]}"


def _key(place: tuple[int | str, ...]) -> str:
    """Where in the file: ``labels.time``, ``selectors[2].css`` (the second of them)."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def _keys(form: type[object], place: tuple[int | str, ...]) -> list[str]:
    """The keys that the table has in which ``place`` stands."""
    schema = TypeAdapter(form).json_schema()
    at = schema
    for step in place[:-1]:
        at = at["items"] if isinstance(step, int) else at["properties"][step]
        at = schema["$defs"][at["$ref"].rpartition("/")[2]] if "$ref" in at else at
    return list(at.get("properties", ()))
