"""Content codings: undone where the payload is whole, refused where it is not."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nanhai_crawler.pages.coding import BrokenCoding, undone

_LIMIT = 1 << 20


def raw_deflate(payload: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(payload) + compressor.flush()


@given(some.binary(max_size=2000), some.binary(max_size=200))
def test_every_way_of_coding_is_undone(payload: bytes, more: bytes) -> None:
    assert undone(gzip.compress(payload), "gzip", _LIMIT) == payload
    assert undone(gzip.compress(payload) + gzip.compress(more), "x-gzip", _LIMIT) == payload + more
    assert undone(zlib.compress(payload), "deflate", _LIMIT) == payload
    assert undone(raw_deflate(payload), "deflate", _LIMIT) == payload
    assert undone(payload, "utf-8", _LIMIT) == payload


@given(some.binary(min_size=1, max_size=2000), some.data())
def test_half_a_payload_is_never_taken_for_the_whole(payload: bytes, data: some.DataObject) -> None:
    for coding, whole in (("gzip", gzip.compress(payload)), ("deflate", zlib.compress(payload))):
        half = whole[: data.draw(some.integers(min_value=1, max_value=len(whole) - 1))]
        with pytest.raises(BrokenCoding):
            undone(half, coding, _LIMIT)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_payload_that_grows_beyond_the_limit_is_refused(coding: str) -> None:
    make = gzip.compress if coding == "gzip" else zlib.compress
    assert len(undone(make(bytes(1000)), coding, 1000)) == 1000
    with pytest.raises(BrokenCoding, match="more than 999 bytes"):
        undone(make(bytes(1000)), coding, 999)


def test_members_count_together_against_the_limit() -> None:
    with pytest.raises(BrokenCoding, match="more than 1500 bytes"):
        undone(gzip.compress(bytes(1000)) * 2, "gzip", 1500)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress"])
def test_a_coding_nobody_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(BrokenCoding, match=coding):
        undone(b"anything", coding, _LIMIT)


def test_padding_after_the_last_member_is_passed_over() -> None:
    assert undone(gzip.compress(b"page") + bytes(512), "gzip", _LIMIT) == b"page"
