"""The forms that ``nanhai export`` knows: who writes each, into what, and how its things are called."""

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from nanhai_crawler.errors import UsageError


class Form(StrEnum):
    """What an export can be."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    DATAPACKAGE = "datapackage"
    CDXJ = "cdxj"
    WARC = "warc"
    WACZ = "wacz"
    BAGIT = "bagit"
    ATOM = "atom"


@dataclass(frozen=True, kw_only=True, slots=True)
class Writer:
    """A function of ``store.export`` by its name, what opens its target, what it counts.

    By name: each is imported when it is asked for, and some need an extra.
    """

    module: str
    function: str
    opener: str = "output.open_output"
    counted: str = "articles"

    def load(self) -> Callable[..., Any]:
        """The function; :class:`UsageError` where the extra that it needs is not installed."""
        try:
            module = importlib.import_module(f"nanhai_crawler.store.export.{self.module}")
        except ModuleNotFoundError as error:
            raise UsageError(f"this needs {error.name}: pip install 'nanhai-crawler[tables]'") from error
        function: Callable[..., Any] = getattr(module, self.function)
        return function

    def open(self, path: Path) -> AbstractContextManager[Any]:
        """What the function writes to; at ``path`` when it is whole."""
        room, _, opener = self.opener.partition(".")
        module = importlib.import_module(f"nanhai_crawler.store.export.{room}")
        opened: AbstractContextManager[Any] = getattr(module, opener)(path)
        return opened


#: Those that have a record for each text that they are asked for.
RECORDS = (Form.CSV, Form.JSONL, Form.PARQUET)

WRITERS = {
    Form.CSV: Writer(module="csv", function="write_csv"),
    Form.JSONL: Writer(module="jsonl", function="write_jsonl"),
    Form.PARQUET: Writer(module="parquet", function="write_parquet", opener="output.open_binary_output"),
    Form.DATAPACKAGE: Writer(
        module="datapackage", function="write_datapackage", opener="package.open_package"
    ),
    Form.CDXJ: Writer(module="cdxj", function="write_cdxj", counted="captures"),
    Form.WARC: Writer(
        module="warc", function="write_warc", opener="output.open_binary_output", counted="captures"
    ),
    Form.WACZ: Writer(module="wacz", function="write_wacz", opener="package.open_zip"),
    Form.BAGIT: Writer(module="bagit", function="write_bag", opener="package.open_bag"),
    Form.ATOM: Writer(module="atom", function="write_atom"),
}
