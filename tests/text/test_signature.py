"""A signature has the bits of every piece of its text, and few others."""

from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.folding import fold_for_search
from nanhai_crawler.text.signature import BITS, signature, signature_masks


def _has(signed: bytes, folded: str) -> bool:
    return all(signed[place] & mask for place, mask in signature_masks(folded))


@given(st.text(), st.text(min_size=3), st.data())
def test_a_text_has_the_bits_of_every_piece_of_it(title: str, body: str, data: st.DataObject) -> None:
    for field in (title, body):
        folded = fold_for_search(field)
        start = data.draw(st.integers(0, len(folded)))
        assert _has(signature(title, body), folded[start : data.draw(st.integers(start, len(folded)))])


def test_a_text_lacks_bits_of_what_it_does_not_hold() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 1600)))
    signed = signature("", text)
    others = (text[at : at + 2] + text[at + 9 : at + 12] for at in range(1500))
    assert sum(_has(signed, other) for other in others) < 300
    assert len(signed) * 8 == BITS


def test_less_than_three_characters_ask_for_nothing() -> None:
    assert signature_masks("党建") == ()
    assert signature("", "") == bytes(BITS // 8)


def test_half_a_surrogate_pair_is_asked_for_like_any_character() -> None:
    assert len(signature_masks("党建\ud800")) == 1
