"""What starting costs: ``nanhai --help`` against Python that does nothing."""

from collections.abc import Iterator
from statistics import median

from tests.bench.child import python, run_child
from tests.bench.figure import Figure

_TURNS = 7


def measure_start() -> Iterator[Figure]:
    """Wall time of the one by that of the other, in turns."""
    bare_s: list[float] = []
    help_s: list[float] = []
    for _ in range(_TURNS):
        bare_s.append(run_child(*python("-c", "pass")).wall_s)
        help_s.append(run_child(*python("-m", "nanhai_crawler", "--help")).wall_s)
    yield Figure(
        name="nanhai --help ÷ python -c pass",
        value=median(help_s) / median(bare_s),
        at_most=8,
        note=f"{median(help_s) * 1000:.0f} and {median(bare_s) * 1000:.0f} ms",
    )
