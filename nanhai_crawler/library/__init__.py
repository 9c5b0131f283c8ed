"""The library: an archive for Python programs (``from nanhai_crawler import open_archive``)."""

from nanhai_crawler.library.archive import Archive, open_archive
from nanhai_crawler.library.article import ArchivedArticle
from nanhai_crawler.library.selection import Selection

__all__ = ["Archive", "ArchivedArticle", "Selection", "open_archive"]
