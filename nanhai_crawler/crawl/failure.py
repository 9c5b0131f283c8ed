"""What a request died of, in words for a person."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.python.failure import Failure

#: A reason stands in a table and in a row of the frontier: it is no place for a page of text.
_LONGEST = 300
_WORDS: dict[type[BaseException], str] = {
    CannotResolveHostError: "no such host",
    DownloadCancelledError: "larger than a response may be (DOWNLOAD_MAXSIZE)",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "no whole answer in time",
    ResponseDataLossError: "the answer was cut short",
}


def in_words(error: BaseException) -> str:
    """The reason in one line, never empty."""
    words = _WORDS.get(type(error)) or _of_the_wire(error) or f"{error}" or type(error).__name__
    return " ".join(words.split())[:_LONGEST]


def _of_the_wire(error: BaseException) -> str:
    """What Twisted says of a connection that broke, without its way of writing it; empty for other errors."""
    reasons: list[Failure] = getattr(error.__cause__, "reasons", [])
    if not isinstance(error, DownloadFailedError) or not reasons:
        return ""
    return f"no answer: {reasons[0].getErrorMessage()}"
