"""Records rows of a camera list beside their devices; addresses are sealed on the way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.cameras import secrets
from actions.files.drafts import content_hash
from actions.files.keys import keyring_of, writing
from actions.intake.recorder import RowResult
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.camera_record import CameraRecord
from rules.records import DeviceRecord

Row = dict[str, Any]
_OF_DEVICE = ("source_id", "version", "name_zh", "name_en", "area_id", "place_id", "heading_deg")
_POSITION = ("lon", "lat", "crs", "accuracy_m")


@dataclass(frozen=True, slots=True)
class _Draft:
    state: Row
    sealed: dict[str, str]
    known: bool


def device_of(record: CameraRecord) -> DeviceRecord:
    """Return the device a row of a camera list is about."""
    values = record.model_dump(include={*_OF_DEVICE, *_POSITION})
    return DeviceRecord(kind="camera", **values)


def record_cameras(
    store: Store,
    community_id: str,
    source: str,
    records: Sequence[CameraRecord],
    devices: Sequence[RowResult],
    *,
    actor: str | None = None,
) -> list[RowResult]:
    """Record cameras whose devices were recorded just before; on disk when this returns.

    A row counts whole: of one sent again with other words, all of it. What somebody changed by hand
    stays until the row itself changes.

    Args:
        store: The open store; its keyring was lent by `lend_keyring`.
        community_id: The community they stand in.
        source: Name of the source.
        records: In the order they arrived; of two with one id the later counts.
        devices: What became of the device of each, in the same order.
        actor: Who caused it; "source:<source>" when left out.

    Returns:
        One result per row, in order; refusals of the device without the word that was refused.

    Raises:
        KeyringMissing: No keyring was lent to this store.
    """
    keyring = keyring_of(store)
    stamp = {"actor": actor or f"source:{source}", "community_id": community_id, "source": source}
    with writing(store):
        taken = {d.id: r for r, d in zip(records, devices, strict=True) if d.id is not None}
        rows = store.rows("camera/known", device_ids=list(taken))
        known = {row["device_id"]: row["content_hash"] for row in rows}
        news = {
            device_id: record
            for device_id, record in taken.items()
            if known.get(device_id) != content_hash(keyring, record)
        }
        drafts = [_draft(keyring, i, r, i in known, stamp) for i, r in news.items()]
        if drafts:
            keyring.erase(store.write(lambda tx: _write(tx, drafts)).result())
    return [_result(each, news, known) for each in devices]


def _draft(
    keyring: Keyring, device_id: str, record: CameraRecord, known: bool, stamp: Row
) -> _Draft:
    address = record.read_address()
    secret_id, sealed = secrets.seal_address(keyring, address)
    state = {
        **stamp,
        **record.facts(),
        "event_kind": "changed" if known else "registered",
        "device_id": device_id,
        "scheme": address.scheme,
        "secret_id": secret_id,
        "content_hash": content_hash(keyring, record),
    }
    return _Draft(state, sealed, known)


def _write(tx: Transaction, drafts: Sequence[_Draft]) -> list[str]:
    """Append all records; returns keys of addresses that were replaced."""
    gone: list[str] = []
    for draft in drafts:
        gone += secrets.keep(tx, draft.state["device_id"], draft.state["secret_id"], draft.sealed)
    tx.append("camera", [{**draft.state, "happened_at": tx.now} for draft in drafts])
    return gone


def _result(device: RowResult, news: dict[str, CameraRecord], known: Row) -> RowResult:
    if device.error is not None:
        silent = replace(device.error, message="is not registered in this community")
        unknown = device.error.code == "reference_unknown"
        return replace(device, error=silent) if unknown else device
    if device.id not in news or device.result == "new":
        return device
    return replace(device, result="changed")
