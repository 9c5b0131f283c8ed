"""A figure, and the table of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Something measured. ``at_most`` or ``at_least`` is its target; without either it is only told."""

    name: str
    value: float
    unit: str = "×"
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def target(self) -> str:
        """The target as the table shows it."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g} {self.unit}"
        return "-" if self.at_least is None else f"≥ {self.at_least:g} {self.unit}"

    @property
    def verdict(self) -> str:
        """``ok``, ``missed``, or a dash where there is no target."""
        if self.at_most is None and self.at_least is None:
            return "-"
        above = self.at_most is not None and self.value > self.at_most
        below = self.at_least is not None and self.value < self.at_least
        return "missed" if above or below else "ok"


def print_table(figures: Sequence[Figure]) -> None:
    """The figures on standard output, a line each."""
    rows = [("figure", "measured", "target", "verdict", "")]
    rows += [
        (figure.name, _measured(figure), figure.target, figure.verdict, figure.note) for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _measured(figure: Figure) -> str:
    digits = 2 if figure.value < 10 else 1 if figure.value < 100 else 0
    return f"{figure.value:,.{digits}f} {figure.unit}"
