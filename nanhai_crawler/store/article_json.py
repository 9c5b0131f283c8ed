"""An :class:`Article` as JSON and back, as the pages of a divided article wait for each other, and as records are typed."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from nanhai_crawler.items import Article, Attachment, Credit, Image, Section
from nanhai_crawler.store.blocks import load_block


def dump_article(article: Article) -> str:
    """All of ``article``, as one JSON object."""
    return json.dumps(article, default=_plain, ensure_ascii=False)


def load_article(words: str) -> Article:
    """The article that :func:`dump_article` was given."""
    return Article(**article_values(json.loads(words)))


def article_values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON or a record has of an article, with its parts as the values that an :class:`Article` has of them."""
    return {
        **plain,
        "column_path": tuple(plain["column_path"]),
        "authors": tuple(plain["authors"]),
        "credits": tuple(Credit(**credit) for credit in plain["credits"]),
        "sections": tuple(map(_section, plain["sections"])),
        "images": tuple(Image(**image) for image in plain["images"]),
        "attachments": tuple(Attachment(**file) for file in plain["attachments"]),
    }


def _plain(value: Any) -> dict[str, Any]:
    """What JSON has no form for, a value of ours or another mapping, as a dict; quicker than ``asdict``, which copies all."""
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return dict(value)


def _section(values: dict[str, Any]) -> Section:
    blocks = tuple(map(load_block, values.get("blocks", ())))
    return Section(heading=values["heading"], paragraphs=tuple(values["paragraphs"]), blocks=blocks)
