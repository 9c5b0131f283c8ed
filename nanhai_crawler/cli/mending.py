"""Mending an archive: the repair, then the reading again of what it left to be read."""

from collections.abc import Callable
from pathlib import Path

from nanhai_crawler.reextract.run import reextract
from nanhai_crawler.store.repair.repair import repair
from nanhai_crawler.store.verification.finding import Progress
from nanhai_crawler.store.verification.verification import Verification, verify


def mended(archive: Path, progress: Progress, tell: Callable[[str], None]) -> Verification:
    """What is still damaged after all that could be done; each thing found and each step is told, a line each."""
    result = repair(archive, progress=progress)
    for finding in result.before.findings:
        tell(f"found: {finding.thing}: {finding.where}: {finding.what}")
    for line in result.done:
        tell(f"repaired: {line}")
    if not result.unread:
        return result.left
    summary = reextract(archive, progress=lambda done, total: progress("pages read again", done, total))
    made = f"{summary.new_articles} articles and {summary.new_texts} texts"
    tell(f"repaired: texts: {summary.pages} captured pages read again, {made} made of them")
    return verify(archive, progress=progress)
