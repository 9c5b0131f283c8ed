"""Blocks of a section as ``sections.blocks`` keeps them: a JSON list, or null where there are only paragraphs."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from nanhai_crawler.items import Block, ItemList, Paragraph, Table


def dump_blocks(blocks: Sequence[Block]) -> str | None:
    """The blocks as JSON; null where they are nothing but paragraphs, which have a column of their own."""
    if all(isinstance(block, Paragraph) for block in blocks):
        return None
    return json.dumps([asdict(block) for block in blocks], ensure_ascii=False)


def read_blocks(words: str | None, paragraphs: Sequence[str]) -> list[dict[str, Any]]:
    """The blocks of a section as the record has them, from its two columns."""
    if words is None:
        return [{"type": "paragraph", "text": text} for text in paragraphs]
    blocks: list[dict[str, Any]] = json.loads(words)
    return blocks


def load_block(values: dict[str, Any]) -> Block:
    """The block that ``asdict`` was given."""
    match values["type"]:
        case "list":
            return ItemList(ordered=values["ordered"], items=tuple(values["items"]))
        case "table":
            rows = tuple(map(tuple, values["rows"]))
            return Table(caption=values["caption"], header_rows=values["header_rows"], rows=rows)
        case _:
            return Paragraph(text=values["text"])
