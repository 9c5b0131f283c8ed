"""What is true of a page: the values that a right reading gives, under the record's names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Credited = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    """The true values; a field that is not among ``fields`` is not known and not scored.

    ``annotated``: the body is as annotators counted it, captions and lines of credits included.
    """

    fields: frozenset[str]
    title: str = ""
    published: str | None = None
    source: str | None = None
    origin: str | None = None
    column_path: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credits: frozenset[Credited] = frozenset()
    sections: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    images: tuple[tuple[str, str | None, str | None], ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    body: str = ""
    annotated: bool = False


FIELDS = (
    "kind", "title", "published", "source", "origin", "column_path", "authors", "credits", "section_headings",
    "sections", "body", "images", "attachments",
)  # fmt: skip


def truth_from(record: Mapping[str, Any]) -> Truth:
    """The truth that a record, or the part of one that is known, tells."""
    sections = tuple(
        (section["heading"], tuple(section["paragraphs"])) for section in record.get("sections", ())
    )
    lines = [line for heading, paragraphs in sections for line in (heading, *paragraphs) if line]
    known = {"kind", *(name for name in FIELDS if name in record)}
    if "sections" in record:
        known |= {"section_headings", "body"}
    return Truth(
        fields=frozenset(known),
        title=record.get("title", ""),
        published=record.get("published"),
        source=record.get("source"),
        origin=record.get("origin"),
        column_path=tuple(record.get("column_path", ())),
        authors=tuple(record.get("authors", ())),
        credits=frozenset(
            (credit["role"], credit["name"], credit["organization"]) for credit in record.get("credits", ())
        ),
        sections=sections,
        images=tuple((image["url"], image["caption"], image["credit"]) for image in record.get("images", ())),
        attachments=tuple((file["url"], file["name"]) for file in record.get("attachments", ())),
        body=record.get("body", "\n".join(lines)),
        annotated=record.get("annotated", False),
    )
