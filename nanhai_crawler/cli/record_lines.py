"""A record as lines: its title, what is known of it, its text by sections."""

import json
from collections.abc import Iterator, Sequence

from rich.text import Text

from nanhai_crawler.cli.block_lines import item_lines
from nanhai_crawler.cli.terminal import print_grid, print_line, styled
from nanhai_crawler.store.observations import Observation
from nanhai_crawler.store.provenance import ReadingNote
from nanhai_crawler.store.record import Record

# As wide as the longest label, and two spaces.
_LABEL_WIDTH = 11
#: Of a former reading: how it was read, and what follows from the rest.
_NOT_TOLD = ("evidence", "text_digest")


def print_record(record: Record) -> None:
    """The whole article on standard output."""
    for key, style in (("kicker", ""), ("title", "bold"), ("subtitle", "")):
        if record[key]:
            print_line(styled(record[key], style))
    for label, value in _facts(record):
        print_line(styled(f"{label:<{_LABEL_WIDTH}}", "dim"), styled(value))
    for section in record["sections"]:
        print_line()
        if section["heading"] is not None:
            print_line(styled(section["heading"], "bold"))
        for block in section["blocks"]:
            _print_block(block)
    for kind in ("images", "attachments"):
        if record[kind]:
            print_line()
        for part in record[kind]:
            name = part["caption"] if kind == "images" else part["name"]
            print_line(styled(f"[{kind[:-1]}] ", "dim"), styled(f"{name or ''} {part['url']}".strip()))


def _print_block(block: Record) -> None:
    match block["type"]:
        case "table":
            print_grid(block)
        case "list":
            for line in item_lines(block):
                print_line(Text("\u3000\u3000"), styled(line))
        case _:
            print_line(Text("\u3000\u3000"), styled(block["text"]))


def print_readings(readings: Sequence[ReadingNote]) -> None:
    """Which reading of which capture this is, and what the readings before it said."""
    print_line()
    for note in readings:
        label = "reading" if note.replaced is None else "former"
        capture = f"capture {note.capture_id} of {note.captured}" if note.captured else "a capture not noted"
        until = f", until {note.replaced}" if note.replaced else ""
        by = f"by reader {note.reader}" if note.reader else "by a reader not noted"
        said = f"{note.number}, of {capture}, {by}{until}"
        print_line(styled(f"{label:<{_LABEL_WIDTH}}", "dim"), styled(said))
        for key, value in note.former.items():
            if key not in _NOT_TOLD:
                told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                print_line(styled(" " * _LABEL_WIDTH), styled(f"{key}: ", "dim"), styled(told))


def print_observations(observations: Sequence[Observation]) -> None:
    """When the article was not found, and found again; nothing for one that always was."""
    if observations:
        print_line()
    for seen in observations:
        print_line(styled(f"{seen.time}  {seen.status:<8}", "dim"), styled(seen.evidence))


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    """What is known of the article, a label and a value each; what is not known is left out."""
    facts = {
        "shown": record["published"],
        "entered": record["entered"],
        "source": record["source"],
        "origin": record["origin"],
        "authors": "; ".join(record["authors"]),
        "column": " > ".join(record["column_path"]),
        "address": record["url"],
        "id": f"{record['id']}, revision {record['revision']}, {record['status']}",
        "captured": f"{record['first_captured']} to {record['last_captured']}",
        "snapshot": f"{record['warc_file']} at byte {record['warc_offset']}",
    }
    return ((label, value) for label, value in facts.items() if value)
