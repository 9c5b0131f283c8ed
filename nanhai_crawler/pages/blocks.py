"""What a section holds in order: paragraphs, lists, tables."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from nanhai_crawler.items import Block, ItemList, Paragraph, Table
from nanhai_crawler.pages.lists import ItemPlace


def make_blocks(
    parts: Sequence[int | Table], texts: Mapping[int, str], items: Mapping[int, ItemPlace]
) -> tuple[Block, ...]:
    """The blocks that ``parts`` (tables, and numbers of lines) make; empty where that is nothing but paragraphs."""
    blocks = tuple(_blocks(parts, texts, items))
    return () if all(isinstance(block, Paragraph) for block in blocks) else blocks


def _blocks(
    parts: Sequence[int | Table], texts: Mapping[int, str], items: Mapping[int, ItemPlace]
) -> Iterator[Block]:
    def list_of(part: int | Table) -> object:
        place = items.get(part) if isinstance(part, int) else None
        return place.list if place else None

    for around, run in groupby(parts, key=list_of):
        if around is None:
            yield from (Paragraph(text=texts[part]) if isinstance(part, int) else part for part in run)
            continue
        numbers = [part for part in run if isinstance(part, int)]
        ordered = items[numbers[0]].list.element.tag == "ol"
        told = [
            " ".join(texts[number] for number in lines)
            for _, lines in groupby(numbers, key=lambda number: items[number].item)
        ]
        if len(told) > 1:
            yield ItemList(ordered=ordered, items=tuple(told))
        else:
            yield from (Paragraph(text=texts[number]) for number in numbers)
