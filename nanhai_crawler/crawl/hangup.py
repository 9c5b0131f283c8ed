"""SIGHUP, which a terminal sends as it closes: a crawl ends by it as by SIGTERM, with the pages in flight and a report."""

import os
import signal
from types import FrameType


def heed_hangup() -> None:
    """The first SIGHUP from here on is a SIGTERM; under nohup, which has it ignored, none is."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        # Asked now: a terminal that is closed does not say any more that it is one.
        signal.signal(signal.SIGHUP, _Hangup([number for number in range(3) if os.isatty(number)]))


class _Hangup:
    """What is done then; ``shown`` are the descriptors that lead to the terminal."""

    def __init__(self, shown: list[int]) -> None:
        self._shown = shown

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        # The shell and the system may each send one for the same terminal: the second is no order to stop at once.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in self._shown:
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
        signal.raise_signal(signal.SIGTERM)
