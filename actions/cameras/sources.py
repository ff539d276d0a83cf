"""Tells the hub where the pictures of every registered camera come from."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from actions.cameras.secrets import open_all
from cameras.model import CameraSource, SourceKind
from data.keyring import Keyring
from data.store import Store
from data.writer import Commit

FILMS = "films"  # folder below <var> that cameras of kind "file" play from
_NOUNS = frozenset({"camera", "device", "community"})


def camera_sources(
    store: Store,
    keyring: Keyring,
    films: Path,
    networks: tuple[str, ...] = (),
    ports: tuple[int, ...] = (),
) -> dict[str, CameraSource]:
    """Return the sources of all cameras in use, by device id; some milliseconds for 500.

    A camera without a record has no source, unless it stands in a demo community: then it is of
    kind "demo" and its `url` is the id its register gave it, e.g. camera-017, the same in every
    installation. A record whose key is lost has an empty `url`, which no source accepts.

    Args:
        store: The open store.
        keyring: Its keyring.
        films: Folder that cameras of kind "file" play from: `<var>/films`.
        networks: The setting `outgoing_networks`.
        ports: The setting `outgoing_ports`.
    """
    secrets = open_all(store, keyring)
    found = {}
    for row in store.rows("camera/sources"):
        camera_id, kind = row["device_id"], row["kind"] or "demo"
        clear = secrets.get(row["secret_id"] or "", {})
        url = row["source_id"] if kind == "demo" else clear.get("address", "")
        if kind == "file" and url:
            url = str(films / url)
        found[camera_id] = CameraSource(
            camera_id,
            cast(SourceKind, kind),
            url,
            clear.get("user", ""),
            clear.get("password", ""),
            networks,
            ports,
        )
    return found


def touches_sources(commit: Commit) -> bool:
    """Tell whether a commit may have changed what `camera_sources` returns.

    Ask it in a listener of `Store.on_commit`, which runs on the writer's thread: only set a flag or
    wake a loop there.
    """
    return any(noun in _NOUNS for noun, _ in commit.touched)
