"""The record of an answer 304 as replay tools can show it: a revisit without a block, for which they show the original.

ISO 28500:2017, 6.7.3 allows both: a block with the answer's headers, as the archive keeps them, or none. With headers pywb
and wabac.js show what they say, an empty page («optimization: if redirect, don't load payload record», in pywb's
``resolvingloader.py`` and wabac.js's ``remotearchivedb.ts``).
"""

import re
import zlib

from nanhai_crawler.store.snapshots import whole_member
from nanhai_crawler.store.warc import GZIP_LEVEL, GZIP_MEMBER, SERVER_NOT_MODIFIED, sha256

_OF_BLOCK = re.compile(rb"(?im)^(?:Content-Type|WARC-Block-Digest|Content-Length):.*\r\n")
_PROFILE = re.compile(rb"(?im)^WARC-Profile:\s*" + re.escape(SERVER_NOT_MODIFIED).encode() + rb"\r\n")
_NO_BLOCK = b"WARC-Block-Digest: " + sha256(b"").encode() + b"\r\nContent-Length: 0"
_END = b"\r\n\r\n"


def replayable(member: bytes) -> bytes:
    """The gzip member of the record without its block, where it is a 304's; of any other record the same member."""
    head, end, _ = whole_member(member).partition(_END)
    head += b"\r\n"
    if not end or not _PROFILE.search(head):
        return member
    plain = _OF_BLOCK.sub(b"", head) + _NO_BLOCK + _END + _END
    compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_MEMBER)
    return compressor.compress(plain) + compressor.flush()
