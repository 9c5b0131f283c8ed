"""What Scrapy's log says of each request: nothing; the archive's rows do."""

from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult


class QuietFormatter(LogFormatter):
    """No line a request or an item; errors as Scrapy has them."""

    def crawled(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line: a capture row has it all."""
        return None

    def scraped(self, *_: Any, **__: Any) -> LogFormatterResult | None:  # type: ignore[override]
        """No line."""
        return None
