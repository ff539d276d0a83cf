"""Keys go into a safe and come back, and nobody erased since comes back with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data import keyring_transfer
from data.keyring import Keyring
from data.keyring_errors import ExportBroken, JournalBroken, KeyringError, KeysForeign, KeysHeld
from data.keyring_transfer import Export, export_keys, import_keys, merge, read_export

PASSPHRASE = "not a real passphrase"


class Given:
    """A used keyring, an export of it, and one value sealed for each person."""

    def __init__(self, folder: Path) -> None:
        self.keys = folder / "keys"
        self.file = folder / "export"
        self.keyring = Keyring.open(self.keys)
        self.keyring.create(["p1", "p2", "p3"])
        self.rows = [(s, "name", self.keyring.seal(s, "name", s)) for s in ("p1", "p2", "p3")]
        self.keyring.erase(["p3"])
        export_keys(self.keyring, self.file, PASSPHRASE)
        self.keyring.erase(["p2"])
        self.keyring.close()

    def export(self) -> Export:
        return read_export(self.file, PASSPHRASE)

    def opened(self) -> list[str | None]:
        keyring = Keyring.open(self.keys)
        found = keyring.open_many(self.rows)
        keyring.close()
        return found


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    monkeypatch.setattr(keyring_transfer, "SCRYPT_N", 2**10)  # the real cost is tried once below
    return Given(tmp_path)


def test_the_real_cost_of_the_passphrase_can_be_borne(tmp_path: Path) -> None:
    keyring = Keyring.open(tmp_path / "keys")
    export_keys(keyring, tmp_path / "export", PASSPHRASE)
    keyring.close()
    assert read_export(tmp_path / "export", PASSPHRASE).persons == {}


def test_an_export_is_private_and_tells_nothing(given: Given) -> None:
    assert given.file.stat().st_mode & 0o077 == 0
    content = given.file.read_bytes()
    secrets = given.export().secrets
    for telling in (b"p1", b"persons", secrets.master, secrets.master.hex().encode()):
        assert telling not in content


def test_a_lost_folder_comes_back_whole(given: Given) -> None:
    shutil.rmtree(given.keys)
    done = import_keys(given.keys, given.export())
    assert (done.added, done.erased, done.aside) == (2, 0, None)
    assert given.opened() == ["p1", "p2", None]  # nobody knows of the second erasure any more


def test_who_was_erased_after_the_export_stays_erased(given: Given) -> None:
    done = import_keys(given.keys, given.export())
    assert (done.added, done.erased) == (0, 1)
    assert given.opened() == ["p1", None, None]


@pytest.mark.parametrize("lost", ["master.key", "index.key", "audit.key", "persons.keys"])
def test_a_damaged_folder_is_moved_aside_and_its_erasures_are_kept(given: Given, lost: str) -> None:
    (given.keys / lost).unlink()
    done = import_keys(given.keys, given.export())
    assert done.aside is not None
    assert (done.aside / "erasures.journal").exists()
    assert given.opened() == ["p1", None, None]


def test_a_folder_made_anew_by_mistake_makes_way(given: Given) -> None:
    shutil.rmtree(given.keys)
    Keyring.open(given.keys).close()  # the app was started before the import
    assert import_keys(given.keys, given.export()).aside is not None
    assert given.opened() == ["p1", "p2", None]


def test_keys_of_another_installation_are_never_replaced(given: Given, tmp_path: Path) -> None:
    other = Keyring.open(tmp_path / "other")
    other.create(["q1"])
    sealed = other.seal("q1", "name", "q1")
    with pytest.raises(KeysForeign):
        merge(other, given.export())
    other.close()
    with pytest.raises(KeysForeign):
        import_keys(tmp_path / "other", given.export())
    other = Keyring.open(tmp_path / "other")
    assert other.open_sealed("q1", "name", sealed) == "q1"
    other.close()


def test_an_export_from_before_a_rotation_still_fits(given: Given) -> None:
    keyring = Keyring.open(given.keys)
    keyring.rotate_master()
    keyring.create(["p4"])
    newer = keyring.seal("p4", "name", "p4")
    assert merge(keyring, given.export()).added == 0
    keyring.close()
    shutil.copy2(given.keys / "erasures.journal", given.file.with_name("journal"))
    shutil.rmtree(given.keys)
    import_keys(given.keys, given.export())
    keyring = Keyring.open(given.keys)
    assert keyring.open_sealed("p4", "name", newer) is None  # made after the export: lost
    assert keyring.state_of("p4") == "unknown"
    keyring.close()


def test_keys_that_are_missing_are_added_to_those_that_are_there(given: Given) -> None:
    keyring = Keyring.open(given.keys)
    keyring.create(["p4"])
    newer = keyring.seal("p4", "name", "p4")
    later = given.file.with_name("later")
    export_keys(keyring, later, PASSPHRASE)
    keyring.close()
    shutil.rmtree(given.keys)
    import_keys(given.keys, given.export())
    assert import_keys(given.keys, read_export(later, PASSPHRASE)).added == 1
    keyring = Keyring.open(given.keys)
    assert keyring.open_sealed("p4", "name", newer) == "p4"
    assert keyring.open_many(given.rows) == ["p1", None, None]  # the later export knows of it
    keyring.close()


def test_a_wrong_passphrase_and_every_damage_are_refused(given: Given, tmp_path: Path) -> None:
    with pytest.raises(ExportBroken):
        read_export(given.file, PASSPHRASE + "!")
    content = given.file.read_bytes()
    damaged = tmp_path / "damaged"
    flipped = bytearray(content)
    flipped[-1] ^= 1
    salted = bytearray(content)
    salted[16] ^= 1
    for bad in (b"", b"PK\3\4", content[:20], content[:-1], bytes(flipped), bytes(salted)):
        damaged.write_bytes(bad)
        with pytest.raises(ExportBroken):
            read_export(damaged, PASSPHRASE)
    with pytest.raises(ExportBroken):
        read_export(tmp_path / "nowhere", PASSPHRASE)
    with pytest.raises(ExportBroken):
        read_export(tmp_path, PASSPHRASE)


def test_a_short_passphrase_or_an_existing_file_is_refused(given: Given, tmp_path: Path) -> None:
    keyring = Keyring.open(given.keys)
    before = given.file.read_bytes()
    for file, passphrase in ((tmp_path / "new", "elevenchars"), (given.file, PASSPHRASE)):
        with pytest.raises(ExportBroken):
            export_keys(keyring, file, passphrase)
    keyring.close()
    assert given.file.read_bytes() == before
    assert not (tmp_path / "new").exists()


def test_an_import_waits_until_nobody_holds_the_keys(given: Given) -> None:
    keyring = Keyring.open(given.keys)
    with pytest.raises(KeysHeld):
        import_keys(given.keys, given.export())
    keyring.close()


def test_an_altered_journal_stops_the_import_and_nothing_is_moved(given: Given) -> None:
    journal = given.keys / "erasures.journal"
    journal.write_bytes(journal.read_bytes().replace(b'"p2"', b'"p7"'))
    with pytest.raises(JournalBroken):
        import_keys(given.keys, given.export())
    assert (given.keys / "master.key").exists()
    with pytest.raises(KeyringError):
        Keyring.open(given.keys)
