"""An article as the archive has it: one revision, with all that its record tells, typed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from nanhai_crawler.items import Article
from nanhai_crawler.store.article_json import article_values


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedArticle(Article):
    """The record of one revision (README: the record). Times are ISO 8601 text, with the precision they were shown in.

    ``published`` is what the page shows, ``entered`` the moment in its address (+08:00), ``first_captured`` and
    ``last_captured`` are UTC. What a page does not tell is null, or empty where there may be several.
    """

    id: str
    status: str
    revision: int
    first_captured: str
    last_captured: str
    text_digest: str
    warc_file: str
    warc_offset: int

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Self:
        """The record, typed."""
        return cls(**article_values({one.name: record[one.name] for one in fields(cls)}))
