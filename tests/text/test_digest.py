import hashlib

from hypothesis import given
from hypothesis import strategies as st

from nanhai_crawler.text.digest import text_digest
from nanhai_crawler.text.whitespace import fold


def test_it_is_what_a_stranger_recomputes() -> None:
    expected = hashlib.sha256("标题:一\n第一行\n第二行".encode()).hexdigest()
    assert text_digest("标题： 一", "　　第一 行\n\n第二行\u200b\n") == f"sha256:{expected}"


def test_another_text_another_digest() -> None:
    assert text_digest("甲", "乙\n丙") != text_digest("甲", "乙丙")
    assert text_digest("甲", "乙") != text_digest("甲\n乙", "")


@given(st.text(), st.lists(st.text()))
def test_white_space_within_lines_does_not_matter(title: str, lines: list[str]) -> None:
    kept = [fold(line) for line in lines]
    assert text_digest(title, "\n".join(kept)) == text_digest(
        fold(title), "\n".join(f"　{line} " for line in kept)
    )
