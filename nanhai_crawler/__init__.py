"""An archive of what a district government site has published: crawled, captured, read, kept, searched, exported.

``open_archive(folder)`` opens one for a Python program (:mod:`nanhai_crawler.library`).
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ["open_archive"]


def __getattr__(name: str) -> object:
    """``open_archive``, loaded when it is first asked for: without the database the command line starts in a fifth of the time."""
    if name in __all__:
        return getattr(import_module("nanhai_crawler.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
