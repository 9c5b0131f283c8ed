"""The practice site, served by a process of its own, whose CPU is nobody's figure."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.child import CHECKOUT, python


@contextmanager
def served(articles: int) -> Iterator[str]:
    """The address of the practice site with so many articles, while the ``with`` lasts."""
    words = python("-m", "nanhai_crawler", "practice", "--port", "0", "--articles", str(articles))
    with subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8", cwd=CHECKOUT) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split(" at ")[1].split()[0]
        finally:
            server.terminate()
