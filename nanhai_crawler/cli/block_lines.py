"""The blocks of a record's sections as lines of text: paragraphs, items, and tables whose columns line up."""

from collections.abc import Iterator

from rich.cells import cell_len

from nanhai_crawler.store.record import Record


def text_lines(record: Record) -> Iterator[str]:
    """Headings, paragraphs, items and tables in order, a line each; all but the tables is the record's body."""
    for section in record["sections"]:
        if section["heading"] is not None:
            yield section["heading"]
        for block in section["blocks"]:
            yield from block_lines(block)


def block_lines(block: Record) -> Iterator[str]:
    """The lines of one block as they are, without indent or marks."""
    match block["type"]:
        case "table":
            yield from table_lines(block)
        case "list":
            yield from block["items"]
        case _:
            yield block["text"]


def item_lines(block: Record) -> Iterator[str]:
    """The items of a list with their numbers, or bullets."""
    for number, item in enumerate(block["items"], 1):
        yield f"{number}. {item}" if block["ordered"] else f"• {item}"


def table_lines(block: Record) -> Iterator[str]:
    """Caption, then a line a row, cells between bars (as Markdown has it); a Chinese character takes two places."""
    if block["caption"]:
        yield block["caption"]
    widths = [max(map(cell_len, column)) for column in zip(*block["rows"], strict=True)]
    for number, row in enumerate(block["rows"], 1):
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield f"| {' | '.join(cells)} |"
        if number == block["header_rows"]:
            yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"
