"""What the export costs in memory, as a command of its own."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench.child import python, run_child
from tests.bench.figure import Figure


def measure_export(archive: Path, folder: Path) -> Iterator[Figure]:
    """The peak memory of ``nanhai export csv``, whose target holds for an archive of any size."""
    words = ("-m", "nanhai_crawler", "export", "csv", "-o", folder / "peak.csv", "--archive", archive)
    peak = run_child(*python(*words)).peak_bytes
    yield Figure(name="export as CSV: peak memory", value=peak / 1_000_000, unit="MB", at_most=100)
