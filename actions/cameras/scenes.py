"""Draws, changes and takes away the scenes of cameras, and says how they do (ADR 0030).

Whoever may change the records of cameras may draw on them; versions are ids of events, so that two
people never overwrite each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.cameras.detections import SOURCE
from actions.cameras.glimpse import call_hub
from actions.setup.errors import ChangedMeanwhile
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import may
from rules.scenes import (
    MOST_OF_CAMERA,
    Direction,
    Scene,
    SceneKind,
    SceneWrong,
    hours_of,
    number_of,
    points_of,
    points_written,
)
from rules.setup_fields import needed_name
from rules.viewer import Viewer

Row = dict[str, Any]
LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SceneDraft:
    """A scene as typed and drawn, unchecked.

    Attributes:
        device_id: The camera it is drawn on.
        values: name, kind, points (JSON), direction, first and last (times of day, both empty for
            always), seconds and sensitivity (0 to 100).
        scene_id: The scene that is changed; empty for a new one.
        version: The event it was read at.
    """

    device_id: str
    values: Mapping[str, str]
    scene_id: str = ""
    version: str = ""

    def facts(self) -> Row:
        """Return the columns of what was typed.

        Raises:
            SceneWrong, FieldRefused: With the field at fault.
        """
        given = {name: self.values.get(name, "").strip() for name in _TYPED}
        kind, direction = cast(SceneKind, given["kind"]), cast(Direction, given["direction"])
        scene = Scene(
            self.scene_id,
            self.device_id,
            kind,
            points_of(given["points"]),
            direction if kind == "crossing" else "any",
            hours_of(given["first"], given["last"]),
            number_of(given["seconds"], "seconds"),
            number_of(given["sensitivity"], "sensitivity") / 100,
        )
        first, last = scene.hours or (None, None)
        return {
            "device_id": self.device_id,
            "name": needed_name("scene_name", given["name"]),
            "kind": scene.kind,
            "points": points_written(scene.points),
            "direction": scene.direction,
            "open_minute": first,
            "close_minute": last,
            "seconds": scene.seconds,
            "sensitivity": scene.sensitivity,
        }


_TYPED = ("name", "kind", "points", "direction", "first", "last", "seconds", "sensitivity")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What became of the alarms of the last 30 days, of a scene or of all scenes of a camera.

    Attributes:
        raised: Alarms, each once however often it was repeated.
        found: Detections in them.
        closed_real: Alarms a person closed as real.
        closed_false: Those closed as false.
        closed_test: Those closed as a test.
    """

    raised: int = 0
    found: int = 0
    closed_real: int = 0
    closed_false: int = 0
    closed_test: int = 0


