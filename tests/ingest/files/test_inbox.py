"""The drop folder: what is taken when, where it goes, and what is never touched."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest

from actions.intake.recording import record, record_community, set_aside
from ingest.base import SourceContext
from ingest.errors import SourceMisconfigured, SourceStopped
from ingest.files import SOURCE, inbox
from ingest.files.config import FilesConfig
from ingest.files.failures import FileChanged
from ingest.files.inbox import FilesSource
from rules.records import CommunityRecord

HEADER = "编号,类别,上报时间,标题\n"
GOOD = HEADER + "1,噪声,2024-05-01,x\n2,停水,2024-05-01,y\n"
NAME = "cases__cases__五月.csv"


class _Sink:
    """Records into the store as the runner's sink does."""

    def __init__(self, store) -> None:
        self.store = store
        self.offered: list[int] = []
        self.rests = 0

    def offer(self, kind, records, community_id, *, origin=None) -> Future:
        self.offered.append(len(records))
        return record(self.store, kind, community_id, f"files:{origin}", records)

    def set_aside(self, kind, community_id, rows, file=None, *, origin=None) -> int:
        return set_aside(self.store, community_id, f"files:{origin}", kind, file, rows).result()

    def alive(self) -> None:
        self.rests += 1


class _Desk:
    """A source with its inbox, a clock to turn by hand, and a sink."""

    def __init__(self, store, var) -> None:
        self.now_s = 0.0
        self.store = store
        self.var = var
        self.folder = var / "inbox" / "demo"
        self.folder.mkdir(parents=True)
        self.sink = _Sink(store)
        self.stop = threading.Event()
        self.restart()

    def restart(self) -> None:
        context = SourceContext(self.store, self.var)
        self.source = FilesSource(FilesConfig(quiet_s=3), context, lambda: self.now_s)

    def look(self, after_s: float = 0.0) -> None:
        self.now_s += after_s
        self.source.look(self.sink, self.stop)

    def settle(self) -> None:
        self.look()
        self.look(after_s=3)

    def names(self, sub: str = "") -> list[str]:
        folder = self.folder / sub
        return sorted(p.name for p in folder.iterdir() if p.is_file()) if folder.exists() else []

    def cases(self) -> list[str]:
        found = self.store.cursor().execute("select source_id from case_now").fetchall()
        return sorted(row[0] for row in found)

    def events(self) -> int:
        return self.store.cursor().execute("select count(*) from case_event").fetchall()[0][0]


@pytest.fixture
def desk(store, tmp_path):
    record_community(store, CommunityRecord(community_id="demo", name_zh="示例")).result()
    return _Desk(store, tmp_path / "var")


def test_a_dropped_file_is_taken_once_it_is_quiet_and_moves_to_done(desk):
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
    desk.look()
    desk.look(after_s=2.9)
    assert (desk.cases(), desk.names()) == ([], [NAME])
    desk.look(after_s=0.1)
    assert desk.cases() == ["1", "2"]
    assert (desk.names(), desk.names("done"), desk.names("failed")) == ([], [NAME], [])


def test_a_file_still_being_written_is_left_alone(desk):
    path = desk.folder / NAME
    path.write_text(HEADER, encoding="utf-8")
    for n in range(5):
        desk.look(after_s=2)
        with path.open("a", encoding="utf-8") as growing:
            growing.write(f"{n},噪声,2024-05-01,x\n")
    desk.look(after_s=2)
    assert desk.cases() == []
    desk.look(after_s=3)
    assert desk.cases() == ["0", "1", "2", "3", "4"]


def test_a_file_that_grew_while_it_was_read_is_no_failure_and_is_read_again(desk, monkeypatch):
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
    plain, grown = inbox.take_file, []

    def take_while_growing(reading, *arguments, **options):
        if not grown:
            grown.append(True)
            raise FileChanged(file=NAME)
        plain(reading, *arguments, **options)

    monkeypatch.setattr(inbox, "take_file", take_while_growing)
    desk.settle()
    assert (desk.names(), desk.names("failed")) == ([NAME], [])
    desk.settle()
    assert (desk.cases(), desk.names("done")) == (["1", "2"], [NAME])


@pytest.mark.parametrize(
    "name", [".hidden.csv", "~$cases__cases__a.xlsx", "cases__cases__a.csv.part", "a.crdownload"]
)
def test_unfinished_and_hidden_files_are_not_seen(desk, name):
    (desk.folder / name).write_text(GOOD, encoding="utf-8")
    desk.settle()
    assert (desk.names(), desk.sink.offered) == ([name], [])


# File name, content, code in the text beside it.
FAILING = [
    (NAME, "nothing,of,use\n1,2,3\n", "columns_missing"),
    (NAME, b"\x89PNG\r\n\x1a\n", "file_not_table"),
    (NAME, "", "file_not_table"),
    ("五月.csv", GOOD, "inbox_name_unknown"),
    ("cases__boston312__a.csv", GOOD, "mapping_unknown"),
    ("places__cases__a.csv", GOOD, "mapping_kind_differs"),
    ("cases__..__a.csv", GOOD, "mapping_unknown"),
]


