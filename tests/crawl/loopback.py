"""A server on loopback that answers what a test tells it to, however wrong, and remembers what it was asked."""

import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came in: its path, its headers (names in lower case), and how many were in hand with it."""

    path: str
    headers: Mapping[str, str]
    time_s: float
    at_once: int


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer. ``raw`` is sent as it is instead of all else, and the connection then ends.

    With ``drip``, those bytes are sent after it again and again, ten times a second, until nobody listens.
    """

    status: int = 200
    media_type: str | None = HTML
    body: bytes | str = ""
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    drip: bytes = b""
    wait_s: float = 0.0

    @property
    def payload(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Answering = Reply | Callable[[Asked], Reply]
NOT_FOUND = Reply(status=404, media_type="text/plain", body="no")


class _V6Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6


@dataclass
class Loopback:
    """Answers of a site by path (with query); everything else is 404. ``asked`` is the access log."""

    replies: dict[str, Answering]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    address: str = "127.0.0.1"

    def __post_init__(self) -> None:
        self._busy = 0
        self._lock = threading.Lock()
        server = _V6Server if ":" in self.address else ThreadingHTTPServer
        self._server = server((self.address, self.port), self._handler())
        self._server.daemon_threads = True
        written = f"[{self.address}]" if ":" in self.address else self.address
        self.host = f"{written}:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def count(self, path: str) -> int:
        return self.paths.count(path)

    def answer(self, path: str, headers: Mapping[str, str]) -> Reply:
        with self._lock:
            self._busy += 1
            asked = Asked(path=path, headers=headers, time_s=time.monotonic(), at_once=self._busy)
            self.asked.append(asked)
        found = self.replies.get(path, NOT_FOUND)
        reply = found(asked) if callable(found) else found
        time.sleep(reply.wait_s)
        return reply

    def answered(self) -> None:
        with self._lock:
            self._busy -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            timeout = 10

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = server.answer(self.path, headers)
                try:
                    self.wfile.write(reply.raw if reply.raw is not None else self._written(reply))
                    while reply.drip:
                        time.sleep(0.1)
                        self.wfile.write(reply.drip)
                except ConnectionError:
                    self.close_connection = True
                server.answered()
                self.close_connection |= reply.raw is not None

            def _written(self, reply: Reply) -> bytes:
                lines = [f"HTTP/1.1 {reply.status} x", f"Content-Length: {len(reply.payload)}"]
                if reply.media_type is not None:
                    lines.append(f"Content-Type: {reply.media_type}")
                lines += [f"{name}: {value}" for name, value in reply.headers]
                return "\r\n".join((*lines, "", "")).encode("latin-1") + reply.payload

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Nothing: ``asked`` has it all."""

        return Handler
