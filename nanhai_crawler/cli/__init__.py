"""The command line: ``nanhai …``, one module a command; each imports what it needs when it runs, to start fast."""

from nanhai_crawler.cli.program import main

__all__ = ["main"]
