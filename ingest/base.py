"""What every source is: a named, configured, blocking job that hands rows to a sink.

A folder of `ingest/` becomes a source by setting `SOURCE` to its class in `__init__.py`:

    class Tide(Source[TideConfig]):
        name = "tide"
        Config = TideConfig

        def run(self, sink: Sink, stop: threading.Event) -> None:
            while not stop.wait(self.config.poll_s):
                sink.take("cases", parse(fetch()), self.config.community)

    SOURCE = Tide
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from actions.intake.quarantine import QuarantinedRow
    from actions.intake.recording import RowResult
    from data.store import Store
    from rules.records import Record

SourceState = Literal["running", "waiting", "backoff", "failed", "paused", "stopped"]


class SourceConfig(BaseModel):
    """Settings every source has; its own `Config` inherits them.

    They come from the section `[sources.<name>]` of yiping.toml.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    enabled: bool = Field(default=True, description="Start this source with the application.")
    stale_after_s: float | None = Field(
        default=300.0,
        gt=0,
        description="Age of the last good row, seconds, from which the source counts as stale; "
        "none for a source that has no rhythm of its own.",
    )


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What the application lends to every source.

    Attributes:
        store: To read what is already known; rows go in through the sink only.
        var: Data folder of this installation.
        outgoing_networks: Private networks that addresses of the settings may lead to.
        outgoing_ports: Ports such addresses may have beside the usual ones.
    """

    store: Store
    var: Path
    outgoing_networks: tuple[str, ...] = ()
    outgoing_ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source does for one community.

    Attributes:
        community_id: None while the source has not had a row for any community.
        state: running, waiting (nothing to read now), backoff (will retry), failed (needs a
            person), paused (by a person) or stopped.
        good_at: When its last good row was recorded, UTC; kept across restarts.
        age_s: Seconds since `good_at`; None where there never was one.
        accepted: Rows taken since the first start, changed or not.
        quarantined: Rows refused since the first start.
        error: Code of the last failure, None while well.
        stale_after_s: Age from which it counts as stale; None for a source without rhythm.
    """

    source: str
    community_id: str | None
    state: SourceState
    good_at: datetime | None
    age_s: float | None
    accepted: int
    quarantined: int
    error: str | None
    stale_after_s: float | None


class Sink(Protocol):
    """Where a source puts its rows; everything that passes is counted in its health.

    All methods may be called from any thread of the source.
    """

    def take(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> list[RowResult]:
        """Record rows and wait for the durable commit.

        Args:
            kind: A key of `rules.records.RECORDS`.
            records: At most 10,000 rows per call; one call is one item of the writer.
            community_id: Community the rows belong to.
            origin: Whose ids `source_id` are, where one source carries several senders; the
                rows are then recorded as from `<source>:<origin>`.

        Returns:
            One result per row, in order.

        Raises:
            SourceStopped: The source was asked to stop and took too long; give up.
            StoreError: Nothing was recorded; let it pass, the runner starts the source again.
        """

    def offer(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> Future[list[RowResult]]:
        """Like `take` without waiting, so that several batches share one commit."""

    def set_aside(
        self,
        kind: str,
        community_id: str,
        rows: Sequence[QuarantinedRow],
        file: str | None = None,
        *,
        origin: str | None = None,
    ) -> int:
        """Put bad rows into quarantine; returns how many were not there already."""

    def alive(self) -> None:
        """Say that the source is well and has nothing to read now: its state turns to waiting."""


C = TypeVar("C", bound=SourceConfig)


class Source(ABC, Generic[C]):
    """A supervised job. Each start makes a new instance, so a failed run leaves nothing behind.

    Attributes:
        name: Folder name; also the `source` of its rows.
        Config: Model of its settings section.
        opt_in: True where it can do nothing without settings: not there until it has a section.
    """

    name: ClassVar[str]
    Config: ClassVar[type[SourceConfig]] = SourceConfig
    opt_in: ClassVar[bool] = False

    def __init__(self, config: C, context: SourceContext) -> None:
        self.config = config
        self.context = context

    @abstractmethod
    def run(self, sink: Sink, stop: Event) -> None:
        """Read and hand over rows until `stop` is set; return promptly (5 s) then.

        Returning early means done: the source stays waiting and is not started again.

        Raises:
            SourceError: Cannot go on; the runner backs off (jittered, to 60 s) and starts anew.
            SourceMisconfigured: Cannot ever go on with these settings; it stays failed.
        """


class ReceivingSource(Source[C]):
    """A passive source: other software hands it bodies over the web while it runs."""

    @abstractmethod
    def receive(self, body: bytes, community_id: str, sender: str) -> Future[list[RowResult]]:
        """Read one body and record its rows; called from any thread.

        Args:
            body: As received, at most 16 MB.
            community_id: The one community the sender's key opens.
            sender: Public part of that key: whose ids the rows carry.

        Returns:
            One result per row, in order, once they are on disk.

        Raises:
            BodyRefused: It cannot be read as a whole; nothing was recorded.
            IntakeClosed: The source does not run now.
        """