@dataclass(frozen=True, slots=True)
class SceneDesk:
    """Who draws on the pictures of which community's cameras, and with what."""

    store: Store
    audit: AuditChain
    asking: Viewer
    community_id: str

    def cameras(self) -> list[Row]:
        """Return rows of camera/list: every camera in use."""
        self._allow()
        return self.store.rows("camera/list", community_id=self.community_id)

    def listing(self) -> list[Row]:
        """Return rows of scene/listed: every scene in use, with its camera's name."""
        self._allow()
        return self.store.rows("scene/listed", community_id=self.community_id)

    def of_camera(self, device_id: str) -> list[Row]:
        """Return rows of scene/of_camera.

        Raises:
            NotThere, NotAllowed: This community has no such camera, or the role may not.
        """
        self._allow()
        self._check_camera(self.store.rows("camera/device", device_id=device_id))
        return self.store.rows(
            "scene/of_camera", community_id=self.community_id, device_id=device_id
        )

    def feedback(self, now: datetime) -> dict[str, Feedback]:
        """Return what became of each scene's alarms, by scene_id.

        An alarm that several scenes of a camera saw counts for each of them; one raised before
        detections were put on record counts for its camera only.

        Args:
            now: The time, aware; alarms first raised in the 30 days before it count.
        """
        self._allow()
        rows = self.store.rows(
            "scene/verdicts", community_id=self.community_id, since=now - LOOKED_BACK
        )
        return {row.pop("scene_id"): Feedback(**row) for row in rows}

    def camera_feedback(self, now: datetime) -> dict[str, Feedback]:
        """Return what became of the alarms of each camera's scenes, by device_id."""
        self._allow()
        rows = self.store.rows(
            "scene/camera_verdicts",
            community_id=self.community_id,
            source=SOURCE,
            since=now - LOOKED_BACK,
        )
        return {row.pop("device_id"): Feedback(**row) for row in rows}

    def save(self, draft: SceneDraft) -> str:
        """Draw a scene or change one; returns its id.

        Raises:
            SceneWrong, FieldRefused, ChangedMeanwhile, NotThere, NotAllowed: Nothing was changed.
        """

        def work(tx: Transaction) -> str:
            facts = draft.facts()
            self._check_camera(tx.rows("camera/device", device_id=draft.device_id))
            if draft.scene_id:
                state = self._current(tx, draft.scene_id, draft.version)
                if state["device_id"] != draft.device_id:
                    raise NotThere(scene=draft.scene_id)
            else:
                here: Row = {"community_id": self.community_id, "device_id": draft.device_id}
                if len(tx.rows("scene/of_camera", **here)) >= MOST_OF_CAMERA:
                    raise SceneWrong("scene_many", "kind")
                state = {"scene_id": tx.ids(1)[0], "removed_at": None}
            self._append(tx, "changed" if draft.scene_id else "drawn", {**state, **facts})
            return str(state["scene_id"])

        return self._unit("scene.change" if draft.scene_id else "scene.draw", work)

    def remove(self, scene_id: str, version: str) -> None:
        """Take a scene away; an alarm it has raised stays until a person closes it.

        Raises:
            ChangedMeanwhile, NotThere, NotAllowed: Nothing was changed.
        """

        def work(tx: Transaction) -> str:
            state = self._current(tx, scene_id, version)
            self._append(tx, "removed", {**state, "removed_at": tx.now})
            return scene_id

        self._unit("scene.remove", work)

    def relearn(self, scene_id: str) -> None:
        """Have the ground of a scene learned anew, because it is free now.

        Raises:
            NotThere, NotAllowed: It is not this community's, or the role may not.
            HubMissing: No cameras are read here.
        """

        def work(tx: Transaction) -> str:
            state = self._state(tx, scene_id)
            if state["removed_at"] is not None:
                raise NotThere(scene=scene_id)
            return str(state["device_id"])

        device_id = self._unit("scene.relearn", work, scene_id)
        call_hub(self.store, lambda hub: hub.scenes.relearn(device_id, scene_id))

    def _unit(self, action: str, work: Callable[[Transaction], str], about: str = "") -> str:
        """Carry a step out with its line; it is about what `work` returns unless said otherwise."""

        def unit(tx: Transaction) -> str:
            result = work(tx)
            line = line_for(
                self.asking,
                action,
                self.community_id,
                subject_kind="scene",
                subject_id=about or result,
            )
            self.audit.note(tx, line)
            return result

        try:
            self._allow()
            return self.store.write(unit).result()
        except RuleViolation as refusal:
            here = self.community_id
            line = line_for(self.asking, action, here, result="refused", detail=refusal.code)
            self.audit.refused(line)
            raise

    def _allow(self) -> None:
        if self.community_id not in self.asking.community_ids:
            raise NotThere(community=self.community_id)
        if not may(self.asking.role, "config.write"):
            raise NotAllowed(role=self.asking.role, action="config.write")

    def _check_camera(self, rows: list[Row]) -> None:
        if not rows or rows[0]["community_id"] != self.community_id:
            raise NotThere(noun="camera")

    def _state(self, tx: Transaction, scene_id: str) -> Row:
        rows = tx.rows("scene/state", community_id=self.community_id, scene_id=scene_id)
        if not rows:
            raise NotThere(scene=scene_id)
        return rows[0]

    def _current(self, tx: Transaction, scene_id: str, version: str) -> Row:
        """Return the state of what is changed, without its version."""
        state = self._state(tx, scene_id)
        if state.pop("event_id") != version or state["removed_at"] is not None:
            raise ChangedMeanwhile(noun="scene")
        return state

    def _append(self, tx: Transaction, kind: str, state: Row) -> None:
        stamp = {"event_kind": kind, "happened_at": tx.now, "actor": self.asking.actor}
        tx.append("scene", [{**state, **stamp, "community_id": self.community_id}])
