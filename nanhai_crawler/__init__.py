"""An archive of what a district government site has published: crawled, captured, read, kept, searched, exported."""

__version__ = "0.1.0"
