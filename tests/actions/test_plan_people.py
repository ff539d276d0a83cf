"""People gathered for a run: shown to few, audited, and gone with proof when it ends."""

from __future__ import annotations

import pytest

from actions.access import NotAllowed, current_viewer
from actions.plans.documents import PlanDesk, adopt_defaults, plan_of, save_plan
from actions.plans.ending import end_run
from actions.plans.people import DrillWithoutPeople, gather_people, people_of, sweep
from actions.plans.runs import RunEnded, decide_run
from actions.plans.starting import Start, start_plan
from rules.retention import ids_hash
from rules.viewer import Viewer
from tests.rights_stage import NAME, PHONE, Stage, officer

DUTY, SECOND, CREW = officer("duty_officer"), officer("duty_officer", 2), officer("property")
FIRE = "high-rise-fire"


class Fire:
    """A community with somebody in the care register, and a fire plan that is on."""

    def __init__(self, register: Stage) -> None:
        self.register = register
        register.cared(1)
        register.person(2)  # lives there too, and is in no care register
        self.desk = PlanDesk(register.store, register.keyring, register.audit)
        adopt_defaults(register.store, "demo", "cli")
        found = register.store.rows("plan_run/places", community_id="demo")
        self.place_id = found[0]["place_id"]
        start = Start(FIRE, drill=False, place_id=self.place_id)
        self.run_id = start_plan(self.desk, self.acting(DUTY), "demo", start)

    def acting(self, viewer: Viewer) -> Viewer:
        current_viewer.set(viewer)
        return viewer

    def rows(self) -> list[dict[str, object]]:
        return self.register.store.rows("plan_run_person/of_run", run_id=self.run_id)

    def end(self) -> None:
        decide_run(self.desk, self.acting(SECOND), self.run_id, agrees=False)
        end_run(self.desk, self.acting(DUTY), self.run_id)

    def audited(self) -> list[str]:
        cursor = self.register.store.cursor()
        lines = cursor.execute(
            "select action from audit_event where subject_id = ? order by seq", [self.run_id]
        ).fetchall()
        cursor.close()
        return [action for (action,) in lines]


@pytest.fixture
def fire(register: Stage) -> Fire:
    return Fire(register)


def test_who_may_need_help_is_gathered_sealed_and_shown_to_few(fire: Fire) -> None:
    assert gather_people(fire.desk, fire.acting(DUTY), fire.run_id) == 1
    (one,) = people_of(fire.desk, fire.acting(DUTY), fire.run_id)
    assert (one.name, one.phone, one.care_category) == (NAME, PHONE, "living_alone")
    assert one.place_zh == "1号楼"
    assert NAME not in str(fire.rows()) and PHONE not in str(fire.rows())
    for deed in (gather_people, people_of):
        with pytest.raises(NotAllowed):
            deed(fire.desk, fire.acting(CREW), fire.run_id)
    assert fire.audited() == ["plan.activate", "plan.gather", "plan.people"]


def test_gathered_again_the_list_is_made_anew(fire: Fire) -> None:
    for _ in range(2):
        assert gather_people(fire.desk, fire.acting(DUTY), fire.run_id) == 1
    assert len(fire.rows()) == 1


def test_the_end_destroys_key_and_rows_and_leaves_a_proof(fire: Fire) -> None:
    gather_people(fire.desk, fire.acting(DUTY), fire.run_id)
    (kept,) = fire.rows()  # as it would lie in a backup
    fire.end()
    assert fire.rows() == []
    assert fire.desk.keyring.state_of(fire.run_id) == "erased"
    field = f"plan_run_person/{kept['row_id']}"
    sealed = [(fire.run_id, field, str(kept["sealed"]))]
    assert fire.desk.keyring.open_many(sealed) == [None]
    row = fire.register.store.rows("plan_run/one", run_id=fire.run_id)[0]
    assert (row["gathered"], row["proof"]) == (1, ids_hash([str(kept["row_id"])]))
    assert row["destroyed_at"] is not None
    assert fire.audited()[-2:] == ["plan.destroy", "plan.end"]
    assert people_of(fire.desk, fire.acting(DUTY), fire.run_id) == []
    with pytest.raises(RunEnded):
        gather_people(fire.desk, fire.acting(DUTY), fire.run_id)


def test_rows_of_an_older_backup_are_swept_and_cannot_be_read(fire: Fire) -> None:
    gather_people(fire.desk, fire.acting(DUTY), fire.run_id)
    cursor = fire.register.store.cursor()
    rows = cursor.execute("select row_id, run_id, community_id, sealed from plan_run_person")
    names = ("row_id", "run_id", "community_id", "sealed")
    kept = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    cursor.close()
    fire.end()
    now = fire.register.now
    back = [{**row, "gathered_at": now} for row in kept]
    fire.register.store.write(lambda tx: tx.insert("plan_run_person", back)).result()
    assert people_of(fire.desk, fire.acting(DUTY), fire.run_id) == []
    assert (sweep(fire.register.store), sweep(fire.register.store)) == (1, 0)


def test_a_run_for_which_nobody_was_gathered_ends_without_a_proof(fire: Fire) -> None:
    fire.end()
    row = fire.register.store.rows("plan_run/one", run_id=fire.run_id)[0]
    assert (row["gathered"], row["proof"], row["destroyed_at"]) == (0, None, None)


def test_saving_a_plan_meanwhile_needs_the_right_to(fire: Fire) -> None:
    plan = plan_of(fire.register.store, "demo", FIRE)["plan"]
    with pytest.raises(NotAllowed):
        save_plan(fire.desk, fire.acting(DUTY), "demo", plan)


def test_a_drill_gathers_nobody(fire: Fire) -> None:
    start = Start(FIRE, drill=True, place_id=fire.place_id)
    drill = start_plan(fire.desk, fire.acting(DUTY), "demo", start)
    with pytest.raises(DrillWithoutPeople):
        gather_people(fire.desk, fire.acting(DUTY), drill)
