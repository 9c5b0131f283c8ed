"""TLS: verified unless a site's file says otherwise, and what was asked for is told in the snapshots."""

import gzip
import ssl
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from tests.crawl.commands import crawl, nanhai
from tests.crawl.loopback import Loopback, Reply
from tests.crawl.markup import article

#: RFC 2409, 6.2: the group of 1,024 bits that old servers have, which OpenSSL takes for too small since 2018.
_OAKLEY_2 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
_DAY = timedelta(days=1)


class Authority:
    """Signs certificates; whoever is given ``trusted`` in ``SSL_CERT_FILE`` believes them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = rsa.generate_private_key(65537, 2048)
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "练习证书")])
        own = self._draft(self._name, self._key, timedelta(0))
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.trusted = folder / "trusted.pem"
        self.trusted.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def sign(self, *, host: str = "127.0.0.1", ago: timedelta = timedelta(0), signed: bool = True) -> Path:
        """A key and the certificate of ``host``, of a day from ``ago`` on; signed by itself where not ``signed``."""
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        draft = self._draft(name, key, ago, issuer=self._name if signed else name)
        names = [x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)]
        draft = draft.add_extension(x509.SubjectAlternativeName(names), critical=False)
        certificate = draft.sign(self._key if signed else key, hashes.SHA256())
        path = self._folder / f"{host}-{ago.days}-{signed}.pem"
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
        return path

    def _draft(
        self, name: x509.Name, key: rsa.RSAPrivateKey, ago: timedelta, issuer: x509.Name | None = None
    ) -> x509.CertificateBuilder:
        since = datetime.now(UTC) - ago - _DAY
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer or name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(since + 2 * _DAY)
        )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Path:
    """A certificate that nobody signed, with its key."""
    return authority.sign(signed=False)


def secured(certificate: Path, *, old: bool = False, group: Path | None = None) -> Loopback:
    """A server that speaks TLS; an ``old`` one knows TLS 1.0 alone, one with a ``group`` agrees on keys in that alone."""
    server = Loopback({"/a.html": Reply(body=article("经加密连接读到的文章"))})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if old:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSv1"):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    if group is not None:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
        context.load_dh_params(str(group))
    server._server.socket = context.wrap_socket(server._server.socket, server_side=True)
    return server


def declare(archive: Path, seed: str, tls: str) -> None:
    (archive / "sites").mkdir(parents=True)
    (archive / "sites" / "lx.toml").write_text(
        f'title = "练习"\nseeds = ["{seed}"]\ntls = "{tls}"\n', encoding="utf-8"
    )


def test_a_certificate_that_somebody_trusted_signed_is_believed(tmp_path: Path, authority: Authority) -> None:
    with secured(authority.sign()) as server:
        ended = crawl(f"https://{server.host}/a.html", tmp_path, SSL_CERT_FILE=str(authority.trusted))
    assert ended.counts["new"] == 1, ended.out
    (snapshots,) = (tmp_path / "warc").iterdir()
    assert b"tls: verified\r\n" in gzip.decompress(snapshots.read_bytes())


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"signed": False}, "certificate verify failed"),
        ({"ago": 30 * _DAY}, "certificate verify failed"),
        ({"ago": -30 * _DAY}, "certificate verify failed"),
        ({"host": "zuzhibu.nanhai.gov.cn"}, "127.0.0.1"),
    ],
    ids=["nobody signed it", "expired", "not valid yet", "of another host"],
)
def test_a_certificate_that_is_not_to_be_believed_is_refused_and_may_be_let_pass(
    fault: dict[str, Any], said: str, tmp_path: Path, authority: Authority
) -> None:
    trusting = {"SSL_CERT_FILE": str(authority.trusted)}
    with secured(authority.sign(**fault)) as server:
        seed = f"https://{server.host}/a.html"
        ended = nanhai("crawl", seed, "--archive", tmp_path / "a", "--delay", "0", **trusting)
        assert ended.code == 9
        assert said in ended.err
        assert ended.err.count("\n") == 1
        assert server.asked == []
        declare(tmp_path / "b", seed, "unverified")
        assert crawl(seed, tmp_path / "b", **trusting).counts["new"] == 1


def test_keys_of_1024_bits_are_refused_and_may_be_let_pass(tmp_path: Path, authority: Authority) -> None:
    group = tmp_path / "group.pem"
    # PKCS #3, 9: a sequence of the prime and the base, in DER.
    numbers = b"\x30\x81\x87\x02\x81\x81\x00" + _OAKLEY_2.to_bytes(128) + b"\x02\x01\x02"
    group.write_text(
        f"-----BEGIN DH PARAMETERS-----\n{b64encode(numbers).decode()}\n-----END DH PARAMETERS-----\n"
    )
    trusting = {"SSL_CERT_FILE": str(authority.trusted)}
    with secured(authority.sign(), group=group) as server:
        seed = f"https://{server.host}/a.html"
        ended = nanhai("crawl", seed, "--archive", tmp_path / "a", "--delay", "0", **trusting)
        assert (ended.code, server.asked) == (9, [])
        assert "dh key too small" in ended.err
        declare(tmp_path / "b", seed, "legacy")
        assert crawl(seed, tmp_path / "b", **trusting).counts["new"] == 1


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


def test_a_circle_of_http_and_https_ends_and_each_hop_is_captured_once(
    tmp_path: Path, authority: Authority
) -> None:
    with secured(authority.sign()) as safe, Loopback({}) as plain:
        for server, other in ((safe, f"http://{plain.host}/a.html"), (plain, f"https://{safe.host}/a.html")):
            to = (("Location", other),)
            server.replies["/a.html"] = Reply(status=302, media_type=None, headers=to)
        seeds = (f"http://{plain.host}/a.html", f"https://{safe.host}/b.html")
        safe.replies["/b.html"] = Reply(body=article("不在圈里的文章"))
        ended = crawl(seeds[0], tmp_path, seeds[1], SSL_CERT_FILE=str(authority.trusted))
    assert ended.counts["new"] == 1, ended
    assert (safe.count("/a.html"), plain.count("/a.html")) == (1, 1)
