"""What is sealed under a person's key opens for nobody else and never after erasure."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.keyring import Keyring
from data.keyring_errors import SealBroken, SubjectErased, SubjectUnknown


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def keyring(folder: Path) -> Iterator[Keyring]:
    opened = Keyring.open(folder)
    opened.create(["p1", "p2"])
    yield opened
    opened.close()


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


@pytest.mark.parametrize("text", ["", "虚构居民甲", "\0\n\U0001f600", "x" * 100_000, "\ud800"])
def test_what_is_sealed_opens_as_it_was(keyring: Keyring, text: str) -> None:
    assert keyring.open_sealed("p1", "name", keyring.seal("p1", "name", text)) == text


def test_the_same_text_is_sealed_differently_each_time(keyring: Keyring) -> None:
    assert keyring.seal("p1", "name", "甲") != keyring.seal("p1", "name", "甲")


def test_many_rows_keep_their_order_and_their_owners(keyring: Keyring) -> None:
    rows = [("p1", "name", "甲"), ("p2", "name", "乙"), ("p1", "phone", "丙"), ("p1", "name", "丁")]
    sealed = keyring.seal_many(rows)
    found = [(s, f, text) for (s, f, _), text in zip(rows, sealed, strict=True)]
    assert keyring.open_many(found) == ["甲", "乙", "丙", "丁"]
    assert keyring.open_many([]) == keyring.seal_many([]) == []


def test_a_sealed_text_moved_to_another_person_or_field_is_refused(keyring: Keyring) -> None:
    sealed = keyring.seal("p1", "name", "甲")
    for subject_id, field in (("p2", "name"), ("p1", "phone")):
        with pytest.raises(SealBroken) as refused:
            keyring.open_sealed(subject_id, field, sealed)
        assert refused.value.fields == {"subject_id": subject_id, "field": field}


def test_every_single_altered_byte_is_noticed(keyring: Keyring) -> None:
    raw = base64.b64decode(keyring.seal("p1", "name", "甲"))
    for place in range(len(raw)):
        altered = bytearray(raw)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            keyring.open_sealed("p1", "name", base64.b64encode(altered).decode())


@pytest.mark.parametrize("sealed", ["", "AQ==", "not base64!", "甲", "A" * 1_000, "AQ" * 30])
def test_what_was_never_sealed_is_refused(keyring: Keyring, sealed: str) -> None:
    with pytest.raises(SealBroken):
        keyring.open_sealed("p1", "name", sealed)


def test_id_and_field_cannot_be_shifted_against_each_other(keyring: Keyring) -> None:
    keyring.create(["a", "a|b"])
    sealed = keyring.seal("a", "b|c", "甲")
    with pytest.raises(SealBroken):
        keyring.open_sealed("a|b", "c", sealed)


def test_creating_again_keeps_the_key(keyring: Keyring, folder: Path) -> None:
    sealed = keyring.seal("p1", "name", "甲")
    keyring.create(["p1", "p3", "p3"])
    keyring.close()
    again = Keyring.open(folder)
    assert again.open_sealed("p1", "name", sealed) == "甲"
    assert again.count() == 3
    again.close()


def test_a_person_without_a_key_is_told_from_an_erased_one(keyring: Keyring) -> None:
    keyring.erase(["p1"])
    with pytest.raises(SubjectErased):
        keyring.seal("p1", "name", "甲")
    with pytest.raises(SubjectUnknown):
        keyring.seal("nobody", "name", "甲")
    assert keyring.open_sealed("nobody", "name", "AQ==") is None
    states = [keyring.state_of(subject_id) for subject_id in ("p1", "p2", "nobody")]
    assert states == ["erased", "known", "unknown"]


def test_an_erased_person_is_unreadable_for_good(keyring: Keyring, folder: Path) -> None:
    sealed = keyring.seal("p1", "name", "甲")
    kept = keyring.seal("p2", "name", "乙")
    keyring.erase(["p1", "never had one"])
    rows = [("p1", "name", sealed), ("p2", "name", kept)]
    assert keyring.open_many(rows) == [None, "乙"]
    assert keyring.erased() == {"p1", "never had one"}
    for subject_id in keyring.erased():
        with pytest.raises(SubjectErased):
            keyring.create(["p9", subject_id])
    assert keyring.state_of("p9") == "unknown"  # all or nobody
    keyring.close()
    again = Keyring.open(folder)
    assert again.open_many(rows) == [None, "乙"]
    again.close()


def test_nothing_of_a_destroyed_key_stays_in_the_folder(keyring: Keyring, folder: Path) -> None:
    keyring.create(f"n{i}" for i in range(500))  # so that pages and rollback journal have others
    wrapped = keyring.secrets()[1]
    keyring.erase([f"n{i}" for i in range(0, 500, 2)])
    keyring.erase(["n1", "n499"])
    gone = [wrapped[s] for s in keyring.erased()]
    content = bytes_of(folder)
    assert wrapped["n3"] in content  # the search can find
    assert not [key for key in gone if key in content or key[12:] in content]


def test_after_a_rotation_everything_opens_and_nothing_wrapped_before_is_left(
    keyring: Keyring, folder: Path
) -> None:
    sealed = keyring.seal("p1", "name", "甲")
    old_secrets, old_wrapped = keyring.secrets()
    old_id = keyring.master_id()
    assert keyring.rotate_master() == keyring.master_id() != old_id
    assert keyring.open_sealed("p1", "name", sealed) == "甲"
    content = bytes_of(folder)
    assert old_secrets.master.hex().encode() not in content
    assert not [key for key in old_wrapped.values() if key in content]
    keyring.close()
    again = Keyring.open(folder)
    assert again.open_sealed("p1", "name", sealed) == "甲"
    again.close()


def test_the_index_ignores_width_case_and_outer_spaces_and_keeps_fields_apart(
    keyring: Keyring, tmp_path: Path
) -> None:
    same = {keyring.index("id_number", text) for text in ("11x", " 11X ", "１１Ｘ", "11X\u3000")}
    assert len(same) == 1
    assert keyring.index("phone", "11x") not in same
    assert keyring.index("id_number", "11y") not in same
    assert len(same.pop()) == 64
    other = Keyring.open(tmp_path / "other")
    assert other.index("phone", "11x") != keyring.index("phone", "11x")
    other.close()


def test_sealing_creating_erasing_and_rotating_go_on_side_by_side(keyring: Keyring) -> None:
    ids = [f"t{i}" for i in range(60)]
    keyring.create(ids)
    rows = [(s, "name", keyring.seal(s, "name", s)) for s in ids]
    faults: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                for (subject_id, _, _), text in zip(rows, keyring.open_many(rows), strict=True):
                    assert text in (subject_id, None)
        except BaseException as fault:
            faults.append(fault)
            raise

    readers = [threading.Thread(target=read) for _ in range(4)]
    for thread in readers:
        thread.start()
    for number in range(10):
        keyring.rotate_master()
        keyring.create([f"new{number}"])
        keyring.erase([ids[number]])
    for thread in readers:
        thread.join()
    assert not faults
    assert keyring.open_many(rows)[10:] == ids[10:]
    assert keyring.open_many(rows)[:10] == [None] * 10
