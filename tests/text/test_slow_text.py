"""F28: text made to be slow is read in a moment, by everything that reads text."""

import time
from collections.abc import Callable

import pytest

from nanhai_crawler.text.charset import decode
from nanhai_crawler.text.credits import read_credit_line, read_dateline, read_trailing_credit, split_caption
from nanhai_crawler.text.dates import read_time
from nanhai_crawler.text.digest import text_digest
from nanhai_crawler.text.info_line import read_info_line
from nanhai_crawler.text.whitespace import compare_form, fold

READERS: list[Callable[[str], object]] = [
    fold, compare_form, read_time, read_info_line, read_credit_line, read_dateline, read_trailing_credit, split_caption,
    lambda text: text_digest(text, text), lambda text: decode(text.encode("gb18030"), header_charset=None),
]  # fmt: skip
UNITS = [
    "来源：　　", "2024年", "2024-", "2024年1", "二〇", "记者", "记者 沈", "沈", "摄", "（", "）", "文/", " ", "时 间", "本报讯", "某报",
    "新华社", "/", "、沈知夏", "（记者 沈知夏）", "。沈知夏摄", "　", "\u200b", "１",
]  # fmt: skip
#: A megabyte takes the slowest 0.2 s here; the bound leaves room for a machine ten times slower.
_BOUND_S = 2.5


@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_is_read_in_a_moment(unit: str) -> None:
    text = unit * (350_000 // len(unit))
    for reader in READERS:
        start = time.process_time()
        reader(text)
        assert time.process_time() - start < _BOUND_S


@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_lines_that_are_looked_into_are_quick(unit: str) -> None:
    for length in (60, 150, 230, 390):
        text = unit * (length // len(unit))
        start = time.process_time()
        for reader in READERS:
            reader(text)
            reader(text + "（记者 沈知夏）")
            reader(text + " 沈知夏 摄")
        assert time.process_time() - start < _BOUND_S / 5
