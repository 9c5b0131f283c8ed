"""The door to credits as texts show them: whole lines, datelines, trailing brackets, captions."""

from nanhai_crawler.text.caption import split_caption
from nanhai_crawler.text.credit_line import CreditLine, may_publish, read_credit_line, read_signature
from nanhai_crawler.text.dateline import read_dateline, read_trailing_credit

__all__ = [
    "CreditLine",
    "may_publish",
    "read_credit_line",
    "read_dateline",
    "read_signature",
    "read_trailing_credit",
    "split_caption",
]
