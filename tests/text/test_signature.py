"""A signature has the bits of every piece of its text, and few others; slices are the same bits on their side."""

from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.bit_slices import cut_slices, read_rows, spread_bits
from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.signature import BITS, bit_mask, sign, signature_bits


def _has(signed: bytes, folded: str) -> bool:
    mask = bit_mask(signature_bits(folded))
    return int.from_bytes(signed) & mask == mask


@given(st.text(), st.text(min_size=3), st.data())
def test_a_text_has_the_bits_of_every_piece_of_it(title: str, body: str, data: st.DataObject) -> None:
    for field in (title, body):
        folded = fold_for_search(field)
        start = data.draw(st.integers(0, len(folded)))
        assert _has(sign(title, body), folded[start : data.draw(st.integers(start, len(folded)))])


def test_a_text_lacks_bits_of_what_it_does_not_hold() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 1600)))
    signed = sign("", text)
    others = (text[at : at + 2] + text[at + 9 : at + 12] for at in range(1500))
    assert sum(_has(signed, other) for other in others) < 100
    assert len(signed) * 8 == BITS


def test_less_than_three_characters_ask_for_nothing() -> None:
    assert signature_bits("党建") == ()
    assert sign("", "") == bytes(BITS // 8)


def test_half_a_surrogate_pair_is_asked_for_like_any_character() -> None:
    assert len(signature_bits("党建\ud800")) == 3


@given(st.lists(st.binary(min_size=3, max_size=3), min_size=1, max_size=20))
def test_rows_come_back_from_their_slices(packed: list[bytes]) -> None:
    rows = [spread_bits(row) for row in packed]
    slices = cut_slices(rows, 24)
    assert list(read_rows(slices))[: len(rows)] == rows
    for bit, holding in enumerate(slices):
        of_rows = [row[bit >> 3] >> (7 - bit % 8) & 1 for row in packed]
        assert [holding[number >> 3] >> (number & 7) & 1 for number in range(len(packed))] == of_rows
