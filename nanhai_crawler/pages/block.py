"""Block elements as a tree of their own, each with the range of lines that stand in it.

Where a line stands is asked many times a page: here it is a comparison of two numbers instead of a walk up the tree.
"""

from collections.abc import Collection, Iterator

from lxml import etree


class Block:
    """A block element, the block around it (null for the body), and its lines: ``start`` to ``end`` (exclusive)."""

    __slots__ = ("element", "end", "parent", "start")

    def __init__(self, element: etree._Element, parent: "Block | None", start: int) -> None:
        self.element = element
        self.parent = parent
        self.start = start
        self.end = start  # until it is closed

    def __contains__(self, line_number: int) -> bool:
        """Whether the line stands in this block, at whatever depth."""
        return self.start <= line_number < self.end

    def outwards(self) -> Iterator["Block"]:
        """The block itself, the one around it, and so on to the body."""
        block: Block | None = self
        while block is not None:
            yield block
            block = block.parent

    def nearest(self, tags: Collection[str]) -> "Block | None":
        """The block itself or the closest one around it with one of these tags; null where there is none."""
        block: Block | None = self
        while block is not None and block.element.tag not in tags:
            block = block.parent
        return block
