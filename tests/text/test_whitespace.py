import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.whitespace import compare_form, fold


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("　　下好“一盘棋”　", "下好“一盘棋”"),
        ("甲\xa0\xa0乙", "甲 乙"),
        ("甲\r\n\t乙\u2028丙\u2029丁", "甲 乙 丙 丁"),
        ("\ufeff南\u200b海\u2060区", "南海区"),
        ("２０２３年，ＡｂＺ：①㎡……", "2023年，AbZ：①㎡……"),
        ("软\xad连", "软\xad连"),
        ("㐂 𠮷 镕 \ue000\0", "㐂 𠮷 镕 \ue000\0"),
        ("！＂（）", "！＂（）"),
        ("", ""),
    ],
)
def test_only_white_space_and_full_width_letters_and_digits_are_folded(shown: str, kept: str) -> None:
    assert fold(shown) == kept


def test_forms_that_compare_equal() -> None:
    assert compare_form("　ＡＢＣ：１ 2\u200b") == compare_form("abc:12")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_folded_compares_equal(text: str) -> None:
    assert compare_form(fold(text)) == compare_form(text)
