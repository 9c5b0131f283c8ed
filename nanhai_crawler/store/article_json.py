"""An :class:`Article` as JSON and back, for the pages of a divided article that wait for each other."""

import json
from dataclasses import asdict
from typing import Any

from nanhai_crawler.items import Article, Attachment, Credit, Image, Section
from nanhai_crawler.store.blocks import load_block


def dump_article(article: Article) -> str:
    """All of ``article``, as one JSON object."""
    return json.dumps({**asdict(article), "evidence": dict(article.evidence)}, ensure_ascii=False)


def load_article(words: str) -> Article:
    """The article that :func:`dump_article` was given."""
    values = json.loads(words)
    values.update(
        column_path=tuple(values["column_path"]),
        authors=tuple(values["authors"]),
        credits=tuple(Credit(**credit) for credit in values["credits"]),
        sections=tuple(map(_section, values["sections"])),
        images=tuple(Image(**image) for image in values["images"]),
        attachments=tuple(Attachment(**file) for file in values["attachments"]),
    )
    return Article(**values)


def _section(values: dict[str, Any]) -> Section:
    blocks = tuple(map(load_block, values.get("blocks", ())))
    return Section(heading=values["heading"], paragraphs=tuple(values["paragraphs"]), blocks=blocks)
