"""Finding people by pieces of their names: reach, children, changes, erasure, hostile pieces."""

from __future__ import annotations

import threading

import pytest

from actions.files.name_columns import Block, Facts, Known, NameColumns
from tests.files_stage import TODAY, FilesStage, until

ALL = Block(None, None, 0, 50)


def columns(*names: str) -> NameColumns:
    made = NameColumns()
    made.put(
        Known(Facts(f"p{n:03d}", f"a{n % 2}", f"b{n % 3}"), name, None, None)
        for n, name in enumerate(names)
    )
    return made


# Names, piece, found by number.
PIECES = [
    (("王演禾", "李演松", "王小明"), "王", [0, 2]),
    (("王演禾", "李演松", "王小明"), "演", [0, 1]),
    (("王演禾", "李演松", "王小明"), "小明", [2]),
    (("王演禾", "李演松", "王小明"), "禾李", []),  # not across two names
    (("明明明", "明"), "明明", [0]),  # a name that holds it twice counts once
    (("Ann Lee", "ann"), "ANN", [0, 1]),
    (("Ann Lee",), "nl", [0]),  # spaces do not count
    (("ＡＢＣ",), "abc", [0]),
    (("𠮷野家",), "𠮷", [0]),  # outside the basic plane
    (("王演禾",), "%", []),
    (("王演禾",), "_", []),
    (("王演禾",), "' or 1=1 --", []),
    (("王演禾",), "\n", []),
    (("王演禾",), "", []),
    (("王演禾",), "王演禾王演禾", []),
    ((), "王", []),
]


@pytest.mark.parametrize(("names", "piece", "found"), PIECES)
def test_a_piece_of_a_name_is_found(names, piece, found) -> None:
    hits = columns(*names).find(piece, ALL, TODAY, guarded_too=True)
    assert hits.ids == [f"p{n:03d}" for n in found]
    assert hits.total == len(found)


def test_reach_building_and_block_narrow_the_hits() -> None:
    made = columns(*["王演"] * 12)

    def find(areas, place_id, offset=0, limit=50):
        return made.find("王", Block(areas, place_id, offset, limit), TODAY, guarded_too=True)

    assert find(["a0"], None).total == 6
    assert find([], None).total == 0
    assert find(["elsewhere"], None).total == 0
    assert find(["a0", "a1"], "b1").ids == ["p001", "p004", "p007", "p010"]
    assert find(None, None, 10, 5).ids == ["p010", "p011"]
    made.put([Known(Facts("p999"), "王无网格", None, None)])
    assert find(["a0", "a1"], None).total == 12  # without an area: for the whole community only
    assert find(None, None).total == 13


def test_the_index_is_built_when_asked_and_follows_every_commit(files: FilesStage) -> None:
    person = files.wang()
    index = files.index()
    assert index.search("demo", "演禾", ALL, TODAY).ids == [person]
    assert index.search("other", "演禾", ALL, TODAY).ids == []
    files.record([{"source_id": "登记王", "name": "孙演云"}])
    until(lambda: index.search("demo", "孙演", ALL, TODAY).ids == [person])
    assert index.search("demo", "演禾", ALL, TODAY).total == 0
    assert index.masked("demo", [person], TODAY)[person].name == "孙**"


def test_an_erased_person_leaves_at_once_and_for_good(files: FilesStage) -> None:
    person = files.wang()
    index = files.index()
    index.forget([person])
    assert index.search("demo", "演禾", ALL, TODAY).total == 0
    assert index.masked("demo", [person], TODAY) == {}


def test_children_are_found_by_name_only_by_who_may_open_them(files: FilesStage) -> None:
    child = files.child()
    index = files.index()
    assert index.search("demo", "张演竹", ALL, TODAY).total == 0
    assert index.search("demo", "张演竹", ALL, TODAY, guarded_too=True).ids == [child]
    masked = index.masked("demo", [child], TODAY)[child]
    assert (masked.name, masked.guarded, masked.age) == ("****", True, "0–13")


def test_whoever_asks_first_is_told_that_it_is_being_built(files: FilesStage, monkeypatch) -> None:
    from actions.files.name_index import NameIndex

    files.wang()
    go = threading.Event()
    renew = NameIndex._renew
    monkeypatch.setattr(
        NameIndex, "_renew", lambda self, community: (go.wait(10), renew(self, community))
    )
    files.become("secretary")
    from actions.files.listing import FilesFilter

    assert files.reader().search("王", FilesFilter(), 0) is None
    assert [p.name for p in files.reader().people(FilesFilter(), 0).people] == ["王**"]
    go.set()
    files.index()
    found = files.reader().search("王", FilesFilter(), 0)
    assert found is not None and found.total == 1


def test_a_failed_renewal_is_tried_again(files: FilesStage, monkeypatch) -> None:
    from actions.files.name_index import NameIndex

    files.wang()
    failures = iter([True, False, False, False])
    renew = NameIndex._renew

    def once(self, community):
        if next(failures, False):
            raise OSError("no disk")
        renew(self, community)

    monkeypatch.setattr(NameIndex, "_renew", once)
    assert files.index().search("demo", "王", ALL, TODAY).total == 1
