"""An :class:`Article` as JSON and back, for the pages of a divided article that wait for each other."""

import json
from dataclasses import asdict

from nanhai_crawler.items import Article, Attachment, Credit, Image, Section


def dump_article(article: Article) -> str:
    """All of ``article``, as one JSON object."""
    return json.dumps({**asdict(article), "evidence": dict(article.evidence)}, ensure_ascii=False)


def load_article(words: str) -> Article:
    """The article that :func:`dump_article` was given."""
    values = json.loads(words)
    sections = (
        Section(heading=part["heading"], paragraphs=tuple(part["paragraphs"])) for part in values["sections"]
    )
    values.update(
        column_path=tuple(values["column_path"]),
        authors=tuple(values["authors"]),
        credits=tuple(Credit(**credit) for credit in values["credits"]),
        sections=tuple(sections),
        images=tuple(Image(**image) for image in values["images"]),
        attachments=tuple(Attachment(**file) for file in values["attachments"]),
    )
    return Article(**values)
