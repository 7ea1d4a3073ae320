"""Single keys from a terminal, and a clock that keeps running while the computer sleeps."""

import os
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Protocol

Clock = Callable[[], float]
ESCAPE = b"\x1b"
MOST_AHEAD = 64
"""Bytes typed ahead that are read in one go."""


def can_read_keys() -> bool:
    """Whether single keys can be read here: from a terminal, on a system that has them."""
    return sys.stdin.isatty() and find_spec("termios") is not None


class Keys(Protocol):
    """Something that a person presses keys on."""

    def within(self, seconds: float) -> str | None:
        """The next key, or None when so many seconds go by without one.

        Raises:
            EOFError: when no key can ever come.
        """


@dataclass(slots=True)
class Terminal:
    """Keys from a terminal, each as it is pressed. Enter is a line feed; Ctrl-C interrupts as ever."""

    handle: int
    _waiting: str = ""

    def within(self, seconds: float) -> str | None:
        """The next key, or None when so many seconds go by without one. Arrows and the like are no keys here."""
        import termios
        import tty

        if not self._waiting:
            # Set each time: a shell may have changed it while this was suspended.
            tty.setcbreak(self.handle, termios.TCSANOW)
            ready, _, _ = select.select([self.handle], [], [], max(seconds, 0.0))
            if not ready:
                return None
            pressed = os.read(self.handle, MOST_AHEAD)
            if not pressed:
                raise EOFError
            self._waiting = "" if pressed.startswith(ESCAPE) else pressed.decode("utf-8", "replace").lower()
        key, self._waiting = self._waiting[:1], self._waiting[1:]
        return key or None


@contextmanager
def terminal_keys(handle: int) -> Iterator[Terminal]:
    """Keys from a terminal that is put back as it was afterwards, whatever happens."""
    import termios

    before = termios.tcgetattr(handle)
    try:
        yield Terminal(handle)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


@dataclass(slots=True)
class Stopwatch:
    """Seconds since the start by the wall clock, sleep and suspension included.

    Monotonic clocks stand still while a computer sleeps; a locked muscle does not. Where the wall clock is set
    back meanwhile, the time that was already counted stays counted.
    """

    clock: Clock = time.time
    _start: float = field(init=False)
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._start = self._last = self.clock()

    def seconds(self) -> float:
        """Seconds since the start."""
        now = self.clock()
        if now < self._last:
            self._start -= self._last - now
        self._last = now
        return now - self._start


def minutes(seconds: float) -> str:
    """Minutes and seconds as a clock shows them.

    >>> minutes(605.9)
    '10:05'
    """
    whole = int(max(seconds, 0))
    return f"{whole // 60}:{whole % 60:02d}"
