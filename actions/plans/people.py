"""People who may need help, gathered for one run and destroyed with proof when it ends (R18).

Name, phone, door and kind of help are copied out of the care register, sealed under a key that is
the run's own. Ending the run destroys that key first: from then on no copy of the rows, in any
backup, can be read. Nothing is gathered for a drill.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from actions.access import allow, reach
from actions.files.consulting import values_of_subjects
from actions.plans.documents import PlanDesk
from actions.plans.runs import RunEnded, present_run, run_in_reach
from actions.plans.starting import run_line
from actions.plans.state import append_run
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.masking import is_guarded
from rules.retention import ids_hash
from rules.unmasking import GUARDED_ROLE
from rules.viewer import Viewer

Row = dict[str, Any]
_FIELDS = ("name", "phone", "care_category", "care_need")


class DrillWithoutPeople(RuleViolation):
    """A drill gathers nothing about people; practise with made-up ones."""

    code = "drill_without_people"


@dataclass(frozen=True, slots=True)
class PersonInNeed:
    """Somebody who may need help; None for what is not recorded."""

    row_id: str
    place_zh: str | None
    place_en: str | None
    name: str | None
    phone: str | None
    door: str | None
    care_category: str | None
    care_need: str | None


def gather_people(desk: PlanDesk, asking: Viewer, run_id: str) -> int:
    """Gather who lives where the run is and is in the care register; returns how many.

    Gathered again, the list is made anew. Children under fourteen are on it only where the
    secretary gathers (R5).

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
        DrillWithoutPeople, RunEnded: As it says.
    """
    here = run_in_reach(desk, asking, run_id)
    community_id = here["community_id"]
    allow("plan.run", community_id)
    allow("person.unmask", community_id)
    if here["drill"]:
        raise DrillWithoutPeople()
    # Its key may be gone already where an end was cut off: then it can only be ended again.
    if here["ended_at"] is not None or desk.keyring.state_of(run_id) == "erased":
        raise RunEnded()
    rows = _sealed(desk, asking, here)

    def unit(tx: Transaction) -> int:
        row = present_run(tx, run_id)
        tx.run("plan_run_person/drop", run_id=run_id)
        tx.insert("plan_run_person", rows)
        state = {**row, "gathered": len(rows), "note_id": None}
        append_run(tx, state, "gathered", asking.actor, tx.now)
        desk.audit.note(tx, run_line(asking, row, "plan.gather", f"n={len(rows)}"))
        return len(rows)

    return desk.store.write(unit).result()


def people_of(desk: PlanDesk, asking: Viewer, run_id: str) -> list[PersonInNeed]:
    """Return who was gathered, in clear; the look leaves a line in the audit before this returns.

    Raises:
        NotThere, NotAllowed: The run or the deed is not the viewer's.
    """
    here = run_in_reach(desk, asking, run_id)
    allow("plan.run", here["community_id"])
    allow("person.unmask", here["community_id"])
    rows = desk.store.rows("plan_run_person/of_run", run_id=run_id)
    if not rows:
        return []
    line = run_line(asking, here, "plan.people", f"n={len(rows)}")
    desk.audit.record(line).result()
    clear = desk.keyring.open_many([(run_id, _field(r["row_id"]), r["sealed"]) for r in rows])
    return [
        PersonInNeed(row["row_id"], row["place_zh"], row["place_en"], **json.loads(text))
        for row, text in zip(rows, clear, strict=True)
        if text is not None
    ]


def destroy_key(desk: PlanDesk, run_id: str) -> str:
    """Destroy the key of a run's people; returns the proof. Doing it again changes nothing.

    It comes before the rows go: a crash in between leaves rows nobody can read.
    """
    rows = desk.store.rows("plan_run_person/of_run", run_id=run_id)
    desk.keyring.erase([run_id])
    return ids_hash(row["row_id"] for row in rows)


def sweep(store: Store) -> int:
    """Remove rows of runs that have ended; returns of how many runs.

    There are none unless a backup from before the end was restored; their key is gone already.
    """
    left = store.rows("plan_run_person/left_over")
    if not left:
        return 0

    def unit(tx: Transaction) -> None:
        for row in left:
            tx.run("plan_run_person/drop", run_id=row["run_id"])

    store.write(unit).result()
    return len(left)


def _sealed(desk: PlanDesk, asking: Viewer, here: Row) -> list[Row]:
    """Read who is concerned, and seal each under the run's key, which is durable then."""
    run_id, community_id = here["run_id"], here["community_id"]
    found = desk.store.rows(
        "plan_run/care_near",
        community_id=community_id,
        place_id=here["place_id"],
        area_id=here["area_id"],
    )
    covered = reach(desk.store, asking, "person.read", community_id)
    if covered is not None:
        places = desk.store.rows("plan_run/places", community_id=community_id)
        inside = {p["place_id"] for p in places if p["area_id"] in covered}
        found = [row for row in found if row["place_id"] in inside]
    values = values_of_subjects(desk.store, desk.keyring, [row["person_id"] for row in found])
    today = desk.now().date()
    rows = []
    doors = _doors(desk, [row["person_id"] for row in found])
    for row in found:
        facts = values.get(row["person_id"], {})
        if is_guarded(facts.get("birth_date"), today) and asking.role != GUARDED_ROLE:
            continue
        shown = {name: facts.get(name) for name in _FIELDS}
        shown["door"] = doors.get(row["person_id"])
        rows.append((row, json.dumps(shown, ensure_ascii=False)))
    if not rows:
        return []
    if desk.keyring.state_of(run_id) != "known":
        desk.keyring.create([run_id])
    wanted = [(run_id, _field(row["care_recipient_id"]), text) for row, text in rows]
    sealed = desk.keyring.seal_many(wanted)
    return [
        {
            "row_id": row["care_recipient_id"],
            "run_id": run_id,
            "community_id": community_id,
            "place_id": row["place_id"],
            "gathered_at": desk.now(),
            "sealed": text,
        }
        for (row, _), text in zip(rows, sealed, strict=True)
    ]


def _doors(desk: PlanDesk, person_ids: list[str]) -> dict[str, str]:
    """Return the door of each person's home, where it is recorded."""
    homes = desk.store.rows("plan_run/homes", person_ids=person_ids) if person_ids else []
    values = values_of_subjects(desk.store, desk.keyring, [row["household_id"] for row in homes])
    found = {}
    for row in homes:
        home = values.get(row["household_id"], {})
        words = " ".join(home[name] for name in ("unit", "door") if home.get(name))
        if words:
            found[row["person_id"]] = words
    return found


def _field(row_id: str) -> str:
    return f"plan_run_person/{row_id}"
