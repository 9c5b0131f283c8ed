"""An article as the archive has it: one revision, with all that its record tells, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from nanhai_crawler.items import RECORD_KEYS, Attachment, Credit, Image, Section
from nanhai_crawler.store.blocks import load_block


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedArticle:
    """The record of one revision (README: the record). Times are ISO 8601 text, with the precision they were shown in.

    ``published`` is what the page shows, ``entered`` the moment in its address (+08:00), ``first_captured`` and
    ``last_captured`` are UTC. What a page does not tell is null, or empty where there may be several.
    """

    id: str
    url: str
    site: str
    column_path: tuple[str, ...]
    title: str
    published: str | None
    entered: str | None
    source: str | None
    origin: str | None
    authors: tuple[str, ...]
    credits: tuple[Credit, ...]
    section_headings: tuple[str, ...]
    sections: tuple[Section, ...]
    body: str
    images: tuple[Image, ...]
    attachments: tuple[Attachment, ...]
    status: str
    revision: int
    first_captured: str
    last_captured: str
    text_digest: str
    warc_file: str
    warc_offset: int
    evidence: Mapping[str, str]
    kicker: str | None
    subtitle: str | None

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Self:
        """The record, typed."""
        values = {key: record[key] for key in RECORD_KEYS}
        for key in ("column_path", "authors", "section_headings"):
            values[key] = tuple(values[key])
        values["credits"] = tuple(Credit(**credit) for credit in record["credits"])
        values["sections"] = tuple(map(_section, record["sections"]))
        values["images"] = tuple(Image(**image) for image in record["images"])
        values["attachments"] = tuple(Attachment(**file) for file in record["attachments"])
        return cls(**values)


def _section(values: Mapping[str, Any]) -> Section:
    return Section(
        heading=values["heading"],
        paragraphs=tuple(values["paragraphs"]),
        blocks=tuple(map(load_block, values["blocks"])),
    )
