"""TLS: verified unless a site's file says otherwise, and what was asked for is told in the snapshots."""

import gzip
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.crawl.commands import crawl, nanhai
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import article

_KEY = (
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    "/CN=127.0.0.1",
    "-addext",
    "subjectAltName=IP:127.0.0.1",
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody signed, with its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = ("-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2")
    subprocess.run(["openssl", *_KEY, *files], check=True, capture_output=True)
    (folder / "both.pem").write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text())
    return folder / "both.pem"


def secured(certificate: Path, *, old: bool = False) -> Loopback:
    """A server that speaks TLS; an ``old`` one knows TLS 1.0 alone."""
    server = Loopback({"/a.html": Reply(body=article("经加密连接读到的文章"))})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if old:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSv1"):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
    return server


def declare(archive: Path, seed: str, tls: str) -> None:
    (archive / "sites").mkdir(parents=True)
    (archive / "sites" / "lx.toml").write_text(
        f'title = "练习"\nseeds = ["{seed}"]\ntls = "{tls}"\n', encoding="utf-8"
    )


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path, certificate: Path) -> None:
    with secured(certificate) as server:
        ended = nanhai("crawl", f"https://{server.host}/a.html", "--archive", tmp_path, "--delay", "0")
    assert ended.code == 9
    assert "certificate verify failed" in ended.err
    assert server.asked == []


@pytest.mark.parametrize(("tls", "old"), [("unverified", False), ("legacy-unverified", True)])
def test_a_site_may_be_declared_weaker_and_its_snapshots_say_so(
    tls: str, old: bool, tmp_path: Path, certificate: Path
) -> None:
    with secured(certificate, old=old) as server:
        seed = f"https://{server.host}/a.html"
        declare(tmp_path, seed, tls)
        ended = crawl(seed, tmp_path)
    assert ended.counts["new"] == 1, ended.out
    (snapshots,) = (tmp_path / "warc").iterdir()
    assert f"tls: {tls}\r\n".encode() in gzip.decompress(snapshots.read_bytes())


def test_an_old_protocol_is_refused_where_only_the_certificate_is_let_pass(
    tmp_path: Path, certificate: Path
) -> None:
    with secured(certificate, old=True) as server:
        seed = f"https://{server.host}/a.html"
        declare(tmp_path, seed, "unverified")
        assert nanhai("crawl", seed, "--archive", tmp_path, "--delay", "0").code == 9


def test_the_weakness_that_one_site_needs_is_not_lent_to_another(tmp_path: Path) -> None:
    declare(tmp_path, "https://127.0.0.1:1/", "unverified")
    ended = nanhai("crawl", "https://127.0.0.1:1/", "http://127.0.0.1:2/", "--archive", tmp_path)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "one after the other" in ended.err
