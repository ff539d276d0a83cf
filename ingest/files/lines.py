"""Lines of a text stream, bounded in length, that can be handed back after a broken quote."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TextIO


class LineTooLong(Exception):
    """A line exceeds the limit; the rest of it has been skipped.

    Attributes:
        start: The first characters of the line.
    """

    def __init__(self, start: str) -> None:
        self.start = start
        super().__init__("line too long")


class RowTooLong(Exception):
    """One row asks for more lines or characters than a row may span."""


class Lines(Iterator[str]):
    """Feeds a csv reader and remembers which lines the current row has taken.

    Attributes:
        taken: Lines handed out since `begin_row`.
        ended: True once the stream ended inside the current row, so a quote never closed.
    """

    def __init__(self, stream: TextIO, line_chars: int, record_lines: int) -> None:
        self._stream = stream
        self._line_chars = line_chars
        self._record_lines = record_lines
        self._returned: deque[str | LineTooLong] = deque()
        self._chars = 0
        self.taken: list[str] = []
        self.ended = False

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken.clear()
        self._chars = 0
        self.ended = False

    def __next__(self) -> str:
        if self.taken and (len(self.taken) >= self._record_lines or self._chars > self._line_chars):
            raise RowTooLong
        line = self._returned.popleft() if self._returned else self._read()
        if isinstance(line, LineTooLong):
            if not self.taken:
                raise line
            self._returned.appendleft(line)
            raise RowTooLong
        if not line:
            self.ended = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        self._chars += len(line)
        return line

    def give_back(self) -> str:
        """Put back all lines of the current row but its first, which is returned."""
        first, *others = self.taken
        self._returned.extendleft(reversed(others))
        return first

    def _read(self) -> str | LineTooLong:
        line = self._stream.readline(self._line_chars + 1)
        if len(line) <= self._line_chars or line.endswith("\n"):
            return line
        while rest := self._stream.readline(self._line_chars):
            if rest.endswith(("\n", "\r")):
                break
        return LineTooLong(line[:2_000])
