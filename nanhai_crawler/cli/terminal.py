"""The terminal: where styled text is printed; without one, the same lines plain and never wrapped."""

from rich.console import Console
from rich.text import Text

from nanhai_crawler.cli.message import visible


class _Output(Console):
    """Standard output; rich's own ends the process with 1 when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


_CONSOLE = _Output(highlight=False, emoji=False, markup=False)


def print_line(*pieces: Text) -> None:
    """The pieces, one after the other, as one line of standard output."""
    _CONSOLE.print(Text.assemble(*pieces), soft_wrap=True)


def styled(text: str, style: str = "") -> Text:
    """The text in that style, without control characters."""
    return Text(visible(text), style=style)


def marked(text: str, matches: tuple[tuple[int, int], ...], style: str = "") -> Text:
    """The text with the matches made to stand out."""
    line = styled(text, style)
    for start, end in matches:
        line.stylize("bold yellow", start, end)
    return line
