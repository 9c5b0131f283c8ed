"""Composed articles: number in, the same article out, however many there are and whenever it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from nanhai_crawler.items import Credit
from nanhai_crawler.practice.bank import BRANDS, TOWNS, VILLAGES, bank
from nanhai_crawler.practice.bylines import FORMS, Byline, person, photo_credit
from nanhai_crawler.practice.columns import BY_NUMBER, Column
from nanhai_crawler.practice.entry_key import composed_moment, entry_key
from nanhai_crawler.practice.story import (
    Block,
    Card,
    Figure,
    FileLine,
    Paragraph,
    Signature,
    Story,
    Subheading,
)

#: Where composed articles go, in turn: large columns come often; only breadcrumbs lead to 7119.
_COLUMNS = (
    7111, 7121, 9201, 7100, 7140, 7111, 7112, 7121, 7114, 7160, 7111, 9201,
    7131, 7100, 7121, 7115, 7111, 7132, 9202, 7121, 7122, 7119, 9201, 7150,
)  # fmt: skip

#: Every 29th article or so is back-dated by 1, 6 or 93 days, the three that were seen (SITE.md, 6).
_BACK_DATED = {4: 1, 11: 6, 23: 93}

#: none, single and unmarked, single and bold, in two parts and unmarked, in two parts and bold
_HEADINGS = (None, ("heads", False), ("heads", True), ("pairs", False), ("pairs", True))

_TAGS = ("none", "full", "lower")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pen:
    """Fills the blanks of one article's sentences; its village and brand stay, all else is drawn anew."""

    chance: Random
    theme: str
    place: dict[str, str]

    def fill(self, sentence: str) -> str:
        draw = self.chance.random
        return sentence.format(
            **self.place,
            a=12 + int(draw() * 86),
            b=103 + int(draw() * 887),
            c=2 + int(draw() * 8),
            month=1 + int(draw() * 12),
            day=1 + int(draw() * 28),
            y=11 + int(draw() * 24),
            person=person(self.chance),
        )

    def some(self, use: str, count: int) -> list[str]:
        return [self.fill(sentence) for sentence in self.chance.sample(bank()[f"{self.theme}.{use}"], count)]


def compose_card(number: int, first: int) -> Card:
    """What lists show of article ``number``, where ``first`` is the number of the first composed one."""
    turn = number - first
    column = BY_NUMBER[_COLUMNS[turn % len(_COLUMNS)]]
    titles = bank()[f"{column.theme}.titles"]
    title = titles[turn % len(titles)].format(
        village=VILLAGES[turn % len(VILLAGES)], brand=BRANDS[turn % len(BRANDS)]
    )
    lap = turn // (len(titles) * len(VILLAGES) * len(BRANDS))
    key = entry_key(composed_moment(number), number)
    return Card(
        number=number,
        column=column,
        key=key,
        title=f"{title}（{lap + 1}）" if lap else title,
        shown=_shown(number, column),
    )


def compose(card: Card, first: int) -> Story:
    """The whole article behind a card of ``compose_card``."""
    chance = Random(card.number)  # noqa: S311  the same words each time are the purpose
    turn = card.number - first
    village = turn % len(VILLAGES)
    place = {
        "village": VILLAGES[village],
        "town": TOWNS[village % len(TOWNS)],
        "brand": BRANDS[turn % len(BRANDS)],
    }
    pen = _Pen(chance=chance, theme=card.column.theme, place=place)
    byline = FORMS[card.number % len(FORMS)](chance)
    figures, photo_credits = _figures(pen, card)
    blocks = [*_text(pen, card, byline, figures), *_endnotes(card, byline, pen)]
    papers = (credit.organization for credit in photo_credits if credit.organization)
    return Story(
        card=card,
        pages=_divided(card.number, blocks),
        credits=(*byline.credits, *photo_credits),
        origin=byline.origin or next(papers, None),
        tags=_TAGS[card.number % len(_TAGS)],
    )


def _shown(number: int, column: Column) -> str:
    """The time as the page writes it: a date, alone or with a clock; back-dating keeps the clock."""
    moment = composed_moment(number)
    back = _BACK_DATED.get(number % 29)
    if number % 4 == 1:
        return f"{moment - timedelta(days=back or 0):%Y-%m-%d}"
    if back:
        return f"{moment - timedelta(days=back):%Y-%m-%d %H:%M:00}"
    if column.sister and number % 3 == 0:
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"{moment - timedelta(seconds=120 + number % 400):%Y-%m-%d %H:%M:%S}"


def _figures(pen: _Pen, card: Card) -> tuple[list[Figure], list[Credit]]:
    """No, one or two pictures; two in three captions name the photographer."""
    figures, credits_ = [], []
    for place, caption in enumerate(pen.some("captions", pen.chance.choice((0, 1, 1, 2)))):
        raw = None
        if pen.chance.random() < 0.67:
            raw, credit = photo_credit(pen.chance)
            credits_.append(credit)
        ending = ("jpg", "png")[place]
        figures.append(Figure(path=card.image_path(place, ending), caption=caption, credit=raw))
    return figures, credits_


def _text(pen: _Pen, card: Card, byline: Byline, figures: Sequence[Figure]) -> Iterator[Block]:
    """The lead, three or four sections under headings of one style, the pictures in between, an ending."""
    waiting = list(figures)
    facts = list(bank()[f"{card.column.theme}.facts"] + bank()["general.facts"])
    pen.chance.shuffle(facts)
    yield Paragraph(text=byline.dateline + pen.some("leads", 1)[0])
    if card.number % 6 == 0:
        yield Paragraph(text=pen.fill(pen.chance.choice(bank()["general.asks"])))
    sections = pen.chance.randrange(3, 5)
    quotes = pen.some("quotes", sections)
    for heading, quote in zip(_headings(pen, card.number, sections), quotes, strict=True):
        if heading is not None:
            yield heading
        for _ in range(pen.chance.randrange(1, 3)):
            text = pen.fill(facts.pop()) + pen.fill(facts.pop())
            yield Paragraph(
                text=text.translate(_WIDE) if card.number % 11 == 0 and len(facts) % 5 == 0 else text
            )
        yield Paragraph(text=quote + pen.fill(facts.pop()))
        if waiting:
            yield waiting.pop(0)
    yield Paragraph(text=pen.some("ends", 1)[0])


def _headings(pen: _Pen, number: int, count: int) -> list[Subheading | None]:
    style = _HEADINGS[number * 3 // 5 % len(_HEADINGS)]
    if style is None:
        return [None] * count
    use, bold = style
    return [
        Subheading(parts=tuple(part.strip() for part in line.split("|")), bold=bold)
        for line in pen.some(use, count)
    ]


def _endnotes(card: Card, byline: Byline, pen: _Pen) -> Iterator[Block]:
    if byline.signature:
        yield Signature(text=byline.signature)
    if card.column.number in {7131, 7150}:  # policies and notices come with papers
        yield FileLine(path=card.file_path(0, "pdf"), name=f"{pen.place['brand']}申报指南.pdf")
        if card.number % 2:
            yield FileLine(path=card.file_path(1, "docx"), name=f"{pen.place['brand']}报名表.docx")


def _divided(number: int, blocks: list[Block]) -> tuple[tuple[Block, ...], ...]:
    """One page; one article in 97 has two, and breaks in the middle of its text."""
    if number % 97 != 50:
        return (tuple(blocks),)
    half = len(blocks) // 2
    return (tuple(blocks[:half]), tuple(blocks[half:]))
