"""What can go wrong with a source as a whole; a single bad row is a RowRejected instead."""

from __future__ import annotations


class SourceError(Exception):
    """A source cannot go on now; the runner backs off and starts it again.

    Attributes:
        code: Stable snake_case code shown in health and, worded, on the wall.
        fields: The values the code's sentence needs; never a secret.
    """

    code = "source_error"

    def __init__(self, code: str | None = None, **fields: object) -> None:
        self.code = code or type(self).code
        self.fields = fields
        super().__init__(f"{self.code}: {fields}" if fields else self.code)


class SourceUnreachable(SourceError):
    """The other side does not answer; waiting may help."""

    code = "source_unreachable"


class SourceMisconfigured(SourceError):
    """The settings of a source cannot work; it stays stopped until they are changed."""

    code = "source_misconfigured"


class SourceBroken(SourceError):
    """The folder of a source does not load; it stays stopped until the program is repaired."""

    code = "source_broken"


class SourceStopped(SourceError):
    """Rows were handed over after the stop; the caller keeps them and gives up."""

    code = "source_stopped"
