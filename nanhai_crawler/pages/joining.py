"""The pages of a divided article as one article."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from nanhai_crawler.items import Article, Block, Paragraph, Section
from nanhai_crawler.pages.bylines import authors, distinct


def join_parts(parts: Sequence[Article], lacking: Sequence[int] = ()) -> Article:
    """One article of ``parts`` in page order: page 1 says what it is, every page adds its text, pictures and files.

    Paragraphs that open a later page go on under the last heading of the page before. ``lacking`` numbers the pages
    that are not there, for the evidence.
    """
    parts = _told_once(parts)
    first = parts[0]
    pages = f"{len(parts)} joined"
    if lacking:
        pages += "; lacking page " + ", ".join(map(str, lacking))
    credits = distinct(chain.from_iterable(part.credits for part in parts))
    told = sorted(
        (part for part in parts if part.origin), key=lambda part: part.evidence.get("origin") == "caption"
    )
    return replace(
        first,
        origin=told[0].origin if told else None,
        credits=credits,
        authors=authors(credits),
        sections=_joined(chain.from_iterable(part.sections for part in parts)),
        images=tuple(
            {image.url: image for part in reversed(parts) for image in reversed(part.images)}.values()
        )[::-1],
        attachments=tuple({file.url: file for part in parts for file in part.attachments}.values()),
        evidence={**first.evidence, **_origin_evidence(told), "pages": pages},
    )


def _told_once(parts: Sequence[Article]) -> Sequence[Article]:
    """The pages without those that say an earlier one's text again, as pages of comments do."""
    kept: dict[str, Article] = {}
    for part in parts:
        kept.setdefault(part.body, part)
    return tuple(kept.values())


def _origin_evidence(told: Sequence[Article]) -> dict[str, str]:
    rule = told[0].evidence.get("origin") if told else None
    return {"origin": rule} if rule else {}


def _joined(sections: Iterable[Section]) -> tuple[Section, ...]:
    joined: list[Section] = []
    for section in sections:
        if section.heading is None and joined:
            joined[-1] = _continued(joined[-1], section)
        else:
            joined.append(section)
    return tuple(joined)


def _continued(section: Section, more: Section) -> Section:
    blocks = (*_blocks(section), *_blocks(more)) if section.blocks or more.blocks else ()
    return replace(section, paragraphs=section.paragraphs + more.paragraphs, blocks=blocks)


def _blocks(section: Section) -> tuple[Block, ...]:
    return section.blocks or tuple(Paragraph(text=text) for text in section.paragraphs)
