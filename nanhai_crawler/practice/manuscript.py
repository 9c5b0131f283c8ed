"""The hand-written articles, from ``stories.txt``: one of every shape that must be there in any case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby

from nanhai_crawler.items import Credit
from nanhai_crawler.practice.addresses import GONE, OLD
from nanhai_crawler.practice.columns import BY_NUMBER
from nanhai_crawler.practice.entry_key import SHANGHAI, entry_key
from nanhai_crawler.practice.story import (
    Block,
    Bullets,
    Card,
    Figure,
    FileLine,
    Grid,
    Paragraph,
    Signature,
    Story,
    Subheading,
)

_LINK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")
_PAGE_BREAK = "---"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manuscript:
    """A hand-written article; an ``unlisted`` one is in no list, only in sitemap.xml."""

    slug: str
    story: Story
    unlisted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    slug: str
    card: Card
    head: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    def value(self, name: str) -> str | None:
        return next((value for key, value in self.head if key == name), None)


@cache
def manuscripts() -> tuple[Manuscript, ...]:
    """All of them, in the order of the file; an article's place is its number."""
    text = files("nanhai_crawler.practice").joinpath("stories.txt").read_text(encoding="utf-8")
    drafts = [_draft(number, part) for number, part in enumerate(text.split("\n=== ")[1:])]
    targets = {"old": OLD, "gone": GONE} | {draft.slug: draft.card.path() for draft in drafts}
    return tuple(_finish(draft, targets) for draft in drafts)


def numbered(slug: str) -> int:
    """The article number of the manuscript called ``slug``."""
    return next(number for number, manuscript in enumerate(manuscripts()) if manuscript.slug == slug)


def _draft(number: int, text: str) -> _Draft:
    top, _, body = text.partition("\n\n")
    slug, *rows = top.splitlines()
    pairs = (row.partition(": ") for row in rows)
    head = tuple((name, value) for name, _, value in pairs)
    values = dict(head)
    moment = datetime.fromisoformat(values["entered"]).replace(tzinfo=SHANGHAI)
    card = Card(
        number=number,
        column=BY_NUMBER[int(values["column"])],
        key=entry_key(moment, number),
        title=values["title"],
        shown=values["shown"],
    )
    return _Draft(slug=slug, card=card, head=head, lines=tuple(body.strip("\n").split("\n")))


def _finish(draft: _Draft, targets: dict[str, str]) -> Manuscript:
    pages: list[tuple[Block, ...]] = []
    lines = draft.lines
    while _PAGE_BREAK in lines:
        cut = lines.index(_PAGE_BREAK)
        pages.append(tuple(_blocks(draft.card, lines[:cut], targets)))
        lines = lines[cut + 1 :]
    pages.append(tuple(_blocks(draft.card, lines, targets)))
    story = Story(
        card=draft.card,
        pages=tuple(pages),
        credits=tuple(_credit(value) for name, value in draft.head if name == "credit"),
        origin=draft.value("origin"),
        tags=draft.value("tags") or "none",
        kicker=draft.value("kicker"),
        subtitle=draft.value("subtitle"),
    )
    return Manuscript(slug=draft.slug, story=story, unlisted=draft.value("unlisted") is not None)


def _credit(line: str) -> Credit:
    role, name, organization, raw = (part.strip() for part in line.split("|", 3))
    return Credit(role=role, name=name or None, organization=organization or None, raw=raw)


def _sign(line: str) -> str | None:
    """What marks a line as one of several that are one block; null for a block of one line."""
    sign = line.partition(" ")[0]
    return sign if sign in {"|", "-", "#."} else None


def _blocks(card: Card, lines: tuple[str, ...], targets: dict[str, str]) -> Iterator[Block]:
    for mark, run in groupby(enumerate(lines), key=lambda numbered: _sign(numbered[1])):
        match mark:
            case None:
                yield from (_block(card, place, line, targets) for place, line in run)
            case "|":
                yield Grid(
                    rows=tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for _, line in run)
                )
            case sign:
                yield Bullets(ordered=sign == "#.", items=tuple(line.partition(" ")[2] for _, line in run))


def _block(card: Card, place: int, line: str, targets: dict[str, str]) -> Block:
    mark, _, rest = line.partition(" ")
    if mark in {"##", "#*"}:
        return Subheading(parts=tuple(part.strip() for part in rest.split("|")), bold=mark == "#*")
    if mark in {"!jpg", "!png"}:
        caption, _, credit = (part.strip() for part in rest.partition("||"))
        return Figure(path=card.image_path(place, mark[1:]), caption=caption or None, credit=credit or None)
    if mark == "=":
        return Signature(text=rest)
    if mark == "+":
        ending, _, name = rest.partition(" ")
        return FileLine(path=card.file_path(place, ending), name=name)
    links = tuple((words, targets[slug]) for slug, words in _LINK.findall(line))
    return Paragraph(text=_LINK.sub(r"\2", line), links=links)
