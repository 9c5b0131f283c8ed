"""Citations: an article of the archive as a reference, in the styles that authors and their programs use."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from nanhai_crawler.citations.bibtex import format_bibtex
from nanhai_crawler.citations.cited import Cited
from nanhai_crawler.citations.csl import format_csl
from nanhai_crawler.citations.gbt7714 import format_gbt7714
from nanhai_crawler.citations.ris import format_ris

__all__ = ["STYLES", "Cited"]

#: What makes the citations of each style (DESIGN: command line).
STYLES: Mapping[str, Callable[[Iterable[Cited]], str]] = MappingProxyType(
    {"gbt7714": format_gbt7714, "bibtex": format_bibtex, "ris": format_ris, "csl": format_csl}
)
