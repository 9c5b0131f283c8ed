"""The gate: no field of any source may be read worse than its floor."""

from tests.quality.floors import GOLDEN, REAL, WORDS_KEPT
from tests.quality.gate import SAMPLE, below, read_and_scored
from tests.quality.sources import golden_pages, practice_pages, real_pages, seed_pages


def test_the_practice_sites_words_are_read_from_other_markups() -> None:
    assert not below(list(read_and_scored(practice_pages(), SAMPLE)), WORDS_KEPT)


def test_the_seeds_words_are_read_from_other_markups() -> None:
    assert not below(list(read_and_scored(seed_pages(), range(40))), WORDS_KEPT)


def test_pages_in_the_manner_of_known_systems_are_read() -> None:
    assert not below(list(read_and_scored(golden_pages(), range(8))), GOLDEN)


def test_real_pages_are_read_as_their_annotators_did() -> None:
    assert not below(list(read_and_scored(real_pages(), range(1))), REAL)
