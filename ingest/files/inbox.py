"""The source `files`: reads what is dropped into `<var>/inbox/<community>/`.

A file is named `<kind>__<mapping>__<anything>.<ending>`. It is left alone until it has stopped
changing, stays in place until all its rows are on disk, and moves to `done/` then, or to `failed/`
with a text beside it that says why. Reading one again after a crash changes nothing.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchfiles import watch

from actions.intake.quarantine import QuarantinedRow
from actions.intake.recording import RowResult
from data.errors import StoreError
from ingest.base import Sink, Source, SourceContext
from ingest.errors import SourceError, SourceMisconfigured, SourceStopped
from ingest.files.batches import Reading
from ingest.files.config import FilesConfig
from ingest.files.failures import (
    CommunityUnknown,
    FileChanged,
    FileUnexpected,
    InboxNameUnknown,
    KindDiffers,
    describe,
)
from ingest.files.mapping import Mapping
from ingest.files.mapping_files import load_mapping
from ingest.files.taking import Counts, take_file
from rules.records import Record

log = logging.getLogger(__name__)

DONE, FAILED = "done", "failed"
# What programs and file shares put beside or in place of a file they are still writing.
UNFINISHED_SUFFIXES = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp")
UNFINISHED_PREFIXES = (".", "~$", "_tmp")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in an inbox and how it looked."""

    path: Path
    community_id: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _SinkTaker:
    """Hands the rows of one file to the source's sink."""

    sink: Sink
    mapping: Mapping
    community_id: str

    def offer(self, records: Sequence[Record]) -> Future[list[RowResult]]:
        return self.sink.offer(
            self.mapping.kind, records, self.community_id, origin=self.mapping.source
        )

    def set_aside(self, rows: Sequence[QuarantinedRow], file: str) -> None:
        self.sink.set_aside(
            self.mapping.kind, self.community_id, rows, file, origin=self.mapping.source
        )


class FilesSource(Source[FilesConfig]):
    """Watches the inboxes of all communities."""

    name = "files"
    Config = FilesConfig

    def __init__(
        self,
        config: FilesConfig,
        context: SourceContext,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(config, context)
        self._now_s = now_s
        self._quiet_since: dict[Dropped, float] = {}

    @property
    def inbox(self) -> Path:
        """The folder with one sub-folder per community."""
        return self.context.var / "inbox"

    def run(self, sink: Sink, stop: Event) -> None:
        """Look at the inboxes until `stop`, at once when something changes in them."""
        self.inbox.mkdir(parents=True, exist_ok=True)
        for _ in self._wakes(stop):
            if stop.is_set():
                return
            self.look(sink, stop)
            sink.alive()

    def look(self, sink: Sink, stop: Event) -> None:
        """Take every file that has been quiet for long enough, oldest first."""
        dropped = sorted(dropped_files(self.inbox), key=lambda file: (file.mtime_ns, file.path))
        now_s = self._now_s()
        self._quiet_since = {file: self._quiet_since.get(file, now_s) for file in dropped}
        for file in dropped:
            if now_s - self._quiet_since[file] >= self.config.quiet_s:
                self._take(file, sink, stop)

    def _wakes(self, stop: Event) -> Iterator[object]:
        pause_ms = int(self.config.scan_every_s * 1000)
        try:
            yield from watch(
                self.inbox,
                stop_event=stop,
                rust_timeout=pause_ms,
                yield_on_timeout=True,
                raise_interrupt=False,
            )
        except (OSError, RuntimeError) as error:
            # Some shares and containers report no changes; looking now and then still works.
            log.warning("watching %s is not possible (%s), scanning instead", self.inbox, error)
        while not stop.wait(self.config.scan_every_s):
            yield None

    def _take(self, file: Dropped, sink: Sink, stop: Event) -> None:
        counts = Counts()
        try:
            mapping = mapping_of(file.path.name, self.context.var)
            if not self.context.store.rows("community/facts", community_id=file.community_id):
                raise CommunityUnknown(community=file.community_id)
            reading = Reading(file.path, mapping, self.config.limits, follow_links=False)
            take_file(reading, _SinkTaker(sink, mapping, file.community_id), counts, stop=stop)
        except FileChanged:
            return  # still being written after all; it is taken once it is quiet again
        except (SourceStopped, StoreError, TimeoutError):
            raise
        except SourceError as failure:
            self._fail(file, failure, counts)
        except Exception:
            # Out of the way, or the same file would stop all others at every new start.
            self._fail(file, FileUnexpected(file=file.path.name), counts)
            raise
        else:
            log.info("%s: %s", file.path.name, counts)
            if reading.forbidden:
                log.warning("%s: never read: %s", file.path.name, ", ".join(reading.forbidden))
            _move(file.path, DONE)

    def _fail(self, file: Dropped, failure: SourceError, counts: Counts) -> None:
        log.warning("%s: %s", file.path.name, describe(failure))
        moved = _move(file.path, FAILED)
        taken = counts.read - counts.quarantined
        text = f"{describe(failure)}\nRows taken before: {taken}, set aside: {counts.quarantined}\n"
        moved.with_name(moved.name + ".error.txt").write_text(text, encoding="utf-8")


def dropped_files(inbox: Path) -> Iterator[Dropped]:
    """List the regular files in the community folders; links and unfinished files are not seen."""
    for folder in os.scandir(inbox):
        if not folder.is_dir(follow_symlinks=False) or folder.name.startswith("."):
            continue
        for entry in os.scandir(folder):
            name = entry.name.lower()
            if name.startswith(UNFINISHED_PREFIXES) or name.endswith(UNFINISHED_SUFFIXES):
                continue
            try:
                if entry.is_file(follow_symlinks=False):
                    state = entry.stat(follow_symlinks=False)
                    yield Dropped(Path(entry.path), folder.name, state.st_size, state.st_mtime_ns)
            except FileNotFoundError:
                continue  # moved away since the folder was listed


def mapping_of(file_name: str, var: Path) -> Mapping:
    """Find the mapping a dropped file's name asks for.

    Raises:
        InboxNameUnknown: The name is not `<kind>__<mapping>__<anything>`.
        KindDiffers: The mapping is for another kind.
        MappingUnknown, MappingInvalid: See `load_mapping`.
    """
    parts = file_name.split("__", 2)
    if len(parts) != 3:
        raise InboxNameUnknown(file=file_name, form="<kind>__<mapping>__<anything>.csv")
    kind, name = parts[0], parts[1]
    mapping = load_mapping(name, var)
    if mapping.kind != kind:
        raise KindDiffers(file=file_name, mapping=name, kind=mapping.kind)
    return mapping


def _move(path: Path, folder_name: str) -> Path:
    """Move a file into a sub-folder of its inbox; an earlier file of that name is kept too."""
    folder = path.parent / folder_name
    if folder.is_symlink():
        raise SourceMisconfigured(folder=str(folder), reason="is a symbolic link")
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    count = 1
    while target.exists() or target.is_symlink():
        count += 1
        target = folder / f"{path.stem}-{count}{path.suffix}"
    return path.rename(target)
