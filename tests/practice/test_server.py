import gzip
import http.client
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from urllib.parse import urlsplit

import pytest

from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.practice.server import PracticeServer
from nanhai_crawler.practice.site import build_site

Got = tuple[http.client.HTTPResponse, bytes]


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeServer]:
    with PracticeServer(build_site()) as running:
        yield running


@pytest.fixture
def client(server: PracticeServer) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    yield connection
    connection.close()


def get(client: http.client.HTTPConnection, path: str = "/", method: str = "GET", **headers: str) -> Got:
    client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = client.getresponse()
    return response, response.read()


def test_it_serves_the_sites_bytes_with_validators(client: http.client.HTTPConnection) -> None:
    response, body = get(client)
    home = build_site().get("/")
    assert home is not None
    assert (response.status, body) == (200, home.body)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert re.fullmatch(r'"[0-9a-f]+"', response.headers["ETag"])
    assert response.headers["Last-Modified"].endswith(" GMT")
    assert response.headers["Vary"] == "Accept-Encoding"


def test_many_requests_go_over_one_socket_without_waiting(client: http.client.HTTPConnection) -> None:
    get(client)
    socket_before, start = client.sock, perf_counter()
    for _ in range(50):
        get(client)
    assert client.sock is socket_before
    assert perf_counter() - start < 1  # Nagle against delayed acknowledgement would take 50 × 40 ms


def test_a_known_etag_or_date_gives_304_without_a_body(client: http.client.HTTPConnection) -> None:
    first, _ = get(client)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If_None_Match": f'"x", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
    ):
        response, body = get(client, **headers)
        assert (response.status, body) == (304, b"")
        assert response.headers["ETag"] == tag
    assert get(client, If_None_Match='"x"', If_Modified_Since=modified)[0].status == 200
    for date in ("Mon, 01 Jan 2001 00:00:00 GMT", "yesterday", ""):
        assert get(client, If_Modified_Since=date)[0].status == 200


def test_gzip_comes_when_asked_for_with_a_tag_of_its_own(client: http.client.HTTPConnection) -> None:
    plain, body = get(client)
    zipped, packed = get(client, Accept_Encoding="br, gzip;q=0.5")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == body
    assert len(packed) < len(body) / 3
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    again, _ = get(client, Accept_Encoding="gzip", If_None_Match=zipped.headers["ETag"])
    assert again.status == 304
    refused, _ = get(client, Accept_Encoding="gzip;q=0, identity")
    assert refused.headers["Content-Encoding"] is None


def test_head_has_the_headers_of_get_and_no_body(client: http.client.HTTPConnection) -> None:
    asked, body = get(client)
    head, nothing = get(client, method="HEAD")
    assert nothing == b""
    assert head.headers["Content-Length"] == str(len(body))
    assert head.headers["ETag"] == asked.headers["ETag"]
    assert get(client)[0].status == 200


def test_an_unknown_path_is_404_and_the_old_address_301(client: http.client.HTTPConnection) -> None:
    missing, body = get(client, "/nothing")
    assert missing.status == 404
    assert "不存在" in body.decode()
    moved, _ = get(client, "/zzb/news/show.asp?id=1024")
    assert moved.status == 301
    assert get(client, moved.headers["Location"])[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_405(client: http.client.HTTPConnection, method: str) -> None:
    response, _ = get(client, method=method)
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_robots_txt_names_the_sitemap_at_the_servers_own_address(
    server: PracticeServer, client: http.client.HTTPConnection
) -> None:
    _, body = get(client, "/robots.txt")
    assert f"Sitemap: {server.url}sitemap.xml" in body.decode()
    _, sitemap = get(client, "/sitemap.xml")
    assert f"<loc>{server.url}cms/html/" in sitemap.decode()


def test_each_request_is_a_line_of_the_access_log(tmp_path: Path) -> None:
    path = tmp_path / "访问.log"
    with PracticeServer(build_site(), access_log=path) as server:
        client = http.client.HTTPConnection(urlsplit(server.url).netloc)
        get(client, "/robots.txt", User_Agent="trial/1")
        client.close()
    line = r'127\.0\.0\.1 - - \[[^]]+\] "GET /robots.txt HTTP/1.1" 200 \d+ "-" "trial/1"'
    assert re.fullmatch(line, server.log[-1])
    assert path.read_text(encoding="utf-8").splitlines() == list(server.log)


def test_a_taken_port_is_a_clear_error(server: PracticeServer) -> None:
    port = urlsplit(server.url).port
    assert port is not None
    with pytest.raises(NanhaiError, match=f"cannot serve on 127.0.0.1:{port}.*choose another port"):
        PracticeServer(build_site(), port=port)
    with pytest.raises(NanhaiError, match="cannot serve"):
        PracticeServer(build_site(), port=70000)


def test_a_log_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NanhaiError, match="cannot write the access log"):
        PracticeServer(build_site(), access_log=tmp_path)


def test_clients_that_go_away_are_passed_over_in_silence(
    server: PracticeServer, client: http.client.HTTPConnection, capfd: pytest.CaptureFixture[str]
) -> None:
    address = ("127.0.0.1", urlsplit(server.url).port or 0)
    for request in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 20):
        with socket.create_connection(address) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # reset, do not wait
            gone.sendall(request)
    sleep(0.2)
    assert get(client)[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_closing_does_not_wait_for_idle_clients() -> None:
    with PracticeServer(build_site()) as server:
        idle = http.client.HTTPConnection(urlsplit(server.url).netloc)
        get(idle)
        start = perf_counter()
    assert perf_counter() - start < 1
    idle.close()


def test_serve_forever_answers_in_the_thread_that_called_it() -> None:
    server = PracticeServer(build_site())
    caller = Thread(target=server.serve_forever)
    caller.start()
    client = http.client.HTTPConnection(urlsplit(server.url).netloc)
    assert get(client)[0].status == 200
    client.close()
    server.stop()
    caller.join(5)
    assert not caller.is_alive()
