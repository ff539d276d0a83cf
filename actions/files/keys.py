"""Lends the open keyring to whoever records files of people, and lets only one do so at a time.

Ids, keys and sealed values are made before the writer's unit of work, because a unit may be
replayed and must touch nothing but the store. So what was read to make them must still hold when
the unit runs: everything that writes files of people holds `writing(store)` from reading to commit.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from data.errors import StoreError
from data.keyring import Keyring
from data.store import Store


class KeyringMissing(StoreError):
    """Values about people came in, but no keyring was opened for this store: a fault of set-up."""

    code = "keyring_missing"


_lock = threading.Lock()
_keyrings: WeakKeyDictionary[Store, Keyring] = WeakKeyDictionary()
_writing: WeakKeyDictionary[Store, threading.RLock] = WeakKeyDictionary()


def lend_keyring(store: Store, keyring: Keyring) -> None:
    """Say which keyring seals the values of a store; once, when both are open."""
    with _lock:
        _keyrings[store] = keyring


def keyring_of(store: Store) -> Keyring:
    """Return the keyring of a store.

    Raises:
        KeyringMissing: None was lent.
    """
    with _lock:
        keyring = _keyrings.get(store)
    if keyring is None:
        raise KeyringMissing()
    return keyring


def has_keyring(store: Store) -> bool:
    """Tell whether a keyring was lent to a store."""
    with _lock:
        return store in _keyrings


@contextmanager
def writing(store: Store) -> Iterator[None]:
    """Hold the right to write files of people; waits for whoever has it."""
    with _lock:
        held = _writing.setdefault(store, threading.RLock())
    with held:
        yield


def new_subjects(store: Store, keyring: Keyring, count: int) -> list[str]:
    """Return ids of new subjects that have their keys on disk.

    Should the unit that uses them fail, their keys stay behind, locking nothing.
    """
    if not count:
        return []
    ids: Sequence[str] = store.write(lambda tx: tx.ids(count)).result()
    keyring.create(ids)
    return list(ids)
