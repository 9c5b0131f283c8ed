"""The forms of a skin: how it writes each kind of block that an article's text is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nanhai_crawler.practice.story import (
    Block,
    Bullets,
    Figure,
    FileLine,
    Grid,
    Paragraph,
    Signature,
    Subheading,
)
from nanhai_crawler.practice.view import bullets


@dataclass(frozen=True, kw_only=True, slots=True)
class Forms:
    """A function from a block to its HTML for each kind; ``heading`` is given each part of a subheading, and whether bold."""

    paragraph: Callable[[Paragraph], str]
    heading: Callable[[str, bool], str]
    figure: Callable[[Figure], str]
    signature: Callable[[Signature], str]
    file_line: Callable[[FileLine], str]
    grid: Callable[[Grid], str]

    def write(self, blocks: Iterable[Block]) -> str:
        """The blocks as HTML, one after the other."""
        return "".join(map(self._write, blocks))

    def _write(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Subheading():
                return "".join(self.heading(part, block.bold) for part in block.parts)
            case Figure():
                return self.figure(block)
            case Signature():
                return self.signature(block)
            case FileLine():
                return self.file_line(block)
            case Grid() | Bullets():
                return self.grid(block) if isinstance(block, Grid) else bullets(block)
