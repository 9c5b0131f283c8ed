from nanhai_crawler.library import open_archive as open_archive

__version__: str
