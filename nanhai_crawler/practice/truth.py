"""What is true of an article: the record that a right reading of its pages must give."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from urllib.parse import urljoin, urlsplit

from nanhai_crawler.practice.columns import chain
from nanhai_crawler.practice.entry_key import moment_in
from nanhai_crawler.practice.story import Block, Bullets, Figure, FileLine, Grid, Paragraph, Story, Subheading

#: Full-width Latin letters and digits, which the record folds; full-width punctuation stays (DESIGN: record).
_NARROW = {
    wide: wide - 0xFEE0 for span in ("０９", "ＡＺ", "ａｚ") for wide in range(ord(span[0]), ord(span[1]) + 1)
}
_SPACES = re.compile(r"\s+")

_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def truth_of(story: Story, base_url: str) -> dict[str, object]:
    """The record's values that the pages determine, under the record's keys (DESIGN: record)."""
    card = story.card
    sections = _sections(story.blocks())
    return {
        "url": urljoin(base_url, card.path()),
        "site": urlsplit(base_url).netloc,
        "column_path": [column.name for column in chain(card.column)],
        "title": _kept(card.title),
        "published": _published(card.shown),
        "entered": moment_in(card.key).isoformat(timespec="milliseconds"),
        "source": story.source,
        "origin": story.origin,
        "authors": _authors(story),
        "credits": [{**asdict(credit), "raw": _kept(credit.raw)} for credit in story.credits],
        "section_headings": [section["heading"] for section in sections if section["heading"]],
        "sections": sections,
        "body": "\n".join(_lines(sections)),
        "images": [_image(block, base_url) for block in story.blocks() if isinstance(block, Figure)],
        "attachments": [
            _attachment(block, base_url) for block in story.blocks() if isinstance(block, FileLine)
        ],
        "kicker": story.kicker,
        "subtitle": story.subtitle,
    }


def _kept(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_NARROW)).strip()


def _published(shown: str) -> str:
    """``2018-12-14`` as it is; a clock gets its T and the time zone, and keeps its precision."""
    day, _, clock = shown.partition(" ")
    return f"{day}T{clock}+08:00" if clock else day


def _authors(story: Story) -> list[str]:
    names = [credit.name for credit in story.credits if credit.name and credit.role != "摄影"]
    return list(dict.fromkeys(names))


def _sections(blocks: Iterable[Block]) -> list[dict[str, object]]:
    sections: list[tuple[str | None, list[Paragraph | Bullets | Grid]]] = []
    for block in blocks:
        if isinstance(block, Subheading):
            sections.append((_kept(" ".join(block.parts)), []))
        elif isinstance(block, Paragraph | Bullets | Grid):
            if not sections:
                sections.append((None, []))
            sections[-1][1].append(block)
    return [
        {"heading": heading, "paragraphs": list(_paragraphs(own)), "blocks": [_block(block) for block in own]}
        for heading, own in sections
    ]


def _paragraphs(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _kept(block.text)
        elif isinstance(block, Bullets):
            yield from map(_kept, block.items)


def _block(block: Paragraph | Bullets | Grid) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"type": "paragraph", "text": _kept(block.text)}
        case Bullets():
            return {"type": "list", "ordered": block.ordered, "items": list(map(_kept, block.items))}
        case Grid():
            rows = [list(map(_kept, row)) for row in block.rows]
            return {"type": "table", "caption": None, "header_rows": 1, "rows": rows}


def _lines(sections: Iterable[dict[str, object]]) -> Iterable[str]:
    for section in sections:
        if isinstance(section["heading"], str):
            yield section["heading"]
        if isinstance(section["paragraphs"], list):
            yield from section["paragraphs"]


def _image(figure: Figure, base_url: str) -> dict[str, str | None]:
    return {"url": urljoin(base_url, figure.path), "caption": figure.caption, "credit": figure.credit}


def _attachment(line: FileLine, base_url: str) -> dict[str, str | None]:
    ending = line.name.rpartition(".")[2]
    return {"url": urljoin(base_url, line.path), "name": line.name, "media_type": _MEDIA_TYPES.get(ending)}
