"""Gates: addresses stay sealed, all is off at first, opening needs a second person each time."""

from __future__ import annotations

import pytest

from actions.access import NotAllowed, NotThere
from actions.deciding import decide
from actions.gates.calls import gate_of_link
from actions.gates.register import GateDraft
from actions.outgoing import UrlInternal
from actions.setup.errors import ChangedMeanwhile
from rules.approvals import SecondPersonNeeded
from rules.errors import RuleViolation
from rules.gates import GateNotOpenable, SimulatedOnly
from rules.setup_fields import ValueMissing
from tests.actions.cameras.stage import camera
from tests.actions.gates.gate_stage import ADDRESS, added, agreed, desk, listed, ready, row
from tests.rights_stage import Stage, officer


def test_a_new_gate_neither_rings_nor_opens_and_its_address_is_nowhere_in_clear(
    register: Stage,
) -> None:
    gate_id, secret = added(register)
    shown = listed(register)
    assert (shown["calls_on"], shown["opens_on"], shown["has_link"]) == (False, False, False)
    assert shown["scheme"] == "http" and secret.startswith("whsec_")
    everything = str(register.sql("from gate_event")) + str(register.sql("from outgoing_secret"))
    assert "10.1.2.9" not in everything and secret not in everything
    assert register.audited("gate.register")[0][:3] == ("done", officer("admin").actor, gate_id)


def test_who_may_not_write_settings_adds_nothing(register: Stage) -> None:
    for role in ("duty_officer", "privacy", "property"):
        with pytest.raises(NotAllowed):
            desk(register, officer(role)).save(GateDraft({"name_zh": "东门", "kind": "none"}))
    assert register.sql("from gate_event") == []


REFUSED = [
    ({"name_zh": "东门", "kind": "http"}, "", ValueMissing),
    ({"name_zh": "东门", "kind": "http"}, "http://192.168.9.9/open", UrlInternal),
    ({"name_zh": "", "kind": "none"}, "", ValueMissing),
    ({"name_zh": "东门", "kind": "simulated"}, "", SimulatedOnly),  # nothing there is made up
    ({"name_zh": "东门", "kind": "none", "camera_id": "nobody's"}, "", NotThere),
]


@pytest.mark.parametrize(("values", "address", "refusal"), REFUSED)
def test_what_cannot_be_is_refused(
    register: Stage, values: dict[str, str], address: str, refusal: type[RuleViolation]
) -> None:
    with pytest.raises(refusal):
        desk(register).save(GateDraft(values, address))
    assert register.sql("from gate_event") == []


def test_opening_from_afar_needs_another_person_and_stops_by_anyones_word(register: Stage) -> None:
    gate_id, _ = added(register)
    secretary = officer("secretary")
    asked = desk(register, secretary).ask_opening(register.approvals, gate_id, "夜间无门岗")
    assert listed(register)["policy_state"] == "waiting"
    with pytest.raises(SecondPersonNeeded):
        decide(register.approvals, secretary, asked, confirm=True)
    assert not row(register, gate_id)["opens_on"]
    decide(register.approvals, officer("secretary", 2), asked, confirm=True)
    assert row(register, gate_id)["opens_on"] and row(register, gate_id)["approval_id"] == asked
    desk(register).stop_opening(gate_id)
    assert not row(register, gate_id)["opens_on"]


def test_a_refused_asking_opens_nothing(register: Stage) -> None:
    gate_id, _ = added(register)
    asked = desk(register).ask_opening(register.approvals, gate_id, "夜间无门岗")
    decide(register.approvals, officer("secretary"), asked, confirm=False, refusal="not_needed")
    assert not row(register, gate_id)["opens_on"]


def test_another_opener_or_camera_takes_the_second_persons_word_away(register: Stage) -> None:
    gate_id, _ = ready(register)
    first = row(register, gate_id)
    values = {"name_zh": "东大门", "kind": "http"}
    desk(register).save(GateDraft(values, "", gate_id, first["event_id"]))
    assert row(register, gate_id)["opens_on"]  # another name is no other gate
    version = row(register, gate_id)["event_id"]
    desk(register).save(GateDraft(values, ADDRESS + "2", gate_id, version))
    after = row(register, gate_id)
    assert (after["opens_on"], after["calls_on"]) == (False, True)
    assert first["secret_id"] in register.keyring.erased()
    agreed(register, gate_id)
    seen = {**values, "camera_id": camera(register)}
    desk(register).save(GateDraft(seen, "", gate_id, row(register, gate_id)["event_id"]))
    assert not row(register, gate_id)["opens_on"]


def test_a_word_given_for_the_former_opener_does_not_count_for_the_new_one(register: Stage) -> None:
    gate_id, _ = added(register)
    asked = desk(register).ask_opening(register.approvals, gate_id, "夜间无门岗")
    values = {"name_zh": "东门", "kind": "http"}
    version = row(register, gate_id)["event_id"]
    desk(register).save(GateDraft(values, ADDRESS + "2", gate_id, version))
    decide(register.approvals, officer("secretary"), asked, confirm=True)
    assert not row(register, gate_id)["opens_on"]


def test_a_gate_without_an_opener_is_not_asked_about(register: Stage) -> None:
    desk(register).save(GateDraft({"name_zh": "东门", "kind": "none"}))
    with pytest.raises(GateNotOpenable):
        desk(register).ask_opening(register.approvals, listed(register)["gate_id"], "夜间无门岗")


def test_a_tablets_link_is_replaced_and_closed(register: Stage) -> None:
    gate_id, _ = added(register)
    first = desk(register).link(gate_id).removeprefix("/gate/")
    found = gate_of_link(register.store, first)
    assert found is not None and found["gate_id"] == gate_id
    second = desk(register).link(gate_id).removeprefix("/gate/")
    assert gate_of_link(register.store, first) is None
    desk(register).unlink(gate_id)
    assert gate_of_link(register.store, second) is None
    for unknown in ("", "x" * 9999):
        assert gate_of_link(register.store, unknown) is None


def test_a_gate_that_is_taken_out_is_forgotten_with_its_secrets(register: Stage) -> None:
    gate_id, _ = ready(register)
    before = row(register, gate_id)
    with pytest.raises(ChangedMeanwhile):
        desk(register).remove(gate_id, "an older page")
    with pytest.raises(NotThere):
        desk(register, officer("admin", 1, "other")).remove(gate_id, before["event_id"])
    desk(register).remove(gate_id, before["event_id"])
    assert register.sql("from outgoing_secret") == []
    assert before["secret_id"] in register.keyring.erased()
    with pytest.raises(NotThere):
        desk(register).switch(gate_id, True)
