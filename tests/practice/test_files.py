import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from nanhai_crawler.practice import papers, pictures
from nanhai_crawler.practice.site import build_site


def test_every_picture_of_the_site_is_unlike_the_others() -> None:
    site = build_site(articles=200)
    bodies = [
        answer.body for path in site.paths() if path[-4:] in {".png", ".jpg"} if (answer := site.get(path))
    ]
    assert len(bodies) > 100
    assert len(set(bodies)) == len(bodies)


def test_a_png_has_whole_chunks_and_all_its_pixels() -> None:
    body, place, data = pictures.png("/a.png"), 8, b""
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    while place < len(body):
        (length,), kind = struct.unpack_from(">I", body, place), body[place + 4 : place + 8]
        content = body[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", body, place + 8 + length)[0] == zlib.crc32(kind + content)
        data += content if kind == b"IDAT" else b""
        place += length + 12
    assert len(zlib.decompress(data)) == 64 * (1 + 96 * 3)


def test_a_jpeg_has_segments_that_lead_from_its_start_to_its_scan() -> None:
    body, place = pictures.jpeg("/a.jpg"), 2
    markers: list[int] = []
    while not markers or markers[-1] != 0xDA:
        markers.append(body[place + 1])
        place += 2 + int(struct.unpack_from(">H", body, place + 2)[0])
    assert markers == [0xFE, 0xDB, 0xC0, 0xC4, 0xC4, 0xDA]
    assert body.endswith(b"\xff\xd9")


def test_a_pdf_says_where_each_object_stands() -> None:
    body = papers.pdf("/a.pdf")
    start = int(body.rpartition(b"startxref\n")[2].split()[0])
    rows = body[start:].split(b"\n")[3:9]
    for number, row in enumerate(rows, start=1):
        assert body[int(row[:10]) :].startswith(b"%d 0 obj" % number)


def test_a_docx_is_a_sound_zip_with_the_same_bytes_every_time() -> None:
    assert papers.docx("/a.docx") == papers.docx("/a.docx")
    with zipfile.ZipFile(BytesIO(papers.docx("/a.docx"))) as archive:
        assert archive.testzip() is None
        assert "/a.docx" in archive.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("ending", "media_type"), [("png", "image/png"), ("jpg", "image/jpeg"), ("pdf", "application/pdf")]
)
def test_files_are_served_under_their_media_type(ending: str, media_type: str) -> None:
    site = build_site()
    answers = [site.get(path) for path in site.paths() if path.endswith(f".{ending}") and "/upload/" in path]
    assert answers
    assert all(answer is not None and answer.media_type == media_type for answer in answers)
