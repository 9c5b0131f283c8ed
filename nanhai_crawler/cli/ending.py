"""Ending: what the system's requests to end do to a command that has half a file to take away first."""

import signal

#: What systemd, shutdown and a terminal that closes send.
_REQUESTS = (signal.SIGTERM, signal.SIGHUP)


def end_as_interrupted() -> None:
    """From now on a request to end does what Ctrl-C does; one that whoever began us has us ignore is ignored (nohup)."""
    for request in _REQUESTS:
        if signal.getsignal(request) is signal.SIG_DFL:
            signal.signal(request, signal.default_int_handler)