@pytest.mark.parametrize(("name", "content", "code"), FAILING)
def test_a_file_that_cannot_be_read_moves_to_failed_with_its_reason(desk, name, content, code):
    data = content if isinstance(content, bytes) else content.encode()
    (desk.folder / name).write_bytes(data)
    desk.settle()
    assert desk.names() == []
    assert desk.names("failed") == sorted([name, name + ".error.txt"])
    reason = (desk.folder / "failed" / (name + ".error.txt")).read_text(encoding="utf-8")
    assert reason.startswith(code)


def test_one_bad_file_does_not_keep_the_next_from_being_taken(desk):
    (desk.folder / "a.csv").write_text("x", encoding="utf-8")
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
    desk.settle()
    assert desk.cases() == ["1", "2"]


def test_bad_rows_are_listed_with_their_row_and_the_rest_is_taken(desk):
    (desk.folder / NAME).write_text(GOOD + "3,停水\n4,停水,昨天,z\n", encoding="utf-8")
    desk.settle()
    assert desk.cases() == ["1", "2"]
    listed = desk.store.rows("quarantine/listing", community_id="demo", source=None, since=None)
    assert [(row["file"], row["row_number"], row["code"]) for row in listed] == [
        (NAME, 4, "row_ragged"),
        (NAME, 5, "field_invalid"),
    ]


def test_a_folder_of_no_registered_community_fills_nothing(desk):
    folder = desk.var / "inbox" / "tpyo"
    folder.mkdir()
    (folder / NAME).write_text(GOOD, encoding="utf-8")
    desk.settle()
    assert desk.cases() == []
    assert (folder / "failed" / (NAME + ".error.txt")).read_text().startswith("community_unknown")


def test_links_lead_nowhere(desk, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / NAME).write_text(GOOD, encoding="utf-8")
    (desk.folder / NAME).symlink_to(secret / NAME)
    (desk.var / "inbox" / "linked").symlink_to(secret, target_is_directory=True)
    desk.settle()
    assert (desk.cases(), desk.sink.offered) == ([], [])
    assert (secret / NAME).exists()


def test_a_linked_done_folder_is_not_written_through(desk, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (desk.folder / "done").symlink_to(elsewhere, target_is_directory=True)
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
    desk.look()
    with pytest.raises(SourceMisconfigured):
        desk.look(after_s=3)
    assert list(elsewhere.iterdir()) == []
    assert desk.names() == [NAME]


def test_the_same_file_name_again_keeps_the_earlier_file(desk):
    for _ in range(3):
        (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
        desk.settle()
    assert len(desk.names("done")) == 3
    assert desk.events() == 2


def test_a_crash_between_rows_and_move_changes_nothing_at_the_next_start(desk, monkeypatch):
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")

    def crash(path, folder_name):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "_move", crash)
        desk.look()
        with pytest.raises(KeyboardInterrupt):
            desk.look(after_s=3)
    assert (desk.cases(), desk.events()) == (["1", "2"], 2)
    desk.restart()
    desk.settle()
    assert (desk.names(), desk.names("done"), desk.events()) == ([], [NAME], 2)


def test_what_nobody_foresaw_puts_the_file_aside_and_is_still_raised(desk, monkeypatch):
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")

    def surprise(*arguments, **options):
        raise ZeroDivisionError

    monkeypatch.setattr(inbox, "take_file", surprise)
    desk.look()
    with pytest.raises(ZeroDivisionError):
        desk.look(after_s=3)
    assert desk.names("failed") == [NAME, NAME + ".error.txt"]


def test_a_stop_in_the_middle_leaves_the_file_for_the_next_start(desk):
    (desk.folder / NAME).write_text(GOOD, encoding="utf-8")
    desk.look()
    desk.stop.set()
    with pytest.raises(SourceStopped):
        desk.look(after_s=3)
    assert desk.names() == [NAME]


@pytest.mark.parametrize("watched", [True, False])
def test_the_source_runs_until_it_is_told_to_stop(desk, monkeypatch, watched):
    if not watched:

        def unwatchable(*arguments, **options):
            raise OSError("too many watches")

        monkeypatch.setattr(inbox, "watch", unwatchable)
    config = FilesConfig(quiet_s=0, scan_every_s=0.1)
    source = FilesSource(config, SourceContext(desk.store, desk.var))
    thread = threading.Thread(target=source.run, args=(desk.sink, desk.stop))
    thread.start()
    temporary = desk.folder / ".writing"
    temporary.write_text(GOOD, encoding="utf-8")
    temporary.rename(desk.folder / NAME)
    deadline = threading.Event()
    for _ in range(200):
        if desk.names("done"):
            break
        deadline.wait(0.05)
    desk.stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert desk.cases() == ["1", "2"]
    assert desk.sink.rests > 0


def test_the_folder_is_a_source():
    assert SOURCE is FilesSource
    assert SOURCE.name == "files"
