"""The terminal: where styled text is printed; without one, the same lines plain and never wrapped."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nanhai_crawler.cli.block_lines import table_lines
from nanhai_crawler.cli.message import visible
from nanhai_crawler.store.record import Record


class _Output(Console):
    """Standard output; rich's own ends the process with 1 when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


_CONSOLE = _Output(highlight=False, emoji=False, markup=False)


def print_line(*pieces: Text) -> None:
    """The pieces, one after the other, as one line of standard output."""
    _CONSOLE.print(Text.assemble(*pieces), soft_wrap=True)


def print_grid(block: Record) -> None:
    """A table of an article: drawn and wrapped to a terminal's width, else a line a row."""
    if not _CONSOLE.is_terminal:
        for line in table_lines(block):
            print_line(styled(line))
        return
    head, rows = block["rows"][: block["header_rows"]], block["rows"][block["header_rows"] :]
    grid = Table(box=SIMPLE_HEAD, title=styled(block["caption"]) if block["caption"] else None)
    for column in zip(*head, strict=True) if head else ("" for _ in rows[0]):
        grid.add_column(styled("\n".join(column)), overflow="fold")
    grid.show_header = bool(head)
    for row in rows:
        grid.add_row(*map(styled, row))
    _CONSOLE.print(grid)


def terminal_width() -> int:
    """How many places a line has; 80 where there is no terminal to ask."""
    return _CONSOLE.width


def styled(text: str, style: str = "") -> Text:
    """The text in that style, without control characters."""
    return Text(visible(text), style=style)


def marked(text: str, matches: tuple[tuple[int, int], ...], style: str = "") -> Text:
    """The text with the matches made to stand out."""
    line = styled(text, style)
    for start, end in matches:
        line.stylize("bold yellow", start, end)
    return line
