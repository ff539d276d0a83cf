"""A small community to set up: a boundary of a square kilometre, two admins, another community."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from actions.intake.recording import record_community
from actions.setup.areas import AreaDraft, save_area
from actions.setup.objects import ObjectDraft, ObjectNoun, save_object
from actions.setup.step import SetupDesk
from actions.setup.undo import last_changes
from actions.vault import Vault
from data.store import Store
from rules.records import CommunityRecord
from rules.viewer import Viewer

LON, LAT = 113.4, 33.3
METRE_LON, METRE_LAT = 1 / 93_050, 1 / 111_195  # degrees, at this latitude

Ring = list[list[float]]


class Stage:
    """One community `t` with its desks.

    Attributes:
        desk: Of the first admin.
        other: Of a second one, in the same community.
        abroad: Of somebody in another community.
    """

    def __init__(self, store: Store, vault: Vault, centred: bool = True) -> None:
        self.store, self.vault = store, vault
        centre = {"lon": LON, "lat": LAT} if centred else {}
        for community_id in ("t", "u"):
            record_community(
                store,
                CommunityRecord.model_validate(
                    {"community_id": community_id, "name_zh": "试点社区", **centre}
                ),
            ).result()
        self.desk = self.desk_of("admin-1", "t")
        self.other = self.desk_of("admin-2", "t")
        self.abroad = self.desk_of("admin-3", "u")

    def desk_of(self, account_id: str, community_id: str) -> SetupDesk:
        """The desk of an account."""
        viewer = Viewer("account", account_id, "admin", frozenset({community_id}))
        return SetupDesk(self.store, self.vault.audit, viewer, community_id)

    def state(self, noun: str, object_id: str) -> dict[str, Any]:
        """The whole current state of an object."""
        rows = self.store.rows(
            f"setup/state_{noun}", community_id="t", object_id=object_id, event_id=None
        )
        found: dict[str, Any] = rows[0]
        return found

    def version(self, noun: str, object_id: str) -> str:
        """The event an object is read at now."""
        return str(self.state(noun, object_id)["event_id"])

    def area(self, level: str, ring: Ring | None, area_id: str | None = None, **more: Any) -> str:
        """Save an area through the first desk; a known one at its current version."""
        values = {"name_zh": more.pop("name_zh", f"{level}一"), **more.pop("values", {})}
        version = self.version("area", area_id) if area_id else ""
        draft = AreaDraft(values, area_id, more.pop("version", version), level, ring, **more)
        return save_area(self.desk, draft)

    def place(
        self,
        noun: ObjectNoun,
        kind: str,
        at: tuple[float, float] | None,
        object_id: str | None = None,
        **values: Any,
    ) -> str:
        """Save a place or device so many metres east and north of the centre."""
        position = None if at is None else list(spot(*at))
        version = self.version(noun, object_id) if object_id else ""
        facts = {"kind": kind, "name_zh": "某处", **values}
        return save_object(self.desk, ObjectDraft(noun, facts, object_id, version, position))

    def last_change(self) -> dict[str, Any]:
        """The newest step."""
        return last_changes(self.desk)[0]

    def audited(self) -> list[str]:
        """Actions of the audit, oldest first."""
        cursor = self.store.cursor()
        rows = cursor.execute("select action from audit_event order by seq").fetchall()
        cursor.close()
        return [row[0] for row in rows]


@contextmanager
def stage(store: Store, folder: Path, centred: bool = True) -> Iterator[Stage]:
    """A stage on an empty store, its keys in a folder."""
    vault = Vault.open(folder / "keys", store)
    yield Stage(store, vault, centred)
    vault.close()


def spot(east_m: float, north_m: float) -> tuple[float, float]:
    """Degrees of a point so many metres from the centre."""
    return LON + east_m * METRE_LON, LAT + north_m * METRE_LAT


def box(west: float, south: float, east: float, north: float) -> Ring:
    """A rectangle in metres from the centre, as corners in degrees."""
    corners = ((west, south), (east, south), (east, north), (west, north))
    return [list(spot(*corner)) for corner in corners]
