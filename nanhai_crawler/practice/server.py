"""An HTTP/1.1 server for the practice site, on loopback: keep-alive, validators, gzip, an access log."""

import socket
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from nanhai_crawler.errors import NanhaiError
from nanhai_crawler.practice.answer import answer
from nanhai_crawler.practice.site import PracticeSite

#: Lines of the access log kept in memory; a bench of 16,000 pages fits, a server left alone stays small.
LOG_LINES_KEPT = 100_000
#: A silent client is let go after this, longer than a polite crawler's pause between two requests.
_IDLE_S = 60.0
#: How often the listener looks whether it must stop; what leaving the ``with`` may take.
_POLL_S = 0.05


class PracticeServer:
    """Serves a site in a thread of its own while the ``with`` lasts, or in this one with ``serve_forever``.

    Port 0 takes a free one. ``access_log`` is appended to, in the combined log format; ``log`` has its lines.
    Raises NanhaiError when the port is taken, the host is not this machine's, or the log cannot be written.
    """

    def __init__(
        self, site: PracticeSite, *, port: int = 0, host: str = "127.0.0.1", access_log: Path | None = None
    ) -> None:
        self.log: deque[str] = deque(maxlen=LOG_LINES_KEPT)
        self._listener = _listener(site, host, port, self._note)
        self.url = self._listener.url
        try:
            self._file = access_log.open("a", encoding="utf-8", buffering=1) if access_log else None
        except OSError as error:
            self._listener.server_close()
            raise NanhaiError(f"cannot write the access log {access_log}: {error.strerror}") from error
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(_POLL_S,), name="practice")

    def __enter__(self) -> Self:
        """Serving has begun when this returns."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Every connection is closed and no thread is left when this returns."""
        self.stop()
        self._thread.join()
        self._close()

    def serve_forever(self) -> None:
        """Serve in this thread until interrupted or stopped, then close."""
        try:
            self._listener.serve_forever()
        finally:
            self._close()

    def stop(self) -> None:
        """No new connection is taken once this returns; for another thread than the one that serves."""
        self._listener.shutdown()

    def _close(self) -> None:
        self._listener.server_close()
        if self._file:
            self._file.close()

    def _note(self, line: str) -> None:
        self.log.append(line)
        if self._file:
            self._file.write(line + "\n")


def _listener(site: PracticeSite, host: str, port: int, note: Callable[[str], None]) -> "_Listener":
    try:
        return _Listener(site, host, port, note)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise NanhaiError(
            f"cannot serve on {host}:{port}: {reason}; choose another port, or 0 for any"
        ) from error


class _Listener(ThreadingHTTPServer):
    """A thread a connection; remembers the open ones, so that closing does not wait for idle clients."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, site: PracticeSite, host: str, port: int, note: Callable[[str], None]) -> None:
        self.site, self.note = site, note
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((host, port), _Handler)
        self.url = f"http://{host}:{self.server_address[1]}/"

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with self._lock:
            self._open -= {request}
        super().shutdown_request(request)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """A client that goes away in the middle is nothing to report; a fault of ours is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # gone already
                    connection.shutdown(socket.SHUT_RDWR)
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection. Head and body leave in one write: two would wait 40 ms for an acknowledgement."""

    protocol_version = "HTTP/1.1"
    server_version = "nanhai-practice"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = _IDLE_S
    server: _Listener

    def do_GET(self) -> None:
        site = self.server.site
        resource = site.get(self.path, base_url=self.server.url) or site.missing()
        reply = answer(resource, self.headers)
        self._send(reply.status, reply.headers, reply.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """405 for what would change something; the connection ends, as the request's body was not read."""
        self.close_connection = True
        self._send(405, (("Allow", "GET, HEAD"), ("Content-Length", "0")), b"")

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815  http.server asks for these names

    def _send(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Server: {self.server_version}"]
        lines.append(f"Date: {self.date_time_string()}")
        lines += [f"{name}: {value}" for name, value in headers]
        if self.close_connection:
            lines.append("Connection: close")
        sent = b"" if self.command == "HEAD" else body
        self.wfile.write("\r\n".join((*lines, "", "")).encode("latin-1") + sent)
        self._log(status, len(sent))

    def _log(self, status: int, length_bytes: int) -> None:
        when = datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
        agent = self.headers.get("User-Agent", "-")
        request = f'{self.client_address[0]} - - [{when}] "{self.requestline}"'
        self.server.note(f'{request} {status} {length_bytes} "-" "{agent}"')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the standard library's
        """Nothing on standard error: the access log has it all."""
